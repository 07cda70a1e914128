"""Common free times of busy people and a free room: found by PostgreSQL, with ranges and multiranges.

One question is one query, whatever the number of people, days and rooms (docs/adr/0004-slots.md).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import holidays
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from network.models import Worker
from network.states import InvitationStatus

from .models import Meeting, Room
from .slots_sql import BEST, SOMEBODY_BUSY
from .states import Decision

# Suggestions begin on the hour or the half hour.
GRID_MINUTES = 30
# So many suggestions are shown.
MOST_SLOTS = 10
EVERY_WEEKDAY = (1, 2, 3, 4, 5, 6, 7)

FREE_DAYS = holidays.country_holidays("FI")


@dataclass(frozen=True)
class Question:
    """Who should meet, for how long, and between what.

    Days and times of day are Helsinki's; `not_before` is a moment. `worker_ids` are those whose calendars
    count, `required_ids` those of them who are never left out; `seats` counts everybody who sits down,
    family included. Raises ValueError when nobody is asked, or the days, times or weekdays make no sense.
    """

    worker_ids: tuple[int, ...]
    required_ids: tuple[int, ...]
    municipality_code: str
    seats: int
    minutes: int
    first_day: date
    last_day: date
    earliest: time = time(8)
    latest: time = time(16)
    not_before: datetime = field(default_factory=timezone.now)
    # Who is called through which team: (worker, team). They come by the team's kutsukäytäntö: at its weekly
    # times, when it has them, and not sooner than its notice allows.
    called: tuple[tuple[int, int], ...] = ()
    # 1 is Monday.
    weekdays: tuple[int, ...] = EVERY_WEEKDAY
    # How long the way takes from one unit to another, to a home or to a school.
    travel_minutes: int = 0
    # False when people meet somewhere else than in a room of the network's.
    in_room: bool = True
    equipment: tuple[str, ...] = ()
    is_accessible: bool = False
    # The meeting whose own bookings are in nobody's way: it is looked a new time for.
    own_meeting: int | None = None

    def __post_init__(self) -> None:
        if not self.worker_ids or not set(self.required_ids) <= set(self.worker_ids):
            raise ValueError("Somebody is asked, and those who are required are among them.")
        if self.minutes <= 0 or self.last_day < self.first_day or self.latest <= self.earliest:
            raise ValueError("The length is positive, and days and times of day are in order.")
        if not set(self.weekdays) <= set(EVERY_WEEKDAY) or self.travel_minutes < 0:
            raise ValueError("Weekdays are 1 to 7, and no way takes less than no time.")

    @property
    def most_missing(self) -> int:
        """How many of the workers a suggestion may leave out: none that is required, and at most half."""
        workers = set(self.worker_ids)
        return min(len(workers - set(self.required_ids)), len(workers) // 2)


@dataclass(frozen=True)
class Slot:
    """A time with a free room: aware moments in UTC, and the keys of the asked who cannot come then.

    No room, when people meet somewhere else.
    """

    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    busy_worker_ids: tuple[int, ...] = ()

    @property
    def suits_all(self) -> bool:
        return not self.busy_worker_ids


@dataclass(frozen=True)
class Stretch:
    """A part of a day when somebody of the asked cannot come; whose and why is not told."""

    starts_at: datetime
    ends_at: datetime


def best_slots(question: Question, limit: int = MOST_SLOTS) -> list[Slot]:
    """The best times with a free room, in order: first those that suit all, then most, then the earliest.

    Everybody required can come to each. At most one a morning and one an afternoon, none in the past, none
    on a public holiday. Rooms of the municipality with seats enough and what was asked: the one that most can
    reach, an accessible one before others, then the smallest. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEST, {**_parameters(question), "limit": limit})
        return [
            Slot(starts_at.astimezone(UTC), ends_at.astimezone(UTC), room_id, tuple(missing))
            for starts_at, ends_at, room_id, missing in cursor.fetchall()
        ]


def somebody_busy(question: Question) -> list[Stretch]:
    """The stretches of the asked days and times of day when not everybody is free, in order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SOMEBODY_BUSY, _parameters(question))
        return _stretches(cursor)


def nearest_slots(question: Question, limit: int = MOST_SLOTS) -> tuple[Question, list[Slot]]:
    """When nothing is found: the first of two wider questions that has an answer, and its slots.

    First four weeks more, then a shorter time on any day at any hour. No slots: neither has an answer.
    """
    later = replace(
        question,
        first_day=question.last_day + timedelta(days=1),
        last_day=question.last_day + timedelta(days=28),
    )
    shorter = replace(
        question,
        minutes=min(question.minutes, 45),
        earliest=min(question.earliest, time(8)),
        latest=max(question.latest, time(16)),
        weekdays=EVERY_WEEKDAY,
        last_day=later.last_day,
    )
    for wider in (later, shorter):
        if slots := best_slots(wider, limit):
            return wider, slots
    return question, []


def workers_coming(meeting: Meeting) -> list[Worker]:
    """The workers whom the family lets in, and the convener, in the order of their keys. One query."""
    allowed = (
        meeting.participations.professionals()
        .filter(decision=Decision.YES, consent__withdrawn_at=None)
        .exclude(invitation__status=InvitationStatus.REVOKED)
        .values("worker")
    )
    return list(
        (Worker.objects.filter(pk__in=allowed) | Worker.objects.filter(pk=meeting.convener_id)).order_by("pk")
    )


def seats_needed(meeting: Meeting, workers: Collection[Worker]) -> int:
    """How many sit down: the workers, the close people whom the family asked, and the family itself."""
    others = meeting.participations.filter(worker=None)
    let_in = others.filter(member=None, decision=Decision.YES, consent__withdrawn_at=None)
    close_people = let_in.exclude(invitation__status=InvitationStatus.REVOKED).count()
    members = others.exclude(member=None).exclude(decision=Decision.NO).count()
    return len(workers) + close_people + (members or meeting.situation.family.members.count())


def rooms_of(slots: list[Slot]) -> dict[int, Room]:
    """The rooms of the slots by key, with their units. One query."""
    keys = {slot.room_id for slot in slots if slot.room_id is not None}
    return Room.objects.select_related("unit").in_bulk(keys) if keys else {}


def room_for(meeting: Meeting, key: int | None) -> Room | None:
    """A room of the municipality in which the meeting is held."""
    if key is None:
        return None
    return Room.objects.open().filter(pk=key, unit__municipality=meeting.municipality_id).first()


def some_room_suits(question: Question) -> bool:
    """Whether any room of the municipality has the seats and everything else that is asked, free or not."""
    rooms = Room.objects.open().filter(
        unit__municipality=question.municipality_code,
        seats__gte=question.seats,
        equipment__contains=list(question.equipment),
    )
    return (rooms.filter(is_accessible=True) if question.is_accessible else rooms).exists()


def free_days(first_day: date, last_day: date) -> list[date]:
    """Finland's public holidays from the first day to the last."""
    days = (first_day + timedelta(days=offset) for offset in range((last_day - first_day).days + 1))
    return [day for day in days if day in FREE_DAYS]


def _parameters(question: Question) -> dict[str, Any]:
    return {
        "workers": sorted(set(question.worker_ids)),
        "required": list(question.required_ids),
        "called": [worker for worker, _team in question.called],
        "called_teams": [team for _worker, team in question.called],
        "today": timezone.localdate(question.not_before),
        "municipality": question.municipality_code,
        "seats": question.seats,
        "minutes": question.minutes,
        "first_day": question.first_day,
        "last_day": question.last_day,
        "earliest": question.earliest,
        "latest": question.latest,
        "not_before": question.not_before,
        "free_days": free_days(question.first_day, question.last_day),
        "most_missing": question.most_missing,
        "weekdays": list(question.weekdays),
        "travel": question.travel_minutes,
        "in_room": question.in_room,
        "equipment": list(question.equipment),
        "accessible": question.is_accessible,
        "own_meeting": question.own_meeting,
        "grid": GRID_MINUTES,
        "now": timezone.now(),
    }


def _stretches(cursor: CursorWrapper) -> list[Stretch]:
    return [
        Stretch(starts_at.astimezone(UTC), ends_at.astimezone(UTC))
        for starts_at, ends_at in cursor.fetchall()
    ]
