"""Drawn pictures: points and words worked out here, so that the template only writes them down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus.words import listed

TONES = {
    "strength": gettext_lazy("perhe näkee voimavaran"),
    "talk": gettext_lazy("tästä puhutaan"),
    "both": gettext_lazy("perhe näkee voimavaran, ja tästä puhutaan"),
    "none": gettext_lazy("ei puhuttu nyt"),
}

# The star's drawing board, and where things stand on it, in its own units.
WIDTH, HEIGHT = 480, 400
CENTRE_X, CENTRE_Y = 240.0, 196.0
TIP, SHOULDER, HEART = 142.0, 58.0, 36.0
LABEL_GAP, LINE_HEIGHT = 14.0, 19.0


class Ray(TypedDict):
    """What a ray tells: tone is strength, talk, both or none; lines is the heading cut for the picture."""

    heading: str | Promise
    lines: Sequence[str | Promise]
    tone: str
    text: str


@dataclass(frozen=True)
class LabelLine:
    text: str
    y: str


@dataclass(frozen=True)
class DrawnRay:
    """One ray ready to be written: points of the outline, strokes across it, and its label."""

    number: int
    heading: str
    tone: str
    tone_word: str
    text: str
    points: str
    # Of a ray that is both: the half that carries, and the half that is talked about.
    halves: tuple[str, str]
    strokes: tuple[tuple[str, str, str, str], ...]
    anchor: str
    label_x: str
    label: tuple[LabelLine, ...]
    number_x: str
    number_y: str


@dataclass(frozen=True)
class Star:
    """Hyvinvoinnin tähti: six rays, no scores."""

    rays: tuple[DrawnRay, ...]
    title: str
    description: str
    width: int = WIDTH
    height: int = HEIGHT
    centre_x: str = f"{CENTRE_X:g}"
    centre_y: str = f"{CENTRE_Y:g}"
    heart: str = f"{HEART:g}"


def _point(angle: float, radius: float) -> tuple[float, float]:
    return CENTRE_X + radius * math.cos(angle), CENTRE_Y + radius * math.sin(angle)


def _number(value: float) -> str:
    return f"{value:.1f}"


def _corners(*corners: tuple[float, float]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)


def _outline(angle: float) -> str:
    sides = [_point(angle + side, SHOULDER) for side in (-math.pi / 6, math.pi / 6)]
    return _corners((CENTRE_X, CENTRE_Y), sides[0], _point(angle, TIP), sides[1])


def _halves(angle: float) -> tuple[str, str]:
    """The ray cut along its middle."""
    centre, tip = (CENTRE_X, CENTRE_Y), _point(angle, TIP)
    sides = [_point(angle + side, SHOULDER) for side in (-math.pi / 6, math.pi / 6)]
    return _corners(centre, sides[0], tip), _corners(centre, tip, sides[1])


def _strokes(angle: float, *, from_middle: bool) -> tuple[tuple[str, str, str, str], ...]:
    """Lines across a ray or its one half, so that it differs from the others in black and white as well."""
    base = SHOULDER * math.cos(math.pi / 6)
    half = SHOULDER * math.sin(math.pi / 6)
    lines = []
    for along in (62.0, 76.0, 90.0, 104.0, 118.0):
        # The ray narrows in a straight line from its shoulders to its tip.
        reach = half * (TIP - along) / (TIP - base)
        x, y = _point(angle, along)
        across_x, across_y = -math.sin(angle) * reach, math.cos(angle) * reach
        lines.append(
            (
                _number(x if from_middle else x - across_x),
                _number(y if from_middle else y - across_y),
                _number(x + across_x),
                _number(y + across_y),
            )
        )
    return tuple(lines)


def _label(angle: float, lines: Sequence[str]) -> tuple[str, str, tuple[LabelLine, ...]]:
    """Where the heading stands: (anchor, x, its lines with their heights)."""
    x, y = _point(angle, TIP + LABEL_GAP)
    extra = (len(lines) - 1) * LINE_HEIGHT
    if abs(math.cos(angle)) < 0.1:
        anchor = "middle"
        top = y - extra - 4 if math.sin(angle) < 0 else y + 14
    else:
        anchor = "start" if math.cos(angle) > 0 else "end"
        x += -6 if anchor == "start" else 6
        top = y - extra / 2 + (-6 if math.sin(angle) < 0 else 14)
    rows = tuple(LabelLine(line, _number(top + i * LINE_HEIGHT)) for i, line in enumerate(lines))
    return anchor, _number(x), rows


def star(rays: Sequence[Ray]) -> Star:
    """The star ready for `components/_star.html`; the first ray points up, the rest follow clockwise."""
    drawn = []
    for i, ray in enumerate(rays):
        angle = -math.pi / 2 + i * 2 * math.pi / len(rays)
        anchor, label_x, label = _label(angle, [str(line) for line in ray["lines"]])
        number_x, number_y = _point(angle, TIP + 16)
        tone = ray["tone"] if ray["tone"] in TONES else "none"
        drawn.append(
            DrawnRay(
                number=i + 1,
                heading=str(ray["heading"]),
                tone=tone,
                tone_word=str(TONES[tone]),
                text=ray["text"],
                points=_outline(angle),
                halves=_halves(angle),
                strokes=_strokes(angle, from_middle=tone == "both") if tone in {"talk", "both"} else (),
                anchor=anchor,
                label_x=label_x,
                label=label,
                number_x=_number(number_x),
                number_y=_number(number_y + 7),
            )
        )
    return Star(tuple(drawn), _("Hyvinvoinnin tähti"), _describe(drawn))


def _describe(rays: Sequence[DrawnRay]) -> str:
    """What the picture says, in words: the same to the one who hears it."""
    sentences = []
    for tone in ("strength", "talk", "none"):
        # A heading that is both stands under each of the two.
        tones = {tone} if tone == "none" else {tone, "both"}
        word = TONES[tone]
        if headings := [ray.heading for ray in rays if ray.tone in tones]:
            sentences.append(f"{str(word).capitalize()}: {listed(headings)}.")
    return " ".join(sentences)
