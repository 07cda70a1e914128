"""What may be told of numbers of families: small ones are hidden, and no total gives them away.

Everything here rests on one rule (docs/adr/0006-small-numbers.md): whatever is published besides the cells
leaves every hidden number able to be anything from 1 to the limit less one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Shown:
    """What is said of a number: that it is between these two, both included; exactly it when they are one."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        """12, alle 5 or 12–20"""
        if self.is_exact:
            return str(self.low)
        if (self.low, self.high) == (1, settings.SMALL_NUMBER_LIMIT - 1):
            return _("alle %(limit)s") % {"limit": settings.SMALL_NUMBER_LIMIT}
        return f"{self.low}–{self.high}"


def shown(number: int) -> Shown:
    """A cell: zero and large numbers as they are, a small one only as small."""
    largest = settings.SMALL_NUMBER_LIMIT - 1
    if 1 <= number <= largest:
        return Shown(1, largest)
    return Shown(number, number)


def total_of_shown(parts: Iterable[Shown]) -> Shown:
    """A total worked out of what is shown already: it can tell nothing more."""
    parts = list(parts)
    return Shown(sum(part.low for part in parts), sum(part.high for part in parts))


def month_total(numbers: Sequence[int]) -> Shown:
    """A month of the whole network: exact when that narrows no hidden number, else out of what is shown.

    With k hidden numbers, each from 1 to s, the exact sum H of them leaves each of them the whole of 1…s
    if and only if k + s - 1 ≤ H ≤ k·s - (s - 1).
    """
    largest = settings.SMALL_NUMBER_LIMIT - 1
    hidden = [number for number in numbers if 1 <= number <= largest]
    lowest, highest = len(hidden) + largest - 1, len(hidden) * largest - (largest - 1)
    if not hidden or lowest <= sum(hidden) <= highest:
        return Shown(sum(numbers), sum(numbers))
    return total_of_shown(shown(number) for number in numbers)


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CountRow:
    """One municipality: a cell for each month, and what they make together."""

    municipality: str
    cells: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True)
class CountTable:
    """Municipalities as Finns sort them × months in order, with the network's months and the grand total."""

    months: tuple[date, ...]
    rows: tuple[CountRow, ...]
    month_totals: tuple[Shown, ...]
    total: Shown


def published(
    municipalities: Sequence[str], months: Sequence[date], held: Sequence[Sequence[int]]
) -> CountTable:
    """What may be told of the numbers, a row of `held` for each municipality and in it one for each month."""
    rows = []
    for municipality, numbers in zip(municipalities, held, strict=True):
        cells = tuple(shown(number) for number in numbers)
        rows.append(CountRow(municipality, cells, total_of_shown(cells)))
    month_totals = tuple(month_total([numbers[i] for numbers in held]) for i in range(len(months)))
    return CountTable(tuple(months), tuple(rows), month_totals, total_of_shown(month_totals))
