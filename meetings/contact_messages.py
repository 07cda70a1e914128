"""The letters of a family's contact: that it has come, that it was answered, that somebody waits too long.

Not a word of what the family wrote, nor of who it is: each reads that behind a link of their own.
"""

from datetime import UTC, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.models import Unit, Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.states import MessageState

from .answer_clock import age_in_words, answer_time_in_words, latest_in_words
from .models import Contact, ContactMessage
from .states import ContactReach, ContactStatus

CONFIRMATION = "reach_us_confirmation"
ANSWERED = "reach_us_answered"
ARRIVED = "contact_arrived"
LATE = "incoming_late"
LATE_FOR_SUPERVISOR = "incoming_late_supervisor"
# Instead of the address of a family that has taken its contact back.
FORGOTTEN = "-"


# --- to the family -----------------------------------------------------------------------------------


def queue_confirmation(contact: Contact) -> None:
    """When the family asked for it."""
    if contact.wants_confirmation:
        _queue(CONFIRMATION, contact, f"contact:{contact.pk}")


def queue_answered(contact: Contact, message: ContactMessage) -> None:
    """When the family wants to be written to."""
    if contact.reach in {ContactReach.SMS, ContactReach.EMAIL}:
        _queue(ANSWERED, contact, f"contact:{contact.pk}:{message.pk}")


def address_of(contact: Contact) -> tuple[str, str]:
    """The channel and the address of the family's letters; two empty strings when there is none."""
    if contact.reach == ContactReach.SMS and contact.phone:
        return Channel.SMS, contact.phone.as_e164
    if contact.email:
        return Channel.EMAIL, contact.email
    return "", ""


def forget_address(contact: Contact) -> None:
    """Where the family's letters went; those that still wait are dropped when their turn comes."""
    letters = Message.objects.filter(kind__in=[CONFIRMATION, ANSWERED], about_id=contact.pk)
    letters.update(recipient=FORGOTTEN)


def _queue(kind: str, contact: Contact, occasion: str) -> None:
    channel, address = address_of(contact)
    if address:
        outbox.queue(
            [
                Message(
                    kind=kind,
                    occasion=occasion,
                    channel=channel,
                    recipient=address,
                    language=contact.language,
                    about_id=contact.pk,
                )
            ]
        )


def _about(message: Message) -> Contact | None:
    return Contact.objects.filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    contact = _about(message)
    if contact is None or not contact.code:
        return "gone"
    return "withdrawn" if contact.status == ContactStatus.WITHDRAWN else None


def _to_family(message: Message, title: str, label: str, notes: list[str]) -> Letter:
    contact = _about(message)
    if contact is None or not contact.code:
        raise LookupError("contact")
    url = outbox.site_url("reach_us_follow_link", contact.code)
    if message.channel == Channel.SMS:
        return Letter(subject="", text=f"{title}. {label}: {url}")
    return outbox.written(subject=title, title=title, action=Action(label, url), notes=notes)


def _compose_confirmation(message: Message) -> Letter:
    told = _("Joku vastaa sinulle %(time)s.") % {"time": answer_time_in_words()}
    notes = [told, _("Linkki on vain sinulle. Älä lähetä sitä muille.")]
    return _to_family(message, _("Yhteydenottosi on perillä"), _("Seuraa yhteydenottoasi"), notes)


def _compose_answered(message: Message) -> Letter:
    notes = [_("Linkki on vain sinulle. Älä lähetä sitä muille.")]
    return _to_family(message, _("Yhteydenottoosi on vastattu"), _("Lue vastaus"), notes)


# --- to those who ought to answer --------------------------------------------------------------------

HOUR = timedelta(hours=1)


def queue_arrived(contact: Contact, *, by: Worker | None = None) -> None:
    """Tell those who answer there that a family waits: each of them at once, and at most once an hour.

    Called in the transaction of the arrival. A letter that has not left yet tells of this one too, and
    is kept from leaving before this transaction ends; after one that has left comes the next hour's.
    """
    now = timezone.now()
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    told = [one for one in _who_is_told(ARRIVED, contact.unit_id) if by is None or one.pk != by.pk]
    for worker in told:
        for hour, due_at in ((this_hour, now), (this_hour + HOUR, this_hour + HOUR)):
            occasion = f"contacts-arrived:{contact.unit_id}:{hour.astimezone(UTC):%Y%m%d%H}"
            outbox.queue(
                [
                    Message(
                        kind=ARRIVED,
                        occasion=occasion,
                        channel=Channel.EMAIL,
                        recipient=worker.email,
                        about_id=contact.unit_id,
                        owner=worker,
                        due_at=due_at,
                    )
                ]
            )
            same = Message.objects.filter(kind=ARRIVED, occasion=occasion, recipient=worker.email)
            if same.select_for_update(of=("self",)).get().state == MessageState.WAITING:
                break


def _waiting_there(message: Message) -> list[Contact]:
    waiting = Contact.objects.filter(unit=message.about_id, status=ContactStatus.RECEIVED)
    return list(waiting.order_by("waits_since", "pk"))


def _why_not_arrived(message: Message) -> str | None:
    if not Worker.objects.active().filter(pk=message.owner_id).exists():
        return "left"
    return None if _waiting_there(message) else "picked_up"


def _compose_arrived(message: Message) -> Letter:
    waiting, unit = _waiting_there(message), Unit.objects.get(pk=message.about_id)
    if not waiting:
        raise LookupError("contact")
    title = ngettext("Perhe on ottanut yhteyttä", "%(count)d perhettä on ottanut yhteyttä", len(waiting)) % {
        "count": len(waiting)
    }
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Missä"), unit.name),
            (_("Vastattava viimeistään"), latest_in_words(min(one.answer_by for one in waiting))),
        ],
        action=Action(_("Katso yhteydenotot"), outbox.site_url("incoming_list")),
        notes=[_("Tämä viesti tulee enintään kerran tunnissa.")],
    )


@transaction.atomic
def tell_of_late() -> int:
    """Tell each guidance service once of what is late, and its supervisor of what is later still.

    How many were told of. A contact that another process is telling of is left to it.
    """
    now = timezone.now()
    late = (
        Contact.objects.unanswered()
        .filter(answer_by__lte=now, told_unit_at=None)
        .select_for_update(skip_locked=True)
        .order_by("pk")
    )
    later = (
        Contact.objects.unanswered()
        .filter(supervisor_at__lte=now, told_supervisor_at=None)
        .select_for_update(skip_locked=True)
        .order_by("pk")
    )
    of_units = list(late)
    told = _tell(LATE, of_units, "told_unit_at")
    return told + _tell(LATE_FOR_SUPERVISOR, list(later), "told_supervisor_at")


def _tell(kind: str, contacts: list[Contact], field: str) -> int:
    by_unit: dict[int, list[Contact]] = {}
    for contact in contacts:
        by_unit.setdefault(contact.unit_id, []).append(contact)
    for unit_id, rows in by_unit.items():
        occasion = f"contacts-late:{unit_id}:{max(row.pk for row in rows)}:{rows[0].waits_since:%Y%m%d%H%M}"
        outbox.queue(
            [
                Message(
                    kind=kind,
                    occasion=occasion,
                    channel=Channel.EMAIL,
                    recipient=worker.email,
                    about_id=unit_id,
                    owner=worker,
                )
                for worker in _who_is_told(kind, unit_id)
            ]
        )
    Contact.objects.filter(pk__in=[one.pk for one in contacts]).update(**{field: timezone.now()})
    return len(contacts)


def _who_is_told(kind: str, unit_id: int) -> list[Worker]:
    responsible = Worker.objects.answering_for(unit_id)
    if kind == LATE_FOR_SUPERVISOR:
        return list(responsible.order_by("pk"))
    # Where nobody is left to answer, whoever is responsible hears of it at once.
    guides = list(Worker.objects.guidance_of(unit_id).order_by("pk"))
    return guides or list(responsible.order_by("pk"))


def _late_now(message: Message) -> list[Contact]:
    late = Contact.objects.unanswered().filter(unit=message.about_id, answer_by__lte=timezone.now())
    return list(late.order_by("waits_since", "pk"))


def _why_not_late(message: Message) -> str | None:
    return None if _late_now(message) else "answered"


def _compose_late(message: Message) -> Letter:
    late, unit = _late_now(message), Unit.objects.get(pk=message.about_id)
    if not late:
        raise LookupError("contact")
    title = ngettext(
        "%(count)d yhteydenotto odottaa yhä vastausta",
        "%(count)d yhteydenottoa odottaa yhä vastausta",
        len(late),
    ) % {"count": len(late)}
    age = age_in_words(late[0].waits_since, timezone.now())
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Missä"), unit.name), (_("Vanhin on odottanut"), age)],
        action=Action(_("Katso yhteydenotot"), outbox.site_url("incoming_list")),
    )


outbox.register(
    Kind(
        CONFIRMATION,
        _compose_confirmation,
        _why_not,
        gettext_lazy("Vahvistus yhteydenotosta"),
        translated=True,
    )
)
outbox.register(
    Kind(ANSWERED, _compose_answered, _why_not, gettext_lazy("Tieto vastauksesta perheelle"), translated=True)
)
outbox.register(
    Kind(ARRIVED, _compose_arrived, _why_not_arrived, gettext_lazy("Tieto uudesta yhteydenotosta"))
)
outbox.register(Kind(LATE, _compose_late, _why_not_late, gettext_lazy("Yhteydenotto odottaa liian kauan")))
outbox.register(
    Kind(LATE_FOR_SUPERVISOR, _compose_late, _why_not_late, gettext_lazy("Yhteydenotto odottaa liian kauan"))
)
