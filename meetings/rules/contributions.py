"""Who may say something beforehand, and until when the family decides on it."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Invitation, Worker
from network.rules.invitations import why_not_comes, why_not_speak_for
from network.states import InvitationStatus

from ..models import Contribution, Meeting, Participation
from ..states import Attendance, MeetingStatus

Sentence = str | Promise | None


def why_not_contribute(participation: Participation | None, by: Worker | None = None) -> Sentence:
    """One who was invited and can't come says it beforehand, while the permission is in force.

    In the name of an invited unit or team `by`, somebody of them, says it.
    """
    if participation is None or participation.invitation is None:
        return _("Kutsua ei enää ole.")
    if refused := _why_nobody_contributes(participation):
        return refused
    if participation.invitation.is_to_many:
        return _why_not_in_the_name_of(participation, participation.invitation, by)
    return None


def _why_nobody_contributes(participation: Participation) -> Sentence:
    """Whoever it is who would write."""
    if participation.invitation is None or participation.consent is None:
        return _("Kutsua ei enää ole.")
    if participation.meeting.status == MeetingStatus.CANCELLED:
        return _("Yhteinen aika on peruttu.")
    if participation.invitation.status == InvitationStatus.REVOKED or not participation.consent.is_in_force:
        return _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    if refused := _why_not_now(participation.meeting):
        return refused
    is_excused = participation.attendance == Attendance.EXCUSED
    if participation.invitation.status != InvitationStatus.DECLINED and not is_excused:
        return _("Osuuden voi kirjoittaa etukäteen se, joka ei pääse paikalle. Vastaa ensin, ettet pääse.")
    return None


def may_write_beforehand(participation: Participation, by: Worker | None) -> bool:
    """Whether the way to writing is shown; of many, also to one who has not signed in yet."""
    if by is None and (participation.unit_id is not None or participation.team_id is not None):
        return _why_nobody_contributes(participation) is None
    return why_not_contribute(participation, by) is None


def _why_not_in_the_name_of(
    participation: Participation, invitation: Invitation, by: Worker | None
) -> Sentence:
    """The family knows who wrote: somebody who has signed in, and the same one also when it is put right."""
    if by is None:
        return _("Kirjaudu ensin, jotta perhe tietää, kuka teiltä kirjoitti.")
    if why_not_comes(by, invitation):
        return _("Yksikön tai tiimin puolesta kirjoittaa joku sen omista työntekijöistä.")
    if refused := why_not_speak_for(by, invitation):
        return refused
    earlier = Contribution.objects.filter(participation=participation, withdrawn_at=None).first()
    if earlier is not None and earlier.written_by is not None and earlier.written_by != by:
        return _("Teiltä on jo kirjoittanut %(name)s. Hän voi muuttaa tekstiään itse.") % {
            "name": earlier.written_by.name
        }
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
