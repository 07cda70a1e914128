"""Each municipality has a tile of its own on the map of its county."""

import csv

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from network.models import Municipality
from network.models.directory import LARGEST_TILE
from network.tiles import known_tiles, place_on_map
from tests.factories import MunicipalityFactory, WorkerFactory


def test_every_municipality_of_finland_has_a_tile_and_no_two_have_the_same():
    with open("network/data/municipalities.csv", encoding="utf-8", newline="") as lines:
        counties = {row["code"]: row["county_fi"] for row in csv.DictReader(lines)}
    tiles = known_tiles()
    assert tiles.keys() == counties.keys()
    assert len({(counties[code], *place) for code, place in tiles.items()}) == 309
    assert all(1 <= number <= LARGEST_TILE for place in tiles.values() for number in place)
    by_county: dict[str, set[str]] = {}
    for code, county in counties.items():
        by_county.setdefault(county, set()).add(code)
    # No county begins with an empty column or row.
    for codes in by_county.values():
        assert {min(tiles[code][i] for code in codes) for i in (0, 1)} == {1}


@pytest.mark.django_db
def test_loading_places_those_without_a_place_where_it_is_free(capsys):
    call_command("load_municipalities")
    assert not Municipality.objects.filter(tile_column=None).exists()
    kuopio, tervo = (Municipality.objects.get(name_fi=name) for name in ("Kuopio", "Tervo"))
    # North of Kuopio is Siilinjärvi, west of it Tervo.
    assert (kuopio.tile_column, kuopio.tile_row) == known_tiles()["297"]
    assert tervo.tile_column < kuopio.tile_column and tervo.tile_row == kuopio.tile_row
    # An administrator has moved Tervo to where Vesanto was; Vesanto finds its own place taken.
    Municipality.objects.filter(name_fi="Vesanto").update(tile_column=None, tile_row=None)
    tervo.tile_column = known_tiles()["921"][0]
    tervo.save()
    Municipality.objects.filter(name_fi="Kuopio").update(tile_column=None, tile_row=None)
    assert place_on_map() == 1
    kuopio.refresh_from_db()
    assert kuopio.tile_column and Municipality.objects.get(tile_column=None).name_fi == "Vesanto"


@pytest.mark.django_db
def test_the_database_keeps_tiles_apart_and_on_the_map(client):
    first = MunicipalityFactory(code="263", tile_column=2, tile_row=3)
    second = MunicipalityFactory(code="297", county_fi=first.county_fi)
    for column, row, name in (
        (2, 3, "tile_once"),
        (2, None, "tile_on_map"),
        (21, 1, "tile_on_map"),
        (0, 1, "tile_on_map"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Municipality.objects.filter(pk=second.pk).update(tile_column=column, tile_row=row)
    # The form says it in words, beside what was typed.
    client.force_login(WorkerFactory(administrator=True))
    facts = {
        name: getattr(second, name) for name in ("name_fi", "name_sv", "county_fi", "county_sv", "languages")
    }
    url = reverse("municipality_edit", args=["297"])
    for column, row, sentence in ((2, 3, "jo toinen kunta"), (2, "", "Anna ruutukartan sarake ja rivi")):
        response = client.post(url, facts | {"tile_column": column, "tile_row": row})
        assert response.status_code == 200 and sentence in response.content.decode()
    client.post(url, facts | {"tile_column": 3, "tile_row": 3})
    second.refresh_from_db()
    assert (second.tile_column, second.tile_row) == (3, 3)
