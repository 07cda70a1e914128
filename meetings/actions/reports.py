"""The steering group's report: who gets it, and making it, by the clock or anew by the coordinator."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require
from perhekeskus.words import HELSINKI

from .. import report_letters
from ..dashboard import open_data
from ..dashboard.ranges import later, month_of
from ..models import MonthlyReport, ReportPaper, ReportReceiver, ReportSending
from ..models.reports import ReportLanguage
from ..report_paper import report_pdf
from ..rules import reports as rules
from .contacts import stand_in_line

# The first day is left for what was written down late; by the second morning the report is in the mail.
DUE_DAY, DUE_CLOCK = 2, time(6)


@dataclass(frozen=True)
class ReceiverCard:
    """What is written down of one who gets the report."""

    name: str
    email: str
    language: str
    is_active: bool = True


# --- who gets it ---------------------------------------------------------------------------------


@transaction.atomic
def add_receiver(*, by: Worker, card: ReceiverCard) -> ReportReceiver:
    """Add somebody to the steering group. The same person twice is one."""
    require(rules.why_not_keep_reports(by))
    stand_in_line(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{card.email.lower()}"))
    if earlier := ReportReceiver.objects.filter(email__iexact=card.email).first():
        if _card_of(earlier) == card:
            return earlier
        raise Refused(_("Tämä osoite on jo listalla."))
    with pghistory.context(worker=by.pk):
        return ReportReceiver.objects.create(**asdict(card))


@transaction.atomic
def change_receiver(
    *, receiver: ReportReceiver, by: Worker, card: ReceiverCard, seen_version: int
) -> ReportReceiver:
    """Change the address or the language, or let the report come no more; what was sent stays written."""
    require(rules.why_not_keep_reports(by))
    lock(receiver)
    receiver = ReportReceiver.objects.get(pk=receiver.pk)
    require(rules.why_not_seen(receiver, seen_version))
    if ReportReceiver.objects.filter(email__iexact=card.email).exclude(pk=receiver.pk).exists():
        raise Refused(_("Tämä osoite on jo listalla."))
    for name, value in asdict(card).items():
        setattr(receiver, name, value)
    receiver.version += 1
    with pghistory.context(worker=by.pk):
        receiver.save()
    return receiver


def _card_of(receiver: ReportReceiver) -> ReceiverCard:
    return ReceiverCard(receiver.name, receiver.email, receiver.language, receiver.is_active)


# --- making it -----------------------------------------------------------------------------------


def due_month(now: datetime) -> date:
    """The month whose report ought to be there by now: the one that ended last, from the second day on."""
    here = timezone.localtime(now, HELSINKI)
    due_at = datetime.combine(here.date().replace(day=DUE_DAY), DUE_CLOCK, tzinfo=HELSINKI)
    return later(month_of(here.date()), -1 if here >= due_at else -2)


def make_due() -> bool:
    """Make and send the report whose day has come, unless it is there. Harmless twice, and many at once."""
    now = timezone.now()
    month = due_month(now)
    if MonthlyReport.objects.filter(month=month).exists():
        return False
    papers = _printed(month)
    with transaction.atomic():
        report, is_new = MonthlyReport.objects.get_or_create(
            month=month, edition=1, defaults={"made_at": timezone.now()}
        )
        # Somebody else was quicker: theirs is sent, ours is forgotten.
        if is_new:
            _keep(report, papers)
            _send(report, owner=None)
    return is_new


def make_again(*, by: Worker, month: date, form_key: uuid.UUID, sends: bool) -> MonthlyReport:
    """A new edition of the latest report, sent to the steering group if so wished. Twice is once."""
    require(rules.why_not_keep_reports(by))
    is_made = MonthlyReport.objects.filter(month=month).exists()
    require(rules.why_not_make_again(month, due_month(timezone.now()), is_made=is_made))
    if earlier := MonthlyReport.objects.filter(form_key=form_key).first():
        return earlier
    papers = _printed(month)
    with transaction.atomic():
        stand_in_line(uuid.uuid5(uuid.NAMESPACE_URL, f"report:{month}"))
        if earlier := MonthlyReport.objects.filter(form_key=form_key).first():
            return earlier
        report = MonthlyReport.objects.create(
            month=month,
            edition=MonthlyReport.objects.filter(month=month).count() + 1,
            made_at=timezone.now(),
            made_by=by,
            form_key=form_key,
        )
        _keep(report, papers)
        if sends:
            _send(report, owner=by)
        if settings.OPEN_DATA:
            # What was corrected is corrected for everybody.
            open_data.publish(month)
    return report


def _printed(month: date) -> dict[str, bytes]:
    """Printed outside any lock: it takes seconds."""
    return {language: report_pdf(month, language=language) for language in ReportLanguage.values}


def _keep(report: MonthlyReport, papers: dict[str, bytes]) -> None:
    ReportPaper.objects.bulk_create(
        ReportPaper(report=report, language=language, pdf=pdf) for language, pdf in papers.items()
    )


def _send(report: MonthlyReport, *, owner: Worker | None) -> None:
    receivers = ReportReceiver.objects.filter(is_active=True).order_by("pk")
    sendings = ReportSending.objects.bulk_create(
        ReportSending(report=report, receiver=receiver) for receiver in receivers
    )
    report_letters.queue_report(sendings, owner=owner)
