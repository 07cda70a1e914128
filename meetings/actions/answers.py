"""An invited person answers: who can't come has their time back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.actions import invitations
from network.models import Invitation
from network.states import InvitationStatus
from perhekeskus.refusals import Refused

from ..models import Booking, Participation


@transaction.atomic
def answer(*, invitation: Invitation, status: InvitationStatus) -> Invitation:
    """Record the answer, and book or free the person's time accordingly."""
    invitation = invitations.answer(invitation=invitation, status=status)
    participation = (
        Participation.objects.filter(invitation=invitation)
        .exclude(worker=None)
        .select_related("meeting")
        .first()
    )
    if participation is None:
        return invitation
    booked = Booking.objects.filter(meeting=participation.meeting, worker=participation.worker)
    if status == InvitationStatus.DECLINED:
        booked.delete()
    elif not booked.exists():
        try:
            with transaction.atomic():
                Booking.objects.create(
                    meeting=participation.meeting, worker=participation.worker, period=invitation.period
                )
        except IntegrityError as error:
            raise Refused(_("Sinulla on jo toinen varaus samaan aikaan.")) from error
    return invitation
