"""What may be called off when the meeting itself stays, or when it could not be held."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.states import InvitationStatus

from ..models import Meeting, Participation
from ..states import Decision, MeetingStatus
from .meetings import why_not_prepare, why_not_record

Sentence = str | Promise | None


def why_not_take_out(worker: Worker, seat: Participation) -> Sentence:
    """May this one's coming be called off?"""
    if refused := why_not_prepare(worker, seat.meeting):
        return refused
    if seat.member_id is not None:
        return _("Perhe on aina mukana. Peru yhteinen aika, jos perhe ei pääse.")
    if seat.meeting.status != MeetingStatus.INVITED or seat.invitation is None:
        return _("Hänelle ei ole vielä lähtenyt kutsua.")
    if seat.meeting.period.lower <= timezone.now():
        return _("Yhteinen aika on jo alkanut.")
    return None


def why_not_ask_after_all(worker: Worker, seat: Participation) -> Sentence:
    """May one whose coming was called off be invited after all? The family's permission has stayed."""
    if refused := why_not_take_out(worker, seat):
        return refused
    consent, invitation = seat.consent, seat.invitation
    if seat.decision != Decision.YES or consent is None or not consent.is_in_force:
        return _("Perheen lupa ei ole enää voimassa.")
    if invitation is None or invitation.status != InvitationStatus.REVOKED:
        return _("Hän on jo mukana.")
    return None


def why_not_leave_unheld(worker: Worker, meeting: Meeting) -> Sentence:
    """May it be written down that the meeting could not be held?"""
    if meeting.status == MeetingStatus.HELD:
        return _("Yhteinen aika on jo kirjattu pidetyksi.")
    return why_not_record(worker, meeting)


def why_not_again(worker: Worker, meeting: Meeting) -> Sentence:
    """May the same people be called together anew about the same topics?"""
    if meeting.status not in {MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED}:
        return _("Yhteistä aikaa ei ole peruttu.")
    return None
