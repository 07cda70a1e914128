"""Common times: PostgreSQL's answer is the plain one's, in one query, through every clock change."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import Absence, Booking, BusyTime, ExternalCalendar, Hold, Meeting, Room, WorkingHours
from meetings.slots import EVERY_WEEKDAY, Question, Slot, best_slots, nearest_slots, somebody_busy
from meetings.states import Equipment, PlaceKind
from network.models import Municipality, Organisation, Team, TeamTime, Unit, Worker
from network.states import TeamCalling
from tests.factories import TeamFactory, a_decided_meeting, a_held_meeting
from tests.meetings.reference_slots import Calendars, PlainRoom, moment, reference_busy, reference_slots

pytestmark = pytest.mark.django_db

# Around the clock changes and the holidays of the first half of the year.
FIRST_DAYS = [
    date(2026, 3, 23),
    date(2026, 3, 28),
    date(2026, 4, 1),
    date(2026, 5, 11),
    date(2026, 6, 15),
    date(2026, 10, 19),
    date(2026, 10, 24),
    date(2026, 12, 21),
    date(2027, 3, 22),
    date(2027, 3, 27),
]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Town:
    """Two municipalities, eight workers and six rooms, to be given calendars."""

    def __init__(self) -> None:
        self.municipalities = [
            Municipality.objects.create(
                code=code, name_fi=name, name_sv=name, county_fi="Koe", county_sv="Koe", languages="fi"
            )
            for code, name in (("901", "Koekylä"), ("902", "Toinen kylä"))
        ]
        organisation = Organisation.objects.create(name="Koe", sector="education", is_public_service=True)
        self.units = [
            Unit.objects.create(organisation=organisation, name=f"Koe {number}", municipality=municipality)
            for number, municipality in enumerate([*self.municipalities, self.municipalities[0]])
        ]
        self.workers = [
            Worker.objects.create(
                email=f"koe{number}@koe.example",
                first_name="Koe",
                last_name=str(number),
                title="opettaja",
                unit=self.units[0],
            )
            for number in range(8)
        ]
        self.rooms = [
            Room.objects.create(
                unit=self.units[(0, 0, 0, 2, 2, 1)[number]],
                name=f"Huone {number}",
                seats=4 + 2 * (number % 3),
                is_accessible=number % 2 == 0,
                equipment=Equipment.values[: number % 4],
            )
            for number in range(6)
        ]
        self.meetings: list[Meeting] = []
        self.units_of: dict[int, int | None] = {}
        self.holds: list[Hold] = []
        self.teams = [TeamFactory(name=f"Tiimi {number}") for number in range(3)]

    def arrange(self) -> None:
        """Where a booking's meeting is: in a unit, at a home or a school, or nowhere that one travels to."""
        self.meetings = [a_held_meeting(people=1, room=self.rooms[number]) for number in (0, 3, 5)]
        self.units_of = {meeting.pk: meeting.room.unit_id for meeting in self.meetings}
        for kind in (PlaceKind.HOME, PlaceKind.REMOTE):
            meeting = a_held_meeting(people=1)
            Meeting.objects.filter(pk=meeting.pk).update(place_kind=kind, room=None)
            self.meetings.append(meeting)
            if kind == PlaceKind.HOME:
                self.units_of[meeting.pk] = None
        for number, ended in enumerate((True, False)):
            meeting, room, now = a_decided_meeting(people=1), self.rooms[3 * number], timezone.now()
            held_at = now - timedelta(days=4)
            self.holds.append(
                Hold.objects.create(
                    meeting=meeting,
                    period=DateTimeTZRange(now + timedelta(days=4), now + timedelta(days=4, hours=1)),
                    room=room,
                    held_at=held_at,
                    held_by=meeting.convener,
                    expires_at=now - timedelta(days=1) if ended else now + timedelta(days=1),
                )
            )
            self.units_of[meeting.pk] = room.unit_id

    def clear(self) -> None:
        ExternalCalendar.objects.all().delete()
        Booking.objects.all().delete()
        Absence.objects.all().delete()
        WorkingHours.objects.all().delete()

    def fill(self, dice: random.Random, first_day: date, days: int, own: int | None = None) -> Calendars:
        """Random working weeks and taken times, into the database and as plain lists.

        The lists know nothing of what is in nobody's way: the meeting `own`, and holds that have ended.
        """
        if not self.meetings:
            self.arrange()
        self.clear()
        calendars = Calendars(
            weeks={},
            taken={worker.pk: [] for worker in self.workers},
            teams={},
            rooms=[
                PlainRoom(
                    room.pk,
                    room.seats,
                    room.is_accessible,
                    room.unit.municipality_id,
                    room.unit_id,
                    frozenset(room.equipment),
                )
                for room in self.rooms
            ],
            visits={worker.pk: [] for worker in self.workers},
            rooms_taken={room.pk: [] for room in self.rooms},
        )
        hours = []
        for worker in self.workers:
            if dice.random() < 0.5:
                continue
            week = []
            for weekday in range(1, 8):
                if dice.random() < 0.75:
                    cut = sorted(dice.sample(range(48), dice.choice([2, 4])))
                    if dice.random() < 0.7:
                        cut = [14 + dice.randrange(4), 32 + dice.randrange(4)]
                    week += [
                        (weekday, half_hour(cut[index]), half_hour(cut[index + 1]))
                        for index in range(0, len(cut), 2)
                    ]
            calendars.weeks[worker.pk] = week
            hours += [
                WorkingHours(worker=worker, weekday=weekday, starts=starts, ends=ends)
                for weekday, starts, ends in week
            ]
        WorkingHours.objects.bulk_create(hours)
        rows = []
        for owners, key, taken in (
            (self.workers, "worker", calendars.taken),
            (self.rooms, "room", calendars.rooms_taken),
        ):
            for owner in owners:
                for period in apart(random_periods(dice, first_day, days, dice.choice([0, 2, 8]))):
                    hold = dice.choice(self.holds) if dice.random() < 0.25 else None
                    meeting = hold.meeting if hold else dice.choice([None, *self.meetings])
                    rows.append(
                        Booking(**{key: owner}, meeting=meeting, hold=hold, period=DateTimeTZRange(*period))
                    )
                    if (hold and not hold.is_live) or (meeting is not None and meeting.pk == own):
                        continue
                    taken[owner.pk].append(period)
                    if key == "worker" and meeting is not None and meeting.pk in self.units_of:
                        calendars.visits[owner.pk].append((period, self.units_of[meeting.pk]))
        Booking.objects.bulk_create(rows)
        absences = []
        for worker in dice.sample(self.workers, 3):
            for starts_at, _ends_at in random_periods(dice, first_day, days, 1):
                period = (starts_at, starts_at + timedelta(hours=dice.choice([3, 30])))
                calendars.taken[worker.pk].append(period)
                absences.append(Absence(worker=worker, period=DateTimeTZRange(*period)))
        Absence.objects.bulk_create(absences)
        for team in self.teams:
            calendars.teams[team.pk] = self.gather(team, dice)
        busy = []
        for number, worker in enumerate(dice.choices(self.workers, k=4)):
            elsewhere = ExternalCalendar.objects.create(
                worker=worker, sealed_address="", address_hash=str(number)
            )
            for period in apart(random_periods(dice, first_day, days, 6)):
                calendars.taken[worker.pk].append(period)
                busy.append(BusyTime(calendar=elsewhere, period=DateTimeTZRange(*period)))
        BusyTime.objects.bulk_create(busy)
        return calendars

    def gather(self, team: Team, dice: random.Random) -> tuple[list[tuple[int, time, time]] | None, int]:
        """Random weekly times, or none, and a random notice."""
        week = [
            (weekday, half_hour(start), half_hour(start + 10))
            for weekday in dice.sample(range(1, 6), 3)
            for start in [dice.randrange(14, 24)]
        ]
        is_weekly, notice = dice.random() < 0.7, dice.randrange(4)
        TeamTime.objects.filter(team=team).delete()
        TeamTime.objects.bulk_create(
            TeamTime(team=team, weekday=weekday, starts=starts, ends=ends) for weekday, starts, ends in week
        )
        Team.objects.filter(pk=team.pk).update(
            calling=TeamCalling.WEEKLY if is_weekly else TeamCalling.DIRECT, notice_days=notice
        )
        return week if is_weekly else None, notice


def half_hour(number: int) -> time:
    return time(number // 2, 30 * (number % 2))


def random_periods(dice, first_day, days, count):
    for _number in range(count):
        start = moment(first_day, time(0)) + timedelta(minutes=5 * dice.randrange(days * 288))
        if dice.random() < 0.6:
            start = moment(first_day + timedelta(days=dice.randrange(days)), time(dice.randrange(7, 16)))
        yield start, start + timedelta(minutes=dice.choice([15, 25, 60, 90, 240]))


def apart(periods):
    kept = []
    for period in periods:
        if all(period[0] >= other[1] or period[1] <= other[0] for other in kept):
            kept.append(period)
    return kept


@pytest.fixture
def town(db) -> Town:
    return Town()


def random_question(dice: random.Random, town: Town, first_day: date) -> Question:
    asked = tuple(worker.pk for worker in dice.sample(town.workers, dice.randint(1, 6)))
    # Every third time some are called through a team, and sometimes a team of whom nobody is named.
    called: tuple[tuple[int, int], ...] = ()
    if dice.random() < 0.3:
        called = tuple((worker, dice.choice(town.teams).pk) for worker in asked[:2])
        if dice.random() < 0.3:
            called += tuple((asked[0], team.pk) for team in town.teams if (asked[0], team.pk) not in called)[
                :1
            ]
        if dice.random() < 0.3:
            asked += (-town.teams[0].pk,)
            called += ((-town.teams[0].pk, town.teams[0].pk),)
    earliest, latest = dice.choice(
        [
            (time(8), time(16)),
            (time(8), time(16)),
            (time(0), time(23, 59)),
            (time(9, 15), time(14, 45)),
            (time(2), time(6)),
        ]
    )
    in_room = dice.random() < 0.85
    return Question(
        worker_ids=asked,
        required_ids=asked[: dice.choice([1, 1, 2, 6])],
        municipality_code="901",
        weekdays=tuple(dice.sample(range(1, 8), 5)) if dice.random() < 0.3 else EVERY_WEEKDAY,
        travel_minutes=dice.choice([0, 15, 45]),
        in_room=in_room,
        equipment=tuple(Equipment.values[: dice.choice([0, 0, 0, 1, 2])]),
        is_accessible=dice.random() < 0.2,
        seats=dice.choice([3, 5, 8]),
        minutes=dice.choice([45, 60, 90, 120]),
        first_day=first_day,
        last_day=first_day + timedelta(days=dice.choice([0, 2, 8])),
        earliest=earliest,
        latest=latest,
        not_before=dice.choice([LONG_AGO, moment(first_day, time(10, 10))]),
        called=called,
    )


def test_the_database_answers_as_the_plain_way_does(town):
    dice = random.Random(20261121)
    answered = almost = by_team = by_travel = 0
    town.arrange()
    for case in range(240):
        first_day = FIRST_DAYS[case % len(FIRST_DAYS)]
        own = dice.choice([None, town.meetings[0].pk, town.holds[1].meeting_id])
        calendars = town.fill(dice, first_day, 9, own)
        question = replace(random_question(dice, town, first_day), own_meeting=own)
        found = best_slots(question)
        assert found == reference_slots(calendars, question), (case, question)
        answered += bool(found)
        almost += any(not slot.suits_all for slot in found)
        by_team += bool(found and question.called)
        by_travel += found != reference_slots(calendars, replace(question, travel_minutes=0))
        if case % 6 == 0:
            busy = [(stretch.starts_at, stretch.ends_at) for stretch in somebody_busy(question)]
            assert busy == reference_busy(calendars, question), (case, question)
    # The cases are worth something only when most have an answer, and many a hard one.
    assert answered > 100
    assert almost > 50
    assert by_team > 20
    assert by_travel > 15


def plain_question(town: Town, people: int = 3, **changes) -> Question:
    asked = tuple(worker.pk for worker in town.workers[:people])
    facts = {
        "worker_ids": asked,
        "required_ids": asked[:1],
        "municipality_code": "901",
        "seats": 4,
        "minutes": 60,
        "first_day": date(2027, 2, 1),
        "last_day": date(2027, 2, 5),
        "not_before": LONG_AGO,
    }
    return Question(**{**facts, **changes})


def test_two_a_day_one_in_the_morning_and_one_in_the_afternoon(town):
    slots = best_slots(plain_question(town), limit=4)

    assert [(slot.starts_at, slot.suits_all) for slot in slots] == [
        (moment(date(2027, 2, 1), time(8)), True),
        (moment(date(2027, 2, 1), time(12)), True),
        (moment(date(2027, 2, 2), time(8)), True),
        (moment(date(2027, 2, 2), time(12)), True),
    ]


def test_an_accessible_room_comes_first_then_the_smallest_that_fits(town):
    four, six, eight = town.rooms[0], town.rooms[4], town.rooms[2]

    assert [best_slots(plain_question(town, seats=seats))[0].room_id for seats in (4, 5, 7)] == [
        four.pk,
        six.pk,
        eight.pk,
    ]
    assert best_slots(plain_question(town, seats=20)) == []


def test_all_but_one_comes_after_all_and_never_without_the_convener(town):
    first, second = town.workers[:2]
    monday = DateTimeTZRange(moment(date(2027, 2, 1), time(8)), moment(date(2027, 2, 1), time(16)))
    tuesday = DateTimeTZRange(moment(date(2027, 2, 2), time(8)), moment(date(2027, 2, 2), time(16)))
    Absence.objects.create(worker=first, period=monday)
    Absence.objects.create(worker=second, period=tuesday)

    slots = best_slots(plain_question(town, last_day=date(2027, 2, 3)))

    assert [(slot.starts_at.day, slot.busy_worker_ids) for slot in slots] == [
        (3, ()),
        (3, ()),
        (2, (second.pk,)),
        (2, (second.pk,)),
    ]


def test_of_many_who_may_be_missing_at_most_half_are(town):
    monday = DateTimeTZRange(moment(date(2027, 2, 1), time(0)), moment(date(2027, 2, 2), time(0)))
    for worker in town.workers[1:4]:
        Absence.objects.create(worker=worker, period=monday)
    question = plain_question(town, 6, last_day=date(2027, 2, 1))

    assert [len(slot.busy_worker_ids) for slot in best_slots(question)] == [3, 3]
    Absence.objects.create(worker=town.workers[4], period=monday)
    assert best_slots(question) == []


def test_the_meetings_own_bookings_are_in_nobodys_way(town):
    town.arrange()
    meeting, start = town.meetings[0], moment(date(2027, 2, 1), time(8))
    period = DateTimeTZRange(start, start + timedelta(hours=8))
    Booking.objects.create(worker=town.workers[0], meeting=meeting, period=period)
    Booking.objects.create(room=town.rooms[0], meeting=meeting, period=period)
    question = plain_question(town, last_day=date(2027, 2, 1))

    assert best_slots(question) == []
    found = best_slots(replace(question, own_meeting=meeting.pk))
    assert [(slot.starts_at, slot.room_id) for slot in found][0] == (start, town.rooms[0].pk)


def test_the_room_that_more_can_reach_comes_before_an_accessible_one(town):
    """Somebody has a meeting in another unit until nine, and no time for the way."""
    town.arrange()
    start = moment(date(2027, 2, 1), time(8))
    meeting = town.meetings[1]
    Booking.objects.create(
        worker=town.workers[1], meeting=meeting, period=DateTimeTZRange(start, start + timedelta(hours=1))
    )
    nine = plain_question(
        town, last_day=date(2027, 2, 1), earliest=time(9), latest=time(10), travel_minutes=15
    )

    (slot,) = best_slots(nine)

    assert slot.suits_all
    assert Room.objects.get(pk=slot.room_id).unit_id == meeting.room.unit_id


def test_nothing_is_suggested_in_the_past(town):
    now = moment(date(2027, 2, 1), time(9))

    first = best_slots(plain_question(town, not_before=now))[0]

    assert first.starts_at == moment(date(2027, 2, 1), time(9, 30))


@pytest.mark.parametrize("free_day", [date(2027, 3, 26), date(2027, 12, 6), date(2027, 2, 6)])
def test_nothing_is_suggested_on_a_free_day(town, free_day):
    assert best_slots(plain_question(town, first_day=free_day, last_day=free_day)) == []


def test_the_morning_after_a_clock_change_begins_at_eight(town):
    for sunday in (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)):
        slots = best_slots(plain_question(town, first_day=sunday, last_day=sunday + timedelta(days=2)))
        # The day after Easter Sunday is a holiday.
        first = sunday + timedelta(days=2 if sunday.year == 2027 else 1)
        assert slots[0].starts_at == moment(first, time(8))


@pytest.mark.parametrize(
    "sunday", [date(2026, 3, 29), date(2026, 10, 25), date(2030, 3, 31), date(2030, 10, 27)]
)
def test_the_nights_of_the_clock_changes_are_as_long_as_they_are(town, sunday):
    """Somebody works at night: the lost hour is never offered, the double one is never counted twice."""
    worker = town.workers[0]
    calendars = Calendars(
        weeks={worker.pk: [(7, time(0), time(3, 30)), (7, time(3, 30), time(4)), (7, time(4), time(8))]},
        taken={},
        rooms=[
            PlainRoom(room.pk, room.seats, room.is_accessible, room.unit.municipality_id)
            for room in town.rooms
        ],
        rooms_taken={},
    )
    WorkingHours.objects.bulk_create(
        WorkingHours(worker=worker, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in calendars.weeks[worker.pk]
    )
    answered = 0
    for earliest in (time(0), time(1, 15), time(2), time(2, 30), time(3), time(3, 15), time(3, 30)):
        for latest in (time(3, 30), time(3, 45), time(4), time(5), time(7)):
            for minutes in (45, 60, 90, 120):
                if earliest >= latest:
                    continue
                question = plain_question(
                    town,
                    1,
                    minutes=minutes,
                    first_day=sunday,
                    last_day=sunday,
                    earliest=earliest,
                    latest=latest,
                )
                found = best_slots(question)
                answered += bool(found)
                assert found == reference_slots(calendars, question), question
    assert answered > 30


def test_a_wider_question_is_answered_when_the_narrow_one_is_not(town):
    away = DateTimeTZRange(moment(date(2027, 2, 1), time(0)), moment(date(2027, 2, 20), time(0)))
    Absence.objects.create(worker=town.workers[0], period=away)
    question = plain_question(town)

    wider, slots = nearest_slots(question)

    assert best_slots(question) == []
    assert slots[0].starts_at == moment(date(2027, 2, 22), time(8))
    assert wider.last_day == date(2027, 3, 5)


def test_one_query_whatever_the_number_of_people(town):
    for people in (1, 3, 8):
        with CaptureQueriesContext(connection) as queries:
            best_slots(plain_question(town, people))
        assert len(queries) == 1


def test_the_guards_of_the_bookings_serve_the_search(town):
    """The exclusion constraints' indexes find the bookings; no one reads the whole table."""
    rows = []
    for week in range(400):
        start = moment(date(2020, 1, 6) + timedelta(weeks=week), time(9))
        period = DateTimeTZRange(start, start + timedelta(hours=1))
        rows += [Booking(worker=worker, period=period) for worker in town.workers]
        rows += [Booking(room=room, period=period) for room in town.rooms]
    Booking.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE meetings_booking")
        with CaptureQueriesContext(connection) as queries:
            best_slots(plain_question(town))
        cursor.execute("EXPLAIN " + queries[0]["sql"].replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "booking_worker_once" in plan
    assert "booking_room_once" in plan
    assert "Seq Scan on meetings_booking" not in plan


def test_a_question_that_makes_no_sense_is_no_question(town):
    with pytest.raises(ValueError, match="Somebody"):
        plain_question(town, 0)
    with pytest.raises(ValueError, match="length"):
        plain_question(town, last_day=date(2027, 1, 31))
    for wrong in ({"weekdays": (0,)}, {"weekdays": (8,)}, {"travel_minutes": -1}):
        with pytest.raises(ValueError, match="Weekdays"):
            plain_question(town, **wrong)


def test_a_slot_says_whether_it_suits_all():
    start = datetime(2027, 2, 1, 6, tzinfo=UTC)
    assert Slot(start, start, 1).suits_all
    assert not Slot(start, start, 1, (2,)).suits_all


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE meetings_room SET equipment = '{sauna}'", "room_equipment_is_known"),
        ("UPDATE network_municipality SET travel_minutes = 181", "municipality_travel_is_short"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(town, statement, constraint):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
