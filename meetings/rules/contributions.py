"""Who may say something beforehand, and until when the family decides on it."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.states import InvitationStatus

from ..models import Meeting, Participation
from ..states import Attendance, MeetingStatus

Sentence = str | Promise | None


def why_not_contribute(participation: Participation | None) -> Sentence:
    """One who was invited and can't come says it beforehand, while the permission is in force."""
    if participation is None or participation.invitation is None or participation.consent is None:
        return _("Kutsua ei enää ole.")
    if participation.meeting.status == MeetingStatus.CANCELLED:
        return _("Yhteinen aika on peruttu.")
    if participation.invitation.status == InvitationStatus.REVOKED or not participation.consent.is_in_force:
        return _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    if participation.unit_id is not None or participation.team_id is not None:
        # Who would speak for a whole unit is not known.
        return _("Kutsu on yhteinen, joten kukaan ei kirjoita muiden puolesta. Soita koollekutsujalle.")
    if refused := _why_not_now(participation.meeting):
        return refused
    is_excused = participation.attendance == Attendance.EXCUSED
    if participation.invitation.status != InvitationStatus.DECLINED and not is_excused:
        return _("Osuuden voi kirjoittaa etukäteen se, joka ei pääse paikalle. Vastaa ensin, ettet pääse.")
    return None


def why_not_decide_on_contribution(meeting: Meeting) -> Sentence:
    """The family's word counts until the meeting is held; also at the table."""
    if meeting.status != MeetingStatus.INVITED:
        return _("Yhteinen aika on jo ollut tai se on peruttu.")
    return None


def _why_not_now(meeting: Meeting) -> Sentence:
    if meeting.status != MeetingStatus.INVITED:
        return _("Yhteinen aika on jo ollut tai se on peruttu.")
    if meeting.period.lower <= timezone.now():
        return _("Yhteinen aika on jo alkanut.")
    return None
