"""Bookings by the million, so that a search can be measured as their table grows."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction

from perhekeskus.words import HELSINKI, today

# Of each week a worker and a room have this many, half an hour or an hour long, never two at once.
A_WEEK = 12
PEOPLE, ROOMS = 10_000, 3_000
# So many weeks from this one on are everybody's first: more than any question here reaches.
AHEAD = 10
# Who and whose rooms the questions of `bench.rows.slots` are about; the room's unit is in municipality 1 + k.
ASKED = [worker for first in (10, 20, 30, 40) for worker in range(first, first + 8)]
ASKED_ROOMS = [room for room in range(1, ROOMS + 1) if room % 300 < 4]

GUARDS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'meetings_booking'::regclass AND contype = 'x' ORDER BY conname
"""
# Every other of the asked works by hours of their own, and everybody is away for some days.
OWN_DAYS = [
    "TRUNCATE meetings_workinghours, meetings_absence",
    """INSERT INTO meetings_workinghours (worker_id, weekday, starts, ends)
       SELECT worker, weekday, time '08:30', time '15:30' + make_interval(mins => (30 * (worker %% 3))::int)
       FROM unnest(%(asked)s::bigint[]) AS worker CROSS JOIN generate_series(1, 5) AS weekday
       WHERE worker %% 2 = 0 AND weekday <> 1 + worker %% 5""",
    """INSERT INTO meetings_absence (worker_id, period)
       SELECT worker, tstzrange(first, first + interval '4 days')
       FROM unnest(%(asked)s::bigint[]) AS worker
       CROSS JOIN LATERAL (
           SELECT %(monday)s::timestamptz + make_interval(days => 7 * (worker %% 9)::int) AS first
       ) AS away
    """,
]


def load_bookings(total: int, *, guards_last: bool = False) -> None:
    """Bring the table of bookings to `total` rows by COPY, and let the planner know.

    With `guards_last` the exclusion constraints are put back when all is in, as a restored backup does, and
    check every row then. The trigger that sweeps ended holds rests meanwhile: nothing that is loaded is held.
    """
    monday = datetime.combine(today() - timedelta(days=today().weekday()), datetime.min.time(), HELSINKI)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for statement in OWN_DAYS:
            cursor.execute(statement, {"asked": ASKED, "monday": monday})
        cursor.execute("TRUNCATE meetings_booking")
        cursor.execute(GUARDS)
        guards = cursor.fetchall() if guards_last else []
        for name, _what in guards:
            cursor.execute(f"ALTER TABLE meetings_booking DROP CONSTRAINT {name}")
        with cursor.copy("COPY meetings_booking (worker_id, room_id, period) FROM STDIN") as copy:
            buffer = io.StringIO()
            for row in _rows(monday, total):
                buffer.write(row)
                if buffer.tell() > 1 << 20:
                    copy.write(buffer.getvalue())
                    buffer = io.StringIO()
            copy.write(buffer.getvalue())
        for name, what in guards:
            cursor.execute(f"ALTER TABLE meetings_booking ADD CONSTRAINT {name} {what}")


def _rows(monday: datetime, total: int) -> Iterator[str]:
    """The weeks ahead of everybody, the asked first; then, week by week, further ahead and behind."""

    @cache
    def period(week: int, day: int, hour: int, minutes: int) -> str:
        at = monday + timedelta(weeks=week, days=day, hours=hour)
        return f'["{at.isoformat()}","{(at + timedelta(minutes=minutes)).isoformat()}")'

    left = total
    outside = (range(week, week + 1) for step in range(500) for week in (AHEAD + step, -1 - step))
    for weeks in (range(AHEAD), *outside):
        period.cache_clear()
        for columns, owner in _owners():
            for week in weeks:
                for one in range(A_WEEK):
                    if not left:
                        return
                    left -= 1
                    # A place of its own in the week for each: days 0-4, hours 8-15, two or three a day.
                    hour = 8 + (owner + 3 * (one // 5)) % 8
                    yield f"{columns}\t{period(week, one % 5, hour, 60 if (owner + one) % 3 else 30)}\n"


def _owners() -> Iterable[tuple[str, int]]:
    """Workers and rooms as the first two columns, with a number: first those who are asked."""
    asked, rooms = set(ASKED), set(ASKED_ROOMS)
    workers = [*ASKED, *(worker for worker in range(1, PEOPLE + 1) if worker not in asked)]
    places = [*ASKED_ROOMS, *(room for room in range(1, ROOMS + 1) if room not in rooms)]
    for few in (True, False):
        yield from ((f"{one}\t\\N", one) for one in workers if (one in asked) is few)
        yield from ((f"\\N\t{one}", one) for one in places if (one in rooms) is few)
