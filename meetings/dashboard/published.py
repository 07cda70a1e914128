"""What may be told of numbers of families: small ones are hidden, and no total gives them away.

Everything here rests on one rule (docs/adr/0006-small-numbers.md, 0035-what-may-be-told.md): whatever is
published besides the cells leaves every hidden number able to be anything from 1 to the limit less one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from perhekeskus.words import counted, today

from .blocks import Bounds, closed_blocks, sum_of_hidden, told_of_block


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of a number: that it is between these two, both included; exactly it when they are one."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        """12, 1 204, alle 5 or 12–20"""
        return self.said(counted)

    def said(self, number: Callable[[int], str]) -> str:
        """The same with each number as the function writes it."""
        if self.low == self.high:
            return number(self.low)
        if self.low == 1 and self.high == settings.SMALL_NUMBER_LIMIT - 1:
            return _("alle %(limit)s") % {"limit": settings.SMALL_NUMBER_LIMIT}
        return f"{number(self.low)}–{number(self.high)}"


def shown(number: int) -> Shown:
    """A cell: zero and large numbers as they are, a small one only as small."""
    return _shown(number, settings.SMALL_NUMBER_LIMIT - 1)


# The same few numbers come by the thousand.
@lru_cache(maxsize=4096)
def _shown(number: int, largest: int) -> Shown:
    return Shown(1, largest) if 1 <= number <= largest else Shown(number, number)


def total_of_shown(parts: Iterable[Shown]) -> Shown:
    """A total worked out of what is shown already: it can tell nothing more."""
    low = high = 0
    for part in parts:
        low += part.low
        high += part.high
    return Shown(low, high)


def month_total(numbers: Sequence[int]) -> Shown:
    """A month of the whole network: exact when that narrows no hidden number, else as close as may be."""
    largest = settings.SMALL_NUMBER_LIMIT - 1
    hidden = [number for number in numbers if 1 <= number <= largest]
    visible = sum(numbers) - sum(hidden)
    bounds = sum_of_hidden(hidden, largest)
    return Shown(visible + bounds.low, visible + bounds.high)


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
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
    municipalities: Sequence[str],
    months: Sequence[date],
    held: Sequence[Sequence[int]],
    now: date | None = None,
) -> CountTable:
    """What may be told of the numbers, a row of `held` for each municipality and in it one for each month.

    `now` is the first day of the month that is going on, today's when it is left out. A row's total is made
    of the blocks of months that are over and may be told (`blocks`), and of the cells of the others.
    """
    now = now or today().replace(day=1)
    largest = settings.SMALL_NUMBER_LIMIT - 1
    cells = [tuple([_shown(number, largest) for number in numbers]) for numbers in held]
    month_totals = tuple([month_total(column) for column in zip(*held, strict=True)] or _none_of(months))
    lows, highs = [0] * len(cells), [0] * len(cells)
    total = Shown(0, 0)
    for begin, end in _pieces(months, now):
        told = _told(held, begin, end, largest) if end - begin > 1 else ()
        low = high = 0
        for place, row in enumerate(cells):
            if end - begin == 1:
                least, most = row[begin].low, row[begin].high
            else:
                least, most = _of_block(row[begin:end], told[place])
            lows[place] += least
            highs[place] += most
            low += least
            high += most
        by_month = total_of_shown(month_totals[begin:end])
        total = total_of_shown([total, Shown(max(low, by_month.low), min(high, by_month.high))])
    rows = tuple(
        [
            CountRow(name, row, Shown(low, high))
            for name, row, low, high in zip(municipalities, cells, lows, highs, strict=True)
        ]
    )
    return CountTable(tuple(months), rows, month_totals, total)


def _of_block(cells: Sequence[Shown], told: Bounds | None) -> tuple[int, int]:
    """What the cells make at least and at most; `told` is what is told of the hidden ones together."""
    least = sum([cell.low for cell in cells])
    if told is None:
        return least, sum([cell.high for cell in cells])
    in_sight = least - sum([cell.low != cell.high for cell in cells])
    return in_sight + told.low, in_sight + told.high


def _none_of(months: Sequence[date]) -> list[Shown]:
    return [Shown(0, 0)] * len(months)


def _pieces(months: Sequence[date], now: date) -> list[tuple[int, int]]:
    """The closed blocks among the months, and each month outside them by itself."""
    found, place = [], 0
    for begin, end in closed_blocks(months, now):
        found += [(one, one + 1) for one in range(place, begin)]
        found.append((begin, end))
        place = end
    return [*found, *((one, one + 1) for one in range(place, len(months)))]


def _told(held: Sequence[Sequence[int]], begin: int, end: int, largest: int) -> Sequence[Bounds | None]:
    return told_of_block(tuple([tuple(numbers[begin:end]) for numbers in held]), largest)
