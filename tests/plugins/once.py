"""Rows that the tests of a file stand on: made once by the real actions, then put back as they were.

A held meeting is three hundred statements and a score of rules; the rows that they leave are one statement.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from tests.plugins.quick_flush import filled_tables

T = TypeVar("T")
# What is older has other days around it, and a test whose clock stands still has a time of its own.
LASTS = timedelta(minutes=5)

COLUMNS = """
    SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = ANY (%s::regclass[]) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY attrelid
"""


@dataclass(frozen=True)
class Kept:
    """The tables with rows, the statement that puts the rows back, and the objects as they were."""

    tables: list[str]
    statement: str
    made: Any
    at: datetime


class Once:
    """What was made once, by name."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def made(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes in an empty database; its rows and copies of it, when they have been made before.

        A test that commits makes its own: what is done when a transaction ends is done then.
        """
        if not connection.in_atomic_block:
            return make()
        kept = self._kept.get(name)
        with connection.cursor() as cursor:
            if kept is not None and abs(timezone.now() - kept.at) < LASTS:
                if filled_tables(cursor, kept.tables):
                    return make()
                cursor.execute(kept.statement)
                return deepcopy(kept.made)
            is_alone = not filled_tables(cursor)
            at, made = timezone.now(), make()
            if is_alone:
                tables = filled_tables(cursor)
                self._kept[name] = Kept(tables, _statement(cursor, tables), deepcopy(made), at)
            return made


def _statement(cursor: Any, tables: list[str]) -> str:
    """Puts the rows of the tables back as they are now, past every trigger: history is among the rows."""
    cursor.execute(COLUMNS, [tables])
    columns = dict(cursor.fetchall())
    puts = ["SET LOCAL session_replication_role = replica"]
    for table in tables:
        cursor.execute(f"SELECT json_agg(one)::text FROM {table} one")
        rows = sql.Literal(cursor.fetchone()[0]).as_string(cursor.connection)
        puts.append(
            f"INSERT INTO {table} ({columns[table]}) SELECT {columns[table]}"
            f" FROM json_populate_recordset(NULL::{table}, {rows}::json)"
        )
    return "; ".join([*puts, "SET LOCAL session_replication_role = origin"])


@pytest.fixture(scope="module")
def once() -> Once:
    return Once()
