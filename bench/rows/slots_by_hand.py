"""The question of common times as somebody would put it to PostgreSQL by hand, without multiranges.

Written apart from `meetings.slots_sql`: people and rooms are tried one after another with EXISTS. It
knows what the measured data has: no teams, no calendars elsewhere, no holds, no travel.
"""

from datetime import UTC
from typing import Any

from django.db import connection

from meetings.slots import Question, Slot, free_days

STATEMENT = """
    WITH moment AS (
        SELECT day::date AS day, day + make_interval(mins => half * 30) AS shown,
               (day + make_interval(mins => half * 30)) AT TIME ZONE 'Europe/Helsinki' AS begins
        FROM generate_series(%(first_day)s::timestamp, %(last_day)s::timestamp, interval '1 day') AS day
        CROSS JOIN generate_series(0, 47) AS half
        WHERE day::date <> ALL(%(free_days)s::date[])
    ),
    wanted AS (
        SELECT day, shown, tstzrange(begins, begins + make_interval(mins => %(minutes)s)) AS period
        FROM moment
        WHERE shown::time >= %(earliest)s
          AND begins + make_interval(mins => %(minutes)s)
              <= (day + %(latest)s::time) AT TIME ZONE 'Europe/Helsinki'
          AND begins > %(not_before)s
    ),
    absent AS (
        SELECT wanted.day, shown, wanted.period, person
        FROM wanted CROSS JOIN unnest(%(people)s::bigint[]) AS person
        WHERE EXISTS (SELECT FROM meetings_booking b WHERE b.worker_id = person AND b.period && wanted.period)
           OR EXISTS (SELECT FROM meetings_absence a WHERE a.worker_id = person AND a.period && wanted.period)
           OR NOT (
                CASE WHEN EXISTS (SELECT FROM meetings_workinghours h WHERE h.worker_id = person)
                THEN EXISTS (
                    SELECT FROM meetings_workinghours h
                    WHERE h.worker_id = person AND h.weekday = extract(isodow FROM wanted.day)
                      AND (wanted.day + h.starts) AT TIME ZONE 'Europe/Helsinki' <= lower(wanted.period)
                      AND (wanted.day + h.ends) AT TIME ZONE 'Europe/Helsinki' >= upper(wanted.period)
                ) ELSE extract(isodow FROM wanted.day) <= 5
                   AND (wanted.day + time '08:00') AT TIME ZONE 'Europe/Helsinki' <= lower(wanted.period)
                   AND (wanted.day + time '16:00') AT TIME ZONE 'Europe/Helsinki' >= upper(wanted.period) END)
    ),
    counted AS (
        SELECT wanted.*, ARRAY(
            SELECT person FROM absent WHERE absent.shown = wanted.shown ORDER BY person) AS missing
        FROM wanted
    ),
    roomed AS (
        SELECT counted.*, (
            SELECT r.id FROM meetings_room r JOIN network_unit u ON u.id = r.unit_id
            WHERE u.municipality_id = %(municipality)s AND r.seats >= %(seats)s
              AND NOT EXISTS (
                  SELECT FROM meetings_booking b WHERE b.room_id = r.id AND b.period && counted.period)
            ORDER BY r.is_accessible DESC, r.seats, r.id LIMIT 1) AS room
        FROM counted
        WHERE cardinality(missing) <= %(most_missing)s AND NOT missing && %(required)s::bigint[]
    ),
    best AS (
        SELECT DISTINCT ON (day, shown::time >= '12:00') * FROM roomed WHERE room IS NOT NULL
        ORDER BY day, shown::time >= '12:00', cardinality(missing), period
    )
    SELECT lower(period), upper(period), room, missing FROM best
    WHERE NOT EXISTS (SELECT FROM best b WHERE b.period && best.period
                      AND (cardinality(b.missing), b.period) < (cardinality(best.missing), best.period))
    ORDER BY cardinality(missing), period LIMIT 10
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
