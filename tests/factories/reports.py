"""The steering group's report."""

from datetime import date

from django.utils import timezone

from meetings.dashboard.ranges import later, month_of
from meetings.models import MonthlyReport, ReportPaper, ReportReceiver
from perhekeskus.words import today


def a_report_receiver(
    email: str = "ohjausryhma@demo.example", *, name: str = "Ohjaaja Oili", language: str = "fi"
) -> ReportReceiver:
    return ReportReceiver.objects.get_or_create(email=email, defaults={"name": name, "language": language})[0]


def a_report(month: date | None = None, pdf: bytes = b"%PDF-1.7 kokeeksi") -> MonthlyReport:
    """A made report whose papers are only said to be ones."""
    month = month or later(month_of(today()), -1)
    report, is_new = MonthlyReport.objects.get_or_create(
        month=month, edition=1, defaults={"made_at": timezone.now()}
    )
    if is_new:
        for language in ("fi", "sv"):
            ReportPaper.objects.create(report=report, language=language, pdf=pdf)
    return report
