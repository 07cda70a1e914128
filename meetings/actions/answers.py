"""An invited person answers: who can't come has their time back."""

from contextlib import suppress

from django.db import IntegrityError, transaction

from network.actions import invitations
from network.models import Invitation
from network.states import InvitationStatus

from ..models import Booking, Participation
from .situations import locked as locked_situation


@transaction.atomic
def answer(*, invitation: Invitation, status: InvitationStatus) -> Invitation:
    """Record the answer, and book or free the person's time accordingly."""
    participation = (
        Participation.objects.filter(invitation=invitation).select_related("meeting__situation").first()
    )
    if participation is not None:
        # The situation first, as everybody does: a withdrawal at this moment comes before or after.
        locked_situation(participation.meeting.situation)
    invitation = invitations.answer(invitation=invitation, status=status)
    if participation is None or participation.worker_id is None:
        return invitation
    booked = Booking.objects.filter(meeting=participation.meeting, worker=participation.worker)
    if status == InvitationStatus.DECLINED:
        booked.delete()
    elif not booked.exists():
        # Who comes all the same, though something else is in their calendar, knows best: it is left alone.
        with suppress(IntegrityError), transaction.atomic():
            Booking.objects.create(
                meeting=participation.meeting, worker=participation.worker, period=invitation.period
            )
    return invitation
