"""The letters that ask how a shared time was: a day, a link, and nothing of the family."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import short_day

from .messages import family_address
from .models import FeedbackReceipt
from .states import Attendance, FeedbackSide

FAMILY_FEEDBACK = "family_feedback"
PROFESSIONAL_FEEDBACK = "professional_feedback"


def queue_question(receipt: FeedbackReceipt, *, owner: Worker, permission: int | None) -> None:
    """Ask once, when the meeting is over; the family that is not written to is asked on paper."""
    channel, recipient, language = _to(receipt)
    if not recipient:
        return
    assert receipt.meeting.period is not None
    is_family = receipt.side == FeedbackSide.FAMILY
    outbox.queue(
        [
            Message(
                kind=FAMILY_FEEDBACK if is_family else PROFESSIONAL_FEEDBACK,
                occasion=_occasion(receipt),
                channel=channel,
                recipient=recipient,
                language=language,
                about_id=receipt.pk,
                permission_id=permission,
                owner=owner,
                due_at=max(timezone.now(), receipt.meeting.period.upper),
            )
        ]
    )


def drop_question(receipt: FeedbackReceipt) -> None:
    """Whoever has answered is not asked any more."""
    outbox.drop_unsent(
        Message.objects.filter(kind__in=[FAMILY_FEEDBACK, PROFESSIONAL_FEEDBACK], occasion=_occasion(receipt))
    )


def _occasion(receipt: FeedbackReceipt) -> str:
    return f"feedback:{receipt.pk}"


def _to(receipt: FeedbackReceipt) -> tuple[Channel, str, str]:
    if receipt.worker is not None:
        return Channel.EMAIL, receipt.worker.email if receipt.worker.works_with_families else "", "fi"
    if receipt.outside_professional is not None:
        return Channel.EMAIL, receipt.outside_professional.email, "fi"
    family = receipt.meeting.situation.family
    return *family_address(family), family.language


def _about(message: Message) -> FeedbackReceipt | None:
    return (
        FeedbackReceipt.objects.select_related(
            "meeting__situation__family", "worker", "outside_professional", "link"
        )
        .filter(pk=message.about_id)
        .first()
    )


def _why_not(message: Message) -> str | None:
    receipt = _about(message)
    if receipt is None:
        return "gone"
    if receipt.is_answered:
        return "answered"
    if not FeedbackReceipt.objects.waiting().filter(pk=receipt.pk).exists():
        return "past"
    return None if _was_there(receipt) else "not_there"


def _was_there(receipt: FeedbackReceipt) -> bool:
    """Who was marked as present when the asking began may have been marked otherwise since."""
    here = receipt.meeting.participations.filter(attendance=Attendance.PRESENT)
    if receipt.side == FeedbackSide.FAMILY:
        return here.filter(member__isnull=False).exists()
    if receipt.outside_professional_id is not None:
        return here.filter(outside_professional=receipt.outside_professional_id).exists()
    worker = receipt.worker_id
    return (
        worker == receipt.meeting.convener_id
        or here.filter(worker=worker).exists()
        or here.filter(invitation__coming_worker=worker).exists()
    )


def _known(message: Message) -> FeedbackReceipt:
    receipt = _about(message)
    if receipt is None:
        raise LookupError("feedback")
    return receipt


def _compose_family(message: Message) -> Letter:
    receipt = _known(message)
    assert receipt.link is not None
    url = outbox.site_url("feedback_link", receipt.link.token)
    if message.channel == Channel.SMS:
        return Letter(
            subject="", text=_("Miten tapaaminen meni? Kolme lyhyttä kysymystä: %(link)s") % {"link": url}
        )
    return outbox.written(
        subject=_("Miten tapaaminen meni?"),
        title=_("Miten tapaaminen meni?"),
        facts=[(_("Tapaaminen"), short_day(receipt.meeting.starts_at))],
        action=Action(_("Vastatkaa kolmeen kysymykseen"), url),
        notes=[
            _("Vastaaminen vie minuutin ja on vapaaehtoista."),
            _("Vastauksiin ei merkitä, kuka ne antoi."),
        ],
    )


def _compose_professional(message: Message) -> Letter:
    receipt = _known(message)
    if receipt.link is not None:
        url = outbox.site_url("feedback_link", receipt.link.token)
        label = _("Vastaa kolmeen kysymykseen")
    else:
        url = outbox.site_url("meeting_feedback", receipt.meeting_id)
        label = _("Kirjaudu ja vastaa kolmeen kysymykseen")
    return outbox.written(
        subject=_("Miten yhteinen työ sujui?"),
        title=_("Miten yhteinen työ sujui?"),
        facts=[(_("Tapaaminen"), short_day(receipt.meeting.starts_at))],
        action=Action(label, url),
        notes=[
            _("Vastaaminen vie minuutin ja on vapaaehtoista."),
            _("Vastauksiin ei merkitä, kuka ne antoi."),
        ],
    )


def _address_now(message: Message) -> str:
    receipt = _about(message)
    if receipt is None:
        return ""
    channel, address, _language = _to(receipt)
    return address if channel == message.channel else ""


outbox.register(
    Kind(
        FAMILY_FEEDBACK,
        _compose_family,
        _why_not,
        gettext_lazy("Palautekysely perheelle"),
        _address_now,
        translated=True,
    )
)
outbox.register(
    Kind(
        PROFESSIONAL_FEEDBACK,
        _compose_professional,
        _why_not,
        gettext_lazy("Palautekysely ammattilaiselle"),
        _address_now,
    )
)
