"""Lying bars: one for each part, with its words beside it, so that nothing rests on colour or on the eye."""

from collections.abc import Sequence
from dataclasses import dataclass

# The board, in its own units: about as wide as a telephone, so that the words are read at their own size.
BOARD = 400
ROW, BAR_HEIGHT, TEXT_BASE = 50, 16, 16


@dataclass(frozen=True)
class Part:
    """What a bar tells: it surely reaches `low`, perhaps `high`; the words say the same."""

    label: str
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class DrawnPart:
    label: str
    words: str
    text_y: int
    y: int
    # The sure part, and as far as it may reach; empty when there is nothing to draw.
    x: str
    sure: str
    reach_x: str
    reach: str


@dataclass(frozen=True)
class Bars:
    """Ready for `components/_bars.html`; a table with the same numbers stands beside it."""

    parts: tuple[DrawnPart, ...]
    title: str
    description: str
    height: int
    width: int = BOARD
    bar_height: int = BAR_HEIGHT


def lying_bars(
    parts: Sequence[Part], title: str, *, centred: bool = False, longest: float = 0
) -> Bars | None:
    """The picture, or None when there is nothing to show; centred bars make a funnel.

    `longest` is what the whole width stands for, when it is more than the longest of these.
    """
    longest = max([longest, *(part.high for part in parts)])
    if not longest:
        return None
    drawn = []
    for place, part in enumerate(parts):
        sure, reach = BOARD * part.low / longest, BOARD * part.high / longest
        drawn.append(
            DrawnPart(
                label=part.label,
                words=part.words,
                text_y=ROW * place + TEXT_BASE,
                y=ROW * place + TEXT_BASE + 8,
                x=f"{(BOARD - sure) / 2 if centred else 0:.1f}",
                sure=f"{sure:.1f}" if part.low else "",
                reach_x=f"{(BOARD - reach) / 2 + 0.7 if centred else 0.7:.1f}",
                reach=f"{max(reach - 1.4, 0):.1f}" if part.high > part.low else "",
            )
        )
    spoken = ", ".join(f"{part.label} {part.words}" for part in parts)
    return Bars(tuple(drawn), title, f"{spoken}.", ROW * len(parts))


def in_columns(parts: Sequence[Part], title: str, *, most: int) -> list[Bars]:
    """Pictures of one scale, of no more than `most` parts each; none when there is nothing to show."""
    longest = max((part.high for part in parts), default=0)
    columns = -(-len(parts) // most)
    each = -(-len(parts) // columns) if columns else 0
    drawn = [
        lying_bars(parts[first : first + each], title, longest=longest)
        for first in range(0, len(parts), each or 1)
    ]
    return [picture for picture in drawn if picture is not None]
