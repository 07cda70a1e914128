"""A family takes its permission back: every door closes in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions import consents
from network.models import Consent, FamilyMember, Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import Refused, require

from ..models import Participation, Situation
from ..rules.permissions import why_not_give
from ..states import OPEN_MEETINGS, Decision
from .answers import name_another
from .convening import changed, locked, note_taken_back, revoke
from .situations import locked as locked_situation


@transaction.atomic
def give(
    *,
    situation: Situation,
    by: Worker,
    to: consents.Receiver,
    purpose: ConsentPurpose,
    topics: Iterable[str],
    method: ConsentMethod,
    given_by: FamilyMember,
    given_with: FamilyMember | None = None,
    valid_until: datetime | None = None,
) -> Consent:
    """Write down a permission that the family gave by word or on paper, other than one to invite."""
    situation = locked_situation(situation)
    require(why_not_give(by, situation))
    if purpose == ConsentPurpose.INVITE:
        raise Refused(_("Luvan kutsua yhteiseen aikaan perhe antaa, kun kutsut koolle."))
    if method == ConsentMethod.OWN_LINK:
        raise Refused(_("Omalla sivullaan perhe antaa luvan itse."))
    return consents.give(
        family=situation.family,
        to=to,
        purpose=purpose,
        topics=topics,
        method=method,
        given_by=given_by,
        given_with=given_with,
        valid_until=valid_until,
        by=by,
    )


@transaction.atomic
def withdraw(*, consent: Consent, by: Worker | None = None) -> Consent:
    """Withdraw the permission; `by` is the worker who was told, None on the family's own page.

    Access ends, the open invitation is cancelled, its reminders stop, the person's time is free again.
    """
    if by is not None and not Situation.objects.opened_to(by).filter(family=consent.family_id).exists():
        raise Refused(_("Luvan perumisen kirjaa se, joka hoitaa perheen asiaa."))
    for situation in Situation.objects.filter(family=consent.family_id).order_by("pk"):
        locked_situation(situation)
    participations = list(
        Participation.objects.filter(
            consent__family=consent.family_id,
            meeting__status__in=OPEN_MEETINGS,
            **consent.receiver_ids,
            member=None,
        ).select_related("meeting__convener", "invitation", "worker")
    )
    meetings = {one.meeting_id: locked(one.meeting) for one in participations}
    consent = consents.withdraw(consent=consent, by=by)
    if consent.purpose != ConsentPurpose.INVITE:
        return consent
    for participation in participations:
        participation.decision, participation.decided_at = Decision.NO, timezone.now()
        participation.save(update_fields=["decision", "decided_at"])
        note_taken_back(participation, by=by)
        owner = by or participation.meeting.convener
        revoke(participation, owner=owner)
        if participation.worker is not None:
            name_another(meeting=participation.meeting, instead_of=participation.worker, by=owner)
    for meeting in meetings.values():
        changed(meeting)
    return consent
