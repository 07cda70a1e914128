"""The monthly report on paper: the numbers of the pages, whole in two languages and for a screen reader."""

from datetime import date
from pathlib import Path

import pytest
from outloud import check

from meetings.dashboard.ranges import later, month_of
from meetings.report_paper import report_pdf
from perhekeskus.words import today
from tests.plugins.catalogues import noting_misses
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db


def last_month() -> date:
    return later(month_of(today()), -1)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_is_whole_in_its_language_and_for_a_screen_reader(language, tmp_path: Path):
    with noting_misses() as misses:
        pdf = report_pdf(last_month(), language=language)
    assert {text for missed_in, text in misses if missed_in == "sv"} == set()
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    assert [f"{one.rule}: {one.message}" for one in check(str(path)).sorted_findings()] == []
    assert read_by_poppler(pdf, "-layout")
