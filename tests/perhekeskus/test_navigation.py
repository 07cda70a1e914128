"""The navigation: each reader is offered what they may open, and sees where they are."""

import pytest
from django.urls import reverse

from tests.factories import WorkerFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ({}, ["Kopissani", "Tilanteet", "Verkosto", "Ryhmät"]),
        ({"guidance": True}, ["Kopissani", "Tilanteet", "Verkosto", "Ryhmät"]),
        ({"coordinator": True}, ["Verkosto", "Ryhmät", "Koonti"]),
        ({"administrator": True}, ["Verkosto", "Ryhmät", "Koonti", "Ylläpito"]),
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
    assert where == {"Kopissani": "", "Tilanteet": "true", "Verkosto": "", "Ryhmät": ""}
