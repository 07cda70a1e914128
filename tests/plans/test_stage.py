"""What the tests of a plan stand on is put back as the real actions left it."""

import pytest
from django.db import connection, transaction

from tests.access import everything_kept
from tests.plugins.once import Once

from .conftest import Stage, with_agreed

pytestmark = pytest.mark.django_db


def made_again() -> Stage:
    raise AssertionError("It was to be put back, not made.")


def test_what_is_put_back_is_every_row_as_it_was_made():
    once, found = Once(), []
    for make in (with_agreed, made_again):
        with transaction.atomic():
            assert once.made("agreed", make).agreed
            found.append(everything_kept())
            with connection.cursor() as cursor:
                cursor.execute("SHOW session_replication_role")
                # The triggers are awake.
                assert cursor.fetchone() == ("origin",)
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_in_a_database_that_is_not_empty_it_is_made_anew():
    once = Once()
    once.made("agreed", with_agreed)
    assert once.made("agreed", with_agreed).held.pk
