"""The letters of this floor: an invitation, its reminder, its cancellation; a worker's changed address.

The invitations say when, where and who convenes. They never say whose matter it is or why: not even what the
convener has written for the invited person, which is read behind the link.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Max
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
from .states import OPEN_INVITATIONS, InvitationStatus

REQUEST = "invitation_request"
REMINDER = "invitation_reminder"
CANCELLED = "invitation_cancelled"
ADDRESS_CHANGED = "address_changed"

REMINDER_CLOCK = time(9)


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_request(invitation: Invitation, *, owner: Worker | None) -> bool:
    """Send the invitation now and a reminder the day before; False when there is no address to send to."""
    request = _message(REQUEST, invitation, owner)
    if not request.recipient:
        return False
    rows = [request]
    remind_at = day_before(invitation.period.lower)
    if remind_at > timezone.now():
        reminder = _message(REMINDER, invitation, owner)
        reminder.due_at = remind_at
        rows.append(reminder)
    outbox.queue(rows)
    return True


def queue_cancellation(invitation: Invitation, *, owner: Worker | None) -> None:
    """Drop what has not left, and tell those whom something has, or may have, reached.

    Called after the invitation was revoked: what is claimed by then is known here for certain.
    """
    left = outbox.drop_unsent(
        Message.objects.filter(kind__in=[REQUEST, REMINDER], occasion=_occasion(invitation))
    )
    rows = []
    for recipient, channel in sorted({(message.recipient, message.channel) for message in left}):
        cancelled = _message(CANCELLED, invitation, owner)
        cancelled.recipient, cancelled.channel = recipient, channel
        # It closes a door, so it leaves also when the permission is gone.
        cancelled.permission_id = None
        rows.append(cancelled)
    outbox.queue(rows)


def queue_address_changed(worker: Worker, *, former: str, by: Worker) -> None:
    """Tell both addresses that the one that signs in has been changed, and by whom."""
    occasion = f"worker:{worker.pk}"
    told = Message.objects.filter(kind=ADDRESS_CHANGED, occasion=occasion)
    version = (told.aggregate(last=Max("version"))["last"] or 0) + 1
    outbox.queue(
        Message(
            kind=ADDRESS_CHANGED,
            occasion=occasion,
            version=version,
            channel=Channel.EMAIL,
            recipient=address,
            about_id=worker.pk,
            owner=by,
        )
        for address in (former, worker.email)
    )


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


def _message(kind: str, invitation: Invitation, owner: Worker | None) -> Message:
    channel, recipient = _address(invitation)
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


def _address(invitation: Invitation) -> tuple[Channel, str]:
    """E-mail; a text message to somebody close to the family who has only a telephone."""
    if invitation.email:
        return Channel.EMAIL, invitation.email
    person = invitation.consent.close_person
    if person is not None and person.phone:
        return Channel.SMS, person.phone.as_e164
    return Channel.EMAIL, ""


def _language(invitation: Invitation) -> str:
    person = invitation.consent.close_person
    return person.family.language if person is not None else settings.LANGUAGE_CODE


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Invitation | None:
    return (
        Invitation.objects.select_related(
            "consent__worker", "consent__close_person__family", "consent__family", "link"
        )
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_request(message: Message) -> str | None:
    invitation = _about(message)
    if invitation is None:
        return "gone"
    if invitation.status == InvitationStatus.REVOKED:
        return "revoked"
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


# --- the words ---------------------------------------------------------------------------------------


def request_letter(invitation: Invitation, *, convener: Worker | None = None) -> Letter:
    """The invitation as it is sent; of an unsaved one a preview, with words where the link will be.

    `convener` is the one who is asked about it; left out, the one who wrote the permission down.
    """
    return outbox.written(
        subject=_("Kutsu: %(what)s") % {"what": what_and_when(invitation.period.lower)},
        title=_("Sinut on kutsuttu yhteiseen aikaan"),
        facts=[*_when_and_where(invitation), *_convener_facts(invitation, convener)],
        action=Action(_("Vastaa tästä, pääsetkö tulemaan"), _answer_url(invitation)),
        notes=[
            *_where_to_ask(invitation),
            _("Etukäteen ei tarvitse valmistella mitään."),
            _("Linkki on vain sinulle. Älä lähetä sitä eteenpäin."),
        ],
    )


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
        notes=[*_where_to_ask(invitation), _("Linkki on vain sinulle. Älä lähetä sitä eteenpäin.")],
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


def _compose_address_changed(message: Message) -> Letter:
    worker = Worker.objects.get(pk=message.about_id)
    facts: list[tuple[str, str]] = [(_("Kenen tunnus"), worker.name)]
    if message.owner is not None:
        facts += [(_("Kuka vaihtoi"), message.owner.name), (_("Puhelin"), telephone(message.owner.phone))]
    return outbox.written(
        subject=_("Sähköpostiosoitteesi on vaihdettu"),
        title=_("Sähköpostiosoitteesi on vaihdettu"),
        facts=facts,
        action=Action(_("Kirjautumissivu"), outbox.site_url("account_login")),
        notes=[
            _("Entinen osoite ja salasana eivät enää kelpaa."),
            _("Valitse uusi salasana kirjautumissivun kohdasta ”Unohditko salasanasi?”."),
            _("Jos et tiennyt vaihdosta, kerro siitä heti esihenkilöllesi tai soita: %(phone)s.")
            % {"phone": settings.GUIDANCE_PHONE},
        ],
    )


def with_calendar(
    letter: Letter, message: Message, invitation: Invitation, *, is_cancelled: bool = False
) -> Letter:
    """The letter with its calendar entry: an invitation for a worker, plain facts for a close person."""
    is_worker = invitation.consent.worker_id is not None
    if is_cancelled:
        method = "CANCEL"
    else:
        method = "REQUEST" if is_worker else "PUBLISH"
    entry = calendar(
        method=method,
        uid=invitation.event_uid,
        sequence=invitation.sequence + (1 if is_cancelled else 0),
        starts_at=invitation.period.lower,
        ends_at=invitation.period.upper,
        stamp=message.created_at,
        place="" if is_cancelled else place_of(invitation),
        attendee=message.recipient if is_worker else "",
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
        convener or consent.recorded_by, consent.family, with_work=consent.worker_id is not None
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
    channel, address = _address(invitation)
    return address if channel == message.channel else ""


outbox.register(
    Kind(ADDRESS_CHANGED, _compose_address_changed, lambda message: None, gettext_lazy("Tieto osoitteesta"))
)
outbox.register(Kind(REQUEST, _compose_request, _why_not_request, gettext_lazy("Kutsu"), _address_now))
outbox.register(
    Kind(REMINDER, _compose_reminder, _why_not_reminder, gettext_lazy("Muistutus kutsutulle"), _address_now)
)
outbox.register(
    Kind(CANCELLED, _compose_cancelled, _why_not_cancelled, gettext_lazy("Tieto kutsun perumisesta"))
)
