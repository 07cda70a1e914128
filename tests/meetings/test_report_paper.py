"""The monthly report on paper: the numbers of the pages, whole in two languages and for a screen reader."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from outloud import check

from meetings.dashboard.ranges import later, month_of, months_between
from meetings.dashboard.report import PARTS, parts
from meetings.report_paper import report_facts, report_pdf
from meetings.states import MeetingKind
from network.actions import adoption, grievances
from network.models import Municipality
from network.states import Adoption, GrievanceTheme
from perhekeskus.words import today
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory
from tests.factories.tallies import counted, held
from tests.plugins.catalogues import noting_misses
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db

# What the parts of each figure are, and how many in the month that the report is of.
EVERYTHING = {
    "talk": {"accepted": 12, "declined": 6, "thinking": 2, "guidance": 7, "nothing_more": 5},
    "ended": {"everyday": 8, "nothing_more": 6},
    "ended_at": {"raised": 6, "plan": 9},
    "advice": {"enough": 9, "went_on": 7},
    "seat": {"education": 20, "third_sector": 5, "close_person": 8, "family": 3},
    "contact": {"on_time": 18, "late": 6},
    "measure": {"agreed": 21, "done": 9, "put_aside": 5},
    "outcome_family": {"better": 15, "same": 5},
    "outcome_worker": {"better": 14, "same": 6},
}


@pytest.fixture
def month() -> date:
    return later(month_of(today()), -1)


@pytest.fixture
def county(month: date) -> tuple[Municipality, Municipality]:
    """Two municipalities with a number of everything; in one of them three shared times were held."""
    here = MunicipalityFactory(code="140", name_fi="Iisalmi", name_sv="Idensalmi", tile_column=1, tile_row=1)
    there = MunicipalityFactory(code="263", name_fi="Kiuruvesi", tile_column=2, tile_row=1)
    boss = WorkerFactory(coordinator=True, unit=UnitFactory(municipality=here))
    held(here, month, 17)
    held(there, month, 3)
    held(here, later(month, -12), 11)
    for figure, numbers in EVERYTHING.items():
        for part, number in numbers.items():
            counted(here, month, figure, part, number)
    quarter = later(month_of(today()), -3 - (today().month - 1) % 3)
    for days in range(30):
        counted(here, quarter, "wait", f"{days + 4:04}", 1)
    adoption.record(
        by=boss, municipality=here, stage=Adoption.ROOTED, since=today() - timedelta(days=200), note=""
    )
    grievances.record(by=boss, municipality=here, theme=GrievanceTheme.DISTANCE, text="Bussi ei kulje.")
    return here, there


def told(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", read_by_poppler(pdf, "-layout"))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_is_whole_in_its_language_and_for_a_screen_reader(language, county, month, tmp_path: Path):
    assert len(parts(month)) == len(PARTS)
    here, _there = county
    # Kinds are told apart when a quarter of the year is over.
    for each in months_between(month.replace(month=1), month):
        counted(here, each, "held", MeetingKind.LP, 8)
        counted(here, each, "held", MeetingKind.YOUTH_TEAM, 9)
    with noting_misses() as misses:
        pdf = report_pdf(month, language=language)
    assert {text for missed_in, text in misses if missed_in == "sv"} == set()
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    found = [f"{one.rule}: {one.message}" for one in check(str(path)).sorted_findings()]
    # A table of two rows looks to the checker like one that was cut to pieces.
    assert [one for one in found if not one.startswith("TBL-010")] == []
    assert ("Idensalmi" if language == "sv" else "Iisalmi") in told(pdf)


def test_the_numbers_are_those_that_may_be_told(county, month):
    here, there = county
    text = told(report_pdf(month, language="fi"))
    # 17 and 3: the sum would give the three away, so it is a range.
    assert "yhteisiä aikoja pidettiin 18–21." in text
    if month.month == 1:
        row = f"{here.name_fi} 17 17"
    else:
        nothing = " ".join("0" for _month in range(month.month - 1))
        row = f"{here.name_fi} {nothing} 17 17"
    assert row in text
    assert re.search(rf"{there.name_fi} [0 ]*alle 5 alle 5", text)
    assert "samana aikana vuotta aiemmin 11." in text
    assert "Keskusteluja perheiden kanssa: 31–34. Yhteistä aikaa tarjottiin: 19–22" in text
    assert "Luvatuista ja tehdyistä yhteydenotoista ajallaan: 75 %." in text
    assert "Perheiden mielestä arvioiduista asioista on nyt paremmin 75 %." in text
    assert "Kuntia on 2. Yhteinen toimintamalli on juurtunut tai juurtumassa 1 kunnassa" in text


def test_on_a_sheet_on_its_side_few_columns_stand_beside_their_drawing(county, month):
    blocks = {block["title"]: block for part in report_facts(month)["parts"] for block in part["blocks"]}
    assert blocks["Missä ketju katkeaa"]["is_beside"] and blocks["Koko verkosto kuukausittain"]["is_beside"]
    # Words need the whole width: the notes of the stages.
    assert not blocks["Kunnat kartalla"]["is_beside"]
    # Eleven bars stand in two columns of one scale.
    first, second = (picture.facts for picture in blocks["Keitä tapaamisissa oli"]["pictures"])
    assert len(first.parts) == 6 and len(second.parts) == 5
    widest = max(float(part.sure or 0) for part in (*first.parts, *second.parts))
    assert widest == first.width and [part.y for part in second.parts] == [part.y for part in first.parts[:5]]


def test_without_any_numbers_it_says_so(month):
    facts = report_facts(month)
    assert facts["parts"] == [] and facts["news"] == []
    assert "Tältä kuukaudelta ei ole vielä lukuja." in told(report_pdf(month, language="fi"))
