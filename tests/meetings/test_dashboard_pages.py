"""The dashboard's pages besides the shared times: what they say, and that little is told of few."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from meetings.dashboard.along import talks_and_chain
from meetings.dashboard.chain import STAGES
from meetings.dashboard.parts import per_one_in_words, share_in_words
from meetings.dashboard.published import Shown
from meetings.dashboard.ranges import Range
from meetings.dashboard.tables import words_of
from meetings.dashboard.waits import days_in_words, picture, waits, within
from network.tallies import FIGURES
from tests.factories import MunicipalityFactory, NeedFactory, UnitFactory, WorkerFactory, tallies

PAGES = ("count_along", "count_people", "count_afterwards", "count_feedback")
YEAR = Range(date(2026, 1, 1), date(2026, 12, 1))


def counted(figure: str, *, month: int = 3, code: str = "263", **parts: int) -> None:
    """So many of each part, as if the triggers had counted them."""
    municipality = MunicipalityFactory(code=code)
    for part, number in parts.items():
        tallies.counted(municipality, date(2026, month, 1), figure, part.removeprefix("days_"), number)


@pytest.fixture
def coordinator(db):
    return WorkerFactory(coordinator=True)


# --- along the way -----------------------------------------------------------------------------------


def test_the_chain_tells_how_far_ended_situations_came(coordinator):
    counted("ended_at", raised=12, convening=7, shared_time=5, plan=26)
    # Of the 26 that ended with a plan, everyday life runs in 20.
    counted("ended", everyday=20, declined=7)
    _talks, chain = talks_and_chain(coordinator, YEAR)
    assert [[words_of(cell) for cell in row] for row in chain.table().rows] == [
        ["Puheeksiotto", "50", "38", "12"],
        ["Koollekutsuminen", "38", "31", "7"],
        ["Yhteinen aika", "31", "26", "5"],
        ["Suunnitelma", "26", "20", "6"],
        ["Sujuva arki", "20", "–", "–"],
    ]
    assert "Koollekutsuminen 38, tähän päättyi 7" in chain.picture().description


def test_no_stage_of_the_chain_tells_of_few(coordinator):
    counted("ended_at", raised=12, convening=2, shared_time=1, plan=26)
    counted("ended", everyday=25)
    _talks, chain = talks_and_chain(coordinator, YEAR)
    # Two at convening, one at the shared time, one at the plan: each can be anything from one to four.
    assert [ended.words for ended in chain.ended] == ["12", "alle 5", "alle 5", "alle 5", "25"]
    assert [came.words for came in chain.came] == ["40–49", "28–37", "27–33", "26–29", "25"]
    assert len(STAGES) == len(chain.came)


@pytest.mark.parametrize(
    ("days", "percent", "least", "found"),
    [
        ({3: 5, 10: 5}, 50, 10, 3),
        ({3: 4, 10: 6}, 50, 10, 10),
        ({3: 4, 10: 5}, 50, 10, None),
        ({1: 18, 30: 1, 90: 1}, 90, 20, 1),
        ({1: 17, 30: 1, 90: 2}, 90, 20, 30),
        ({}, 50, 0, None),
    ],
)
def test_within_how_many_days(days, percent, least, found):
    assert within(days, percent, least=least) == found


def test_days_are_told_of_quarters_that_are_over_and_of_enough_families(coordinator):
    counted("wait", month=2, days_0007=6, days_0030=3)
    counted("wait", month=3, days_0030=1)
    counted("wait", month=5, days_0014=19, days_0365=1)
    counted("wait", month=8, days_0002=9)
    counted("wait", month=10, days_0001=40)
    for month in (2, 5, 8):
        counted("held", month=month, shared_time=20)
    found = {one.name: (one.median, one.most) for one in waits(coordinator, date(2026, 11, 22))}
    assert list(found)[-1] == "7–9/2026", "the one that goes on is not told"
    # Ten, twenty and nine families.
    assert [found[f"{quarter}/2026"] for quarter in ("1–3", "4–6", "7–9")] == [
        (7, None),
        (14, 14),
        (None, None),
    ]
    told = picture(waits(coordinator, date(2026, 11, 22)))
    assert "1–3/2026 puolet: 7 päivää, 4–6/2026 puolet: 14 päivää, 9/10: 14 päivää." in told.description
    assert "7–9" not in told.description
    assert (days_in_words(1), days_in_words(365)) == ("1 päivä", "yli vuosi")
    assert {one.median for one in waits(WorkerFactory(), date(2026, 11, 22))} == {None}


# --- shares ----------------------------------------------------------------------------------------


def test_a_share_is_as_rough_as_the_numbers_it_is_made_of():
    assert share_in_words(Shown(25, 25), [Shown(50, 50), Shown(25, 25)]) == "25\u00a0%"
    assert share_in_words(Shown(1, 4), [Shown(16, 16)]) == "6–20\u00a0%"
    assert share_in_words(Shown(20, 20), [Shown(1, 4)]) == "83–95\u00a0%"
    assert share_in_words(Shown(0, 0), [Shown(0, 0)]) == ""
    assert per_one_in_words(Shown(3, 3), Shown(10, 10)) == "0,3"
    assert per_one_in_words(Shown(1, 4), Shown(5, 8)) == "0,1–0,8"
    assert per_one_in_words(Shown(1, 4), Shown(0, 0)) == ""


# --- the pages ---------------------------------------------------------------------------------------


def much_is_counted(codes: range) -> None:
    for code in codes:
        for figure in FIGURES.values():
            parts = figure.parts() or {"0012": "", "0040": ""}
            counted(figure.name, code=f"{code:03}", **{f"days_{part}": 9 for part in parts})
        NeedFactory(name=f"Tarve {code}")
        UnitFactory(municipality=MunicipalityFactory(code=f"{code:03}"))


def queries_of_pages(client) -> dict[str, int]:
    found = {}
    for name in PAGES:
        url = f"{reverse(name)}?first=2026-01&last=2026-06"
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        found[name] = len(queries)
    return found


def test_the_pages_ask_as_little_of_twelve_municipalities_as_of_three(client, coordinator):
    client.force_login(coordinator)
    much_is_counted(range(900, 903))
    of_three = queries_of_pages(client)
    much_is_counted(range(910, 919))
    assert queries_of_pages(client) == of_three


def test_a_page_without_any_numbers_says_what_belongs_there(client, coordinator):
    client.force_login(coordinator)
    said = {name: client.get(reverse(name)).content.decode() for name in PAGES}
    assert "Odotusaikoja ei vielä näytetä" in said["count_along"]
    assert "Näiltä kuukausilta ei ole pidettyjä tapaamisia" in said["count_people"]
    assert "Näiltä kuukausilta ei ole merkintöjä suunnitelmista." in said["count_afterwards"]
    client.force_login(WorkerFactory())
    assert {client.get(reverse(name)).status_code for name in PAGES} == {404}


TABLE = re.compile(
    r'<table class="table([^"]*)">(.*?)</table>.*?href="([^"]+\.csv[^"]*)".*?href="([^"]+\.xlsx[^"]*)"', re.S
)
ROW, CELL = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S), re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
# These show more than numbers on their pages: signs, ways to a municipality's own page.
DRAWN_OTHERWISE = ("adoption-table", "development-table")


def as_number(words: str) -> str:
    """+45 and −3 are 45 and -3 to a spreadsheet."""
    number = words.removeprefix("+").replace("−", "-")
    return number if re.fullmatch(r"-?[\d,]+", number) else words


def cells_of(html_of_table: str) -> list[list[str]]:
    return [
        [as_number(unescape(strip_tags(cell)).strip()) for cell in CELL.findall(row)]
        for row in ROW.findall(html_of_table)
    ]


def test_every_table_of_every_page_is_a_file_with_the_same_numbers(client, coordinator):
    client.force_login(coordinator)
    much_is_counted(range(900, 903))
    compared = set()
    for name in ("count_page", *PAGES, "adoption_page", "development_page"):
        page = client.get(f"{reverse(name)}?first=2026-01&last=2026-06").content.decode()
        tables = TABLE.findall(page)
        assert len(tables) == page.count("<table"), f"{name} has a table without its files"
        for kind, table, as_csv, as_excel in tables:
            answer = client.get(unescape(as_csv))
            assert (answer.status_code, client.get(unescape(as_excel)).status_code) == (200, 200), as_csv
            if any(word in kind for word in DRAWN_OTHERWISE):
                continue
            text = answer.content.decode().removeprefix("\ufeff")
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
            assert rows == cells_of(table), as_csv
            compared.add(as_csv.partition("?")[0])
    assert len(compared) >= 14, compared
