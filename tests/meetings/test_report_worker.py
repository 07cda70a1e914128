"""The report by a real Celery worker over real SMTP: printed, kept, and brought to each in their language."""

import os
import subprocess
import sys

import pytest

from meetings.models import MonthlyReport, ReportPaper
from tests.factories import UnitFactory
from tests.factories.reports import a_report_receiver
from tests.perhekeskus.test_outbox_crash import PROJECT, celery_worker, wait_until

TASK = "meetings.tasks.make_monthly_report"


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_the_report_and_mails_it(sink, tmp_path):
    UnitFactory()
    a_report_receiver()
    a_report_receiver("styrgrupp@demo.example", language="sv")
    log = tmp_path / "worker.log"
    with celery_worker(sink, log):
        ask = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "perhekeskus",
            "call",
            "meetings.tasks.make_monthly_report",
        ]
        environment = os.environ | {"BROKER_PREFIX": f"test-{os.getpid()}-{sink.port}:"}
        subprocess.run(ask, cwd=PROJECT, env=environment, check=True, capture_output=True)
        wait_until(lambda: len(sink.raw) == 2, seconds=60)
    report = MonthlyReport.objects.get()
    kept = {paper.language: bytes(paper.pdf) for paper in ReportPaper.objects.filter(report=report)}
    brought = {str(letter["To"]): list(letter.iter_attachments()) for letter in sink.letters}
    assert {name: [one.get_content() for one in files] for name, files in brought.items()} == {
        "ohjausryhma@demo.example": [kept["fi"]],
        "styrgrupp@demo.example": [kept["sv"]],
    }
    assert all(pdf.startswith(b"%PDF") for pdf in kept.values())
