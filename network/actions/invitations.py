"""Answering an invitation, letting it expire, sending it again."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from perhekeskus.locks import lock
from perhekeskus.models import AccessLink
from perhekeskus.refusals import Refused, require
from perhekeskus.words import HELSINKI

from .. import messages
from ..models import Invitation, Worker
from ..querysets import RECEIVER_ROWS
from ..rules.invitations import (
    why_not_answer,
    why_not_comes,
    why_not_move,
    why_not_send_again,
    why_not_speak_for,
)
from ..states import InvitationStatus

ANSWER_CLOCK = time(16)


@dataclass(frozen=True)
class Comer:
    """Who comes of a unit or a team: a worker, or a name and a title of one without an account."""

    worker: Worker | None = None
    name: str = ""
    title: str = ""


NOBODY = Comer()


def locked(invitation: Invitation) -> Invitation:
    """The invitation's row, locked and read again."""
    lock(invitation)
    return Invitation.objects.select_related(
        "coming_worker", "link", "consent__family", *[f"consent__{row}" for row in RECEIVER_ROWS]
    ).get(pk=invitation.pk)


@transaction.atomic
def answer(
    *,
    invitation: Invitation,
    status: InvitationStatus,
    comer: Comer = NOBODY,
    at: datetime | None = None,
    by: Worker | None = None,
) -> Invitation:
    """Record the invited one's answer; the same answer again changes nothing.

    `comer` is who comes of a unit or a team; left out, whoever was said before. `at` is when it was given,
    when that was not now. `by` is the one who has signed in, None by the link.
    """
    invitation = locked(invitation)
    require(why_not_answer(invitation))
    require(why_not_speak_for(by, invitation))
    _say_who_comes(invitation, status, comer)
    if invitation.status != status:
        invitation.answered_at = at or timezone.now()
    invitation.status = status
    if status != InvitationStatus.DECLINED:
        invitation.instead, invitation.instead_worker = "", None
    invitation.save(
        update_fields=[
            "status",
            "answered_at",
            "coming_worker",
            "coming_name",
            "coming_title",
            "instead",
            "instead_worker",
        ]
    )
    messages.drop_answer_reminders(invitation)
    return invitation


def _say_who_comes(invitation: Invitation, status: InvitationStatus, comer: Comer) -> None:
    if status == InvitationStatus.DECLINED or not invitation.is_to_many:
        comer = NOBODY
    elif comer == NOBODY:
        comer = Comer(invitation.coming_worker, invitation.coming_name, invitation.coming_title)
    if comer.worker is not None:
        require(why_not_comes(comer.worker, invitation))
        comer = Comer(comer.worker)
    elif invitation.is_to_many and status == InvitationStatus.ACCEPTED and not comer.name.strip():
        raise Refused(_("Kerro, kuka teiltä tulee."))
    invitation.coming_worker = comer.worker
    invitation.coming_name = " ".join(comer.name.split())[:140]
    invitation.coming_title = " ".join(comer.title.split())[:100] if invitation.coming_name else ""


@transaction.atomic
def ask_instead(*, invitation: Invitation, words: str = "", worker: Worker | None = None) -> Invitation:
    """Write down whom the one who can't come would ask instead. It reaches the convener, and nobody else."""
    invitation = locked(invitation)
    require(why_not_answer(invitation))
    if invitation.status != InvitationStatus.DECLINED:
        raise Refused(_("Ehdota toista vasta, kun olet vastannut, ettet itse pääse."))
    if worker is not None and not worker.works_with_families:
        raise Refused(_("%(name)s ei työskentele perheiden kanssa.") % {"name": worker.name})
    invitation.instead, invitation.instead_worker = " ".join(words.split())[:200], worker
    invitation.save(update_fields=["instead", "instead_worker"])
    return invitation


@transaction.atomic
def expire(*, invitation: Invitation) -> Invitation:
    """Close the door of one who did not answer in time; whoever answered meanwhile keeps theirs."""
    invitation = locked(invitation)
    by = invitation.answer_by
    if invitation.status == InvitationStatus.PENDING and by is not None and by <= timezone.now():
        invitation.status = InvitationStatus.EXPIRED
        invitation.save(update_fields=["status"])
        messages.drop_answer_reminders(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Worker) -> Invitation:
    """Wait for an answer again: the same invitation, with a new time to answer and a new message."""
    invitation = locked(invitation)
    require(why_not_send_again(invitation))
    invitation.status = InvitationStatus.PENDING
    invitation.sequence += 1
    invitation.answer_by = answer_time(invitation.period.lower)
    invitation.save(update_fields=["status", "sequence", "answer_by"])
    messages.queue_request(invitation, owner=by)
    return invitation


@transaction.atomic
def ask_for_another(*, invitation: Invitation, by: Worker) -> Invitation:
    """Ask the unit or the team anew who comes, when the one whom it named does not. Nobody is told why."""
    invitation = locked(invitation)
    invitation.status = InvitationStatus.PENDING
    invitation.answered_at = invitation.coming_worker = None
    invitation.coming_name = invitation.coming_title = ""
    invitation.sequence += 1
    invitation.answer_by = answer_time(invitation.period.lower)
    invitation.save()
    messages.queue_request(invitation, owner=by)
    return invitation


@transaction.atomic
def move(*, invitation: Invitation, period: DateTimeTZRange, place: str, by: Worker) -> Invitation:
    """Tell of another time or place of the same event, once. For another time the answer is asked again.

    `period` has aware bounds. What has not left of the old letters is replaced by the new one.
    """
    invitation = locked(invitation)
    require(why_not_move(invitation))
    if invitation.period != period:
        invitation.status = InvitationStatus.PENDING
        invitation.answered_at = invitation.coming_worker = invitation.instead_worker = None
        invitation.coming_name = invitation.coming_title = invitation.instead = ""
        invitation.answer_by = answer_time(period.lower)
    invitation.period, invitation.place = period, place
    invitation.sequence += 1
    invitation.save()
    until = timezone.now() + timedelta(days=link_days(period.upper))
    AccessLink.objects.filter(pk=invitation.link_id, expires_at__lt=until).update(expires_at=until)
    messages.queue_moved(invitation, owner=by)
    return invitation


def link_days(ends_at: datetime) -> int:
    """For how many days an invitation's link opens: who is reminded the day before can still open it then."""
    return max(settings.INVITATION_LINK_DAYS, (ends_at - timezone.now()).days + 2)


def answer_time(starts_at: datetime) -> datetime:
    """Until when an answer is waited for: four in the afternoon some days before the event.

    Whoever is invited late has a day to answer, and nobody longer than until the event begins.
    """
    day = timezone.localtime(starts_at, HELSINKI).date() - timedelta(days=settings.ANSWER_DAYS_BEFORE)
    wished = datetime.combine(day, ANSWER_CLOCK, tzinfo=HELSINKI)
    return max(wished, min(timezone.now() + timedelta(days=1), starts_at))
