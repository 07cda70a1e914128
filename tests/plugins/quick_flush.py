"""Emptying the database after a test that commits: only the tables that hold something.

Django truncates every table there is, and there are two hundred; most of them such a test never touches.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import TransactionTestCase

# What migrations have put in, and every test relies on.
KEPT = (
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "meetings_kind",
    "meetings_kindagendarow",
    "meetings_kindagendarowevent",
    "meetings_kindevent",
    "pgtrigger_installation",
)

TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s)
"""


def filled_tables(cursor: Any, among: list[str] | None = None) -> list[str]:
    """The tables that hold something, of all of them or `among` these."""
    if among is None:
        cursor.execute(TABLES, [list(KEPT)])
        among = [name for (name,) in cursor.fetchall()]
    cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT FROM {name})" for name in among))
    return [name for name, is_filled in zip(among, cursor.fetchone(), strict=True) if is_filled]


def is_emptied(cursor: Any) -> bool:
    """Whether there was nothing to empty; what there was is gone, with no trigger asked.

    A truncated table is a new file for itself and for each of its indexes, and each query on it is planned
    anew: twenty of them took a hundred times as long as their few rows take to delete.
    """
    if filled := filled_tables(cursor):
        cursor.execute(
            # One transaction. The lock waits for whoever is still writing, as TRUNCATE does.
            f"LOCK TABLE {', '.join(filled)} IN ACCESS EXCLUSIVE MODE;"
            "SET LOCAL session_replication_role = replica;"
            + "; ".join(f"DELETE FROM {name}" for name in filled)
        )
    return not filled


def _empty_filled_tables(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        with connections[alias].cursor() as cursor:
            for _try in range(10):
                # A server's thread may still be at the last request of a browser that has left.
                with suppress(OperationalError):
                    if is_emptied(cursor):
                        break
            else:
                raise OperationalError("Somebody keeps at the tables.")


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> None:
    TransactionTestCase._fixture_teardown = _empty_filled_tables  # type: ignore[method-assign]


OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session", autouse=True)
def nobody_stays(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A server's thread may keep its connection after the browser has gone, and with it the database."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHERS)
    connection.close()
