"""What may be told of small numbers: whatever is subtracted from whatever, each stays any small number."""

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.dashboard import blocks
from meetings.dashboard import published as publishing
from meetings.dashboard.compared import change, per_thousand
from meetings.dashboard.known_parts import parts_of_known
from meetings.dashboard.published import CountTable, Shown, month_total, published, shown
from meetings.dashboard.tables import words_of

Numbers = list[list[int]]
NOW = date(2027, 1, 1)


def months(many: int, first: int = 1) -> list[date]:
    return [date(2026, first + place, 1) for place in range(many)]


def told(held: Numbers, *, first: int = 1, now: date = NOW) -> CountTable:
    return published("ABCDEFGHIJKL"[: len(held)], months(len(held[0]), first), held, now)


# --- one number, one sum -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (1, "alle 5"), (4, "alle 5"), (5, "5"), (999, "999"), (1234, "1\u00a0234")],
)
def test_small_numbers_are_hidden_and_zero_is_not(number, words):
    assert shown(number).words == words


def test_the_limit_is_a_setting(settings):
    settings.SMALL_NUMBER_LIMIT = 10
    assert [shown(number).words for number in (0, 1, 9, 10)] == ["0", "alle 10", "alle 10", "10"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "0"),
        ([0, 0], "0"),
        ([7, 12], "19"),
        # One hidden number, or two: no closer than they are told already.
        ([7, 3], "8–11"),
        ([0, 3], "alle 5"),
        ([1, 1], "2–8"),
        ([2, 3, 9], "11–17"),
        # Three: near the ends a few sums are told as one, so that each can be both 1 and 4.
        ([1, 1, 1], "3–6"),
        ([1, 4, 1, 9], "12–15"),
        ([3, 2, 3], "8"),
        ([3, 3, 3], "9–12"),
        ([4, 4, 4], "9–12"),
    ],
)
def test_a_month_of_the_network_is_told_as_closely_as_may_be(numbers, words):
    assert month_total(numbers).words == words


# --- a municipality over a block of months ---------------------------------------------------------

HALF_YEAR = [
    [1, 2, 0, 3, 1, 9],
    [2, 2, 2, 1, 2, 4],
    [1, 1, 2, 2, 1, 1],
    [3, 2, 1, 7, 2, 2],
]


def test_a_municipality_gets_its_half_year_told_when_it_is_over():
    table = told(HALF_YEAR, now=date(2026, 7, 1))
    assert [row.total.words for row in table.rows] == ["13–16", "13", "6–9", "17"]
    # Until then its cells alone make it.
    table = told(HALF_YEAR, now=date(2026, 6, 1))
    assert [row.total.words for row in table.rows] == ["13–25", "6–24", "6–24", "12–27"]


def test_november_and_the_year_are_made_of_blocks_and_december():
    held = [[*numbers, *numbers] for numbers in HALF_YEAR]
    assert [row.total.words for row in told([numbers[:11] for numbers in held]).rows] == [
        "17–23",
        "22",
        "11–17",
        "32",
    ]
    assert [row.total.words for row in told(held).rows] == ["26–32", "23–26", "12–21", "33–36"]
    # A range that begins later has nothing but its own blocks whole.
    later = told([numbers[1:11] for numbers in held], first=2)
    assert [row.total.words for row in later.rows] == ["16–28", "14–29", "10–28", "26–38"]


def test_the_grand_total_is_as_close_as_months_and_municipalities_make_it():
    table = told(HALF_YEAR)
    assert [total.words for total in table.month_totals] == ["4–7", "4–7", "3–6", "10–13", "4–7", "16"]
    assert table.total == Shown(49, 55)


# --- the attack ------------------------------------------------------------------------------------


def everything_published(held: Numbers) -> list:
    """All that anybody can ever be shown of these numbers: every range, while its months go on and after."""
    last = len(held[0])
    return [
        published("ABCD"[: len(held)], months(last)[i:j], [numbers[i:j] for numbers in held], now)
        for now in (date(2026, 5, 1), NOW)
        for i, j in itertools.combinations(range(last + 1), 2)
    ]


def tables(pattern: Numbers, limit: int) -> Iterator[tuple[Numbers, tuple[int, ...]]]:
    """Every table with small numbers where the pattern has 1."""
    places = [(i, j) for i, row in enumerate(pattern) for j, number in enumerate(row) if number == 1]
    for small in itertools.product(range(1, limit), repeat=len(places)):
        held = [list(row) for row in pattern]
        for (i, j), number in zip(places, small, strict=True):
            held[i][j] = number
        yield held, small


def leaks(pattern: Numbers, limit: int, seen_of: Callable[[Numbers], object]) -> tuple[int, int]:
    """Of all tables of the pattern: in how many ways they look, and in how many of them a number leaks.

    The attack of all attacks. Tables that look the same whatever is asked are put together: in each such
    lot every hidden number has to be every small number in turn.
    """
    lots: dict[str, list[set[int]]] = {}
    for held, small in tables(pattern, limit):
        lot = lots.setdefault(repr(seen_of(held)), [set() for _number in small])
        for possible, number in zip(lot, small, strict=True):
            possible.add(number)
    every = set(range(1, limit))
    return len(lots), sum(any(possible != every for possible in lot) for lot in lots.values())


# 1 is a small number, and the others are what they are.
PATTERNS = [
    (3, [[1, 1, 1, 0, 0, 7], [1, 1, 0, 1, 0, 7], [0, 1, 1, 9, 0, 0]]),
    (3, [[1, 1, 1, 1, 1, 9], [1, 1, 1, 0, 1, 0]]),
    (4, [[1, 1, 1, 8, 0, 0], [1, 1, 0, 1, 5, 0]]),
    (5, [[1, 1, 0, 1, 0, 7], [1, 0, 8, 0, 0, 0]]),
]


@pytest.mark.parametrize(("limit", "pattern"), PATTERNS)
def test_whatever_is_published_a_hidden_number_can_be_any_small_number(settings, limit, pattern):
    settings.SMALL_NUMBER_LIMIT = limit
    ways, leaking = leaks(pattern, limit, everything_published)
    assert ways > 1
    assert leaking == 0


def of_the_block(held: Numbers) -> list:
    """What there is to know of a block: its months, its municipalities and all together."""
    table = told(held)
    return [table.month_totals, [row.total for row in table.rows], table.total]


def any_pattern(draw: random.Random) -> tuple[int, Numbers]:
    limit = draw.choice([3, 3, 4, 5])
    rows = draw.choice([2, 3, 4])
    pattern = [[draw.choice([1, 1, 1, 0]) for _month in range(6)] for _row in range(rows)]
    while sum(map(sum, pattern)) > {3: 10, 4: 7, 5: 5}[limit]:
        pattern[draw.randrange(rows)][draw.randrange(6)] = draw.choice([0, 9])
        pattern = [[number if number != 9 else 0 for number in row] for row in pattern]
    return limit, pattern


@pytest.mark.parametrize("seed", range(6))
def test_no_block_gives_a_number_away(settings, seed):
    settings.SMALL_NUMBER_LIMIT, pattern = any_pattern(random.Random(seed))
    assert leaks(pattern, settings.SMALL_NUMBER_LIMIT, of_the_block)[1] == 0


def every_sum_exactly(monkeypatch) -> None:
    """3 is 1 + 1 + 1."""
    for module in (blocks, publishing):
        monkeypatch.setattr(
            module, "sum_of_hidden", lambda numbers, _largest: blocks.Bounds(sum(numbers), sum(numbers))
        )
    monkeypatch.setattr(blocks, "_each_can_be_any", lambda *_anything: True)


def each_by_itself(monkeypatch) -> None:
    """Municipalities and months each safe, but not together."""
    monkeypatch.setattr(blocks, "_each_can_be_any", lambda *_anything: True)


def silence_speaks(monkeypatch) -> None:
    """Where nothing is told, something would have leaked: and that is something told."""
    monkeypatch.setattr(blocks, "_keeps_silent", lambda *_anything: False)


@pytest.mark.parametrize("weaken", [every_sum_exactly, each_by_itself, silence_speaks])
def test_the_attack_finds_what_a_weaker_rule_gives_away(settings, monkeypatch, weaken):
    settings.SMALL_NUMBER_LIMIT = 3
    pattern = [[1, 1, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0], [1, 1, 1, 1, 0, 0]]
    blocks.told_of_block.cache_clear()
    assert leaks(pattern, 3, of_the_block)[1] == 0
    weaken(monkeypatch)
    blocks.told_of_block.cache_clear()
    try:
        assert leaks(pattern, 3, of_the_block)[1] > 0
    finally:
        blocks.told_of_block.cache_clear()


# --- larger tables ---------------------------------------------------------------------------------


def grow(room: list[int], step: int) -> None:
    """A sum has grown by one, or shrunk: so much less room that way, and more the other."""
    room[0] -= step
    room[1] += step


class Puzzle:
    """Hidden numbers and what is told of their sums: can one of them be settled? By moving ones about.

    From the true table, adding one to a number and taking one from another of the same sum, and so on, until
    every sum is again what it may be: the way a reader would try, and another than `blocks` goes.
    """

    def __init__(self, held: Numbers, largest: int) -> None:
        self.largest = largest
        self.cells = {
            (i, j): number
            for i, row in enumerate(held)
            for j, number in enumerate(row)
            if 1 <= number <= largest
        }
        # Of each sum: by how much it may still grow and shrink.
        self.room: dict[tuple[str, int], list[int]] = {}

    def tell(self, kind: str, place: int, lowest: int, highest: int) -> None:
        axis = 0 if kind == "row" else 1
        now = sum(number for cell, number in self.cells.items() if cell[axis] == place)
        assert lowest <= now <= highest, "what is told is not true"
        self.room[kind, place] = [highest - now, now - lowest]

    def can_be(self, cell: tuple[int, int], number: int) -> bool:
        cells, room = dict(self.cells), {key: list(value) for key, value in self.room.items()}
        while cells[cell] != number:
            step = 1 if number > cells[cell] else -1
            cells[cell] += step
            sums = [("row", cell[0]), ("month", cell[1])]
            for one in sums:
                grow(room[one], step)
            for kind, place in sums:
                if min(room[kind, place]) < 0 and not self._mended(cells, room, cell, (kind, place, step)):
                    return False
        return True

    def _mended(self, cells, room, fixed, start) -> bool:
        """A sum has got one too much (or little): give it on, from sum to sum, to where there is room."""
        came: dict[tuple[str, int, int], tuple] = {start: ()}
        queue = [start]
        for at in queue:
            kind, place, step = at
            if at != start and room[kind, place][0 if step > 0 else 1] > 0:
                grow(room[kind, place], step)
                grow(room[start[:2]], -start[2])
                self._walk_back(cells, came, at)
                return True
            axis, other = (0, "month") if kind == "row" else (1, "row")
            for cell, number in cells.items():
                if cell[axis] != place or cell == fixed or not 1 <= number - step <= self.largest:
                    continue
                onward = (other, cell[1 - axis], -step)
                if onward not in came:
                    came[onward] = (at, cell)
                    queue.append(onward)
        return False

    def _walk_back(self, cells, came, at) -> None:
        while came[at]:
            before, cell = came[at]
            cells[cell] -= before[2]
            at = before


SMALL_AND_LARGE = st.sampled_from([0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 6, 15])


@given(
    st.integers(2, 6).flatmap(
        lambda rows: st.lists(
            st.lists(SMALL_AND_LARGE, min_size=11, max_size=11), min_size=rows, max_size=rows
        )
    )
)
@settings(max_examples=25, deadline=None)
def test_in_larger_tables_no_hidden_number_is_narrowed(held):
    """January to November of up to six towns, as sums that a reader can tell apart."""
    year = told(held)
    for first, last in ((0, 6), (6, 11)):
        block = [numbers[first:last] for numbers in held]
        puzzle = Puzzle(block, 4)
        for j in range(last - first):
            _tell(puzzle, "month", j, year.month_totals[first + j], [row[j] for row in block])
        for i, row in enumerate(told(block, first=first + 1).rows):
            _tell(puzzle, "row", i, row.total, block[i])
        for cell in puzzle.cells:
            assert puzzle.can_be(cell, 1), (held, cell)
            assert puzzle.can_be(cell, 4), (held, cell)


def _tell(puzzle: Puzzle, kind: str, place: int, total: Shown, numbers: list[int]) -> None:
    in_sight = sum(number for number in numbers if number > 4)
    puzzle.tell(kind, place, total.low - in_sight, total.high - in_sight)


# --- parts of a whole that is told ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([12, 7, 0], ["12", "7", "0"]),
        # 3 would be what is left of 19: together with the 9 they are 12, and it can be anything.
        ([9, 3, 7], ["1–11", "1–11", "7"]),
        ([5, 3, 7], ["1–13", "1–13", "1–13"]),
        # Nothing that is there could hide it.
        ([3, 4, 0], None),
    ],
)
def test_a_small_part_is_told_together_with_others(numbers, words):
    whole = Shown(sum(numbers), sum(numbers))
    told_parts = parts_of_known(whole, numbers)
    assert (told_parts and [part.words for part in told_parts]) == words


def test_parts_of_a_whole_that_is_known_roughly_are_not_told():
    assert parts_of_known(Shown(12, 15), [9, 5]) is None


def test_a_part_of_a_known_whole_can_be_any_small_number():
    """Every way to make the whole of up to four parts, put together by what is told of it."""
    for whole, many in itertools.product(range(5, 23), (2, 3, 4)):
        lots: dict[object, list[tuple]] = {}
        for first in itertools.product(range(whole + 1), repeat=many - 1):
            if sum(first) <= whole:
                numbers = (*first, whole - sum(first))
                lots.setdefault(parts_of_known(Shown(whole, whole), numbers), []).append(numbers)
        for said, ways in lots.items():
            for place in range(many):
                small = {numbers[place] for numbers in ways} & {1, 2, 3, 4}
                assert small in (set(), {1, 2, 3, 4}), (whole, said)


# --- beside each other -----------------------------------------------------------------------------


def test_changes_and_shares_are_as_rough_as_their_numbers():
    assert change(Shown(12, 12), Shown(8, 8)).words == "+4"
    assert change(Shown(8, 8), Shown(12, 15)).words == "−7…−4"
    assert change(Shown(8, 11), Shown(8, 8)).words == "0…+3"
    assert words_of(per_thousand(Shown(12, 12), 2_400)) == "5,0"
    assert words_of(per_thousand(Shown(8, 11), 2_400)) == "3,3–4,6"
    assert per_thousand(Shown(8, 11), None) == "–"
