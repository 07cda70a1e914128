"""The steering group's report: who gets it, and making it, by the clock or anew by the coordinator."""

import logging
import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from network.models import Worker
from perhekeskus.celery import app
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require
from perhekeskus.words import HELSINKI

from .. import report_letters
from ..dashboard import open_data
from ..dashboard.ranges import later, month_of
from ..models import MonthlyReport, ReportPaper, ReportReceiver, ReportRequest, ReportSending
from ..models.reports import ReportLanguage
from ..report_paper import report_pdf
from ..rules import reports as rules
from .contacts import stand_in_line

# The first day is left for what was written down late; by the second morning the report is in the mail.
DUE_DAY, DUE_CLOCK = 2, time(6)
# One that breaks off so many times is given up.
MOST_ATTEMPTS = 3
KICK_EXPIRES_SECONDS = 60

log = logging.getLogger(__name__)


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


# --- making it anew ------------------------------------------------------------------------------


@transaction.atomic
def ask_again(*, by: Worker, month: date, form_key: uuid.UUID, sends: bool) -> ReportRequest:
    """Ask for a new edition of the latest report, sent to the steering group if so wished. Twice is once."""
    require(rules.why_not_keep_reports(by))
    stand_in_line(uuid.uuid5(uuid.NAMESPACE_URL, f"report-request:{month}"))
    if earlier := ReportRequest.objects.filter(form_key=form_key).first():
        return earlier
    require(
        rules.why_not_make_again(
            month,
            due_month(timezone.now()),
            is_made=MonthlyReport.objects.filter(month=month).exists(),
            is_asked=ReportRequest.objects.still_open().filter(month=month).exists(),
        )
    )
    request = ReportRequest.objects.create(
        month=month, sends=sends, asked_at=timezone.now(), asked_by=by, form_key=form_key
    )
    transaction.on_commit(_kick, robust=True)
    return request


def _kick() -> None:
    """Ask for it now. Without a broker nothing is lost: the next tick of beat finds the request."""
    try:
        app.send_task("meetings.tasks.make_asked_reports", expires=KICK_EXPIRES_SECONDS, retry=False)
    except (KombuError, OSError) as error:
        log.warning("report not asked for: %s", type(error).__name__)


def make_asked() -> None:
    """Make the editions that are asked for. May run twice, and many at once: one of them makes each."""
    for pk in ReportRequest.objects.still_open().order_by("pk").values_list("pk", flat=True):
        if _taken_up(pk):
            _make_asked(pk)


def _open_request(pk: int) -> ReportRequest | None:
    """Locked until the transaction ends; None when another process has it or it has ended."""
    requests = ReportRequest.objects.still_open().filter(pk=pk)
    return requests.select_for_update(of=("self",), skip_locked=True).first()


@transaction.atomic
def _taken_up(pk: int) -> bool:
    """Mark, before the work, that it is begun once more; False when it is in hand, made, or given up now."""
    request = _open_request(pk)
    if request is None:
        return False
    if request.attempts >= MOST_ATTEMPTS:
        log.error("report given up: it broke off %s times", request.attempts)
        request.given_up_at = timezone.now()
        request.save(update_fields=["given_up_at"])
        return False
    request.attempts += 1
    request.save(update_fields=["attempts"])
    return True


@transaction.atomic
def _make_asked(pk: int) -> None:
    request = _open_request(pk)
    if request is None:
        return
    # For seconds only its own row is locked, which nobody waits for.
    papers = _printed(request.month)
    stand_in_line(uuid.uuid5(uuid.NAMESPACE_URL, f"report:{request.month}"))
    request.report = MonthlyReport.objects.create(
        month=request.month,
        edition=MonthlyReport.objects.filter(month=request.month).count() + 1,
        made_at=timezone.now(),
        made_by=request.asked_by,
        form_key=request.form_key,
    )
    request.save(update_fields=["report"])
    _keep(request.report, papers)
    if request.sends:
        _send(request.report, owner=request.asked_by)
    if settings.OPEN_DATA:
        # What was corrected is corrected for everybody; a request that waited long takes nothing back.
        open_data.publish(due_month(timezone.now()))
