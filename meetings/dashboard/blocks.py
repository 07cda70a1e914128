"""Closed blocks of months, and the municipalities whose totals over a block may be told.

Why it gives nothing away is proved in docs/adr/0035-what-may-be-told.md, and attacked by
tests/meetings/test_published.py. In short: whether the totals are told is read off numbers that are told
themselves, so that it tells nothing more; and they are told only when every table that would be told in the
same way leaves each hidden number the whole of 1…the limit less one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# The months of a year, from the first to the last: so 1.1.–30.11. and whole years are made of whole blocks.
BLOCKS = ((1, 6), (7, 11), (12, 12))


def closed_blocks(
    months: Sequence[date], now: date, blocks: Sequence[tuple[int, int]] = BLOCKS
) -> list[tuple[int, int]]:
    """The blocks that are inside these months and over before the month `now`: places from, and up to."""
    places = {month: place for place, month in enumerate(months)}
    found = []
    for first, last in blocks:
        for place, month in enumerate(months):
            end = date(month.year, last, 1)
            if month.month == first and end in places and end < now:
                found.append((place, places[end] + 1))
    return sorted(found)


@dataclass(frozen=True)
class Bounds:
    """Between which two a sum is told to be, both included."""

    low: int
    high: int


def sum_of_hidden(numbers: Sequence[int], largest: int) -> Bounds:
    """What is told of the sum of hidden numbers, each of them from 1 to the largest, when nothing else is.

    Exactly it, but for both ends: there a few sums are told as one, so that each number can still be any.
    One or two are told no closer than they are already.
    """
    lowest, highest, reach = len(numbers), len(numbers) * largest, largest - 1
    total = sum(numbers)
    if len(numbers) <= 2:
        return Bounds(lowest, highest)
    if total <= lowest + reach:
        return Bounds(lowest, lowest + reach)
    if total >= highest - reach:
        return Bounds(highest - reach, highest)
    return Bounds(total, total)


@dataclass(frozen=True)
class _Row:
    """Hidden numbers of one municipality: in which months (bits), and between which two their excess is.

    The excess of a number is what it is above 1, the smallest that it can be.
    """

    months: int
    low: int
    high: int


@lru_cache(maxsize=64)
def told_of_block(block: tuple[tuple[int, ...], ...], largest: int) -> tuple[Bounds | None, ...]:
    """What is told of the sum of each municipality's hidden numbers over a block; all or nothing.

    A row for each municipality and in it a number for each month. None where nothing more is told than by
    the cells. Kept in memory, as a closed block seldom changes.
    """
    hidden = [[number if 1 <= number <= largest else 0 for number in row] for row in block]
    told = [sum_of_hidden(few, largest) if len(few) >= 3 else None for few in map(_nonzero, hidden)]
    counts = [len(_nonzero(row)) if bounds else 0 for row, bounds in zip(hidden, told, strict=True)]
    nothing: tuple[Bounds | None, ...] = (None,) * len(block)
    if largest < 2 or not any(counts):
        return nothing
    if _keeps_silent(told, counts, largest):
        return nothing
    rows = []
    for row, bounds in zip(hidden, told, strict=True):
        count = len(_nonzero(row))
        low, high = (bounds.low, bounds.high) if bounds else (count, count * largest)
        rows.append(_Row(_bits(row), low - count, high - count))
    columns = []
    for column in zip(*hidden, strict=True):
        few = _nonzero(column)
        bounds = sum_of_hidden(few, largest)
        columns.append((bounds.low - len(few), bounds.high - len(few)))
    return (
        tuple(told)
        if _each_can_be_any([row for row in rows if row.months], columns, largest - 1)
        else nothing
    )


def _keeps_silent(told: Sequence[Bounds | None], counts: Sequence[int], largest: int) -> bool:
    """Whether nothing is told as the one with the most hidden numbers is all but full of the largest.

    It hardly ever is. But as it may be, silence does not mean that `_each_can_be_any` failed.
    """
    most = max(counts)
    decider = told[counts.index(most)]
    return decider is not None and decider.high == most * largest


def _nonzero(numbers: Sequence[int]) -> list[int]:
    return [number for number in numbers if number]


def _bits(row: Sequence[int]) -> int:
    return sum(1 << place for place, number in enumerate(row) if number)


def _each_can_be_any(rows: Sequence[_Row], columns: Sequence[tuple[int, int]], most: int) -> bool:
    """Whether each hidden number can be both the smallest and the largest, in some table with these bounds.

    A table with given bounds of rows, columns and cells exists exactly when no set of months asks for more
    than the rows can give it, and no rows for more than the months outside and inside the set can take
    (Hoffman's theorem on circulations; for each set the worst rows are known at once). Between the smallest
    and the largest everything is then possible, too, as the sums are whole numbers.
    """
    sets = range(1 << len(columns))
    taken = {
        chosen: sum(high for place, (_low, high) in enumerate(columns) if chosen >> place & 1)
        - sum(_forced(row.low, row.months & ~chosen, most) for row in rows)
        for chosen in sets
    }
    given = {
        chosen: sum(_able(row.high, row.months & chosen, most) for row in rows)
        - sum(low for place, (low, _high) in enumerate(columns) if chosen >> place & 1)
        for chosen in sets
    }
    # Settling one number takes at most `most` of the room: only sets with less need a closer look.
    tight_taken = [(chosen, room) for chosen, room in taken.items() if room < most]
    tight_given = [(chosen, room) for chosen, room in given.items() if room < most]
    for row in set(rows):
        for place in range(len(columns)):
            bit = 1 << place
            if not row.months & bit:
                continue
            others = row.months & ~bit
            for excess in (0, most):
                for chosen, room in tight_taken:
                    room -= excess if chosen & bit else 0
                    room += _forced(row.low, row.months & ~chosen, most)
                    if room < _forced(row.low - excess, others & ~chosen, most):
                        return False
                for chosen, room in tight_given:
                    room += excess if chosen & bit else 0
                    room -= _able(row.high, row.months & chosen, most)
                    if room + _able(row.high - excess, others & chosen, most) < 0:
                        return False
    return True


def _forced(low: int, elsewhere: int, most: int) -> int:
    """How much of a row's excess must go to the chosen months, when these are the others."""
    return max(0, low - most * elsewhere.bit_count())


def _able(high: int, chosen: int, most: int) -> int:
    """How much of a row's excess can go to the chosen months."""
    return min(high, most * chosen.bit_count())
