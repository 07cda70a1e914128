"""Who keeps a group's page, and what may be done to its meetings."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Group, GroupMeeting, GroupMembership, Worker

CHANGED_MEANWHILE = _("Joku muu on muuttanut tätä sen jälkeen, kun avasit sivun. Katso sivu uudelleen.")


def why_not_seen(version: int, seen_version: int) -> Sentence | None:
    """Why a change made on a page that showed this version is not accepted."""
    return CHANGED_MEANWHILE if version != seen_version else None


def why_not_found_group(by: Worker) -> Sentence | None:
    if not (by.is_active and by.is_coordinator):
        return _("Koordinaattori perustaa ryhmät.")
    return None


def why_not_keep(by: Worker, group: Group) -> Sentence | None:
    if not Group.objects.kept_by(by).filter(pk=group.pk).exists():
        return _("Ryhmän sivun pitävät ajan tasalla puheenjohtaja, sihteeri ja koordinaattori.")
    return None


def why_not_join(group: Group, worker: Worker) -> Sentence | None:
    if not worker.is_active:
        return _("Työntekijän tunnus ei ole käytössä.")
    if GroupMembership.objects.filter(group=group, worker=worker, until=None).exists():
        return _("%(name)s kuuluu jo ryhmään.") % {"name": worker.name}
    return None


def why_not_plan(by: Worker, group: Group) -> Sentence | None:
    if refusal := why_not_keep(by, group):
        return refusal
    if not group.is_active:
        return _("Ryhmä ei enää kokoonnu. Muuta ensin ryhmän tiedoista, että se kokoontuu.")
    return None


def why_not_meet_then(group: Group, period, *, than: GroupMeeting | None = None) -> Sentence | None:
    """Why the group does not meet at that time: it meets already."""
    same = GroupMeeting.objects.filter(group=group, cancelled_at=None, period__overlap=period)
    if than is not None:
        same = same.exclude(pk=than.pk)
    return _("Ryhmällä on jo kokous samaan aikaan.") if same.exists() else None


def why_not_change(by: Worker, meeting: GroupMeeting) -> Sentence | None:
    """Why the time, the place and the agenda stay as they are."""
    if refusal := why_not_keep(by, meeting.group):
        return refusal
    if meeting.cancelled_at is not None:
        return _("Kokous on peruttu.")
    if meeting.ends_at <= timezone.now():
        return _("Kokous on jo ollut.")
    return None


def why_not_write_memo(by: Worker, meeting: GroupMeeting) -> Sentence | None:
    if refusal := why_not_keep(by, meeting.group):
        return refusal
    if meeting.cancelled_at is not None:
        return _("Kokous on peruttu.")
    if meeting.starts_at > timezone.now():
        return _("Muistio kirjoitetaan, kun kokous on alkanut.")
    if meeting.memo_approved_at is not None:
        return _("Hyväksyttyä muistiota ei muuteta. Kirjaa korjaus seuraavan kokouksen muistioon.")
    return None


def why_not_approve(by: Worker, meeting: GroupMeeting) -> Sentence | None:
    if refusal := why_not_write_memo(by, meeting):
        return refusal
    if not meeting.memo.strip():
        return _("Muistiossa ei ole vielä tekstiä.")
    return None


def reads_memo(worker: Worker, meeting: GroupMeeting) -> bool:
    """An approved memo is everybody's; before that it is the group's own."""
    if meeting.memo_approved_at is not None:
        return True
    groups = Group.objects.filter(pk=meeting.group_id)
    return groups.with_member(worker).exists() or groups.kept_by(worker).exists()
