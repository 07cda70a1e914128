"""A protected address that becomes known later: what could tell where the family is goes with it."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from meetings.actions.protection import set_protection
from meetings.models import ServiceInvolved, Situation
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory, with_conversation

pytestmark = pytest.mark.django_db

ADDRESS = "Aino Esimerkki\nEsimerkkitie 1\n74700 Kiuruvesi"


@pytest.fixture
def situation() -> Situation:
    situation = with_conversation()
    family = situation.family
    family.postal_address = ADDRESS
    family.save()
    ServiceInvolved.objects.create(
        family=family,
        name="Esimerkkikunnan nuorisotyö",
        recorded_at=timezone.now(),
        recorded_by=situation.holder,
        told_since=timezone.now(),
        told_by=situation.holder,
    )
    return situation


def page_of(situation: Situation) -> str:
    return reverse("situation_protection", args=[situation.pk])


def test_marking_takes_the_address_and_what_was_told_away(client, situation):
    client.force_login(situation.holder)
    family_page = client.get(reverse("situation_family", args=[situation.pk])).content.decode()
    assert page_of(situation) in family_page
    assert "Merkitse turvakielto" in client.get(page_of(situation)).content.decode()

    for _twice in range(2):
        client.post(page_of(situation), {"protected": "on"})

    family = type(situation.family).objects.get(pk=situation.family_id)
    assert (family.address_protected, family.postal_address) == (True, "")
    assert family.services.get().told_since is None
    assert family.services.get().told_by is None


def test_the_mark_is_taken_away_and_nothing_comes_back(client, situation):
    set_protection(situation=situation, by=situation.holder, protected=True)
    client.force_login(situation.holder)
    assert "Poista turvakiellon merkintä" in client.get(page_of(situation)).content.decode()
    client.post(page_of(situation), {"protected": "off"})
    family = type(situation.family).objects.get(pk=situation.family_id)
    assert (family.address_protected, family.postal_address) == (False, "")
    assert family.services.get().told_since is None


def test_a_look_alone_changes_nothing(client, situation):
    client.force_login(situation.holder)
    client.get(page_of(situation), {"protected": "on"})
    client.post(page_of(situation), {"protected": "perhaps"})
    situation.family.refresh_from_db()
    assert not situation.family.address_protected


def test_only_the_one_with_the_koppi_marks_it(client, situation):
    with pytest.raises(Refused):
        set_protection(situation=situation, by=WorkerFactory(), protected=True)
    client.force_login(WorkerFactory())
    assert client.post(page_of(situation), {"protected": "on"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_address_and_a_protection_at_once_end_without_the_address(situation):
    from meetings.actions.addresses import set_address

    def in_thread(act):
        def run():
            try:
                act()
            except Refused:
                pass
            finally:
                connection.close()

        return threading.Thread(target=run)

    other = "Aino Esimerkki\nToinen tie 2\n74700 Kiuruvesi"
    holder = situation.holder
    both = [
        in_thread(lambda: set_protection(situation=situation, by=holder, protected=True)),
        in_thread(lambda: set_address(situation=situation, by=holder, address=other, seen=ADDRESS)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    family = type(situation.family).objects.get(pk=situation.family_id)
    assert (family.address_protected, family.postal_address) == (True, "")
