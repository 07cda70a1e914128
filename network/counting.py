"""How the database counts: each figure is worked out of one row at a time (docs/adr/0034-tallies.md).

From one definition come the triggers that keep the number as rows come, change and go, and the count from
scratch that it is compared with. Whatever a figure needs of another row stands on its own row, so a change is
always what the row counted for before, taken away, and what it counts for now.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pgtrigger

# In the SQL of a definition the row is called so.
_ROW = re.compile(r"\brow\.(\w+)")


def month_of_moment(moment: str) -> str:
    """SQL: the first day of the month of Helsinki's calendar in which the moment is."""
    return f"date_trunc('month', {moment} AT TIME ZONE 'Europe/Helsinki')::date"


def day_of_moment(moment: str) -> str:
    """SQL: the day of Helsinki's calendar on which the moment is."""
    return f"({moment} AT TIME ZONE 'Europe/Helsinki')::date"


def month_of_day(day: str) -> str:
    """SQL: the first day of the day's month."""
    return f"date_trunc('month', {day})::date"


@dataclass(frozen=True)
class Count:
    """What a row adds to a figure: all of it SQL of `row`, the row of one table."""

    figure: str
    only: str
    part: str
    month: str
    municipality: str = "row.municipality_id"
    number: str = "1"

    @property
    def columns(self) -> list[str]:
        """The columns that it reads."""
        told = " ".join((self.only, self.part, self.month, self.municipality, self.number))
        return sorted(set(_ROW.findall(told)))

    def counted(self, row: str, sign: str = "") -> str:
        """A SELECT of where the row (NEW, OLD, or a table's alias) counts, and for how many."""
        told = f"{self.municipality}, {self.month}, '{self.figure}', {self.part}, {sign}({self.number})"
        return _of(row, f"SELECT {told}")

    def only_of(self, row: str) -> str:
        return f"({_of(row, self.only)})"


def _of(row: str, sql: str) -> str:
    return _ROW.sub(rf"{row}.\1", sql)


# The tables and what their rows count for; a table adds its own with its triggers.
COUNTS: dict[str, tuple[Count, ...]] = {}


@dataclass(frozen=True)
class Kept:
    """A column that the database keeps out of other rows: SQL of `row` that says what it ought to be."""

    table: str
    column: str
    ought: str


KEPT: list[Kept] = []


def counted(table: str, *counts: Count) -> list[pgtrigger.Trigger]:
    """The triggers of the table that keep these numbers, whichever way its rows come, change and go."""
    COUNTS[table] = counts
    return [
        _trigger("insert", pgtrigger.Insert, counts, _any(counts, "NEW"), _changes(counts, ("NEW", "+"))),
        _trigger("delete", pgtrigger.Delete, counts, _any(counts, "OLD"), _changes(counts, ("OLD", "-"))),
        _trigger(
            "update",
            pgtrigger.Update,
            counts,
            f"({_any(counts, 'NEW')} OR {_any(counts, 'OLD')}) AND {differs(_columns(counts))}",
            _changes(counts, ("OLD", "-"), ("NEW", "+")),
        ),
    ]


def differs(columns: Iterable[str]) -> str:
    """SQL: one of the columns has changed."""
    return "(" + " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns) + ")"


def when(condition: str) -> pgtrigger.Condition:
    """The trigger fires when this SQL of OLD and NEW is true."""
    return pgtrigger.Condition(f"({condition})")


def from_scratch(table: str, count: Count) -> str:
    """A SELECT of the whole number, out of the rows themselves: municipality, month, figure, part, number."""
    return f"{count.counted('t')} FROM {table} AS t WHERE {count.only_of('t')}"


def _trigger(
    name: str, operation: pgtrigger.Operation, counts: tuple[Count, ...], condition: str, changes: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"counted_{name}",
        when=pgtrigger.After,
        operation=operation,
        condition=when(condition),
        func=f"""
            INSERT INTO network_tallychange (municipality_id, month, figure, part, change)
            {changes};
            RETURN NULL;
        """,
    )


def _columns(counts: tuple[Count, ...]) -> list[str]:
    return sorted({column for count in counts for column in count.columns})


def _any(counts: tuple[Count, ...], row: str) -> str:
    """SQL: the row counts for something. The same condition of two figures is said once."""
    return "(" + " OR ".join(dict.fromkeys(count.only_of(row) for count in counts)) + ")"


def _changes(counts: tuple[Count, ...], *rows: tuple[str, str]) -> str:
    """A SELECT of what changes: what comes to nothing is not there."""
    parts = " UNION ALL ".join(
        f"{count.counted(row, sign)} WHERE {count.only_of(row)}" for count in counts for row, sign in rows
    )
    if len(rows) == 1:
        return parts
    return f"""
            SELECT municipality_id, month, figure, part, sum(change) FROM ({parts})
                AS changed (municipality_id, month, figure, part, change)
            GROUP BY municipality_id, month, figure, part HAVING sum(change) <> 0"""
