"""The letter that brings the monthly report to the steering group: numbers of no family."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from perhekeskus import outbox, words
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Attachment, Kind, Letter

from .models import ReportSending
from .report_paper import file_name

MONTHLY_REPORT = "monthly_report"


def queue_report(sendings: Iterable[ReportSending], *, owner: Worker | None) -> None:
    """One letter to each receiver, with the paper in their language."""
    outbox.queue(
        Message(
            kind=MONTHLY_REPORT,
            occasion=f"report:{sending.report_id}:{sending.receiver_id}",
            channel=Channel.EMAIL,
            recipient=sending.receiver.email,
            language=sending.receiver.language,
            about_id=sending.pk,
            owner=owner,
        )
        for sending in sendings
    )


def _about(message: Message) -> ReportSending | None:
    return ReportSending.objects.select_related("report", "receiver").filter(pk=message.about_id).first()


def _why_not(message: Message) -> str | None:
    sending = _about(message)
    if sending is None:
        return "gone"
    return None if sending.receiver.is_active else "not_receiver"


def _compose(message: Message) -> Letter:
    sending = _about(message)
    if sending is None:
        raise LookupError("report sending")
    month = words.month(sending.report.month)
    paper = sending.report.papers.get(language=sending.receiver.language)
    title = _("Perhekeskusverkoston kuukausiraportti, %(month)s") % {"month": month}
    return outbox.written(
        subject=title,
        title=title,
        notes=[
            _("Raportti on tämän viestin liitteenä. Siinä ei ole tietoja yhdestäkään perheestä."),
            _("Jos et enää kuulu ohjausryhmään, kerro siitä perhekeskuksen koordinaattorille."),
        ],
        attachments=[
            Attachment(file_name(sending.report.month, paper.language), bytes(paper.pdf), "application/pdf")
        ],
    )


def _address_now(message: Message) -> str:
    sending = _about(message)
    return sending.receiver.email if sending is not None else ""


outbox.register(
    Kind(
        MONTHLY_REPORT,
        _compose,
        _why_not,
        gettext_lazy("Ohjausryhmän kuukausiraportti"),
        _address_now,
        translated=True,
    )
)
