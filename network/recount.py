"""Is it so? The numbers against a count from scratch, and putting right what differs.

Each comparison is one statement, so it sees one moment: whoever writes meanwhile is in it on both sides or on
neither, and nobody has to wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pgtrigger
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from .counting import COUNTS, KEPT, KEPT_ROWS, Kept, from_scratch
from .folding import FOLDING_LOCK


@dataclass(frozen=True)
class WrongNumber:
    """A number that differs from the rows themselves."""

    # Empty: of all municipalities together.
    municipality: str
    month: date
    figure: str
    part: str
    counted: int
    real: int


@dataclass(frozen=True)
class WrongRows:
    """Rows on which a column that the database keeps is not what the other rows say; or rows kept so."""

    table: str
    column: str
    rows: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column}" if self.column else self.table


def scratch_sql() -> str:
    """A SELECT of every number there ought to be: municipality_id, month, figure, part, number."""
    rows = " UNION ALL ".join(
        from_scratch(table, count) for table, counts in COUNTS.items() for count in counts
    )
    return f"""
        SELECT municipality_id, month, figure, part, sum(number)::bigint AS number
        FROM ({rows}) AS counted (municipality_id, month, figure, part, number)
        GROUP BY municipality_id, month, figure, part HAVING sum(number) <> 0
    """


def _difference_sql() -> str:
    """What is kept beside what there ought to be, where they differ: by municipality, and together."""
    place = "municipality_id, month, figure, part"
    return f"""
        WITH scratch AS MATERIALIZED ({scratch_sql()}), kept AS (
            SELECT {place}, number FROM network_tally
            UNION ALL SELECT {place}, change FROM network_tallychange
            UNION ALL SELECT '', month, figure, part, number FROM network_networktally
            UNION ALL SELECT '', month, figure, part, change FROM network_tallychange
        ), ought AS (
            SELECT {place}, number FROM scratch
            UNION ALL SELECT '', month, figure, part, sum(number) FROM scratch GROUP BY month, figure, part
        )
        SELECT {place}, coalesce(counted.number, 0)::bigint AS counted,
               coalesce(ought.number, 0)::bigint AS real
        FROM (SELECT {place}, sum(number) AS number FROM kept GROUP BY {place}) AS counted
        FULL JOIN ought USING ({place})
        WHERE coalesce(counted.number, 0) <> coalesce(ought.number, 0)
    """


def wrong_numbers() -> list[WrongNumber]:
    """Every number that differs from a count from scratch: none, as long as the triggers are on."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_difference_sql()} ORDER BY figure, month, municipality_id, part")
        return [
            WrongNumber(municipality, month, figure, part, counted, real)
            for municipality, month, figure, part, counted, real in cursor.fetchall()
        ]


def wrong_rows() -> list[WrongRows]:
    """The columns that the database keeps and that are wrong on some row: none, as long as it does."""
    with connection.cursor() as cursor:
        found = []
        for kept in KEPT:
            cursor.execute(f"SELECT count(*) FROM ({_wrong_of(kept)}) AS wrong")
            rows = cursor.fetchone()[0]
            if rows:
                found.append(WrongRows(kept.table, kept.column, rows))
        for table in KEPT_ROWS:
            too_many, missing = table.difference()
            cursor.execute(f"SELECT count(*) FROM (({too_many}) UNION ALL ({missing})) AS wrong")
            rows = cursor.fetchone()[0]
            if rows:
                found.append(WrongRows(table.table, "", rows))
        return found


def _wrong_of(kept: Kept) -> str:
    ought = kept.ought.replace("row.", "kept.")
    return (
        f"SELECT kept.id, {ought} AS ought FROM {kept.table} AS kept"
        f" WHERE kept.{kept.column} IS DISTINCT FROM {ought}"
    )


@transaction.atomic
def mend() -> tuple[list[WrongRows], list[WrongNumber]]:
    """Put right what differs, and say what it was. Two who mend at once do it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLDING_LOCK])
        rows = wrong_rows()
        _mend_rows(rows)
        # The difference is added as any change is, in the statement that finds it.
        cursor.execute(
            f"""
            WITH wrong AS ({_difference_sql()}), added AS (
                INSERT INTO network_tallychange (municipality_id, month, figure, part, change)
                SELECT municipality_id, month, figure, part, real - counted FROM wrong
                WHERE municipality_id <> ''
            )
            SELECT municipality_id, month, figure, part, counted, real FROM wrong
            ORDER BY figure, month, municipality_id, part
            """
        )
        wrong = [WrongNumber(*one) for one in cursor.fetchall()]
        _add_up(cursor)
        return rows, wrong


def _mend_rows(wrong: Iterable[WrongRows]) -> None:
    """Write what ought to be there; of the table's triggers only those that count look on."""
    columns = {(one.table, one.column) for one in wrong}
    for kept in KEPT:
        if (kept.table, kept.column) in columns:
            _write_past_others(
                kept.table,
                f"UPDATE {kept.table} SET {kept.column} = wrong.ought FROM ({_wrong_of(kept)}) AS wrong"
                f" WHERE wrong.id = {kept.table}.id",
            )
    for rows in KEPT_ROWS:
        if (rows.table, "") in columns:
            names = ", ".join(rows.columns)
            too_many, missing = rows.difference()
            _write_past_others(
                rows.table,
                f"DELETE FROM {rows.table} WHERE ({names}) IN ({too_many})",
                # Somebody may write the same row meanwhile.
                f"INSERT INTO {rows.table} ({names}) {missing} ON CONFLICT DO NOTHING",
            )


def _write_past_others(table: str, *statements: str) -> None:
    others = [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.db_table == table and not str(trigger.name).startswith("counted_")
    ]
    with pgtrigger.ignore(*others), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@transaction.atomic
def count_anew() -> int:
    """Every number from scratch in place of what there was: after rows that came without their triggers.

    Nobody may write meanwhile; how many numbers there are then.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM network_tally")
        cursor.execute("DELETE FROM network_tallychange")
        cursor.execute(
            f"INSERT INTO network_tally (municipality_id, month, figure, part, number) {scratch_sql()}"
        )
        counted = cursor.rowcount
        _add_up(cursor)
        return counted


def _add_up(cursor: CursorWrapper) -> None:
    """What is folded of all together, out of what is folded of each of them. Nobody may fold meanwhile."""
    cursor.execute("DELETE FROM network_networktally")
    cursor.execute(
        "INSERT INTO network_networktally (month, figure, part, number)"
        " SELECT month, figure, part, sum(number) FROM network_tally GROUP BY month, figure, part"
    )
