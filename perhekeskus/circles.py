"""People drawn in rings: who is in the middle, who stands nearest, who further out. No lines, no weights."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from perhekeskus.words import listed

WIDTH, HEIGHT = 640, 560
CENTRE_X, CENTRE_Y = 320.0, 272.0
# Half the width and half the height of each ring, from the middle outwards.
RINGS = ((0.0, 0.0), (104.0, 98.0), (196.0, 172.0), (264.0, 236.0))
# How many children fit into the middle before they take a little ring of their own.
MIDDLE_RING = 38.0
DOT = (26.0, 21.0, 18.0, 18.0)
LONGEST_LABEL = 17
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
    return Circles(tuple(dots), drawn, title, " ".join(spoken))


def _dot(number: int, ring: int, place: tuple[float, float], nth: tuple[int, int], person: Person) -> Dot:
    (wide, high), (index, count) = place, nth
    if ring == 0 and count > 1:
        wide = high = MIDDLE_RING
    # Each ring begins elsewhere, so that nobody stands straight behind somebody else.
    angle = -math.pi / 2 + 2 * math.pi * index / count + ring * math.pi / 5
    x, y = CENTRE_X + wide * math.cos(angle), CENTRE_Y + high * math.sin(angle)
    radius = DOT[ring]
    label = person.name if len(person.name) <= LONGEST_LABEL else f"{person.name[: LONGEST_LABEL - 1]}…"
    return Dot(
        number=number,
        ring=ring,
        name=person.name,
        label=label if count <= MOST_LABELS else "",
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        radius=f"{radius:g}",
        number_y=f"{y + 6:.1f}",
        label_y=f"{y + radius + 17:.1f}",
    )
