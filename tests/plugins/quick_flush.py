"""Emptying the database after a test that commits: only the tables that hold something.

Django truncates every table there is, and there are two hundred; most of them such a test never touches.
"""

from collections.abc import Iterator
from contextlib import suppress

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

FILLED = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND relname <> ALL (%s) AND pg_relation_size(oid) > 0
"""


def _empty_filled_tables(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        with connections[alias].cursor() as cursor:
            for _try in range(10):
                cursor.execute(FILLED, [list(KEPT)])
                if not (tables := [name for (name,) in cursor.fetchall()]):
                    break
                # A server's thread may still be at the last request of a browser that has left.
                with suppress(OperationalError):
                    cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
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
