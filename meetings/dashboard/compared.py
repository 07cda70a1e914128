"""Numbers beside each other: with the year before, and with the under-18s. Of shown numbers alone."""

from decimal import ROUND_HALF_UP, Decimal

from .published import Shown

MINUS = "\u2212"


def change_in_words(now: Shown, before: Shown) -> str:
    """+4, −3, 0 or −3…+5: by how much there are more now than before."""
    low, high = now.low - before.high, now.high - before.low
    return _signed(low) if low == high else f"{_signed(low)}…{_signed(high)}"


def per_thousand(number: Shown, people: int | None) -> Decimal | str:
    """1.2, or 0,9–1,2 in words: how many for a thousand people; – when it is not known how many they are."""
    if not people:
        return "–"
    low, high = _per_thousand(number.low, people), _per_thousand(number.high, people)
    return low if low == high else f"{low}–{high}".replace(".", ",")


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def _per_thousand(number: int, people: int) -> Decimal:
    return (Decimal(1000 * number) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
