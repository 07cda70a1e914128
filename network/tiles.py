"""Where each municipality lies on the tile map of its county."""

import csv
from pathlib import Path

from django.db.models import Q

from .models import Municipality

FILE = Path(__file__).resolve().parent / "data" / "tiles.csv"


def known_tiles() -> dict[str, tuple[int, int]]:
    """By the municipality's number the column and the row that we have worked out."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(lines, delimiter=";")
        }


def place_on_map() -> int:
    """Give a place to those that have none, where it is free; how many got one.

    Where an administrator has put another municipality there, the one without a place stays without.
    """
    tiles = known_tiles()
    taken = set(
        Municipality.objects.exclude(tile_column=None).values_list("county_fi", "tile_column", "tile_row")
    )
    placed = []
    for one in Municipality.objects.filter(Q(tile_column=None), code__in=tiles):
        column, row = tiles[one.code]
        if (one.county_fi, column, row) not in taken:
            taken.add((one.county_fi, column, row))
            one.tile_column, one.tile_row = column, row
            placed.append(one)
    Municipality.objects.bulk_update(placed, ["tile_column", "tile_row"])
    return len(placed)
