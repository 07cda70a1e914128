"""Where the family's letters go: known only where it may be known."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.models import Situation
from tests.factories import with_conversation

pytestmark = pytest.mark.django_db

TYPED = "  Aino  Esimerkki\r\nEsimerkkitie 1 A 2\r\n\r\n74700 Kiuruvesi "
KEPT = "Aino Esimerkki\nEsimerkkitie 1 A 2\n74700 Kiuruvesi"


@pytest.fixture
def situation() -> Situation:
    return with_conversation()


def kept(situation: Situation) -> str:
    situation.family.refresh_from_db()
    return situation.family.postal_address


def test_the_holder_writes_it_down_and_takes_it_away(client, situation):
    client.force_login(situation.holder)
    url = reverse("situation_address", args=[situation.pk])

    client.post(url, {"address": TYPED, "seen": ""})
    assert kept(situation) == KEPT
    old_tab = client.post(url, {"address": "Muu Nimi\nMuu katu 2", "seen": ""})

    assert (old_tab.status_code, kept(situation)) == (422, KEPT)
    assert "Osoite on vaihdettu" in old_tab.content.decode()
    client.post(url, {"address": "", "seen": KEPT})
    assert kept(situation) == ""


def test_the_family_writes_it_down_itself(family_client, situation):
    url = reverse("family_address", args=[situation.family.link.token])
    assert "Antakaa osoite" in family_client.get(url).content.decode()
    family_client.post(url, {"address": TYPED, "seen": ""})
    assert kept(situation) == KEPT


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("Esimerkkitie 1", "omille riveilleen"),
        ("\n".join("abcdef"), "mahtuu viisi riviä"),
        (f"Nimi\n{'pitkä ' * 10}", "ei mahdu kirjekuoren ikkunaan"),
    ],
)
def test_what_the_window_would_not_show_is_refused(client, situation, address, sentence):
    client.force_login(situation.holder)
    page = client.post(
        reverse("situation_address", args=[situation.pk]), {"address": address, "seen": ""}
    ).content.decode()
    assert sentence in page
    assert kept(situation) == ""


def test_a_protected_family_has_none(client, family_client, situation):
    situation.family.address_protected = True
    situation.family.save()
    client.force_login(situation.holder)
    for browser, url in (
        (client, reverse("situation_address", args=[situation.pk])),
        (family_client, reverse("family_address", args=[situation.family.link.token])),
    ):
        page = browser.post(url, {"address": TYPED, "seen": ""}, follow=True)
        assert "turvakielto, joten osoitetta ei kirjata" in page.content.decode()
    assert kept(situation) == ""


@pytest.mark.parametrize("first", ["address_protected = true", "postal_address = 'Nimi'"])
def test_the_database_keeps_an_address_and_a_protection_apart(situation, first):
    sql = "UPDATE network_family SET {} WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(first), [situation.family_id])
        with pytest.raises(IntegrityError, match="family_protected_without_address"), transaction.atomic():
            cursor.execute(
                sql.format("address_protected = true, postal_address = 'Nimi'"), [situation.family_id]
            )
