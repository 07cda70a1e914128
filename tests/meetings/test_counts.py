"""The coordinator's counts: exact, and nothing small can be worked out of what is shown."""

import random
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.counts import count_table, first_month, wrong_counts
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
    with django_assert_num_queries(9):
        client.get("/koonti/", {"first": "2026-01", "last": "2026-11"})
