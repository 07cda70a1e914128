"""What a connection to the database is told when it opens."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_a_new_connection_says_to_the_triggers_that_none_is_ignored():
    another = connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute("SELECT current_setting('pgtrigger.ignore', true)")
            assert cursor.fetchone() == ("{}",)
    finally:
        another.close()
