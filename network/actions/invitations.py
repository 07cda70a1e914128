"""Answering an invitation."""

from django.db import transaction
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from ..models import Invitation
from ..rules.invitations import why_not_answer
from ..states import InvitationStatus


@transaction.atomic
def answer(*, invitation: Invitation, status: InvitationStatus) -> Invitation:
    """Record the invited person's answer; the same answer again changes nothing."""
    lock(invitation)
    invitation = Invitation.objects.select_related("consent__worker", "consent__close_person").get(
        pk=invitation.pk
    )
    require(why_not_answer(invitation))
    if invitation.status != status:
        invitation.status = status
        invitation.answered_at = timezone.now()
        invitation.save(update_fields=["status", "answered_at"])
    return invitation
