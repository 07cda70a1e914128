"""Bookings by the million, so that a search can be measured as their table grows."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from perhekeskus.words import HELSINKI, today

# Of each week a worker and a room have this many, half an hour or an hour long, never two at once.
A_WEEK = 12
PEOPLE, ROOMS = 10_000, 3_000


def load_bookings(total: int) -> None:
    """Bring the table of bookings to `total` rows by COPY, and tell the planner.

    The trigger that sweeps ended holds rests meanwhile: there are none in what is loaded.
    """
    monday = datetime.combine(today() - timedelta(days=today().weekday()), datetime.min.time(), HELSINKI)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE meetings_booking")
        cursor.execute("SET LOCAL session_replication_role = replica")
        with cursor.copy("COPY meetings_booking (worker_id, room_id, period) FROM STDIN") as copy:
            buffer = io.StringIO()
            for row in _rows(monday, total):
                buffer.write(row)
                if buffer.tell() > 1 << 20:
                    copy.write(buffer.getvalue())
                    buffer = io.StringIO()
            copy.write(buffer.getvalue())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE meetings_booking")


def _rows(monday: datetime, total: int) -> Iterator[str]:
    """The nine weeks ahead of everybody, the asked first; then the weeks behind and further ahead."""
    left = total
    for weeks in (range(9), *(range(edge, edge + 1) for step in range(9, 500) for edge in (8 - step, step))):
        for who, owner in _owners():
            for week in weeks:
                for one in range(A_WEEK):
                    if not left:
                        return
                    left -= 1
                    # A place of its own in the week for each: days 0-4, hours 8-15, two or three a day.
                    hour = 8 + (owner + 3 * (one // 5)) % 8
                    at = monday + timedelta(weeks=week, days=one % 5, hours=hour)
                    ends = at + timedelta(minutes=60 if (owner + one) % 3 else 30)
                    yield f'{who}\t["{at.isoformat()}","{ends.isoformat()}")\n'


def _owners() -> Iterator[tuple[str, int]]:
    """Workers and rooms as the first two columns, with a number: first those who are asked."""
    rooms = sorted(range(1, ROOMS + 1), key=lambda room: (room % 300 > 4, room))
    asked = [room for room in rooms if room % 300 <= 4]
    for worker in range(10, 50):
        yield f"{worker}\t\\N", worker
    for room in asked:
        yield f"\\N\t{room}", room
    for worker in (*range(1, 10), *range(50, PEOPLE + 1)):
        yield f"{worker}\t\\N", worker
    for room in rooms[len(asked) :]:
        yield f"\\N\t{room}", room
