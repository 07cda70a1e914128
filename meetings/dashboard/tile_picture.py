"""A county's municipalities as equal tiles on paper, where each leads nowhere and is read as one picture."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .adoption import STEPS, CountyMap, Now

WIDTH, HEIGHT, GAP = 128, 58, 6


@dataclass(frozen=True)
class Tile:
    """One municipality: where its tile lies, the pattern of its stage, the sign on it and its name."""

    tone: int
    sign: str
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class TilePicture:
    """Ready to be written; a table beside it tells the same."""

    tiles: tuple[Tile, ...]
    # What each sign means, for the stages that are on the map.
    legend: tuple[tuple[str, str], ...]
    title: str
    description: str
    # Tells its patterns from those of another drawing on the same paper.
    name: str
    width: int
    height: int
    tile_width: int = WIDTH
    tile_height: int = HEIGHT


def tile_picture(county: CountyMap) -> TilePicture:
    """The tiles from the north-west, row by row: so they are read, too."""
    placed = sorted(county.tiles, key=lambda one: _place(one)[::-1])
    tiles = tuple(_tile(one) for one in placed)
    there = {one.step for one in placed}
    return TilePicture(
        tiles,
        tuple((step.sign, str(step.words)) for step in STEPS if step in there),
        _("Kunnat kartalla: %(county)s") % {"county": county.county},
        ", ".join(f"{one.municipality}: {one.step.words}" for one in placed) + ".",
        f"map-{slugify(county.county)}-",
        max(tile.x for tile in tiles) + WIDTH + 2,
        max(tile.y for tile in tiles) + HEIGHT + 2,
    )


def _place(one: Now) -> tuple[int, int]:
    return one.municipality.tile_column or 1, one.municipality.tile_row or 1


def _tile(one: Now) -> Tile:
    column, row = _place(one)
    x, y = (column - 1) * (WIDTH + GAP) + 1, (row - 1) * (HEIGHT + GAP) + 1
    return Tile(STEPS.index(one.step) + 1, one.step.sign, str(one.municipality), x, y)
