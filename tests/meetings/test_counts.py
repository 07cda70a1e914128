"""The coordinator's counts: exact, and nothing small can be worked out of what is shown."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.counts import count_table, first_month, wrong_counts
from meetings.dashboard.published import Shown, month_total, published, shown
from meetings.dashboard.ranges import later, months_between, usual_ranges
from meetings.models import Meeting, MonthlyCount
from meetings.states import MeetingKind, MeetingStatus
from perhekeskus.words import HELSINKI
from tests.factories import (
    MunicipalityFactory,
    UnitFactory,
    WorkerFactory,
    a_held_meeting,
    a_situation,
)

# --- what may be said of a number ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "alle 5"), (4, "alle 5"), (5, "5"), (12, "12"), (1234, "1234")]
)
def test_small_numbers_are_hidden_and_zero_is_not(number, words):
    assert shown(number).words == words


def test_the_limit_is_a_setting(settings):
    settings.SMALL_NUMBER_LIMIT = 10
    assert [shown(number).words for number in (0, 1, 9, 10)] == ["0", "alle 10", "alle 10", "10"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "0"),
        ([0, 0], "0"),
        ([7, 12], "19"),
        # One hidden number: the exact total would give it away.
        ([7, 3], "8–11"),
        ([0, 3], "alle 5"),
        # Two: 2 could only be 1 + 1, and 3 tells that neither is more than 2.
        ([1, 1], "2–8"),
        ([1, 2], "2–8"),
        ([4, 4, 9], "11–17"),
        # 5 leaves each of the two anything from 1 to 4.
        ([2, 3, 9], "14"),
        ([1, 4], "5"),
        ([1, 1, 1], "3–12"),
        ([3, 2, 3], "8"),
    ],
)
def test_a_month_of_the_network_is_exact_only_when_it_gives_nothing_away(numbers, words):
    assert month_total(numbers).words == words


def everything_published(held: list[list[int]]) -> list:
    """All that anybody can ever be shown of these numbers: the table of every range of months."""
    last = len(held[0])
    months = [date(2026, 1 + i, 1) for i in range(last)]
    return [
        published(["A", "B", "C"][: len(held)], months[i:j], [numbers[i:j] for numbers in held])
        for i, j in itertools.combinations(range(last + 1), 2)
    ]


def few_hidden(seed: int) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Numbers of three towns and months, and where at most five small ones are."""
    draw = random.Random(seed)
    while True:
        held = [[draw.choice([0, 1, 2, 3, 4, 6, 11]) for _month in range(3)] for _town in range(3)]
        hidden = [(i, j) for i in range(3) for j in range(3) if 1 <= held[i][j] <= 4]
        if 1 <= len(hidden) <= 5:
            return held, hidden


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_published_a_hidden_number_can_be_any_small_number(seed):
    """The attack of all attacks: try every other table, keep those that would be published just the same."""
    held, hidden = few_hidden(seed)
    seen = everything_published(held)
    possible: dict[tuple[int, int], set[int]] = {cell: set() for cell in hidden}
    for numbers in itertools.product(range(1, 5), repeat=len(hidden)):
        other = [list(row) for row in held]
        for (i, j), number in zip(hidden, numbers, strict=True):
            other[i][j] = number
        if everything_published(other) == seen:
            for cell, number in zip(hidden, numbers, strict=True):
                possible[cell].add(number)
    assert set(map(frozenset, possible.values())) == {frozenset({1, 2, 3, 4})}, held


@pytest.mark.parametrize("seed", range(20))
def test_no_subtraction_of_two_exact_numbers_is_a_hidden_one(seed):
    """Of each town and of the whole network: the exact total of a range less that of a shorter one."""
    draw = random.Random(1000 + seed)
    held = [[draw.choice([0, 0, 1, 2, 3, 4, 5, 8]) for _month in range(6)] for _town in range(3)]
    months = [date(2026, 1 + i, 1) for i in range(6)]

    def exact_of(i: int, j: int, row: int) -> int | None:
        total = published("ABC", months[i:j], [numbers[i:j] for numbers in held]).rows[row].total
        return total.low if total.is_exact else None

    for row in range(3):
        for i, j in itertools.combinations(range(7), 2):
            total = exact_of(i, j, row)
            if total is None:
                continue
            for k, m in itertools.combinations(range(i, j + 1), 2):
                part = exact_of(k, m, row)
                missing = [held[row][n] for n in range(i, j) if not k <= n < m]
                assert part is None or len(missing) != 1 or not 1 <= missing[0] <= 4
    for n, month in enumerate(months):
        table = published("ABC", [month], [[numbers[n]] for numbers in held])
        if table.total.is_exact:
            told = sum(row.cells[0].low for row in table.rows if row.cells[0].is_exact)
            in_doubt = [numbers[n] for numbers in held if 1 <= numbers[n] <= 4]
            assert len(in_doubt) != 1
            assert table.total.low - told == sum(in_doubt)


def test_a_total_over_months_tells_no_more_than_its_months():
    held = [[3, 0, 7], [4, 4, 4]]
    months = [date(2026, n, 1) for n in (1, 2, 3)]
    table = published(["Iisalmi", "Kiuruvesi"], months, held)
    assert table.rows[0].total == Shown(8, 11)
    assert table.rows[1].total == Shown(3, 12)
    # January 3 + 4 is a sum that two small numbers give in one way or two: it is not told.
    assert [total.words for total in table.month_totals] == ["2–8", "alle 5", "8–11"]
    assert table.total == Shown(11, 23)


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
        (date(2026, 12, 31), ["2026-01…2026-12", "2026-01…2026-12", "2026-01…2026-11"]),
    ],
)
def test_usual_ranges(today, ranges):
    assert [f"{one.first:%Y-%m}…{one.last:%Y-%m}" for one in usual_ranges(today)] == ranges


# --- the counts are exact ------------------------------------------------------------------------


def held_meeting(situation, start: datetime, **fields) -> Meeting:
    """A row as the recording leaves it; how it came to be is of no matter to the count."""
    return Meeting.objects.create(
        situation=situation,
        status=MeetingStatus.HELD,
        municipality=fields.pop("municipality", situation.family.municipality),
        convener=situation.holder,
        period=DateTimeTZRange(start, start + timedelta(minutes=90)),
        held_at=timezone.now(),
        held_by=situation.holder,
        **fields,
    )


def counted() -> dict:
    return {
        (row.municipality_id, row.month, row.kind): row.held for row in MonthlyCount.objects.exclude(held=0)
    }


@pytest.mark.django_db
def test_a_meeting_held_by_the_real_actions_is_counted_once():
    meeting = a_held_meeting()
    month = timezone.localtime(meeting.period.lower, HELSINKI).date().replace(day=1)
    assert counted() == {(meeting.municipality_id, month, meeting.kind_id): 1}
    assert wrong_counts() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "month"),
    [
        # Half past midnight in Helsinki is still yesterday in UTC: winter + 2 h, summer + 3 h.
        (datetime(2026, 1, 31, 22, 30, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 1, 31, 21, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 6, 30, 21, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2025, 12, 31, 22, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_a_month_begins_at_midnight_in_helsinki(start, month):
    meeting = held_meeting(a_situation(), start)
    assert counted() == {(meeting.municipality_id, month, "shared_time"): 1}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_the_meetings_after_any_history(seed):
    draw = random.Random(seed)
    towns = [MunicipalityFactory(code=code) for code in ("263", "297", "140")]
    situations = [a_situation() for _ in range(3)]
    meetings: list[Meeting] = []

    def some_time() -> datetime:
        # Thick around midnights where months change.
        month = datetime(2026, draw.randint(1, 6), 1, tzinfo=HELSINKI)
        return month + timedelta(minutes=draw.choice([-120, -60, -1, 0, 1, 60, 120, 14_000]))

    for _step in range(60):
        match draw.choice(["new", "new", "new", "unheld", "delete", "time", "town", "kind", "many"]):
            case "new":
                meetings.append(
                    held_meeting(
                        draw.choice(situations),
                        some_time(),
                        municipality=draw.choice(towns),
                        kind_id=draw.choice([*MeetingKind]),
                    )
                )
            case "unheld":
                meeting = held_meeting(draw.choice(situations), some_time())
                meeting.delete()
                Meeting.objects.create(
                    situation=meeting.situation,
                    status=MeetingStatus.NOT_HELD,
                    municipality=towns[0],
                    convener=meeting.convener,
                    period=meeting.period,
                )
            case "delete" if meetings:
                meetings.pop(draw.randrange(len(meetings))).delete()
            case "time" if meetings:
                start = some_time()
                Meeting.objects.filter(pk=draw.choice(meetings).pk).update(
                    period=DateTimeTZRange(start, start + timedelta(hours=1))
                )
            case "town" if meetings:
                Meeting.objects.filter(pk=draw.choice(meetings).pk).update(municipality=draw.choice(towns))
            case "kind" if meetings:
                Meeting.objects.filter(pk=draw.choice(meetings).pk).update(
                    kind_id=draw.choice([*MeetingKind])
                )
            case "many" if meetings:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "UPDATE meetings_meeting SET municipality_id = %s WHERE id %% 3 = 0",
                        [draw.choice(towns).pk],
                    )
    # From scratch, in Python: another way than the one that `wrong_counts` goes.
    expected: dict = {}
    for meeting in Meeting.objects.filter(status=MeetingStatus.HELD):
        month = meeting.period.lower.astimezone(HELSINKI).date().replace(day=1)
        key = (meeting.municipality_id, month, meeting.kind_id)
        expected[key] = expected.get(key, 0) + 1
    assert expected
    assert counted() == expected
    assert wrong_counts() == []


@pytest.mark.django_db
def test_only_a_held_meeting_counts():
    situation = a_situation()
    period = DateTimeTZRange(
        datetime(2026, 5, 5, 9, tzinfo=HELSINKI), datetime(2026, 5, 5, 10, tzinfo=HELSINKI)
    )
    meeting = Meeting.objects.create(
        situation=situation,
        municipality=situation.family.municipality,
        convener=situation.holder,
        status=MeetingStatus.INVITED,
        period=period,
    )
    assert counted() == {}
    Meeting.objects.filter(pk=meeting.pk).update(
        status=MeetingStatus.HELD, held_at=timezone.now(), held_by=situation.holder
    )
    assert list(counted().values()) == [1]


@pytest.mark.django_db
def test_verify_counts_says_what_is_wrong():
    meeting = held_meeting(a_situation(), datetime(2026, 5, 5, 9, tzinfo=HELSINKI))
    said = StringIO()
    call_command("verify_counts", stdout=said)
    assert "täsmää" in said.getvalue()

    MonthlyCount.objects.update(held=7)
    MonthlyCount.objects.create(
        municipality=meeting.municipality, month=date(2026, 1, 1), kind="shared_time", held=2
    )
    wrong = StringIO()
    with pytest.raises(CommandError, match="2 väärää"):
        call_command("verify_counts", stderr=wrong)
    assert "263 2026-05 shared_time: koonnissa 7, pidetty 1" in wrong.getvalue()


# --- the page ------------------------------------------------------------------------------------


def count(code: str, month: date, held: int, kind: str = "shared_time") -> None:
    MonthlyCount.objects.create(
        municipality=MunicipalityFactory(code=code), month=month, kind=kind, held=held
    )


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


def test_the_page_shows_towns_months_and_totals(client, coordinator, monday):
    count("297", date(2026, 10, 1), 12)
    count("263", date(2026, 10, 1), 3)
    count("263", date(2026, 9, 1), 6)
    count("297", date(2026, 9, 1), 9, kind="follow_up")
    response = client.get("/koonti/")
    rows = {row["head"]: [cell["text"] for cell in row["cells"]] for row in response.context["rows"]}
    assert rows["Kunta 297"] == ["0"] * 9 + ["12", "0", "12"]
    assert rows["Kiuruvesi"] == ["0"] * 8 + ["6", "alle 5", "0", "7–10"]
    assert rows["Koko verkosto"] == ["0"] * 8 + ["6", "13–16", "0", "19–22"]
    page = response.content.decode()
    assert "Mitä tässä lasketaan" in page
    # The bars are drawn of what is shown: 15, the true total of October, stands nowhere.
    assert [bar.value_word for bar in response.context["chart"].bars][8:] == ["6", "13–16", "0"]
    assert ">15<" not in page
    assert "/tilanteet/" not in page.split("<main")[1]


def test_any_months_can_be_asked_for(client, coordinator, monday):
    count("263", date(2025, 12, 1), 8)
    response = client.get("/koonti/", {"first": "2025-12", "last": "2026-01"})
    assert [row["cells"][-1]["text"] for row in response.context["rows"]][-1] == "8"
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
    # Session, worker, unit; oldest month, counts, towns; advice and its towns; forums, areas.
    with django_assert_num_queries(10):
        client.get("/koonti/", {"first": "2026-01", "last": "2026-11"})
