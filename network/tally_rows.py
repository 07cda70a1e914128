"""A figure of each municipality month by month, added up by the database: for pages of the whole country."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection
from psycopg import sql

from .models import Worker
from .tallies import may_count

# First by month: then each column is picked out of a few rows. No municipality has two thousand million of
# anything in a month, and small numbers are added up sooner.
_ROWS = sql.SQL("""
    SELECT municipality_id, {months} FROM (
        SELECT municipality_id, month, sum(number)::int AS number FROM (
            SELECT municipality_id, month, number::int AS number FROM network_tally
            WHERE figure = %(figure)s AND part = ANY(%(parts)s) AND month BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT municipality_id, month, change FROM network_tallychange
            WHERE figure = %(figure)s AND part = ANY(%(parts)s) AND month BETWEEN %(first)s AND %(last)s
        ) AS counted
        GROUP BY municipality_id, month
    ) AS by_month
    GROUP BY municipality_id
""")
_MONTH = sql.SQL("coalesce(sum(number) FILTER (WHERE month = {month}), 0)::bigint")


def rows_by_month(
    worker: Worker, figure: str, parts: Collection[str], months: Sequence[date]
) -> dict[str, tuple[int, ...]]:
    """Municipality's code → of these parts together in each of the months, which are in order; one query.

    One row of numbers for a municipality: tens of thousands of counts are never carried out of the database.
    Municipalities without any are left out. Empty for those who may not count.
    """
    if not may_count(worker):
        return {}
    columns = sql.SQL(", ").join(_MONTH.format(month=sql.Literal(month)) for month in months)
    asked: dict[str, Any] = {"figure": figure, "parts": list(parts), "first": months[0], "last": months[-1]}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(months=columns).as_string(cursor.connection), asked)
        return {code: tuple(numbers) for code, *numbers in cursor.fetchall()}
