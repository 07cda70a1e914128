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
from .states import Decision

# Suggestions begin on the hour or the half hour.
GRID_MINUTES = 30
# From this many workers on, a time that suits all but one is worth showing after those that suit all.
ENOUGH_FOR_ALMOST = 3

FREE_DAYS = holidays.country_holidays("FI")


@dataclass(frozen=True)
class Question:
    """Who should meet, for how long, and between what.

    Days and times of day are Helsinki's; `not_before` is a moment. `worker_ids` are those whose calendars
    count, `required_ids` those of them who are never left out; `seats` counts everybody who sits down,
    family included. Raises ValueError when nobody is asked, or the days or times are not in order.
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
    # The meeting that is being moved: what it has booked itself is in nobody's way. None: 0.
    moving: int = 0

    def __post_init__(self) -> None:
        if not self.worker_ids or not set(self.required_ids) <= set(self.worker_ids):
            raise ValueError("Somebody is asked, and those who are required are among them.")
        if self.minutes <= 0 or self.last_day < self.first_day or self.latest <= self.earliest:
            raise ValueError("The length is positive, and days and times of day are in order.")

    @property
    def most_missing(self) -> int:
        """How many of the workers a suggestion may leave out."""
        return 1 if len(self.worker_ids) >= ENOUGH_FOR_ALMOST else 0


@dataclass(frozen=True)
class Slot:
    """A time with a free room: aware moments in UTC, and the keys of the asked who cannot come then."""

    starts_at: datetime
    ends_at: datetime
    room_id: int
    busy_worker_ids: tuple[int, ...] = ()

    @property
    def suits_all(self) -> bool:
        return not self.busy_worker_ids


@dataclass(frozen=True)
class Stretch:
    """A part of a day when somebody of the asked cannot come; whose and why is not told."""

    starts_at: datetime
    ends_at: datetime


# A local time that spring leaves out moves an hour forward, to one that is a candidate anyway; of autumn's
# double hour PostgreSQL takes the second. Hours whose bounds cross in the change are empty: LEAST makes them
# no error.
FREE = """
    person AS (
        SELECT unnest(%(workers)s::bigint[]) AS worker_id
    ),
    whole AS (
        SELECT tstzrange(
            %(first_day)s::timestamp AT TIME ZONE 'Europe/Helsinki',
            (%(last_day)s::timestamp + interval '1 day') AT TIME ZONE 'Europe/Helsinki'
        ) AS period
    ),
    open_day AS (
        SELECT day::date AS day, extract(isodow FROM day)::int AS weekday
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
        WHERE day::date <> ALL(%(free_days)s::date[])
    ),
    pattern AS (
        SELECT worker_id, weekday::int, starts, ends
        FROM person JOIN meetings_workinghours USING (worker_id)
        UNION ALL
        SELECT worker_id, weekday, time '08:00', time '16:00'
        FROM person CROSS JOIN generate_series(1, 5) AS weekday
        WHERE NOT EXISTS (
            SELECT FROM meetings_workinghours WHERE meetings_workinghours.worker_id = person.worker_id
        )
    ),
    at_work AS (
        SELECT worker_id,
               range_agg(tstzrange(LEAST(bounds.starts_at, bounds.ends_at), bounds.ends_at)) AS periods
        FROM pattern
        JOIN open_day USING (weekday)
        CROSS JOIN LATERAL (
            SELECT (day + starts) AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   (day + ends) AT TIME ZONE 'Europe/Helsinki' AS ends_at
        ) AS bounds
        GROUP BY worker_id
    ),
    taken AS (
        SELECT worker_id, range_agg(period) AS periods
        FROM (
            SELECT person.worker_id, booking.period
            FROM whole CROSS JOIN person
            JOIN meetings_booking AS booking
              ON booking.worker_id = person.worker_id AND booking.period && whole.period
             AND booking.meeting_id IS DISTINCT FROM %(moving)s
            UNION ALL
            SELECT person.worker_id, absence.period
            FROM whole CROSS JOIN person
            JOIN meetings_absence AS absence
              ON absence.worker_id = person.worker_id AND absence.period && whole.period
            UNION ALL
            SELECT person.worker_id, busy.period
            FROM whole CROSS JOIN person
            JOIN meetings_externalcalendar AS calendar ON calendar.worker_id = person.worker_id
            JOIN meetings_busytime AS busy
              ON busy.calendar_id = calendar.id AND busy.period && whole.period
        ) AS any_of_them
        GROUP BY worker_id
    ),
    team_time AS (
        SELECT team_id,
               range_agg(tstzrange(LEAST(bounds.starts_at, bounds.ends_at), bounds.ends_at)) AS periods
        FROM network_teamtime
        JOIN open_day USING (weekday)
        CROSS JOIN LATERAL (
            SELECT (day + starts) AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   (day + ends) AT TIME ZONE 'Europe/Helsinki' AS ends_at
        ) AS bounds
        WHERE team_id = ANY(%(called_teams)s::bigint[])
        GROUP BY team_id
    ),
    -- The team's own times stand for the working hours of those who are called to them.
    called AS (
        SELECT called.worker_id,
               range_intersect_agg(COALESCE(team_time.periods, '{}'::tstzmultirange))
                   FILTER (WHERE team.calling = 'weekly') AS own_times,
               max((%(today)s::timestamp + make_interval(days => team.notice_days))
                   AT TIME ZONE 'Europe/Helsinki') AS notice_until
        FROM unnest(%(called)s::bigint[], %(called_teams)s::bigint[]) AS called(worker_id, team_id)
        JOIN network_team AS team ON team.id = called.team_id
        LEFT JOIN team_time ON team_time.team_id = team.id
        GROUP BY called.worker_id
    ),
    free AS (
        SELECT worker_id,
               COALESCE(called.own_times, at_work.periods, '{}'::tstzmultirange)
               * tstzmultirange(tstzrange(called.notice_until, NULL))
               - COALESCE(taken.periods, '{}'::tstzmultirange) AS periods
        FROM person
        LEFT JOIN at_work USING (worker_id)
        LEFT JOIN taken USING (worker_id)
        LEFT JOIN called USING (worker_id)
    )
"""

BEST = f"""
    WITH {FREE},
    candidate AS (
        SELECT day, clock.shown, tstzrange(clock.starts_at, clock.ends_at) AS period
        FROM open_day
        CROSS JOIN generate_series(0, 1439, %(grid)s) AS minute
        CROSS JOIN LATERAL (
            SELECT local.shown,
                   local.shown AT TIME ZONE 'Europe/Helsinki' AS starts_at,
                   local.shown AT TIME ZONE 'Europe/Helsinki' + make_interval(mins => %(minutes)s) AS ends_at
            FROM (SELECT day + make_interval(mins => minute) AS shown) AS local
        ) AS clock
        WHERE clock.shown >= day + %(earliest)s::time
          AND clock.ends_at <= (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
          AND clock.starts_at > %(not_before)s
    ),
    suiting AS (
        SELECT day, shown, period,
               COALESCE(
                   array_agg(worker_id ORDER BY worker_id) FILTER (WHERE NOT period <@ free.periods), '{{}}'
               ) AS missing
        FROM candidate CROSS JOIN free
        GROUP BY day, shown, period
        HAVING count(*) FILTER (WHERE NOT period <@ free.periods) <= %(most_missing)s
           AND count(*) FILTER (
                   WHERE NOT period <@ free.periods AND worker_id = ANY(%(required)s::bigint[])) = 0
    ),
    room AS (
        SELECT meetings_room.id, seats, is_accessible,
               COALESCE(
                   (SELECT range_agg(booking.period) FROM meetings_booking AS booking, whole
                    WHERE booking.room_id = meetings_room.id AND booking.period && whole.period
                      AND booking.meeting_id IS DISTINCT FROM %(moving)s),
                   '{{}}'::tstzmultirange
               ) AS taken
        FROM meetings_room
        JOIN network_unit ON network_unit.id = meetings_room.unit_id
        WHERE network_unit.municipality_id = %(municipality)s AND seats >= %(seats)s
    ),
    placed AS (
        SELECT suiting.*, fitting.id AS room_id, cardinality(missing) AS missing_count
        FROM suiting
        CROSS JOIN LATERAL (
            SELECT room.id FROM room WHERE NOT room.taken && suiting.period
            ORDER BY is_accessible DESC, seats, id LIMIT 1
        ) AS fitting
    ),
    -- The best of each morning and of each afternoon: two a day, so that the family has a real choice.
    picked AS (
        SELECT DISTINCT ON (day, shown::time >= '12:00') *
        FROM placed
        ORDER BY day, shown::time >= '12:00', missing_count, period
    )
    SELECT lower(period), upper(period), room_id, missing
    FROM picked
    WHERE NOT EXISTS (
        SELECT FROM picked AS better
        WHERE better.period && picked.period
          AND (better.missing_count, better.period) < (picked.missing_count, picked.period)
    )
    ORDER BY missing_count, period
    LIMIT %(limit)s
"""

SOMEBODY_BUSY = f"""
    WITH {FREE},
    together AS (
        SELECT range_intersect_agg(periods) AS periods FROM free
    ),
    shown_day AS (
        SELECT tstzrange(
            (day + %(earliest)s::time) AT TIME ZONE 'Europe/Helsinki',
            (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
        ) AS period
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
    )
    SELECT lower(busy), upper(busy)
    FROM shown_day CROSS JOIN together
    CROSS JOIN LATERAL unnest(tstzmultirange(shown_day.period) - together.periods) AS busy
    ORDER BY busy
"""


def best_slots(question: Question, limit: int = 5) -> list[Slot]:
    """The best times with a free room, in order: those that suit all, then those that suit all but one.

    Of each it takes the earliest, at most one a morning and one an afternoon, none in the past, none on a
    public holiday. Rooms of the municipality with seats enough: an accessible one before others, then the
    smallest. One query.
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


def nearest_slots(question: Question, limit: int = 5) -> tuple[Question, list[Slot]]:
    """When nothing is found: the first of two wider questions that has an answer, and its slots.

    First four weeks more, then a shorter time at any hour of the day. No slots: neither has an answer.
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
    return Room.objects.select_related("unit").in_bulk({slot.room_id for slot in slots})


def room_for(meeting: Meeting, key: int) -> Room | None:
    """A room of the municipality in which the meeting is held."""
    return Room.objects.filter(pk=key, unit__municipality=meeting.municipality_id).first()


def room_is_big_enough(meeting: Meeting, people: int) -> bool:
    """Whether any room of the municipality has seats for so many."""
    return Room.objects.filter(unit__municipality=meeting.municipality_id, seats__gte=people).exists()


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
        "grid": GRID_MINUTES,
        "moving": question.moving,
    }


def _stretches(cursor: CursorWrapper) -> list[Stretch]:
    return [
        Stretch(starts_at.astimezone(UTC), ends_at.astimezone(UTC))
        for starts_at, ends_at in cursor.fetchall()
    ]
