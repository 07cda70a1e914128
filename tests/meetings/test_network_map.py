"""The map of the network: sectors that sat down together, small numbers hidden, nobody's family in it."""

import itertools
from datetime import date, datetime
from itertools import pairwise

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from meetings.dashboard.published import Shown
from meetings.models import Meeting, Participation
from meetings.network_map import as_far_as_held, months_of_map, network_map, sum_of_told
from meetings.states import Attendance, MeetingStatus
from network.states import Sector
from perhekeskus.words import HELSINKI
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
    a_situation,
)

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 2, 10, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def people():
    """A worker of each sector; the convener is of education."""
    return {
        sector: WorkerFactory(unit=UnitFactory(organisation=OrganisationFactory(sector=sector)))
        for sector in Sector.values
    }


class Shelf:
    """Held shared times, written as rows: the map reads nothing else of them."""

    def __init__(self, convener):
        self.convener = convener
        self.situations = {}

    def hold(self, count, present, *, absent=(), month=5, day=15, code="263", status=MeetingStatus.HELD):
        situation = self.situations.setdefault(code, a_situation(by=self.convener))
        start = datetime(2026 if month < 11 else 2025, month, day, 9, tzinfo=HELSINKI)
        held = {"held_at": start, "held_by": self.convener} if status == MeetingStatus.HELD else {}
        for _ in range(count):
            meeting = Meeting.objects.create(
                situation=situation,
                municipality=MunicipalityFactory(code=code),
                convener=self.convener,
                status=status,
                period=DateTimeTZRange(start, start.replace(hour=10)),
                **held,
            )
            Participation.objects.bulk_create(
                Participation(meeting=meeting, worker=worker, attendance=attendance)
                for attendance, workers in ((Attendance.PRESENT, present), (Attendance.ABSENT, absent))
                for worker in workers
            )


@pytest.fixture
def shelf(people):
    return Shelf(people["education"])


def numbers(municipality=None) -> dict[tuple[str, str], Shown]:
    return network_map(TODAY.date(), municipality).pairs


def test_sectors_are_counted_once_a_meeting_and_only_those_who_came(shelf, people):
    colleague = WorkerFactory(unit=people["social_health"].unit)
    shelf.hold(6, [people["social_health"], colleague], absent=[people["police"]])
    shelf.hold(7, [people["parish"]])
    one = network_map(TODAY.date(), None)
    assert one.sectors["education"] == Shown(13, 13)
    assert one.sectors["social_health"] == Shown(6, 6)
    assert one.together("social_health", "education") == one.together("education", "social_health")
    assert one.together("social_health", "education") == Shown(6, 6)
    assert one.together("social_health", "parish") == Shown(0, 0)
    assert one.missing == ["youth", "third_sector", "police", "culture", "technical"]


def test_the_latest_whole_half_year_and_only_what_was_held(shelf, people):
    assert months_of_map(TODAY.date()) == (date(2026, 1, 1), date(2026, 6, 1))
    shelf.hold(5, [people["youth"]], month=1, day=1)
    shelf.hold(5, [people["culture"]], month=6, day=30)
    shelf.hold(5, [people["parish"]], month=7, day=1)
    shelf.hold(5, [people["police"]], status=MeetingStatus.CANCELLED)
    one = network_map(TODAY.date(), None)
    assert one.sectors["youth"].high == one.sectors["culture"].high == 5
    assert one.sectors["police"].high == one.sectors["parish"].high == 0


def test_two_maps_have_no_month_in_common():
    """One less the other would tell of the months that only one of them has."""
    days = [date(2026 + number // 12, number % 12 + 1, 28) for number in range(30)]
    periods = sorted({months_of_map(day) for day in days})
    assert all(before[1] < after[0] for before, after in pairwise(periods))
    assert all(months_of_map(day)[1] < day.replace(day=1) for day in days)


def test_a_small_number_is_hidden_and_the_whole_network_does_not_give_it_away(shelf, people):
    shelf.hold(2, [people["police"]])
    shelf.hold(9, [people["police"]], code="297")
    kiuruvesi, kuopio = MunicipalityFactory(), MunicipalityFactory(code="297")
    assert numbers(kiuruvesi)["education", "police"] == Shown(1, 4)
    assert numbers(kuopio)["education", "police"] == Shown(9, 9)
    # 11 - 9 would be 2.
    assert numbers()["education", "police"] == Shown(10, 13)


def test_a_sector_that_was_in_all_shared_times_does_not_tell_how_many_they_were(shelf, people):
    # Two months of four: "alle 5" each for anybody, until eight together would tell them both.
    shelf.hold(4, [people["police"]])
    shelf.hold(4, [people["police"]], month=4)
    shelf.hold(6, [], code="297")
    assert numbers(MunicipalityFactory())["education", "police"] == Shown(5, 8)
    assert numbers()["education", "police"] == Shown(5, 8)
    one = network_map(TODAY.date(), None)
    assert (one.sectors["education"], one.sectors["police"]) == (Shown(11, 14), Shown(5, 8))


def test_each_number_of_a_sum_can_be_any_that_it_is_told_to_be():
    for pattern in (
        [Shown(1, 4)] * 3,
        [Shown(1, 4), Shown(5, 8), Shown(6, 12), Shown(9, 9)],
        [Shown(5, 20)] * 2,
    ):
        lots: dict[Shown, list[set[int]]] = {}
        for counts in itertools.product(*(range(told.low, told.high + 1) for told in pattern)):
            lot = lots.setdefault(
                sum_of_told(list(zip(counts, pattern, strict=True))), [set() for _ in counts]
            )
            for possible, count in zip(lot, counts, strict=True):
                possible.add(count)
        for lot in lots.values():
            assert lot == [set(range(told.low, told.high + 1)) for told in pattern]
    assert [as_far_as_held(count, Shown(7, 13)).words for count in (3, 6, 7, 13)] == [
        "alle 5",
        "6",
        "7–13",
        "7–13",
    ]


def test_everybody_in_the_network_sees_the_picture_and_the_same_as_tables(client, shelf, people):
    shelf.hold(12, [people["social_health"]])
    shelf.hold(3, [people["police"]])
    client.force_login(WorkerFactory())
    page = " ".join(client.get("/verkosto/kartta/").content.decode().split())
    assert "Sivistyspalvelut ja sosiaali- ja terveyspalvelut</th>" in page or (
        "Sosiaali- ja terveyspalvelut ja sivistyspalvelut</th>" in page
    )
    assert "Ei yhtään yhteistä aikaa:" in page and "järjestöt" in page
    assert "alle 5" in page
    assert 'aria-label="Toimialat yhdessä. ' in page
    assert "Äiti-Kaisa" not in page and "Aada" not in page
    page = client.get("/verkosto/kartta/", {"municipality": "999"}).content.decode()
    assert "Valittua vaihtoehtoa ei enää ole" in page


def test_an_empty_map_says_what_belongs_there(client):
    client.force_login(WorkerFactory())
    page = client.get("/verkosto/kartta/").content.decode()
    assert "Yhteisiä aikoja ei ole pidetty" in page and "<svg" in page


def test_the_map_takes_the_same_few_queries_however_much_was_held(
    client, shelf, people, django_assert_num_queries
):
    for number in range(4):
        shelf.hold(3, list(people.values())[: number * 2], code=f"30{number}")
    client.force_login(people["youth"])
    # Session, me with my unit; the numbers, kinds, how many were held; the municipalities to choose from.
    with django_assert_num_queries(6):
        client.get("/verkosto/kartta/")
