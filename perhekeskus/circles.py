"""People drawn in rings: who is in the middle, who stands nearest, who further out. No lines, no weights."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from perhekeskus.words import listed

WIDTH, HEIGHT = 640, 560
CENTRE_X, CENTRE_Y = 320.0, 272.0
# Half the width and half the height of each ring, from the middle outwards.
RINGS = ((0.0, 0.0), (104.0, 98.0), (196.0, 172.0), (264.0, 236.0))
# How many children fit into the middle before they take a little ring of their own.
MIDDLE_RING = 38.0
DOT = (26.0, 21.0, 18.0, 18.0)
LONGEST_LABEL = 17
# A label's room: a letter's width, and how far it reaches above and below its line.
LETTER = 7.6
ABOVE, BELOW = 13.0, 4.0
# With more people than this on one ring their names would run over each other: the numbers stay.
MOST_LABELS = 10


@dataclass(frozen=True)
class Person:
    """Whom to draw: the name, and what they are to the family in a word or two."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Dot:
    """One person ready to be written."""

    number: int
    ring: int
    name: str
    label: str
    x: str
    y: str
    radius: str
    number_y: str
    label_y: str
    label_x: str


@dataclass(frozen=True)
class Circles:
    """The whole picture, for `components/_circles.html`."""

    dots: tuple[Dot, ...]
    rings: tuple[tuple[str, str], ...]
    title: str
    description: str
    width: int = WIDTH
    height: int = HEIGHT
    centre_x: str = f"{CENTRE_X:g}"
    centre_y: str = f"{CENTRE_Y:g}"


def circles(groups: Sequence[tuple[str, Sequence[Person]]], title: str) -> Circles:
    """The picture of the groups (heading, people), the first in the middle; numbers run through them all."""
    dots: list[Dot] = []
    place = 0
    for ring, (_heading, people) in enumerate(groups):
        for index, person in enumerate(people):
            dots.append(_dot(len(dots) + 1, ring, RINGS[place], (index, len(people)), person))
        # Who is missing leaves no empty ring.
        place += bool(people) or ring == 0
    drawn = tuple((f"{wide:g}", f"{high:g}") for wide, high in RINGS[1:place])
    spoken = [
        f"{heading}: {listed(person.name for person in people)}." for heading, people in groups if people
    ]
    return Circles(tuple(_labelled(dots)), drawn, title, " ".join(spoken))


def _dot(number: int, ring: int, place: tuple[float, float], nth: tuple[int, int], person: Person) -> Dot:
    (wide, high), (index, count) = place, nth
    if ring == 0 and count > 1:
        wide = high = MIDDLE_RING
    # Each ring begins elsewhere, so that nobody stands straight behind somebody else.
    angle = -math.pi / 2 + 2 * math.pi * index / count + ring * math.pi / 5
    x, y = CENTRE_X + wide * math.cos(angle), CENTRE_Y + high * math.sin(angle)
    radius = DOT[ring]
    return Dot(
        number=number,
        ring=ring,
        name=person.name,
        label=_short(person.name) if count <= MOST_LABELS else "",
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        radius=f"{radius:g}",
        number_y=f"{y + 6:.1f}",
        label_y=f"{y + radius + 17:.1f}",
        label_x=f"{x:.1f}",
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


# The left, the top, the right and the bottom of what is taken.
Box = tuple[float, float, float, float]


def _labelled(dots: Sequence[Dot]) -> list[Dot]:
    """Each with the most of its name that runs over nobody: all, the first name, or the number alone."""
    taken = [_of_dot(dot) for dot in dots]
    labelled = []
    for dot in dots:
        for label in (dot.label, _short(dot.name.split()[0])) if dot.label else ():
            at, box = _of_label(dot, label)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                labelled.append(replace(dot, label=label, label_x=f"{at:.1f}"))
                break
        else:
            labelled.append(replace(dot, label=""))
    return labelled


def _of_dot(dot: Dot) -> Box:
    x, y, radius = float(dot.x), float(dot.y), float(dot.radius)
    return x - radius, y - radius, x + radius, y + radius


def _of_label(dot: Dot, label: str) -> tuple[float, Box]:
    """Where the middle of the label is, inside the picture, and the room that it takes."""
    half, y = LETTER * len(label) / 2, float(dot.label_y)
    x = min(max(float(dot.x), half), WIDTH - half)
    return x, (x - half, y - ABOVE, x + half, y + BELOW)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
