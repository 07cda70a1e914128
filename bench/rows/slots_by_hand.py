"""The question of common times as a skilled person would put it to PostgreSQL by hand, without multiranges.

Written apart from `meetings.slots_sql`: what is taken is read once, cut into days and joined by the day. It
knows what the measured data has: no teams, no calendars elsewhere, no holds, no travel.
"""

from datetime import UTC
from typing import Any

from django.db import connection

from meetings.slots import Question, Slot, free_days

STATEMENT = """
    WITH open_day AS MATERIALIZED (
        SELECT day::date AS day, extract(isodow FROM day)::int AS weekday
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
        WHERE day::date <> ALL(%(free_days)s::date[])
    ),
    span AS MATERIALIZED (
        SELECT tstzrange(
            %(first_day)s::timestamp AT TIME ZONE 'Europe/Helsinki',
            (%(last_day)s::date + 1)::timestamp AT TIME ZONE 'Europe/Helsinki'
        ) AS period
    ),
    wanted AS MATERIALIZED (
        SELECT day, shown, begins, begins + make_interval(mins => %(minutes)s) AS ends
        FROM open_day
        CROSS JOIN generate_series(0, 47) AS half
        CROSS JOIN LATERAL (
            SELECT day + make_interval(mins => half * 30) AS shown,
                   (day + make_interval(mins => half * 30)) AT TIME ZONE 'Europe/Helsinki' AS begins
        ) AS moment
        WHERE shown >= day + %(earliest)s::time
          AND begins + make_interval(mins => %(minutes)s)
              <= (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
          AND begins > %(not_before)s
    ),
    person AS (
        SELECT unnest(%(people)s::bigint[]) AS worker_id
    ),
    week AS (
        SELECT worker_id, weekday::int, starts, ends
        FROM person JOIN meetings_workinghours USING (worker_id)
        UNION ALL
        SELECT worker_id, weekday, time '08:00', time '16:00'
        FROM person CROSS JOIN generate_series(1, 5) AS weekday
        WHERE NOT EXISTS (SELECT FROM meetings_workinghours h WHERE h.worker_id = person.worker_id)
    ),
    -- What is taken of each day, of people and of rooms.
    taken_period AS (
        SELECT b.worker_id, b.period FROM span, person
        JOIN meetings_booking b USING (worker_id) WHERE b.period && span.period
        UNION ALL
        SELECT a.worker_id, a.period FROM span, person
        JOIN meetings_absence a USING (worker_id) WHERE a.period && span.period
    ),
    taken AS MATERIALIZED (
        SELECT worker_id, day::date AS day, lower(period) AS begins, upper(period) AS ends
        FROM taken_period CROSS JOIN generate_series(
            (lower(period) AT TIME ZONE 'Europe/Helsinki')::date::timestamp,
            (upper(period) AT TIME ZONE 'Europe/Helsinki')::date::timestamp, interval '1 day') AS day
    ),
    room AS MATERIALIZED (
        SELECT r.id, r.is_accessible, r.seats
        FROM meetings_room r JOIN network_unit u ON u.id = r.unit_id
        WHERE u.municipality_id = %(municipality)s AND r.seats >= %(seats)s
    ),
    room_taken AS MATERIALIZED (
        SELECT room.id, day::date AS day, lower(b.period) AS begins, upper(b.period) AS ends
        FROM span, room JOIN meetings_booking b ON b.room_id = room.id
        CROSS JOIN generate_series(
            (lower(b.period) AT TIME ZONE 'Europe/Helsinki')::date::timestamp,
            (upper(b.period) AT TIME ZONE 'Europe/Helsinki')::date::timestamp, interval '1 day') AS day
        WHERE b.period && span.period
    ),
    -- Who can come: at work the whole time, and nothing else then.
    present AS (
        SELECT wanted.begins, hours.worker_id
        FROM wanted
        JOIN (
            SELECT worker_id, day, (day + starts) AT TIME ZONE 'Europe/Helsinki' AS opens,
                   (day + week.ends) AT TIME ZONE 'Europe/Helsinki' AS closes
            FROM open_day JOIN week USING (weekday)
        ) AS hours ON hours.day = wanted.day AND opens <= wanted.begins AND closes >= wanted.ends
        EXCEPT
        SELECT wanted.begins, taken.worker_id
        FROM wanted
        JOIN taken ON taken.day = wanted.day AND taken.begins < wanted.ends AND taken.ends > wanted.begins
    ),
    suiting AS (
        SELECT wanted.*, coming
        FROM wanted
        JOIN (SELECT begins, array_agg(worker_id) AS coming FROM present GROUP BY begins) AS counted
          USING (begins)
        WHERE cardinality(coming) >= cardinality(%(people)s::bigint[]) - %(most_missing)s
          AND coming @> %(required)s::bigint[]
    ),
    roomed AS (
        SELECT DISTINCT ON (suiting.begins) suiting.*, room.id AS room
        FROM suiting CROSS JOIN room
        WHERE NOT EXISTS (
            SELECT FROM room_taken t
            WHERE t.id = room.id AND t.day = suiting.day
              AND t.begins < suiting.ends AND t.ends > suiting.begins
        )
        ORDER BY suiting.begins, is_accessible DESC, seats, room.id
    ),
    best AS (
        SELECT DISTINCT ON (day, shown::time >= '12:00') *
        FROM roomed
        ORDER BY day, shown::time >= '12:00', cardinality(coming) DESC, begins
    )
    SELECT begins, ends, room,
           ARRAY(SELECT worker_id FROM person WHERE worker_id <> ALL(coming) ORDER BY 1)
    FROM best
    WHERE NOT EXISTS (
        SELECT FROM best b
        WHERE b.day = best.day AND b.begins < best.ends AND b.ends > best.begins
          AND (-cardinality(b.coming), b.begins) < (-cardinality(best.coming), best.begins)
    )
    ORDER BY cardinality(coming) DESC, begins
    LIMIT 10
"""


def by_hand(question: Question) -> list[Slot]:
    """The same ten."""
    values: dict[str, Any] = {
        "people": sorted(question.worker_ids),
        "required": list(question.required_ids),
        "municipality": question.municipality_code,
        "seats": question.seats,
        "minutes": question.minutes,
        "first_day": question.first_day,
        "last_day": question.last_day,
        "earliest": question.earliest,
        "latest": question.latest,
        "not_before": question.not_before,
        "most_missing": question.most_missing,
        "free_days": free_days(question.first_day, question.last_day),
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        return [
            Slot(starts.astimezone(UTC), ends.astimezone(UTC), room, tuple(missing))
            for starts, ends, room, missing in cursor.fetchall()
        ]
