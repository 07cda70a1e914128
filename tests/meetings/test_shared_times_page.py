"""The coordinator's page of shared times: what it shows of what is counted."""

import re
from datetime import date

import pytest

from meetings.dashboard.ranges import later, months_between, usual_ranges
from meetings.dashboard.shared_times import count_table, first_month
from network.folding import fold
from network.models import Population
from network.tallies import FIGURES
from tests.factories import (
    MunicipalityFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.factories.tallies import counted, held, nothing_counted

# --- months --------------------------------------------------------------------------------------


def test_months_go_over_the_year():
    assert later(date(2026, 11, 1), 3) == date(2027, 2, 1)
    assert later(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert months_between(date(2025, 11, 1), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize(
    ("today", "ranges"),
    [
        (date(2026, 3, 15), ["2026-01…2026-03", "2025-04…2026-03", "2025-01…2025-11"]),
        (date(2026, 11, 1), ["2026-01…2026-11", "2025-12…2026-11", "2026-01…2026-11"]),
        (date(2026, 12, 31), ["2026-01…2026-12", "2026-01…2026-12", "2026-01…2026-11"]),
    ],
)
def test_usual_ranges(today, ranges):
    assert [f"{one.first:%Y-%m}…{one.last:%Y-%m}" for one in usual_ranges(today)] == ranges


# --- the page ------------------------------------------------------------------------------------


def count(code: str, month: date, held: int, kind: str = "shared_time") -> None:
    counted(MunicipalityFactory(code=code), month, "held", kind, held)


@pytest.fixture
def coordinator(db, client):
    worker = WorkerFactory(coordinator=True)
    client.force_login(worker)
    return worker


ROLES = {
    "worker": ({}, 404),
    "guidance": ({"guidance": True}, 404),
    "coordinator": ({"coordinator": True}, 200),
    "administrator": ({"administrator": True}, 200),
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_may_count(client, role):
    traits, status = ROLES[role]
    client.force_login(WorkerFactory(**traits))
    assert client.get("/koonti/").status_code == status


@pytest.mark.django_db
def test_counting_needs_a_sign_in(client):
    response = client.get("/koonti/")
    assert response.status_code == 302
    assert "/tili/" in response["Location"]


def rows_of(response, number: int = 0) -> dict[str, list[str]]:
    """The rows of one of the page's tables as they are read: head → cells."""
    body = re.findall(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)[number]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body)
    return {head: re.findall(r"<td[^>]*>(.*?)</td>", cells) for head, cells in rows}


MONTHS, TOWNS, COMPARED, OTHERS = 0, 1, 2, 3


def test_the_page_shows_towns_months_and_totals(client, coordinator, monday):
    count("297", date(2026, 10, 1), 12)
    count("263", date(2026, 10, 1), 3)
    count("263", date(2026, 9, 1), 6)
    count("297", date(2026, 9, 1), 9, kind="follow_up")
    response = client.get("/koonti/")
    rows = rows_of(response, TOWNS)
    assert rows["Kunta 297"] == ["0"] * 9 + ["12", "0", "12"]
    assert rows["Kiuruvesi"] == ["0"] * 8 + ["6", "alle 5", "0", "7–10"]
    assert rows["Koko verkosto"] == ["0"] * 8 + ["6", "13–16", "0", "19–22"]
    page = response.content.decode()
    assert "Tammikuu 2026 – marraskuu 2026: pidettyjä yhteisiä aikoja 19–22." in page
    assert "Mitä tässä lasketaan" in page
    # The bars are drawn of what is shown: 15, the true total of October, stands nowhere.
    assert [month.words for month in response.context["chart"].months][8:] == ["6", "13–16", "0"]
    assert ">15<" not in page
    assert "/tilanteet/" not in page.split("<main")[1]
    # Follow-ups stand apart.
    assert rows_of(response, OTHERS)["Seurantatapaaminen"][8:] == ["9", "0", "0", "9"]


def test_the_year_before_stands_beside_and_so_do_the_children(client, coordinator, monday):
    count("263", date(2026, 10, 1), 12)
    count("263", date(2025, 10, 1), 8)
    count("297", date(2025, 10, 1), 2)
    Population.objects.create(municipality_id="263", year=2025, under_18=2_400)
    october = {"first": "2026-10", "last": "2026-10"}
    response = client.get("/koonti/", october)
    rows = rows_of(response, COMPARED)
    assert rows["Kiuruvesi"] == ["12", "8", "+4", "5,0"]
    assert rows["Kunta 297"] == ["0", "alle 5", "−4…−1", "–"]
    assert rows["Koko verkosto"] == ["12", "9–12", "0…+3", "–"]
    assert "Vuotta aiemmin samoina kuukausina: 9–12. Muutos: 0…+3." in response.content.decode()
    assert "vielä kesken" not in response.content.decode()
    assert "vielä kesken" in client.get("/koonti/").content.decode()


def test_a_half_year_that_is_over_is_told_of_each_town(client, coordinator, monday):
    for month, number in enumerate([1, 2, 3, 2, 2, 1], start=1):
        for code in ("263", "297", "140"):
            count(code, date(2026, month, 1), number)
    rows = rows_of(client.get("/koonti/", {"first": "2026-01", "last": "2026-06"}), TOWNS)
    assert rows["Kiuruvesi"] == ["alle 5"] * 6 + ["11"]
    assert rows["Koko verkosto"][-1] == "33"


def test_kinds_and_what_did_not_come_about_are_told_of_the_network(client, coordinator, monday):
    town = MunicipalityFactory(code="263")
    for figure, part, number in [
        ("held", "shared_time", 12),
        ("held", "lp", 7),
        ("held", "myr", 3),
        ("not_held", "shared_time", 6),
        ("not_held", "lp", 2),
        ("cancelled", "family", 9),
        ("cancelled", "convener", 2),
    ]:
        counted(town, date(2026, 8, 1), figure, part, number)
    response = client.get("/koonti/", {"first": "2026-07", "last": "2026-10"})
    kinds = {code: str(word) for code, word in FIGURES["held"].parts().items()}
    shared = rows_of(response, OTHERS)
    # 3 would be what is left of the 22: so it is told together with others.
    assert shared[kinds["shared_time"]] == shared[kinds["myr"]] == ["1–14"]
    assert shared[kinds["lp"]] == ["7"]
    assert '<th scope="col" class="number">7–9/2026</th>' in response.content.decode()
    assert rows_of(response, OTHERS + 1)["Pitämättä jääneet tapaamiset"] == ["0", "8", "0", "0", "8"]
    who = {code: str(word) for code, word in FIGURES["cancelled"].parts().items()}
    cancelled = rows_of(response, OTHERS + 2)
    assert cancelled[who["family"]][-1] == "9"
    assert cancelled["Peruttuja yhteensä"][-1] == "10–13"


def test_any_months_can_be_asked_for(client, coordinator, monday):
    count("263", date(2025, 12, 1), 8)
    response = client.get("/koonti/", {"first": "2025-12", "last": "2026-01"})
    assert rows_of(response, TOWNS)["Koko verkosto"][-1] == "8"
    # The same months on the next page of the section.
    assert "/koonti/osallistujat/?first=2025-12&amp;last=2026-01" in response.content.decode()
    response = client.get("/koonti/", {"first": "2024-01", "last": "2026-11"})
    assert "Valittua vaihtoehtoa ei enää ole" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": "2026-05", "last": "2026-02"}, "Viimeinen kuukausi on ennen ensimmäistä"),
        ({"first": "2026-05"}, "Valitse yksi vaihtoehto"),
        ({"first": "eilen", "last": "'; --"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"first": "2026-05\x00", "last": "2026-06"}, "ei voi tallentaa"),
    ],
)
def test_months_that_make_no_sense_are_said_so(client, coordinator, monday, asked, sentence):
    response = client.get("/koonti/", asked)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "<title>Virhe:" in response.content.decode()


def test_too_long_a_range_is_refused_with_a_sentence(client, coordinator, monday):
    count("263", date(2020, 1, 1), 8)
    assert first_month(coordinator, date(2026, 11, 2)) == date(2020, 1, 1)
    response = client.get("/koonti/", {"first": "2020-01", "last": "2026-11"})
    assert "enintään 36 kuukautta" in response.content.decode()


def test_a_month_does_not_change_with_the_range(client, coordinator, monday):
    """A town outside the range still belongs to the network: the same month, the same total."""
    count("297", date(2026, 1, 1), 12)
    count("263", date(2026, 10, 1), 3)
    alone = count_table(coordinator, date(2026, 10, 1), date(2026, 10, 1))
    year = count_table(coordinator, date(2026, 1, 1), date(2026, 11, 1))
    assert alone.month_totals == year.month_totals[9:10]
    assert [row.municipality for row in alone.rows] == [row.municipality for row in year.rows]


def test_towns_sort_as_finns_sort(client, coordinator):
    for code, name in [("001", "Äänekoski"), ("002", "Zetå"), ("003", "Åland"), ("004", "Oulu")]:
        UnitFactory(municipality=MunicipalityFactory(code=code, name_fi=name))
    names = [row.municipality for row in count_table(coordinator, date(2026, 1, 1), date(2026, 1, 1)).rows]
    assert [name for name in names if name != "Kiuruvesi"] == ["Oulu", "Zetå", "Åland", "Äänekoski"]


def test_the_page_asks_as_much_whatever_the_number_of_towns(
    client, coordinator, monday, django_assert_num_queries
):
    for number in range(30):
        count(f"{number:03}", date(2026, 10, 1), number)
        count(f"{number:03}", date(2026, 9, 1), number)
    # Session, worker; oldest month, kinds, counts, towns, children, what else was met about; areas.
    with django_assert_num_queries(9):
        client.get("/koonti/", {"first": "2026-01", "last": "2026-11"})


# --- the attack, through the pages -------------------------------------------------------------------

# Two counties that differ in numbers that are hidden, and in nothing that may be told: neither in the exact
# sums of the towns nor in the exact ones of the months (January and February are told as 4–7).
ONE = [[1, 2, 3, 2, 2, 1], [2, 2, 1, 3, 1, 2], [2, 1, 2, 1, 3, 2], [1, 1, 2, 2, 2, 3]]
OTHER = [[2, 1, 4, 1, 2, 1], [2, 2, 1, 3, 1, 2], [2, 1, 1, 2, 3, 2], [1, 1, 2, 2, 2, 3]]
TOLD_OTHERWISE = [[1, 2, 3, 2, 2, 3], *ONE[1:]]
# Every range that begins in January or ends in June: what is left of one without another is any range.
RANGES = [(1, last) for last in range(1, 7)] + [(first, 6) for first in range(2, 7)]
FILES = ["yhteiset-ajat", "yhteiset-ajat-vertailu", "yhteiset-ajat-kuukausittain"]


def everything_seen(client, county: list[list[int]]) -> list[str]:
    """The page and its files, of every range."""
    nothing_counted()
    for code, numbers in zip(("140", "263", "297", "398"), county, strict=True):
        for month, number in enumerate(numbers, start=1):
            held(code, date(2026, month, 1), number)
    fold()
    seen = []
    for first, last in RANGES:
        asked = {"first": f"2026-{first:02}", "last": f"2026-{last:02}"}
        page = client.get("/koonti/", asked).content.decode()
        seen.append(page.split("<main")[1].split("</main")[0])
        seen += [client.get(f"/koonti/taulukot/{name}.csv", asked).content.decode() for name in FILES]
    return seen


def test_counties_that_must_not_be_told_apart_look_the_same_on_every_page(
    client, coordinator, monday, monkeypatch
):
    for code in ("140", "263", "297", "398"):
        MunicipalityFactory(code=code)
        Population.objects.create(municipality_id=code, year=2025, under_18=1_000)
    one = everything_seen(client, ONE)
    assert everything_seen(client, OTHER) == one
    # It is not for want of telling: of these four the first has two more in June.
    monkeypatch.setattr(f"{__name__}.RANGES", [(1, 6)])
    assert everything_seen(client, TOLD_OTHERWISE)[1] not in one
