"""The letters of a consultation: that somebody asks, that it waits, that it was answered. One link each.

Not a word of the question or the answer, of the family or of who it is: those are read behind the link.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .models import Consultation, Family, Unit, Worker
from .rules.consultations import helpers
from .states import ConsultationStatus
from .whereabouts import title_and_place_of_work

ASKED = "consultation_asked"
REMINDER = "consultation_reminder"
RETURNED = "consultation_returned"
LEFT_UNANSWERED = "consultation_left_unanswered"
ANSWERED = "consultation_answered"
DIRECT = "consultation_direct"


# --- queueing: called by actions, in their transactions ----------------------------------------------


def queue_question(consultation: Consultation) -> None:
    """Tell those who may answer, now and again when nobody has answered in some days."""
    remind_at = timezone.now() + timedelta(days=settings.CONSULTATION_REMINDER_DAYS)
    rows = []
    for address in addresses(consultation):
        reminder = _message(REMINDER, consultation, address)
        reminder.due_at = remind_at
        rows += [_message(ASKED, consultation, address), reminder]
    outbox.queue(rows)


def drop_question(consultation: Consultation) -> None:
    """Stop what has not left: the question waits for nobody any more."""
    outbox.drop_unsent(
        Message.objects.filter(kind__in=[ASKED, REMINDER, RETURNED], occasion=_occasion(consultation))
    )


def queue_left_waiting(consultation: Consultation) -> None:
    """Tell the others that the question waits for them again; the asker, when there is nobody to take it."""
    told = Message.objects.filter(kind__in=[RETURNED, LEFT_UNANSWERED], occasion=_occasion(consultation))
    version = 1 + (told.aggregate(last=Max("version"))["last"] or 0)
    rows = [_message(RETURNED, consultation, address) for address in addresses(consultation)]
    if not rows:
        rows = [_message(LEFT_UNANSWERED, consultation, consultation.asked_by.email)]
        rows[0].permission_id = None
    for row in rows:
        row.version = version
    outbox.queue(rows)


def queue_answered(consultation: Consultation) -> None:
    """Tell the asker that there is an answer."""
    outbox.queue(
        [
            Message(
                kind=ANSWERED,
                occasion=_occasion(consultation),
                channel=Channel.EMAIL,
                recipient=consultation.asked_by.email,
                about_id=consultation.pk,
                owner=consultation.answered_by,
            )
        ]
    )


def queue_direct(consultation: Consultation) -> None:
    """Tell the one who answered that the family, who is known to them, would like to talk with them."""
    if consultation.answered_by is None:
        return
    message = _message(DIRECT, consultation, consultation.answered_by.email)
    message.owner = consultation.closed_by
    outbox.queue([message])


def addresses(consultation: Consultation) -> list[str]:
    """Where the question is told: the unit's own address when it has one, else each who may answer."""
    consent = consultation.consent
    adviser = consent.worker or consent.unit or consent.team
    if adviser is None:
        return []
    if isinstance(adviser, Unit) and adviser.email:
        return [adviser.email]
    able = helpers(adviser).exclude(pk=consultation.asked_by_id)
    return sorted(able.values_list("email", flat=True))


def _message(kind: str, consultation: Consultation, address: str) -> Message:
    return Message(
        kind=kind,
        occasion=_occasion(consultation),
        channel=Channel.EMAIL,
        recipient=address,
        about_id=consultation.pk,
        permission_id=consultation.consent_id,
        owner=consultation.asked_by,
    )


def _occasion(consultation: Consultation) -> str:
    return f"consultation:{consultation.pk}"


# --- asked at the moment of sending ------------------------------------------------------------------


def _about(message: Message) -> Consultation | None:
    return (
        Consultation.objects.select_related(
            "asked_by__unit",
            "picked_up_by",
            "answered_by__unit",
            "consent__family",
            "consent__worker",
            "consent__unit",
            "consent__team",
        )
        .filter(pk=message.about_id)
        .first()
    )


def _why_not_asked(message: Message) -> str | None:
    consultation = _about(message)
    if consultation is None:
        return "gone"
    if not consultation.is_open:
        return "no_longer_open"
    helper = consultation.picked_up_by
    if helper is not None and helper.email != message.recipient:
        return "picked_up"
    return None


def _why_not_answered(message: Message) -> str | None:
    consultation = _about(message)
    if consultation is None:
        return "gone"
    return None if consultation.status == ConsultationStatus.ANSWERED else "closed"


def _why_not_direct(message: Message) -> str | None:
    consultation = _about(message)
    if consultation is None or consultation.answered_by is None:
        return "gone"
    return None if consultation.answered_by.works_with_families else "left"


def _why_not_returned(message: Message) -> str | None:
    consultation = _about(message)
    if consultation is None:
        return "gone"
    return None if consultation.status == ConsultationStatus.ASKED else "no_longer_waiting"


def _why_not_left_unanswered(message: Message) -> str | None:
    consultation = _about(message)
    if consultation is None:
        return "gone"
    return None if consultation.is_open and not addresses(consultation) else "no_longer_needed"


def _known(message: Message) -> Consultation:
    consultation = _about(message)
    if consultation is None:
        raise LookupError("consultation")
    return consultation


def _address_now(message: Message) -> str:
    """Nowhere, when the one who was written to no longer answers for the receiver."""
    consultation = _about(message)
    if consultation is None:
        return ""
    if (helper := consultation.picked_up_by) is not None:
        return message.recipient if helper.works_with_families and helper.email == message.recipient else ""
    return message.recipient if message.recipient in addresses(consultation) else ""


def _asker_now(message: Message) -> str:
    consultation = _about(message)
    if consultation is None or not consultation.asked_by.works_with_families:
        return ""
    return consultation.asked_by.email


# --- the words ---------------------------------------------------------------------------------------


def asker_in_words(asker: Worker, family: Family, *, is_anonymous: bool) -> str:
    """What the asker is, and where when that can be told.

    Of an anonymous question never where: left out of a protected family's only, it would tell that the family
    is protected, and told of the others it hints at where they live.
    """
    return asker.title if is_anonymous else title_and_place_of_work(asker, family)


def _asker(consultation: Consultation) -> str:
    asker, family = consultation.asked_by, consultation.consent.family
    return f"{asker.name}, {asker_in_words(asker, family, is_anonymous=consultation.is_anonymous)}"


def _letter(title: str, who: str, label: str, consultation: Consultation) -> Letter:
    """Who asks or has answered, and the link."""
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Kuka"), who)],
        action=Action(label, outbox.site_url("consultation_detail", consultation.pk)),
    )


def _compose_asked(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Sinulta kysytään neuvoa")
    return _letter(title, _asker(consultation), _("Lue kysymys ja vastaa"), consultation)


def _compose_reminder(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Kysymys odottaa vielä neuvoasi")
    return _letter(title, _asker(consultation), _("Lue kysymys ja vastaa"), consultation)


def _compose_returned(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Kysymys odottaa taas vastaajaa")
    return _letter(title, _asker(consultation), _("Lue kysymys ja vastaa"), consultation)


def _compose_left_unanswered(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Kysymyksesi jäi ilman vastaajaa")
    return outbox.written(
        subject=title,
        title=title,
        notes=[
            _("Siellä, mistä kysyit neuvoa, ei ole enää ketään, joka voisi vastata."),
            _("Voit perua kysymyksen ja kysyä joltakulta muulta."),
        ],
        action=Action(_("Avaa kysymys"), outbox.site_url("consultation_detail", consultation.pk)),
    )


def _compose_answered(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Kysymykseesi on vastattu")
    adviser, who = consultation.answered_by, ""
    if adviser is not None:
        who = f"{adviser.name}, {title_and_place_of_work(adviser, consultation.consent.family)}"
    return _letter(title, who, _("Lue vastaus"), consultation)


def _compose_direct(message: Message) -> Letter:
    consultation = _known(message)
    title = _("Antamasi neuvo saa jatkoa")
    return _letter(title, _asker(consultation), _("Katso, mitä seuraavaksi"), consultation)


outbox.register(Kind(ASKED, _compose_asked, _why_not_asked, gettext_lazy("Neuvonpyyntö"), _address_now))
outbox.register(
    Kind(REMINDER, _compose_reminder, _why_not_asked, gettext_lazy("Muistutus kysymyksestä"), _address_now)
)
outbox.register(
    Kind(
        RETURNED,
        _compose_returned,
        _why_not_returned,
        gettext_lazy("Tieto kysymyksestä, joka odottaa taas vastaajaa"),
        _address_now,
    )
)
outbox.register(
    Kind(
        LEFT_UNANSWERED,
        _compose_left_unanswered,
        _why_not_left_unanswered,
        gettext_lazy("Tieto kysymyksestä, joka jäi ilman vastaajaa"),
        _asker_now,
    )
)
outbox.register(
    Kind(ANSWERED, _compose_answered, _why_not_answered, gettext_lazy("Tieto vastauksesta"), _asker_now)
)
outbox.register(
    Kind(DIRECT, _compose_direct, _why_not_direct, gettext_lazy("Tieto neuvon jatkosta"), _address_now)
)
