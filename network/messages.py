"""The letters of an invitation: itself, its reminders, its cancellation.

The invitations say when, where and who convenes. They never say whose matter it is or why: not even what the
convener has written for the invited person, which is read behind the link.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI, clock, short_day, span, telephone

from .calendars import calendar
from .models import Consent, Family, Invitation, Worker
from .querysets import RECEIVER_ROWS
from .replies import reply_address
from .states import OPEN_INVITATIONS, InvitationStatus

REQUEST = "invitation_request"
REMINDER = "invitation_reminder"
ANSWER_REMINDER = "invitation_answer_reminder"
CANCELLED = "invitation_cancelled"

REMINDER_CLOCK = time(9)


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_request(invitation: Invitation, *, owner: Worker | None) -> bool:
    """Send the invitation now and its reminders in their time; False when there is no address to send to.

    One the day before the answer is waited for no more, and one the day before the event.
    """
    addresses = _addresses(invitation)
    outbox.queue(
        row
        for channel, recipient in addresses
        for row in _request_and_reminders(invitation, channel, recipient, owner)
    )
    return bool(addresses)


def _request_and_reminders(
    invitation: Invitation, channel: Channel, recipient: str, owner: Worker | None
) -> Iterator[Message]:
    yield _message(REQUEST, invitation, channel, recipient, owner)
    reminders = [(REMINDER, day_before(invitation.period.lower))]
    if invitation.answer_by is not None:
        reminders.append((ANSWER_REMINDER, day_before(invitation.answer_by)))
    for kind, due_at in reminders:
        if due_at > timezone.now():
            reminder = _message(kind, invitation, channel, recipient, owner)
            reminder.due_at = due_at
            yield reminder


def drop_answer_reminders(invitation: Invitation) -> None:
    """Whoever has answered, or has let the time pass, is not asked for an answer any more."""
    outbox.drop_unsent(Message.objects.filter(kind=ANSWER_REMINDER, occasion=_occasion(invitation)))


def queue_cancellation(invitation: Invitation, *, owner: Worker | None) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached.

    Called after the invitation was revoked: what is claimed by then is known here for certain.
    """
    left = outbox.drop_unsent(
        Message.objects.filter(kind__in=[REQUEST, REMINDER, ANSWER_REMINDER], occasion=_occasion(invitation))
    )
    rows = []
    for recipient, channel in sorted({(message.recipient, message.channel) for message in left}):
        cancelled = _message(CANCELLED, invitation, Channel(channel), recipient, owner)
        # It closes a door, so it leaves also when the permission is gone.
        cancelled.permission_id = None
        rows.append(cancelled)
    outbox.queue(rows)


def follow_permission(old: Consent, new: Consent) -> None:
    """What has not left under a permission goes on under the one that replaces it. Called before it ends."""
    unsent = Message.objects.filter(permission_id=old.pk).exclude(
        state__in=[MessageState.SENT, MessageState.DROPPED]
    )
    unsent.update(permission_id=new.pk)


def day_before(starts_at: datetime) -> datetime:
    """Nine o'clock in Helsinki on the day before."""
    day = timezone.localtime(starts_at, HELSINKI).date() - timedelta(days=1)
    return datetime.combine(day, REMINDER_CLOCK, tzinfo=HELSINKI)


def _message(
    kind: str, invitation: Invitation, channel: Channel, recipient: str, owner: Worker | None
) -> Message:
    return Message(
        kind=kind,
        occasion=_occasion(invitation),
        version=invitation.sequence + 1,
        channel=channel,
        recipient=recipient,
        language=_language(invitation),
        about_id=invitation.pk,
        permission_id=invitation.consent_id,
        owner=owner,
    )


def _occasion(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def _addresses(invitation: Invitation) -> list[tuple[Channel, str]]:
    """E-mail; a text message to somebody close to the family who has only a telephone."""
    if emails := invitation.emails:
        return [(Channel.EMAIL, email) for email in emails]
    person = invitation.consent.close_person
    if person is not None and person.phone:
        return [(Channel.SMS, person.phone.as_e164)]
    return []


def can_be_sent(invitation: Invitation) -> bool:
    """Whether there is an address for it; the others are told by word."""
    return bool(_addresses(invitation))


def _language(invitation: Invitation) -> str:
    person = invitation.consent.close_person
    return person.family.language if person is not None else settings.LANGUAGE_CODE


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Invitation | None:
    return (
        Invitation.objects.select_related(
            "consent__close_person__family",
            "consent__family",
            "link",
            "coming_worker",
            *[f"consent__{row}" for row in RECEIVER_ROWS],
        )  # fmt: skip
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_request(message: Message) -> str | None:
    invitation = _about(message)
    if invitation is None:
        return "gone"
    if invitation.status in {InvitationStatus.REVOKED, InvitationStatus.EXPIRED}:
        return invitation.status
    worker = invitation.consent.worker
    if worker is not None and not worker.works_with_families:
        return "left"
    if message.version != invitation.sequence + 1:
        return "outdated"
    return "past" if invitation.period.lower <= timezone.now() else None


def _why_not_reminder(message: Message) -> str | None:
    if reason := _why_not_request(message):
        return reason
    invitation = _about(message)
    return None if invitation is not None and invitation.status in OPEN_INVITATIONS else "declined"


def _why_not_cancelled(message: Message) -> str | None:
    invitation = _about(message)
    if invitation is None:
        return "gone"
    return "past" if invitation.period.upper <= timezone.now() else None


def _why_not_answer_reminder(message: Message) -> str | None:
    if reason := _why_not_request(message):
        return reason
    invitation = _about(message)
    if invitation is None or invitation.status != InvitationStatus.PENDING:
        return "answered"
    return "past" if invitation.answer_by is None or invitation.answer_by <= timezone.now() else None


# --- the words ---------------------------------------------------------------------------------------


def request_letter(invitation: Invitation, *, convener: Worker | None = None) -> Letter:
    """The invitation as it is sent; of an unsaved one a preview, with words where the link will be.

    `convener` is the one who is asked about it; left out, the one who wrote the permission down.
    """
    return outbox.written(
        subject=_("Kutsu: %(what)s") % {"what": what_and_when(invitation.period.lower)},
        title=_("Teiltä kutsutaan joku yhteiseen aikaan")
        if invitation.is_to_many
        else _("Sinut on kutsuttu yhteiseen aikaan"),
        facts=[
            *_when_and_where(invitation),
            *_convener_facts(invitation, convener),
            (_("Vastaa viimeistään"), _answer_by(invitation)),
        ],
        action=_answer_action(invitation),
        notes=[
            *_where_to_ask(invitation),
            _("Etukäteen ei tarvitse valmistella mitään."),
            _whose_link(invitation),
        ],
    )


def _answer_by(invitation: Invitation) -> str:
    by = invitation.answer_by
    return _("%(day)s klo %(clock)s") % {"day": short_day(by), "clock": clock(by)} if by else ""


def _answer_action(invitation: Invitation) -> Action:
    label = (
        _("Vastaa tästä ja kerro, kuka teiltä tulee")
        if invitation.is_to_many
        else _("Vastaa tästä, pääsetkö tulemaan")
    )
    return Action(label, _answer_url(invitation))


def _whose_link(invitation: Invitation) -> str:
    if invitation.is_to_many:
        return _("Linkki on vain teille. Älkää lähettäkö sitä muille.")
    return _("Linkki on vain sinulle. Älä lähetä sitä eteenpäin.")


def _compose_request(message: Message) -> Letter:
    invitation = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Kutsu: %(what)s. Vastaa tästä: %(link)s")
            % {"what": what_and_when(invitation.period.lower), "link": _answer_url(invitation)}
        )
    letter = request_letter(invitation, convener=message.owner)
    return with_calendar(letter, message, invitation)


def _compose_reminder(message: Message) -> Letter:
    invitation = _known(message)
    what = what_and_when(invitation.period.lower)
    if message.channel == Channel.SMS:
        return _text(
            _("Muistutus: %(what)s. Jos et pääse: %(link)s") % {"what": what, "link": _answer_url(invitation)}
        )
    return outbox.written(
        subject=_("Muistutus: %(what)s") % {"what": what},
        title=_("Yhteinen aika lähestyy"),
        facts=[*_when_and_where(invitation), *_convener_facts(invitation, message.owner)],
        action=Action(_("Vastaa tai muuta vastaustasi"), _answer_url(invitation)),
        notes=[*_where_to_ask(invitation), _whose_link(invitation)],
    )


def _compose_answer_reminder(message: Message) -> Letter:
    invitation = _known(message)
    if message.channel == Channel.SMS:
        return _text(
            _("Muistutus: vastaa kutsuun viimeistään %(by)s. Vastaa tästä: %(link)s")
            % {"by": _answer_by(invitation), "link": _answer_url(invitation)}
        )
    return outbox.written(
        subject=_("Vastaa kutsuun: %(what)s") % {"what": what_and_when(invitation.period.lower)},
        title=_("Kutsu odottaa vielä vastausta"),
        facts=[
            (_("Vastaa viimeistään"), _answer_by(invitation)),
            *_when_and_where(invitation),
            *_convener_facts(invitation, message.owner),
        ],
        action=_answer_action(invitation),
        notes=[*_where_to_ask(invitation), _whose_link(invitation)],
    )


def _compose_cancelled(message: Message) -> Letter:
    invitation = _known(message)
    what = what_and_when(invitation.period.lower)
    if message.channel == Channel.SMS:
        return _text(_("Peruttu: %(what)s. Sinun ei tarvitse tehdä mitään.") % {"what": what})
    letter = outbox.written(
        subject=_("Peruttu: %(what)s") % {"what": what},
        title=_("Kutsusi yhteiseen aikaan on peruttu"),
        facts=[(_("Aika oli"), span(invitation.period.lower, invitation.period.upper))],
        notes=[_("Sinun ei tarvitse tehdä mitään.")],
    )
    return with_calendar(letter, message, invitation, is_cancelled=True)


def with_calendar(
    letter: Letter, message: Message, invitation: Invitation, *, is_cancelled: bool = False
) -> Letter:
    """The letter with its calendar entry: to a professional one to answer, to the others plain facts."""
    # A unit's or a team's answer tells who comes, which a calendar can't say: it is given behind the link.
    is_asked = (
        invitation.consent.worker_id is not None or invitation.consent.outside_professional_id is not None
    )
    if is_cancelled:
        method = "CANCEL"
    else:
        method = "REQUEST" if is_asked else "PUBLISH"
    entry = calendar(
        method=method,
        uid=invitation.event_uid,
        sequence=invitation.sequence + (1 if is_cancelled else 0),
        starts_at=invitation.period.lower,
        ends_at=invitation.period.upper,
        stamp=message.created_at,
        place="" if is_cancelled else place_of(invitation),
        attendee=message.recipient if is_asked else "",
        answer_to=reply_address(invitation) if is_asked else "",
    )
    return Letter(letter.subject, letter.text, letter.html, entry, method)


def what_and_when(starts_at: datetime) -> str:
    """yhteinen aika ma 15.3. klo 9.30"""
    name = settings.SHARED_TIME_NAME
    return _("%(name)s %(day)s klo %(clock)s") % {
        "name": name[:1].lower() + name[1:],
        "day": short_day(starts_at),
        "clock": clock(starts_at),
    }


def place_of(invitation: Invitation) -> str:
    """Where it is; empty when the family's address is protected, also when it became so later."""
    return "" if invitation.consent.family.address_protected else invitation.place


def where_to_ask(invitation: Invitation) -> str:
    """How an invited person learns a place that is not written down."""
    if invitation.consent.worker_id is not None:
        return _("Paikan näet kirjautumalla.")
    if invitation.is_to_many:
        return _("Paikan näkee kirjautumalla se, joka teiltä tulee.")
    return _("Paikan kuulet koollekutsujalta.")


def _where_to_ask(invitation: Invitation) -> list[str]:
    return [] if place_of(invitation) else [where_to_ask(invitation)]


def _when_and_where(invitation: Invitation) -> list[tuple[str, str]]:
    return [
        (_("Aika"), span(invitation.period.lower, invitation.period.upper)),
        (_("Paikka"), place_of(invitation)),
    ]


def title_and_place_of_work(worker: Worker, family: Family) -> str:
    """What the worker is and where; only what, when where could tell a protected family's whereabouts."""
    return worker.title if family.address_protected else f"{worker.title}, {worker.unit.name}"


def phone_of(worker: Worker, family: Family) -> str:
    """The worker's own number or their unit's; a unit's could tell a protected family's whereabouts."""
    if family.address_protected:
        return telephone(worker.phone) if worker.phone else settings.GUIDANCE_PHONE
    return telephone(worker.phone or worker.unit.phone)


def convener_facts(convener: Worker | None, family: Family, *, with_work: bool) -> list[tuple[str, str]]:
    """Who convenes and how to reach them; their work is told to colleagues only, for it can tell why."""
    if convener is None:
        return []
    who = f"{convener.name}, {title_and_place_of_work(convener, family)}" if with_work else convener.name
    return [(_("Koollekutsuja"), who), (_("Puhelin"), phone_of(convener, family))]


def _convener_facts(invitation: Invitation, convener: Worker | None) -> list[tuple[str, str]]:
    consent = invitation.consent
    return convener_facts(
        convener or consent.recorded_by, consent.family, with_work=invitation.is_to_colleague
    )


def _answer_url(invitation: Invitation) -> str:
    if invitation.pk is None:
        return _("(tähän tulee jokaiselle oma linkki)")
    return outbox.site_url("invitation_answer", invitation.link.token)


def _known(message: Message) -> Invitation:
    invitation = _about(message)
    if invitation is None:
        raise LookupError("invitation")
    return invitation


def _text(words: str) -> Letter:
    return Letter(subject="", text=words)


def _address_now(message: Message) -> str:
    invitation = _about(message)
    if invitation is None:
        return ""
    addresses = [address for channel, address in _addresses(invitation) if channel == message.channel]
    if message.recipient in addresses:
        return message.recipient
    # One person's address may have been mended since; of many, whoever has left is not written to.
    return addresses[0] if len(addresses) == 1 and not invitation.is_to_many else ""


outbox.register(Kind(REQUEST, _compose_request, _why_not_request, gettext_lazy("Kutsu"), _address_now))
outbox.register(
    Kind(
        ANSWER_REMINDER,
        _compose_answer_reminder,
        _why_not_answer_reminder,
        gettext_lazy("Muistutus vastaamisesta"),
        _address_now,
    )
)
outbox.register(
    Kind(REMINDER, _compose_reminder, _why_not_reminder, gettext_lazy("Muistutus kutsutulle"), _address_now)
)
outbox.register(
    Kind(CANCELLED, _compose_cancelled, _why_not_cancelled, gettext_lazy("Tieto kutsun perumisesta"))
)
