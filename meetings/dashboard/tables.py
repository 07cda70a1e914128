"""A table of numbers that may be told: the page, its files and the report all write the same one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.words import counted

from .compared import Rate
from .published import CountTable, Shown
from .ranges import Range, month_words

# What a cell can hold: words, a number that hides nobody, a day, or what may be said of a number.
Value = str | int | Decimal | date | Shown | Rate


@dataclass(frozen=True)
class Table:
    """What a table says. The first column heads its rows; `counted` says of each number what is counted."""

    # Stands in addresses and in file names: lower-case letters and lines between.
    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    counted: tuple[tuple[str, str], ...] = ()
    # Whether the last row, and the last column, is what the others make together.
    has_total_row: bool = False
    has_total_column: bool = False


def by_month(
    name: str,
    caption: str,
    rows_are: str,
    counts: CountTable,
    *,
    together: str = "",
    counted: Sequence[tuple[str, str]] = (),
) -> Table:
    """Rows × months with what each row makes; `together` names the row of what all make, if it is told."""
    rows: list[tuple[Value, ...]] = [(row.municipality, *row.cells, row.total) for row in counts.rows]
    if together:
        rows.append((together, *counts.month_totals, counts.total))
    return Table(
        name,
        caption,
        (rows_are, *map(month_words, counts.months), _("Yhteensä")),
        tuple(rows),
        tuple(counted),
        has_total_row=bool(together),
        has_total_column=True,
    )


def number_of(value: Value) -> int | Decimal | None:
    """The number itself, for a spreadsheet to count with; None when it is only known roughly, or is words."""
    if isinstance(value, (Shown, Rate)):
        return value.low if value.is_exact else None
    return value if isinstance(value, (int, Decimal)) else None


def words_of(value: Value, number: Callable[[int], str] = counted) -> str:
    """12, 1 204, alle 5, 12–20, 0,5 or 15.3.2027; whole numbers as the function writes them."""
    if isinstance(value, Shown):
        return value.said(number)
    if isinstance(value, Rate):
        return value.words
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else str(value)


# --- every table of the dashboard by its name --------------------------------------------------------

# For a person who may count, of these months, with a page's own choices if it has some.
Maker = Callable[[Worker, Range, Mapping[str, str]], Sequence[Table]]

MAKERS: dict[str, Maker] = {}


def makes(*names: str) -> Callable[[Maker], Maker]:
    """Says which tables a function makes: by their names they are read as files, with what a page shows."""

    def register(maker: Maker) -> Maker:
        for name in names:
            assert name not in MAKERS, f"two tables called {name}"
            MAKERS[name] = maker
        return maker

    return register


def table_called(name: str, worker: Worker, months: Range, choices: Mapping[str, str]) -> Table | None:
    """The table as its page shows it, or None when there is no such or it has nothing to say."""
    maker = MAKERS.get(name)
    tables = maker(worker, months, choices) if maker is not None else ()
    return next((table for table in tables if table.name == name), None)
