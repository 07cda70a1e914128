"""What each connection to the database is told when it opens."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def ignore_no_trigger(*, connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Say to the triggers that none of them is ignored.

    Else each looks for it in vain whenever it fires: an error that it catches, after which PostgreSQL also
    goes through every check that waits for the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', false)")
