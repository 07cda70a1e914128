"""Common times of six people in three weeks: one query against reading the calendars and trying in Python."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bench.pairs import compared
from meetings.models import Absence, Booking, Room, WorkingHours
from meetings.slots import Question, best_slots
from perhekeskus.words import today
from tests.meetings.reference_slots import Calendars, PlainRoom, reference_slots

PEOPLE = 6


def measure() -> dict[str, Any]:
    """A figure: no goal is set yet."""
    return compared(
        what=f"yhteiset ajat, {PEOPLE} ihmistä, 3 viikkoa",
        reference="kalenterit haetaan ja käydään läpi Pythonilla",
        ours=best_slots,
        theirs=_plain,
        cases=[_question(number) for number in range(1, 9)],
        goal=None,
    )


def _question(number: int) -> Question:
    tomorrow = today() + timedelta(days=1)
    people = tuple(range(number * 10, number * 10 + PEOPLE))
    return Question(
        worker_ids=people,
        required_ids=people[:1],
        municipality_code=f"{number:03}",
        seats=8,
        minutes=90,
        first_day=tomorrow,
        last_day=tomorrow + timedelta(days=20),
    )


def _plain(question: Question) -> list[Any]:
    whole = (
        datetime.combine(question.first_day, time.min, UTC) - timedelta(days=1),
        datetime.combine(question.last_day, time.max, UTC) + timedelta(days=1),
    )
    rooms = [
        PlainRoom(room.pk, room.seats, room.is_accessible, room.unit.municipality_id)
        for room in Room.objects.filter(unit__municipality=question.municipality_code).select_related("unit")
    ]
    calendars = Calendars(weeks={}, taken={}, rooms=rooms, rooms_taken={})
    weeks: dict[int, list] = {}
    for hours in WorkingHours.objects.filter(worker__in=question.worker_ids):
        weeks.setdefault(hours.worker_id, []).append((hours.weekday, hours.starts, hours.ends))
    taken: dict[int, list] = {}
    for model in (Absence, Booking):
        for row in model.objects.filter(worker__in=question.worker_ids, period__overlap=whole):
            taken.setdefault(row.worker_id, []).append((row.period.lower, row.period.upper))
    rooms_taken: dict[int, list] = {}
    for row in Booking.objects.filter(room__in=[room.id for room in rooms], period__overlap=whole):
        rooms_taken.setdefault(row.room_id, []).append((row.period.lower, row.period.upper))
    calendars.weeks, calendars.taken, calendars.rooms_taken = weeks, taken, rooms_taken
    return reference_slots(calendars, question)
