"""A figure of the whole network by its parts and months, as it may be told.

Parts are to their sum what municipalities are to the network, so the same rule holds for them
(docs/adr/0006-small-numbers.md). A figure is told by its parts either of the whole network or by
municipality, never both ways: two tables of the same sums could be subtracted from each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from network.tallies import FIGURES
from perhekeskus.bars import Bars, Part, in_columns, lying_bars

from .published import CountTable, Shown, published, total_of_shown
from .ranges import Range, months_between, span_words
from .tables import Table, by_month

# What the database has counted: (figure, part, month) → how many.
Numbers = Mapping[tuple[str, str, date], int]


@dataclass(frozen=True)
class Parts:
    """What may be told of a figure's parts, in their order."""

    figure: str
    codes: tuple[str, ...]
    counts: CountTable

    def total(self, *codes: str) -> Shown:
        """Of these parts together over the months; of all of them when none is named."""
        if not codes:
            return self.counts.total
        rows = zip(self.codes, self.counts.rows, strict=True)
        return total_of_shown(row.total for code, row in rows if code in codes)

    @property
    def is_empty(self) -> bool:
        return not any(row.total.high for row in self.counts.rows)

    def bars(self, title: str) -> Bars | None:
        return lying_bars(self._drawn, title)

    def bars_in_columns(self, title: str, *, most: int) -> list[Bars]:
        """The same side by side on a sheet that is too low for all of them."""
        return in_columns(self._drawn, title, most=most)

    @property
    def _drawn(self) -> list[Part]:
        return [
            Part(row.municipality, row.total.low, row.total.high, row.total.words) for row in self.counts.rows
        ]

    def table(self, name: str, months: Range, *, rows_are: str, together: str = "") -> Table:
        return by_month(
            name,
            f"{FIGURES[self.figure].title}, {span_words(months.first, months.last)}",
            rows_are,
            self.counts,
            together=together,
            counted=counted(self.figure),
        )


def parts_of(numbers: Numbers, figure: str, months: Range, only: Sequence[str] = ()) -> Parts:
    """The figure's parts over the months; the known ones always, so that zero is told as zero."""
    words = {code: str(word) for code, word in FIGURES[figure].parts().items() if not only or code in only}
    each = months_between(months.first, months.last)
    rows = [[numbers.get((figure, code, month), 0) for month in each] for code in words]
    return Parts(figure, tuple(words), published(list(words.values()), each, rows))


def counted(*figures: str) -> tuple[tuple[str, str], ...]:
    """What each of these numbers is called and what is counted in it."""
    return tuple((str(FIGURES[name].title), str(FIGURES[name].counted)) for name in figures)


# --- shares, out of what is shown --------------------------------------------------------------------


def share_in_words(part: Shown, others: Iterable[Shown]) -> str:
    """25 % or 20–27 %, of what the part and the others make; nothing when they make nothing.

    Worked out of shown numbers alone, so it tells nothing more than they do.
    """
    rest = total_of_shown(others)
    if not part.high + rest.high:
        return ""
    low = _percent(part.low, part.low + rest.high)
    high = _percent(part.high, part.high + rest.low)
    return f"{low}\u00a0%" if low == high else f"{low}–{high}\u00a0%"


def per_one_in_words(part: Shown, ones: Shown) -> str:
    """0,8 or 0,7–0,9: how many there are for each one; nothing when there may be none."""
    if not ones.low:
        return ""
    low, high = _tenths(part.low, ones.high), _tenths(part.high, ones.low)
    return low if low == high else f"{low}–{high}"


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def _tenths(part: int, ones: int) -> str:
    return f"{Decimal(part) / ones:.1f}".replace(".", ",")
