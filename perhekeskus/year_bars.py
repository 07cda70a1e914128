"""Standing bars of months, each beside the same month a year before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

BOARD, HEIGHT, FLOOR, TOP = 720, 214, 180.0, 26.0
THICKEST = 30.0
# The words above the bars: as tall as this at most, and a digit is half as wide as it is tall.
TALLEST_WORDS, DIGIT = 16.0, 0.5


@dataclass(frozen=True)
class Span:
    """A number: it surely reaches `low`, perhaps `high`; the words say the same."""

    low: int
    high: int
    words: str


@dataclass(frozen=True)
class DrawnBar:
    """The sure part, and above it as far as the number may reach; heights are empty for nothing to draw."""

    x: str
    sure_y: str
    sure: str
    reach_y: str
    reach: str


@dataclass(frozen=True)
class DrawnMonth:
    label: str
    words: str
    middle: str
    words_y: str
    now: DrawnBar
    before: DrawnBar


@dataclass(frozen=True)
class YearBars:
    """Ready for `components/_year_bars.html`; a table with the same numbers stands beside it."""

    months: tuple[DrawnMonth, ...]
    thick: str
    words_size: str
    title: str
    description: str
    width: int = BOARD
    height: int = HEIGHT
    floor: str = f"{FLOOR:g}"
    month_y: str = f"{FLOOR + 22:g}"


def year_bars(
    labels: Sequence[str], now: Sequence[Span], before: Sequence[Span], title: str
) -> YearBars | None:
    """The picture, or None when there is nothing to show."""
    tallest = max((span.high for span in (*now, *before)), default=0)
    if not tallest:
        return None
    step = BOARD / len(labels)
    thick = min(step * 0.36, THICKEST)
    scale = (FLOOR - TOP) / tallest
    # Numbers of thousands that are only known roughly would run over each other.
    room = (step - 4) / (DIGIT * max([1, *(len(one.words) for one in now)]))
    drawn, spoken = [], []
    for place, (label, one, other) in enumerate(zip(labels, now, before, strict=True)):
        middle = step * (place + 0.5)
        drawn.append(
            DrawnMonth(
                label=label,
                words=one.words,
                middle=f"{middle:.1f}",
                words_y=f"{FLOOR - scale * max(one.high, other.high) - 7:.1f}",
                now=_bar(one, middle + 1, scale),
                before=_bar(other, middle - 1 - thick, scale),
            )
        )
        spoken.append(
            _("%(month)s %(now)s, vuotta aiemmin %(before)s")
            % {"month": label, "now": one.words, "before": other.words}
        )
    words_size = f"{min(TALLEST_WORDS, room):.1f}"
    return YearBars(tuple(drawn), f"{thick:.1f}", words_size, title, f"{'; '.join(spoken)}.")


def _bar(span: Span, x: float, scale: float) -> DrawnBar:
    sure, reach = span.low * scale, (span.high - span.low) * scale
    return DrawnBar(
        x=f"{x:.1f}",
        sure_y=f"{FLOOR - sure:.1f}",
        sure=f"{sure:.1f}" if span.low else "",
        reach_y=f"{FLOOR - sure - reach:.1f}",
        reach=f"{reach:.1f}" if span.high > span.low else "",
    )
