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
    month: str
    part: str = ""
    municipality: str = "row.municipality_id"
    number: str = "1"
    # Of a row that counts for many parts: a column of JSON, part → how many.
    each: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns that it reads."""
        told = " ".join((self.only, self.part, self.month, self.municipality, self.number, self.each))
        return sorted(set(_ROW.findall(told)))

    def counted(self, row: str, *, sign: str = "", table: str = "") -> str:
        """A SELECT of where the row (NEW, OLD, or the alias of a table) counts, and for how many."""
        part, number = ("one.key", "one.value::bigint") if self.each else (self.part, self.number)
        sources = [f"{table} AS {row}"] if table else []
        if self.each:
            sources.append(f"jsonb_each_text({self.each}) AS one")
        told = f"{self.municipality}, {self.month}, '{self.figure}', {part}, {sign}({number})"
        return _of(row, f"SELECT {told}" + (f" FROM {', '.join(sources)}" if sources else ""))

    def only_of(self, row: str) -> str:
        return f"({_of(row, self.only)})"

    def as_much_as(self, row: str, other: str) -> str:
        """SQL: the two count in the same place, and for as many."""
        what = (self.each,) if self.each else (self.part, self.number)
        place = ", ".join((self.municipality, self.month, *what))
        both = f"{self.only_of(other)} AND ({_of(row, place)}) IS NOT DISTINCT FROM ({_of(other, place)})"
        return f"({both})"


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


@dataclass(frozen=True)
class KeptRows:
    """A table of which the database keeps every row out of other rows: a SELECT of what there ought to be."""

    table: str
    columns: tuple[str, ...]
    ought: str

    def difference(self) -> tuple[str, str]:
        """A SELECT of the rows that ought not to be there, and one of those that are missing."""
        there = f"SELECT {', '.join(self.columns)} FROM {self.table}"
        return f"{there} EXCEPT {self.ought}", f"{self.ought} EXCEPT {there}"


KEPT_ROWS: list[KeptRows] = []


def counted(table: str, *counts: Count, moved_by: Iterable[str] = ()) -> list[pgtrigger.Trigger]:
    """The triggers of the table that keep these numbers, whichever way its rows come, change and go.

    `moved_by`: columns that, when they are written, make the database write one that is read here.
    """
    COUNTS[table] = counts
    columns = sorted({*moved_by, *(column for count in counts for column in count.columns)})
    return [
        _trigger("insert", pgtrigger.Insert, counts, "+NEW", when(_any(counts, "NEW"))),
        _trigger("delete", pgtrigger.Delete, counts, "-OLD", when(_any(counts, "OLD"))),
        # A condition would be read anew by each statement; the function is read once.
        _trigger("update", pgtrigger.UpdateOf(*columns), counts, "-OLD +NEW", None),
    ]


def differs(columns: Iterable[str]) -> str:
    """SQL: one of the columns has changed."""
    return "(" + " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns) + ")"


def when(condition: str) -> pgtrigger.Condition:
    """The trigger fires when this SQL of OLD and NEW is true."""
    return pgtrigger.Condition(f"({condition})")


def from_scratch(table: str, count: Count) -> str:
    """A SELECT of the whole number, out of the rows themselves: municipality, month, figure, part, number."""
    return f"{count.counted('t', table=table)} WHERE {count.only_of('t')}"


def _trigger(
    name: str,
    operation: pgtrigger.Operation,
    counts: tuple[Count, ...],
    rows: str,
    condition: pgtrigger.Condition | None,
) -> pgtrigger.Trigger:
    changes = "\n".join(_change(count, *rows.split()) for count in counts)
    return pgtrigger.Trigger(
        name=f"counted_{name}",
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        func=f"{changes}\nRETURN NULL;",
    )


def _change(count: Count, *rows: str) -> str:
    """What the rows add and take (+NEW, -OLD): nothing when the row counts as it did before."""
    if len(rows) == 1:
        return _inserted(count, rows[0], "")
    before = _inserted(count, rows[0], f" AND NOT {count.as_much_as('OLD', 'NEW')}")
    after = _inserted(count, rows[1], f" AND NOT {count.as_much_as('NEW', 'OLD')}")
    return f"IF {differs(count.columns)} THEN\n{before}\n{after}\nEND IF;"


def _inserted(count: Count, signed: str, other: str) -> str:
    sign, row = signed[0], signed[1:]
    return f"""IF {count.only_of(row)}{other} THEN
        INSERT INTO network_tallychange (municipality_id, month, figure, part, change)
        {count.counted(row, sign=sign)};
    END IF;"""


def _any(counts: tuple[Count, ...], row: str) -> str:
    """SQL: the row counts for something. The same condition of two figures is said once."""
    return "(" + " OR ".join(dict.fromkeys(count.only_of(row) for count in counts)) + ")"
