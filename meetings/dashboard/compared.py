"""Numbers beside each other: with the year before, and with the under-18s. Of shown numbers alone."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .published import Shown

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Change(Shown):
    """By how much there are more now than before; as roughly known as the two."""

    def said(self, number: Callable[[int], str]) -> str:
        """+4, −3, 0 or −3…+5"""
        low, high = _signed(self.low, number), _signed(self.high, number)
        return low if self.is_exact else f"{low}…{high}"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many for a thousand people, between these two; exactly it when they are one."""

    low: Decimal
    high: Decimal

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        """1,2 or 0,9–1,2"""
        words = str(self.low) if self.is_exact else f"{self.low}–{self.high}"
        return words.replace(".", ",")


def change(now: Shown, before: Shown) -> Change:
    """The difference: anything from the least now and the most before to the other way round."""
    return Change(now.low - before.high, now.high - before.low)


def per_thousand(number: Shown, people: int | None) -> Rate | str:
    """How many for a thousand people; – when it is not known how many they are."""
    if not people:
        return "–"
    return Rate(_per_thousand(number.low, people), _per_thousand(number.high, people))


def _signed(change: int, number: Callable[[int], str]) -> str:
    return f"{'+' if change > 0 else MINUS if change < 0 else ''}{number(abs(change))}"


def _per_thousand(number: int, people: int) -> Decimal:
    return (Decimal(1000 * number) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
