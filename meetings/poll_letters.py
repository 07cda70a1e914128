"""The letters of a poll: by when to answer, who convenes, one link. Nothing of the family, no times."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.messages import addresses_of, day_before
from network.models import Worker
from network.whereabouts import convener_facts
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import clock, short_day

from .messages import family_address, family_url
from .models import PollVoice, TimePoll

# The database lets nothing of these out without a permission, as of invitations; the family needs none.
POLL = "invitation_poll"
POLL_REMINDER = "invitation_poll_reminder"
FAMILY_POLL = "family_poll"
FAMILY_POLL_REMINDER = "family_poll_reminder"


def queue_questions(poll: TimePoll, *, owner: Worker) -> None:
    """Ask everybody now, and those who have not answered again the day before it ends."""
    rows = []
    for voice in poll.voices.with_people():
        voice.poll = poll
        for channel, recipient, language in _to(voice):
            asked, reminded = (
                (FAMILY_POLL, FAMILY_POLL_REMINDER) if voice.is_family else (POLL, POLL_REMINDER)
            )
            rows.append(_message(asked, voice, channel, recipient, language, owner))
            remind_at = day_before(poll.closes_at)
            if remind_at > timezone.now():
                rows.append(_message(reminded, voice, channel, recipient, language, owner, due_at=remind_at))
    outbox.queue(rows)


def drop_reminders(voice: PollVoice) -> None:
    """Whoever has answered is not reminded."""
    reminders = Message.objects.filter(
        kind__in=[POLL_REMINDER, FAMILY_POLL_REMINDER], occasion=_occasion(voice)
    )
    outbox.drop_unsent(reminders)


def _to(voice: PollVoice) -> list[tuple[Channel, str, str]]:
    family = voice.poll.meeting.situation.family
    if voice.consent is None:
        channel, address = family_address(family)
        return [(channel, address, family.language)] if address else []
    language = family.language if voice.consent.close_person_id else "fi"
    return [(channel, address, language) for channel, address in addresses_of(voice.consent)]


def _message(
    kind: str,
    voice: PollVoice,
    channel: Channel,
    recipient: str,
    language: str,
    owner: Worker,
    due_at: datetime | None = None,
) -> Message:
    return Message(
        kind=kind,
        occasion=_occasion(voice),
        channel=channel,
        recipient=recipient,
        language=language,
        about_id=voice.pk,
        permission_id=voice.consent_id,
        owner=owner,
        due_at=due_at or timezone.now(),
    )


def _occasion(voice: PollVoice) -> str:
    return f"poll:{voice.pk}"


def _about(message: Message) -> PollVoice | None:
    return (
        PollVoice.objects.with_people()
        .select_related("poll__meeting__situation__family__link", "poll__meeting__convener__unit")
        .filter(pk=message.about_id)
        .first()
    )


def _why_not(message: Message) -> str | None:
    voice = _about(message)
    if voice is None:
        return "gone"
    if not voice.poll.is_open:
        return "closed"
    if voice.consent is not None:
        worker = voice.consent.worker
        if not voice.consent.is_in_force or (worker is not None and not worker.works_with_families):
            return "not_permitted"
    return None


def _why_not_reminder(message: Message) -> str | None:
    if reason := _why_not(message):
        return reason
    return "answered" if PollVoice.objects.unanswered().filter(pk=message.about_id).first() is None else None


def _address_now(message: Message) -> str:
    voice = _about(message)
    now = (
        []
        if voice is None
        else [address for channel, address, _l in _to(voice) if channel == message.channel]
    )
    if message.recipient in now:
        return message.recipient
    return now[0] if len(now) == 1 else ""


def _compose(message: Message, *, is_reminder: bool = False) -> Letter:
    voice = _about(message)
    if voice is None:
        raise LookupError("poll")
    poll, family = voice.poll, voice.poll.meeting.situation.family
    if voice.is_family:
        url = family_url(family)
    elif voice.link is not None:
        url = outbox.site_url("poll_link", voice.link.token)
    else:
        url = outbox.site_url("poll_answer", voice.pk)
    closes = timezone.localtime(poll.closes_at)
    by = _("%(day)s klo %(clock)s") % {"day": short_day(closes), "clock": clock(closes)}
    many = voice.is_family
    if message.channel == Channel.SMS:
        words = _("Mikä aika sopisi? Vastatkaa viimeistään %(by)s: %(link)s")
        return Letter(subject="", text=words % {"by": by, "link": url})
    title = _("Mikä aika sopisi teille?") if many else _("Mikä aika sopisi sinulle?")
    with_work = voice.consent is not None and bool(
        voice.consent.worker_id or voice.consent.unit_id or voice.consent.team_id
    )
    return outbox.written(
        subject=_("Muistutus: %(title)s") % {"title": title} if is_reminder else title,
        title=title,
        facts=[
            (_("Vastatkaa viimeistään") if many else _("Vastaa viimeistään"), by),
            *convener_facts(poll.meeting.convener, family, with_work=with_work),
        ],
        action=Action(
            _("Avatkaa oma sivu ja vastatkaa")
            if many
            else (_("Vastaa kyselyyn") if voice.link else _("Kirjaudu ja vastaa")),
            url,
        ),
        notes=[
            _("Yhteiselle ajalle on muutama vaihtoehto. Mitään ei ole vielä varattu."),
            _("Linkki on vain teille. Älkää lähettäkö sitä eteenpäin.")
            if many
            else _("Linkki on vain sinulle. Älä lähetä sitä eteenpäin."),
        ],
    )


def _compose_reminder(message: Message) -> Letter:
    return _compose(message, is_reminder=True)


outbox.register(Kind(POLL, _compose, _why_not, gettext_lazy("Aikakysely"), _address_now, translated=True))
outbox.register(
    Kind(FAMILY_POLL, _compose, _why_not, gettext_lazy("Aikakysely perheelle"), _address_now, translated=True)
)
outbox.register(
    Kind(
        POLL_REMINDER,
        _compose_reminder,
        _why_not_reminder,
        gettext_lazy("Muistutus aikakyselystä"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        FAMILY_POLL_REMINDER,
        _compose_reminder,
        _why_not_reminder,
        gettext_lazy("Muistutus aikakyselystä perheelle"),
        _address_now,
        translated=True,
    )
)
