"""The letters to the family about its shared time.

A letter to the family holds no name of theirs, no topic and no worker's place of work: whoever sees the
family's telephone on the table learns a time, and of a family whose address is protected not even a place.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.families import ensure_link
from network.calendars import calendar
from network.invitation_letters import what_and_when
from network.messages import day_before
from network.models import Family, Worker
from network.whereabouts import convener_facts, phone_of
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.states import MessageState
from perhekeskus.words import span

from .models import Meeting, TimeChange, TimesOffer
from .places import place_for_family
from .rules.meetings import awaits_family
from .states import UPCOMING

DECIDE_LINK = "family_decide_link"
FAMILY_TIMES = "family_times_offered"
FAMILY_TIME = "family_time"
FAMILY_TIME_ASKED = "family_time_change"
FAMILY_MOVED = "family_moved"
FAMILY_REMINDER = "family_reminder"
FAMILY_CANCELLED = "family_cancelled"


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_decide_link(meeting: Meeting, *, owner: Worker | None) -> bool:
    """Send the family the link to its own page; False when it is called or given a paper instead."""
    return _queue_to_family([_to_family(DECIDE_LINK, meeting, owner, version=meeting.version)])


def queue_times_offered(meeting: Meeting, *, owner: Worker | None) -> bool:
    """Tell the family that it may choose the time; False when it is called or given a paper instead."""
    return _queue_to_family([_to_family(FAMILY_TIMES, meeting, owner, version=meeting.version)])


def queue_family_time(meeting: Meeting, *, owner: Worker | None) -> bool:
    """Tell the family the time and place now and again the day before; False when it is not written to."""
    return _tell_time(FAMILY_TIME, meeting, owner=owner)


def queue_time_asked(change: TimeChange, *, owner: Worker | None) -> bool:
    """Ask the family whether another time suits; False when it is called or given a paper instead."""
    return _queue_to_family([_to_family(FAMILY_TIME_ASKED, change.meeting, owner, version=change.pk)])


def queue_family_moved(meeting: Meeting, *, owner: Worker | None) -> bool:
    """Tell the family its new time once: an older letter that has not left is replaced."""
    left = outbox.drop_unsent(
        Message.objects.filter(
            kind__in=[FAMILY_TIME, FAMILY_MOVED, FAMILY_REMINDER, FAMILY_TIME_ASKED],
            occasion=_occasion(meeting),
        )
    )
    was_told = any(message.kind in {FAMILY_TIME, FAMILY_MOVED} for message in left)
    return _tell_time(FAMILY_MOVED if was_told else FAMILY_TIME, meeting, owner=owner)


def drop_time_asked(meeting: Meeting) -> None:
    """What is not asked any more is not asked by a letter either."""
    outbox.drop_unsent(Message.objects.filter(kind=FAMILY_TIME_ASKED, occasion=_occasion(meeting)))


def _tell_time(kind: str, meeting: Meeting, *, owner: Worker | None) -> bool:
    assert meeting.period is not None
    rows = [_to_family(kind, meeting, owner, version=meeting.sequence + 1)]
    remind_at = day_before(meeting.period.lower)
    if remind_at > timezone.now():
        reminder = _to_family(FAMILY_REMINDER, meeting, owner, version=meeting.sequence + 1)
        reminder.due_at = remind_at
        rows.append(reminder)
    return _queue_to_family(rows)


def queue_family_cancellation(meeting: Meeting, *, owner: Worker | None) -> bool:
    """Tell the family of the cancellation; False when it was told nothing before, or is not written to."""
    left = outbox.drop_unsent(
        Message.objects.filter(
            kind__in=[DECIDE_LINK, FAMILY_TIME, FAMILY_TIME_ASKED, FAMILY_MOVED, FAMILY_REMINDER],
            occasion=_occasion(meeting),
        )
    )
    if not any(message.kind not in {DECIDE_LINK, FAMILY_TIME_ASKED} for message in left):
        return False
    return _queue_to_family([_to_family(FAMILY_CANCELLED, meeting, owner, version=meeting.sequence + 1)])


def _queue_to_family(rows: list[Message]) -> bool:
    written_to = [row for row in rows if row.recipient]
    outbox.queue(written_to)
    return bool(written_to)


def _to_family(kind: str, meeting: Meeting, owner: Worker | None, *, version: int) -> Message:
    family = meeting.situation.family
    channel, recipient = family_address(family)
    if recipient:
        ensure_link(family)
    return Message(
        kind=kind,
        occasion=_occasion(meeting),
        version=version,
        channel=channel,
        recipient=recipient,
        language=family.language,
        about_id=meeting.pk,
        owner=owner,
    )


def was_asked_lately(meeting: Meeting) -> bool:
    """Whether the family was sent its link a moment ago: an impatient second press is no second letter."""
    moment_ago = timezone.now() - timedelta(minutes=10)
    asked = Message.objects.filter(
        kind=DECIDE_LINK, occasion=_occasion(meeting), created_at__gt=moment_ago
    ).exclude(state__in=[MessageState.GIVEN_UP, MessageState.DROPPED])
    return asked.exists()


def _occasion(meeting: Meeting) -> str:
    return f"meeting:{meeting.pk}"


def family_address(family: Family) -> tuple[Channel, str]:
    """How and where the family is written to now; an empty address when it is not."""
    match family.message_channel:
        case Channel.EMAIL:
            return Channel.EMAIL, family.email
        case Channel.SMS if family.phone:
            return Channel.SMS, family.phone.as_e164
    return Channel.EMAIL, ""


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Meeting | None:
    return (
        Meeting.objects.select_related("situation__family__link", "convener__unit", "room__unit")
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_decide(message: Message) -> str | None:
    meeting = _about(message)
    if meeting is None:
        return "gone"
    return None if awaits_family(meeting) else "decided"


def _why_not_times(message: Message) -> str | None:
    offer = TimesOffer.objects.filter(meeting=message.about_id, refused_at=None).first()
    return None if offer is not None and any(time.is_ahead for time in offer.times.all()) else "chosen"


def _why_not_time_asked(message: Message) -> str | None:
    change = TimeChange.objects.filter(pk=message.version, meeting=message.about_id, answer="").first()
    return None if change is not None and change.period.lower > timezone.now() else "answered"


def _why_not_time(message: Message) -> str | None:
    meeting = _about(message)
    if meeting is None:
        return "gone"
    if meeting.status not in UPCOMING or meeting.period is None:
        return "not_upcoming"
    if message.version != meeting.sequence + 1:
        return "outdated"
    return "past" if meeting.period.lower <= timezone.now() else None


def _why_not_cancelled(message: Message) -> str | None:
    meeting = _about(message)
    if meeting is None or meeting.period is None:
        return "gone"
    return "past" if meeting.period.upper <= timezone.now() else None


# --- the words ---------------------------------------------------------------------------------------


def family_time_letter(meeting: Meeting) -> Letter:
    """What the family will be told of the time and place: its own link is nobody else's to see."""
    return _told_time_letter(meeting, url=_("(tähän tulee perheen oma linkki)"))


def _told_time_letter(meeting: Meeting, url: str = "") -> Letter:
    return _time_letter(
        meeting,
        subject=_("Sovittu: %(what)s") % {"what": _what(meeting)},
        title=_("Yhteinen aika on sovittu"),
        url=url,
    )


def _time_letter(meeting: Meeting, *, subject: str, title: str, url: str = "") -> Letter:
    assert meeting.period is not None
    notes = [_("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin.")]
    if not _place(meeting):
        notes.insert(0, _("Työntekijänne kertoo paikan teille."))
    return outbox.written(
        subject=subject,
        title=title,
        facts=[
            (_("Aika"), span(meeting.period.lower, meeting.period.upper)),
            (_("Paikka"), _place(meeting)),
            *convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        ],
        action=Action(_("Avatkaa oma sivu"), url or family_url(meeting.situation.family)),
        notes=notes,
    )


def _compose_decide(message: Message) -> Letter:
    meeting = _known(message)
    url = family_url(meeting.situation.family)
    if message.channel == Channel.SMS:
        return _text(_("Voitte nyt päättää, keitä yhteiseen aikaan kutsutaan: %(link)s") % {"link": url})
    return outbox.written(
        subject=_("Teidän päätettävänänne: yhteinen aika"),
        title=_("Te päätätte yhteisestä ajasta"),
        notes=[
            _("Omalla sivullanne päätätte, keitä kutsutaan ja mistä puhutaan."),
            _("Kenellekään ei lähde kutsua, ennen kuin olette antaneet luvan."),
            _("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin."),
        ],
        facts=convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        action=Action(_("Avatkaa oma sivu"), url),
    )


def _compose_times(message: Message) -> Letter:
    meeting = _known(message)
    url = family_url(meeting.situation.family)
    if message.channel == Channel.SMS:
        return _text(_("Valitkaa teille sopiva yhteinen aika: %(link)s") % {"link": url})
    return outbox.written(
        subject=_("Valitkaa teille sopiva yhteinen aika"),
        title=_("Valitkaa teille sopiva yhteinen aika"),
        notes=[
            _("Omalla sivullanne on muutama aika, joista voitte valita."),
            _("Jos mikään ei käy, kertokaa se sivulla. Etsimme silloin uusia aikoja."),
            _("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin."),
        ],
        facts=convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        action=Action(_("Avatkaa oma sivu"), url),
    )


def _compose_time(message: Message) -> Letter:
    meeting = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Sovittu: %(what)s. Lisää: %(link)s")
            % {"what": _what(meeting), "link": family_url(meeting.situation.family)}
        )
    return _with_calendar(_told_time_letter(meeting), message, meeting, "PUBLISH")


def _compose_time_asked(message: Message) -> Letter:
    meeting = _known(message)
    url = family_url(meeting.situation.family)
    change = TimeChange.objects.get(pk=message.version)
    if message.channel == Channel.SMS:
        return _text(
            _("Sopisiko %(what)s paremmin? Vastatkaa: %(link)s")
            % {"what": what_and_when(change.period.lower), "link": url}
        )
    return outbox.written(
        subject=_("Sopiiko teille toinen aika?"),
        title=_("Sopiiko teille toinen aika?"),
        facts=[
            (_("Ehdotettu aika"), span(change.period.lower, change.period.upper)),
            *convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        ],
        notes=[
            _("Sovittu aika on voimassa, kunnes olette vastanneet."),
            _("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin."),
        ],
        action=Action(_("Avatkaa oma sivu ja vastatkaa"), url),
    )


def _compose_moved(message: Message) -> Letter:
    meeting = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Muutos: %(what)s. Lisää: %(link)s")
            % {"what": _what(meeting), "link": family_url(meeting.situation.family)}
        )
    letter = _time_letter(
        meeting,
        subject=_("Muutos: %(what)s") % {"what": _what(meeting)},
        title=_("Yhteisen ajan tiedot muuttuivat"),
    )
    return _with_calendar(letter, message, meeting, "PUBLISH")


def _compose_reminder(message: Message) -> Letter:
    meeting = _known(message)
    what = _what(meeting)
    if message.channel == Channel.SMS:
        return _text(
            _("Muistutus: %(what)s. Lisää: %(link)s")
            % {"what": what, "link": family_url(meeting.situation.family)}
        )
    return _time_letter(
        meeting,
        subject=_("Muistutus: %(what)s") % {"what": what},
        title=_("Yhteinen aika lähestyy"),
    )


def _compose_cancelled(message: Message) -> Letter:
    meeting = _known(message)
    assert meeting.period is not None
    if message.channel == Channel.SMS:
        return _text(
            _("Peruttu: %(what)s. Kysykää lisää: %(phone)s")
            % {"what": _what(meeting), "phone": phone_of(meeting.convener, meeting.situation.family)}
        )
    letter = outbox.written(
        subject=_("Peruttu: %(what)s") % {"what": _what(meeting)},
        title=_("Yhteinen aika on peruttu"),
        facts=[
            (_("Aika oli"), span(meeting.period.lower, meeting.period.upper)),
            *convener_facts(meeting.convener, meeting.situation.family, with_work=False),
        ],
        notes=[_("Teidän ei tarvitse tehdä mitään. Uusi aika sovitaan kanssanne.")],
    )
    return _with_calendar(letter, message, meeting, "CANCEL")


def _with_calendar(letter: Letter, message: Message, meeting: Meeting, method: str) -> Letter:
    assert meeting.period is not None
    is_cancelled = method == "CANCEL"
    entry = calendar(
        method=method,
        uid=meeting.event_uid,
        sequence=meeting.sequence + (1 if is_cancelled else 0),
        starts_at=meeting.period.lower,
        ends_at=meeting.period.upper,
        stamp=message.created_at,
        place="" if is_cancelled else _place(meeting),
    )
    return Letter(letter.subject, letter.text, letter.html, entry, method)


def _what(meeting: Meeting) -> str:
    assert meeting.period is not None
    return what_and_when(meeting.period.lower)


def _place(meeting: Meeting) -> str:
    """Empty when the family's address is protected: the place is then told by the worker only."""
    return place_for_family(meeting)


def family_url(family: Family) -> str:
    """The address of the family's own page; in a preview words in its place."""
    if family.link is None:
        return _("(tähän tulee perheen oma linkki)")
    return outbox.site_url("family_home", family.link.token)


def _known(message: Message) -> Meeting:
    meeting = _about(message)
    if meeting is None:
        raise LookupError("meeting")
    return meeting


def _text(words: str) -> Letter:
    return Letter(subject="", text=words)


def _address_now(message: Message) -> str:
    meeting = _about(message)
    if meeting is None:
        return ""
    channel, address = family_address(meeting.situation.family)
    return address if channel == message.channel else ""


for _name, _compose, _why_not, _label in (
    (DECIDE_LINK, _compose_decide, _why_not_decide, gettext_lazy("Päätöspyyntö perheelle")),
    (FAMILY_TIMES, _compose_times, _why_not_times, gettext_lazy("Ajat perheelle")),
    (
        FAMILY_TIME_ASKED,
        _compose_time_asked,
        _why_not_time_asked,
        gettext_lazy("Kysymys uudesta ajasta perheelle"),
    ),
    (FAMILY_MOVED, _compose_moved, _why_not_time, gettext_lazy("Uusi aika perheelle")),
    (FAMILY_TIME, _compose_time, _why_not_time, gettext_lazy("Aika ja paikka perheelle")),
    (FAMILY_REMINDER, _compose_reminder, _why_not_time, gettext_lazy("Muistutus perheelle")),
    (FAMILY_CANCELLED, _compose_cancelled, _why_not_cancelled, gettext_lazy("Tieto perumisesta perheelle")),
):
    outbox.register(Kind(_name, _compose, _why_not, _label, _address_now, translated=True))
