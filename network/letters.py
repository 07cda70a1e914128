"""The letters of groups, bulletins, forums and feedback: to workers only, when and where and one link.

Not a word that somebody has written goes into them but the name of a group and of a place: a bulletin can be
withdrawn, a letter can't. A reader signs in to read the rest.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import clock, listed, short_day, span

from .areas import areas_without_forum
from .calendars import calendar
from .models import (
    AreaForum,
    Bulletin,
    ForumParticipation,
    GroupMeeting,
    GroupMembership,
    PeerFeedback,
    RegularLetter,
    Thanks,
    Worker,
)
from .states import ForumAnswer, RegularLetterKind

GROUP_MEETING = "group_meeting"
GROUP_MEETING_CANCELLED = "group_meeting_cancelled"
FORUM = "forum_request"
FORUM_CANCELLED = "forum_cancelled"
DIGEST = "bulletin_digest"
FORUM_REMINDER = "forum_reminder"
THANKS = "thanks_received"
FEEDBACK = "feedback_received"
FEEDBACK_REPLY = "feedback_replied"

MOST_SENDERS = 5


# --- queueing: called by actions, in their transactions ------------------------------------------


def queue_group_meeting(meeting: GroupMeeting, *, owner: Worker) -> None:
    """Tell every member of a new or a moved meeting."""
    members = GroupMembership.objects.now().filter(group=meeting.group).select_related("worker")
    outbox.queue(_of_meeting(GROUP_MEETING, meeting, one.worker.email, owner) for one in members)


def queue_group_meeting_cancelled(meeting: GroupMeeting, *, owner: Worker) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached."""
    told = Message.objects.filter(kind=GROUP_MEETING, occasion=f"group_meeting:{meeting.pk}")
    reached = {message.recipient for message in outbox.drop_unsent(told)}
    outbox.queue(_of_meeting(GROUP_MEETING_CANCELLED, meeting, address, owner) for address in sorted(reached))


def queue_forum(forum: AreaForum, participations: Iterable[ForumParticipation], *, owner: Worker) -> None:
    """Invite the workers, or tell them of another time or place."""
    outbox.queue(_of_forum(FORUM, forum, one, owner) for one in participations)


def queue_forum_cancelled(forum: AreaForum, *, owner: Worker) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached."""
    told = Message.objects.filter(kind=FORUM, occasion=f"forum:{forum.pk}")
    reached = {message.about_id for message in outbox.drop_unsent(told)}
    rows = ForumParticipation.objects.filter(pk__in=reached).select_related("worker").order_by("pk")
    outbox.queue(_of_forum(FORUM_CANCELLED, forum, one, owner) for one in rows)


def queue_regular(rows: QuerySet[RegularLetter]) -> None:
    kinds = {RegularLetterKind.BULLETINS: DIGEST, RegularLetterKind.FORUMS: FORUM_REMINDER}
    outbox.queue(
        _to(row.worker, kinds[RegularLetterKind(row.kind)], f"regular:{row.pk}", row.pk)
        for row in rows.select_related("worker").order_by("pk")
    )


def queue_thanks(thanks: Thanks) -> None:
    outbox.queue([_to(thanks.to_worker, THANKS, f"thanks:{thanks.pk}", thanks.pk)])


def queue_feedback(feedback: PeerFeedback) -> None:
    outbox.queue([_to(feedback.to_worker, FEEDBACK, f"feedback:{feedback.pk}", feedback.pk)])


def queue_feedback_reply(feedback: PeerFeedback) -> None:
    outbox.queue([_to(feedback.from_worker, FEEDBACK_REPLY, f"feedback:{feedback.pk}", feedback.pk)])


def _to(worker: Worker, kind: str, occasion: str, about_id: int) -> Message:
    return Message(
        kind=kind, occasion=occasion, channel=Channel.EMAIL, recipient=worker.email, about_id=about_id
    )


def _of_meeting(kind: str, meeting: GroupMeeting, address: str, owner: Worker) -> Message:
    return Message(
        kind=kind,
        occasion=f"group_meeting:{meeting.pk}",
        version=meeting.sequence + 1,
        channel=Channel.EMAIL,
        recipient=address,
        about_id=meeting.pk,
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
    return GroupMeeting.objects.select_related("group").filter(pk=message.about_id).first()


def _why_not_meeting(message: Message) -> str | None:
    meeting = _meeting(message)
    if meeting is None:
        return "gone"
    if meeting.cancelled_at is not None:
        return "cancelled"
    if message.version != meeting.sequence + 1:
        return "outdated"
    return "past" if meeting.starts_at <= timezone.now() else None


def _why_not_meeting_cancelled(message: Message) -> str | None:
    meeting = _meeting(message)
    if meeting is None:
        return "gone"
    return "past" if meeting.ends_at <= timezone.now() else None


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


# --- regular letters -----------------------------------------------------------------------------


def _regular(message: Message) -> RegularLetter | None:
    return (
        RegularLetter.objects.select_related("worker__unit__organisation").filter(pk=message.about_id).first()
    )


def _news(row: RegularLetter) -> list[Bulletin]:
    unseen = Bulletin.objects.unseen_by(row.worker).select_related("group", "published_by")
    return list(
        unseen.filter(published_at__gt=row.tells_since, published_at__lte=row.created_at).order_by(
            "published_at", "pk"
        )
    )


def _why_not_digest(message: Message) -> str | None:
    row = _regular(message)
    if row is None:
        return "gone"
    if not row.worker.is_active:
        return "left"
    if not row.worker.wants_digest:
        return "unwanted"
    return None if _news(row) else "seen"


def _compose_digest(message: Message) -> Letter:
    row = _regular(message)
    if row is None:
        raise LookupError("digest")
    news = _news(row)
    count = len(news)
    number = ngettext("%(count)d uusi tiedote", "%(count)d uutta tiedotetta", count) % {"count": count}
    senders = list(dict.fromkeys(_sender(bulletin) for bulletin in news))
    if len(senders) > MOST_SENDERS:
        rest = len(senders) - MOST_SENDERS
        others = ngettext("%(count)d muu", "%(count)d muuta", rest) % {"count": rest}
        senders = [*senders[:MOST_SENDERS], others]
    return outbox.written(
        subject=number,
        title=_("Sinulla on %(number)s") % {"number": number},
        facts=[(_("Keneltä"), listed(senders))],
        action=Action(_("Lue tiedotteet"), outbox.site_url("bulletin_list")),
        notes=[_("Kooste tulee enintään kerran viikossa. Voit lopettaa sen tiedotteiden sivulla.")],
    )


def _sender(bulletin: Bulletin) -> str:
    if bulletin.group is not None:
        return bulletin.group.name
    return bulletin.published_by.name if bulletin.published_by else ""


def _why_not_forum_reminder(message: Message) -> str | None:
    row = _regular(message)
    if row is None:
        return "gone"
    if not (row.worker.is_active and row.worker.is_coordinator):
        return "left"
    return None if areas_without_forum() else "planned"


def _compose_forum_reminder(message: Message) -> Letter:
    areas = listed(area.name for area in areas_without_forum())
    return outbox.written(
        subject=_("Olisiko aika järjestää foorumi?"),
        title=_("Olisiko aika järjestää foorumi?"),
        facts=[(_("Alueet, joilla edellisestä on kauan"), areas)],
        action=Action(_("Suunnittele foorumi"), outbox.site_url("forum_list")),
        notes=[_("Muistutus tulee enintään kerran kuussa.")],
    )


def _worker_now(message: Message) -> str:
    row = _regular(message)
    return row.worker.email if row is not None else ""


# --- thanks and feedback -------------------------------------------------------------------------


def _thanks(message: Message) -> Thanks | None:
    return Thanks.objects.select_related("from_worker", "to_worker").filter(pk=message.about_id).first()


def _feedback(message: Message) -> PeerFeedback | None:
    found = PeerFeedback.objects.select_related("from_worker", "to_worker").defer("text", "reply")
    return found.filter(pk=message.about_id).first()


def _why_not_thanks(message: Message) -> str | None:
    thanks = _thanks(message)
    if thanks is None:
        return "gone"
    return None if thanks.to_worker.is_active else "left"


def _compose_thanks(message: Message) -> Letter:
    return outbox.written(
        subject=_("Sinua on kiitetty"),
        title=_("Sinua on kiitetty"),
        action=Action(_("Lue kiitos"), outbox.site_url("thanks_list")),
    )


def _why_not_feedback(message: Message) -> str | None:
    feedback = _feedback(message)
    if feedback is None:
        return "gone"
    return None if feedback.to_worker.is_active else "left"


def _why_not_reply(message: Message) -> str | None:
    feedback = _feedback(message)
    if feedback is None:
        return "gone"
    return None if feedback.from_worker.is_active else "left"


def _compose_feedback(message: Message) -> Letter:
    return outbox.written(
        subject=_("Sinulle on viesti kollegalta"),
        title=_("Sinulle on viesti kollegalta"),
        action=Action(_("Kirjaudu ja lue"), outbox.site_url("peer_feedback_detail", message.about_id)),
        notes=[_("Viestin näette vain sinä ja sen kirjoittaja.")],
    )


def _thanked_now(message: Message) -> str:
    thanks = _thanks(message)
    return thanks.to_worker.email if thanks else ""


def _receiver_now(message: Message) -> str:
    feedback = _feedback(message)
    return feedback.to_worker.email if feedback else ""


def _giver_now(message: Message) -> str:
    feedback = _feedback(message)
    return feedback.from_worker.email if feedback else ""


outbox.register(
    Kind(GROUP_MEETING, _compose_meeting, _why_not_meeting, gettext_lazy("Tieto ryhmän kokouksesta"))
)
outbox.register(
    Kind(
        GROUP_MEETING_CANCELLED,
        _compose_meeting_cancelled,
        _why_not_meeting_cancelled,
        gettext_lazy("Tieto ryhmän perutusta kokouksesta"),
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
outbox.register(
    Kind(DIGEST, _compose_digest, _why_not_digest, gettext_lazy("Kooste tiedotteista"), _worker_now)
)
outbox.register(
    Kind(
        FORUM_REMINDER,
        _compose_forum_reminder,
        _why_not_forum_reminder,
        gettext_lazy("Muistutus foorumista"),
        _worker_now,
    )
)
outbox.register(
    Kind(THANKS, _compose_thanks, _why_not_thanks, gettext_lazy("Tieto kiitoksesta"), _thanked_now)
)
outbox.register(
    Kind(
        FEEDBACK,
        _compose_feedback,
        _why_not_feedback,
        gettext_lazy("Tieto palautteesta"),
        _receiver_now,
    )
)
outbox.register(
    Kind(FEEDBACK_REPLY, _compose_feedback, _why_not_reply, gettext_lazy("Tieto vastauksesta"), _giver_now)
)
