"""The navigation: each reader is offered what they may open, and sees where they are."""

import pytest
from django.urls import reverse

from tests.factories import UnitFactory, WorkerFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ({}, ["Kopissani", "Tilanteet", "Verkosto", "Yhteistyö"]),
        ({"guidance": True}, ["Kopissani", "Tilanteet", "Verkosto", "Yhteistyö"]),
        ({"coordinator": True}, ["Verkosto", "Yhteistyö", "Koonti"]),
        ({"administrator": True}, ["Verkosto", "Yhteistyö", "Koonti", "Ylläpito"]),
    ],
)
def test_the_navigation_offers_what_the_reader_may_open(client, who, labels):
    client.force_login(WorkerFactory(**who))
    rows = client.get(reverse("directory")).context["navigation"]
    assert [str(row["label"]) for row in rows] == labels
    for row in rows:
        assert client.get(row["url"]).status_code == 200


@pytest.mark.django_db
def test_the_navigation_shows_where_one_is(client):
    client.force_login(WorkerFactory())
    where = {
        str(row["label"]): row["current"]
        for row in client.get(reverse("situation_raise")).context["navigation"]
    }
    assert where == {"Kopissani": "", "Tilanteet": "true", "Verkosto": "", "Yhteistyö": ""}


@pytest.mark.django_db
def test_inside_a_section_its_pages_are_offered_and_the_present_one_marked(client):
    client.force_login(WorkerFactory())
    unit = UnitFactory()
    section = client.get(reverse("unit_detail", args=[unit.pk])).context["section"]
    assert section["label"] == "Verkosto"
    assert {str(row["label"]): row["current"] for row in section["rows"]}["Yksiköt"] == "true"
    for row in section["rows"]:
        assert client.get(row["url"]).status_code == 200
