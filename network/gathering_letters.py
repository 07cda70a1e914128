"""The letters of what colleagues are called to: a group's meetings, area forums and rounds.

When, where and one link, with a calendar entry. Not a word that somebody has written goes into them but the
name of a group and of a place; a reader signs in for the agenda and the themes.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import clock, short_day, span

from .calendars import calendar
from .models import (
    AreaForum,
    ForumParticipation,
    GroupMeeting,
    GroupMembership,
    Worker,
)
from .states import ForumAnswer

GROUP_MEETING = "group_meeting"
GROUP_MEETING_CANCELLED = "group_meeting_cancelled"
FORUM = "forum_request"
FORUM_CANCELLED = "forum_cancelled"

# --- queueing: called by actions, in their transactions ------------------------------------------


def queue_group_meeting(meeting: GroupMeeting, *, owner: Worker) -> None:
    """Tell every member of a new or a moved meeting."""
    members = GroupMembership.objects.now().filter(group=meeting.group).select_related("worker")
    outbox.queue(_of_meeting(GROUP_MEETING, meeting, one.worker, owner) for one in members)


def queue_group_meeting_cancelled(meeting: GroupMeeting, *, owner: Worker) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached."""
    told = Message.objects.filter(kind=GROUP_MEETING, occasion=f"group_meeting:{meeting.pk}")
    reached = {message.about_id for message in outbox.drop_unsent(told)}
    workers = Worker.objects.filter(pk__in=reached).order_by("pk")
    outbox.queue(_of_meeting(GROUP_MEETING_CANCELLED, meeting, worker, owner) for worker in workers)


def queue_forum(forum: AreaForum, participations: Iterable[ForumParticipation], *, owner: Worker) -> None:
    """Invite the workers, or tell them of another time or place."""
    outbox.queue(_of_forum(FORUM, forum, one, owner) for one in participations)


def queue_forum_cancelled(forum: AreaForum, *, owner: Worker) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached."""
    told = Message.objects.filter(kind=FORUM, occasion=f"forum:{forum.pk}")
    reached = {message.about_id for message in outbox.drop_unsent(told)}
    rows = ForumParticipation.objects.filter(pk__in=reached).select_related("worker").order_by("pk")
    outbox.queue(_of_forum(FORUM_CANCELLED, forum, one, owner) for one in rows)


def _of_meeting(kind: str, meeting: GroupMeeting, worker: Worker, owner: Worker) -> Message:
    """About the one who is written to; the meeting itself is the occasion."""
    return Message(
        kind=kind,
        occasion=f"group_meeting:{meeting.pk}",
        version=meeting.sequence + 1,
        channel=Channel.EMAIL,
        recipient=worker.email,
        about_id=worker.pk,
        owner=owner,
    )


def _of_forum(kind: str, forum: AreaForum, one: ForumParticipation, owner: Worker) -> Message:
    return Message(
        kind=kind,
        occasion=f"forum:{forum.pk}",
        version=forum.sequence + 1,
        channel=Channel.EMAIL,
        recipient=one.worker.email,
        about_id=one.pk,
        owner=owner,
    )


# --- a group's meeting ---------------------------------------------------------------------------


def _meeting(message: Message) -> GroupMeeting | None:
    number = message.occasion.partition(":")[2]
    return GroupMeeting.objects.select_related("group").filter(pk=number).first()


def _member(message: Message, meeting: GroupMeeting) -> Worker | None:
    """The one who is written to, if they belong to the group today and still work in the network."""
    now = GroupMembership.objects.now().filter(group=meeting.group_id, worker=message.about_id)
    membership = now.select_related("worker").first()
    return membership.worker if membership is not None else None


def _why_not_meeting(message: Message) -> str | None:
    meeting = _meeting(message)
    if meeting is None:
        return "gone"
    if meeting.cancelled_at is not None:
        return "cancelled"
    if _member(message, meeting) is None:
        return "left"
    if message.version != meeting.sequence + 1:
        return "outdated"
    return "past" if meeting.starts_at <= timezone.now() else None


def _why_not_meeting_cancelled(message: Message) -> str | None:
    meeting = _meeting(message)
    if meeting is None:
        return "gone"
    if not _told_now(message):
        return "left"
    return "past" if meeting.ends_at <= timezone.now() else None


def _member_now(message: Message) -> str:
    meeting = _meeting(message)
    member = _member(message, meeting) if meeting is not None else None
    return member.email if member is not None else ""


def _told_now(message: Message) -> str:
    """Whoever has the meeting in their calendar is told of its end, also when they have left the group."""
    worker = Worker.objects.active().filter(pk=message.about_id).first()
    return worker.email if worker is not None else ""


def _what(name: str, one: GroupMeeting | AreaForum) -> str:
    return _("%(name)s %(day)s klo %(clock)s") % {
        "name": name,
        "day": short_day(one.starts_at),
        "clock": clock(one.starts_at),
    }


def _compose_meeting(message: Message) -> Letter:
    meeting = _meeting(message)
    if meeting is None:
        raise LookupError("group_meeting")
    letter = outbox.written(
        subject=_("Kokous: %(what)s") % {"what": _what(meeting.group.name, meeting)},
        title=_("Ryhmäsi kokoontuu") if message.version == 1 else _("Ryhmäsi kokous on siirretty"),
        facts=[
            (_("Ryhmä"), meeting.group.name),
            (_("Aika"), span(meeting.starts_at, meeting.ends_at)),
            (_("Paikka"), meeting.place),
        ],
        action=Action(_("Katso asialista"), outbox.site_url("group_meeting_detail", meeting.pk)),
    )
    return _with_calendar(letter, message, meeting, meeting.group.name)


def _compose_meeting_cancelled(message: Message) -> Letter:
    meeting = _meeting(message)
    if meeting is None:
        raise LookupError("group_meeting")
    letter = outbox.written(
        subject=_("Peruttu: %(what)s") % {"what": _what(meeting.group.name, meeting)},
        title=_("Ryhmäsi kokous on peruttu"),
        facts=[
            (_("Ryhmä"), meeting.group.name),
            (_("Aika oli"), span(meeting.starts_at, meeting.ends_at)),
        ],
    )
    return _with_calendar(letter, message, meeting, meeting.group.name, is_cancelled=True)


def _with_calendar(
    letter: Letter,
    message: Message,
    one: GroupMeeting | AreaForum,
    name: str,
    *,
    is_cancelled: bool = False,
) -> Letter:
    method = "CANCEL" if is_cancelled else "REQUEST"
    entry = calendar(
        method=method,
        uid=one.event_uid,
        sequence=one.sequence + (1 if is_cancelled else 0),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        stamp=message.created_at,
        summary=name,
        place="" if is_cancelled else one.place,
        attendee=message.recipient,
    )
    return Letter(letter.subject, letter.text, letter.html, entry, method)


# --- a forum -------------------------------------------------------------------------------------


def _participation(message: Message) -> ForumParticipation | None:
    return (
        ForumParticipation.objects.select_related("forum__area", "forum__municipality", "worker")
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_forum(message: Message) -> str | None:
    one = _participation(message)
    if one is None:
        return "gone"
    if not one.worker.is_active:
        return "left"
    if one.forum.cancelled_at is not None:
        return "cancelled"
    if message.version != one.forum.sequence + 1:
        return "outdated"
    if one.answer == ForumAnswer.NOT_COMING and message.version > 1:
        return "declined"
    return "past" if one.forum.starts_at <= timezone.now() else None


def _why_not_forum_cancelled(message: Message) -> str | None:
    one = _participation(message)
    if one is None:
        return "gone"
    return "past" if one.forum.ends_at <= timezone.now() else None


def forum_letter(forum: AreaForum) -> Letter:
    """The invitation as it is sent; of one that is not sent yet a preview."""
    return outbox.written(
        subject=_("Kutsu: %(what)s") % {"what": _what(_forum_name(forum), forum)},
        title=_("Tervetuloa mukaan"),
        facts=[
            (_("Mikä"), _forum_name(forum)),
            (_("Missä päin"), forum.where),
            (_("Aika"), span(forum.starts_at, forum.ends_at)),
            (_("Paikka"), forum.place),
        ],
        action=Action(_("Katso teemat ja kerro, tuletko"), outbox.site_url("forum_detail", forum.pk)),
    )


def _forum_name(forum: AreaForum) -> str:
    name = str(forum.get_kind_display())
    return name[:1].upper() + name[1:]


def _compose_forum(message: Message) -> Letter:
    one = _participation(message)
    if one is None:
        raise LookupError("forum")
    return _with_calendar(forum_letter(one.forum), message, one.forum, _forum_name(one.forum))


def _compose_forum_cancelled(message: Message) -> Letter:
    one = _participation(message)
    if one is None:
        raise LookupError("forum")
    forum = one.forum
    letter = outbox.written(
        subject=_("Peruttu: %(what)s") % {"what": _what(_forum_name(forum), forum)},
        title=_("Tapaaminen on peruttu"),
        facts=[
            (_("Mikä"), _forum_name(forum)),
            (_("Missä päin"), forum.where),
            (_("Aika oli"), span(forum.starts_at, forum.ends_at)),
        ],
        notes=[_("Sinun ei tarvitse tehdä mitään.")],
    )
    return _with_calendar(letter, message, forum, _forum_name(forum), is_cancelled=True)


def _participant_now(message: Message) -> str:
    one = _participation(message)
    return one.worker.email if one is not None else ""


outbox.register(
    Kind(
        GROUP_MEETING,
        _compose_meeting,
        _why_not_meeting,
        gettext_lazy("Tieto ryhmän kokouksesta"),
        _member_now,
    )
)
outbox.register(
    Kind(
        GROUP_MEETING_CANCELLED,
        _compose_meeting_cancelled,
        _why_not_meeting_cancelled,
        gettext_lazy("Tieto ryhmän perutusta kokouksesta"),
        _told_now,
    )
)
outbox.register(
    Kind(FORUM, _compose_forum, _why_not_forum, gettext_lazy("Kutsu foorumiin"), _participant_now)
)
outbox.register(
    Kind(
        FORUM_CANCELLED,
        _compose_forum_cancelled,
        _why_not_forum_cancelled,
        gettext_lazy("Tieto perutusta foorumista"),
        _participant_now,
    )
)
