"""A drawn web: a few points on a circle and lines between them, the thicker the more there is of it."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

WIDTH, HEIGHT = 640, 500
CENTRE_X, CENTRE_Y, REACH = 320.0, 246.0, 152.0
THINNEST, THICKEST = 1.5, 14.0
SMALLEST, LARGEST = 15.0, 34.0
LABEL_GAP, LINE_HEIGHT, LINE_LETTERS = 12.0, 18.0, 17


class Point(TypedDict):
    """size is 0 where there is none; note is what stands under the name."""

    name: str
    note: str
    size: int


class Link(TypedDict):
    """Two points by their numbers (from 0); is_rough where the number behind it is not told exactly."""

    ends: tuple[int, int]
    size: int
    is_rough: bool


@dataclass(frozen=True)
class DrawnPoint:
    number: int
    name: str
    note: str
    is_missing: bool
    x: str
    y: str
    radius: str
    number_y: str
    anchor: str
    label_x: str
    # Each line with its height; the last one is the note.
    label: tuple[tuple[str, str], ...]
    note_y: str


@dataclass(frozen=True)
class DrawnLink:
    x1: str
    y1: str
    x2: str
    y2: str
    width: str
    is_rough: bool


@dataclass(frozen=True)
class Web:
    points: tuple[DrawnPoint, ...]
    links: tuple[DrawnLink, ...]
    title: str
    description: str
    width: int = WIDTH
    height: int = HEIGHT


def _number(value: float) -> str:
    return f"{value:.1f}"


def _place(index: int, count: int) -> tuple[float, float, float]:
    """The direction of the point, the first one up and the rest clockwise, and where it stands."""
    angle = -math.pi / 2 + index * 2 * math.pi / max(count, 1)
    return angle, CENTRE_X + REACH * math.cos(angle), CENTRE_Y + REACH * math.sin(angle)


def _drawn_point(index: int, point: Point, count: int, largest: int) -> DrawnPoint:
    angle, x, y = _place(index, count)
    # The area tells the number, as the eye reads it.
    radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(point["size"] / largest)
    lines = textwrap.wrap(point["name"], LINE_LETTERS) or [""]
    out_x = x + (radius + LABEL_GAP) * math.cos(angle)
    out_y = y + (radius + LABEL_GAP) * math.sin(angle)
    block = len(lines) * LINE_HEIGHT
    if abs(math.cos(angle)) < 0.1:
        anchor = "middle"
        top = out_y - block if math.sin(angle) < 0 else out_y + 14
    else:
        anchor = "start" if math.cos(angle) > 0 else "end"
        top = out_y - block / 2 + 6
    return DrawnPoint(
        number=index + 1,
        name=point["name"],
        note=point["note"],
        is_missing=point["size"] == 0,
        x=_number(x),
        y=_number(y),
        radius=_number(radius),
        number_y=_number(y + 6),
        anchor=anchor,
        label_x=_number(out_x),
        label=tuple((line, _number(top + row * LINE_HEIGHT)) for row, line in enumerate(lines)),
        note_y=_number(top + block),
    )


def web(points: Sequence[Point], links: Sequence[Link], *, title: str, description: str) -> Web:
    """The web ready for `components/_web.html`; the thickest lines are drawn last, over the others."""
    largest_point = max((point["size"] for point in points), default=0) or 1
    largest_link = max((link["size"] for link in links), default=0) or 1
    drawn = []
    for link in sorted(links, key=lambda link: link["size"]):
        (_a, x1, y1), (_b, x2, y2) = (_place(end, len(points)) for end in link["ends"])
        width = THINNEST + (THICKEST - THINNEST) * link["size"] / largest_link
        drawn.append(
            DrawnLink(
                _number(x1),
                _number(y1),
                _number(x2),
                _number(y2),
                _number(THINNEST if link["is_rough"] else width),
                link["is_rough"],
            )
        )
    return Web(
        points=tuple(
            _drawn_point(index, point, len(points), largest_point) for index, point in enumerate(points)
        ),
        links=tuple(drawn),
        title=title,
        description=description,
    )
