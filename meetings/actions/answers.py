"""An invited person answers: who can't come has their time back, who comes of a unit has it taken."""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.actions import invitations
from network.actions.invitations import NOBODY, Comer
from network.models import Invitation, Worker
from network.states import OPEN_INVITATIONS, InvitationStatus
from perhekeskus.refusals import Refused, require

from ..models import Booking, Meeting, Participation
from ..rules import meetings as rules
from ..states import Decision
from .leading import free_from_leading
from .situations import locked as locked_situation


@transaction.atomic
def answer(
    *,
    invitation: Invitation,
    status: InvitationStatus,
    comer: Comer = NOBODY,
    at: datetime | None = None,
    by: Worker | None = None,
) -> Invitation:
    """Record the answer, and book or free the time of the one who comes accordingly.

    `at` is when it was given, when that was not now; `by` the one who has signed in, None by the link.
    """
    participation = _with_situation_locked(invitation)
    before = _who_has_the_time(participation)
    invitation = invitations.answer(invitation=invitation, status=status, comer=comer, at=at, by=by)
    if participation is None:
        return invitation
    if participation.worker is not None:
        keep_time(participation, invitation, participation.worker)
        if invitation.status == InvitationStatus.DECLINED:
            free_from_leading(participation.meeting, [participation.worker.pk])
    elif invitation.coming_worker != before:
        if before is not None:
            participation.meeting.bookings.filter(worker=before).delete()
            free_from_leading(participation.meeting, [before.pk])
        if invitation.coming_worker is not None:
            _take_time(participation, invitation, invitation.coming_worker)
    return invitation


@transaction.atomic
def expire(*, invitation: Invitation) -> Invitation:
    """Let an invitation that was not answered in time expire, and give the person's time back."""
    participation = _with_situation_locked(invitation)
    invitation = invitations.expire(invitation=invitation)
    has_expired = invitation.status == InvitationStatus.EXPIRED
    if has_expired and participation is not None and participation.worker is not None:
        participation.meeting.bookings.filter(worker=participation.worker).delete()
    return invitation


@transaction.atomic
def send_again(*, participation: Participation, by: Worker) -> Invitation:
    """Send an expired invitation once more; the person's time is taken again if it is still free."""
    locked_situation(participation.meeting.situation)
    require(rules.why_not_prepare(by, participation.meeting))
    if participation.invitation is None:
        raise Refused(_("Kutsua ei ole vielä lähetetty."))
    invitation = invitations.send_again(invitation=participation.invitation, by=by)
    if participation.worker is not None:
        keep_time(participation, invitation, participation.worker)
    return invitation


def name_another(*, meeting: Meeting, instead_of: Worker, by: Worker) -> None:
    """Whom the family leaves out by name does not come in the name of a unit either: it is asked for another.

    Called with the meeting locked, when the one left out may have been named already.
    """
    seats = meeting.participations.filter(
        invitation__coming_worker=instead_of, invitation__status__in=OPEN_INVITATIONS
    ).select_related("invitation")
    for seat in seats:
        assert seat.invitation is not None
        invitations.ask_for_another(invitation=seat.invitation, by=by)
        meeting.bookings.filter(worker=instead_of).delete()
        free_from_leading(meeting, [instead_of.pk])


def _with_situation_locked(invitation: Invitation) -> Participation | None:
    """The invitation's seat. The situation first, as everybody does: a withdrawal comes before or after."""
    found = Participation.objects.filter(invitation=invitation).select_related("meeting__situation").first()
    if found is None:
        return None
    locked_situation(found.meeting.situation)
    return Participation.objects.select_related("meeting", "worker", "invitation__coming_worker").get(
        pk=found.pk
    )


def _who_has_the_time(participation: Participation | None) -> Worker | None:
    if participation is None or participation.invitation is None:
        return None
    return participation.invitation.coming_worker


def keep_time(participation: Participation, invitation: Invitation, worker: Worker) -> None:
    """The invited worker's time is taken while the invitation is open."""
    booked = Booking.objects.filter(meeting=participation.meeting, worker=worker)
    if invitation.status not in OPEN_INVITATIONS:
        booked.delete()
    elif not booked.exists():
        # Who comes all the same, though something else is in their calendar, knows best: it is left alone.
        with suppress(IntegrityError), transaction.atomic():
            Booking.objects.create(meeting=participation.meeting, worker=worker, period=invitation.period)


def _take_time(participation: Participation, invitation: Invitation, worker: Worker) -> None:
    """A colleague is chosen among those who are free."""
    if participation.meeting.participations.filter(worker=worker).exclude(invitation=None).exists() or (
        participation.meeting.convener_id == worker.pk
    ):
        raise Refused(_("%(name)s on mukana jo muutenkin. Valitse toinen.") % {"name": worker.name})
    if participation.meeting.participations.filter(worker=worker, decision=Decision.NO).exists():
        # The family does not let them come in their own name; it is not told that it was the family.
        raise Refused(_("%(name)s ei voi tulla tähän tapaamiseen. Valitse toinen.") % {"name": worker.name})
    try:
        with transaction.atomic():
            Booking.objects.create(meeting=participation.meeting, worker=worker, period=invitation.period)
    except IntegrityError as error:
        raise Refused(
            _("%(name)s on silloin jo varattu. Valitse toinen, tai vapauttakaa aika ensin.")
            % {"name": worker.name}
        ) from error
