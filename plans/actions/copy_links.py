"""The links by which those without an account read their copy: sent, renewed, opened with a code."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from network.actions.link_codes import new_code
from network.models import Worker
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose

from ..copy_letters import addresses, queue_copy, queue_copy_code
from ..models import Copy, CopyLink

# An impatient second press within this sends no second link.
MOMENT = timedelta(seconds=30)


def send_links(copy: Copy, *, by: Worker, anew: bool = False) -> None:
    """Write to each of the receiver's addresses that the copy can be read; `anew` closes the link they had.

    One who has had a link for an earlier version goes on with it, and is told of the new version. Called in
    the transaction of the copy.
    """
    now = timezone.now()
    for channel, recipient in addresses(copy.consent):
        found = (
            CopyLink.objects.filter(
                situation=copy.plan.situation_id, consent=copy.consent, recipient=recipient
            )
            .select_related("link")
            .first()
        )
        if found is None:
            door = CopyLink.objects.create(
                situation=copy.plan.situation,
                consent=copy.consent,
                channel=channel,
                recipient=recipient,
                link=_new_link(),
                sent_by=by,
            )
            queue_copy(door, copy, by=by)
            continue
        if anew and found.link.is_live and found.sent_at > now - MOMENT:
            continue
        if anew or not found.link.is_live:
            AccessLink.objects.filter(pk=found.link_id, revoked_at=None).update(revoked_at=now)
            found.link = _new_link()
        found.channel, found.sent_at, found.sent_by = channel, now, by
        found.save()
        queue_copy(found, copy, by=by, is_new_version=not anew)


def _new_link() -> AccessLink:
    return AccessLink.objects.issue(LinkPurpose.COPY, days=settings.COPY_LINK_DAYS)


@transaction.atomic
def send_copy_code(door: CopyLink) -> None:
    """The code that opens the link, to the very address where the link was sent."""
    code, is_new = new_code(door.link, door.recipient)
    if is_new:
        queue_copy_code(code, door)
