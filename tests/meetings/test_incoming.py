"""The families' contacts for those who answer them: pages, looks on record, numbers for the others."""

import pytest
from django.urls import reverse

from meetings.looks import looks_of_others
from meetings.models import Contact, Situation
from meetings.states import ContactStatus, WayIn
from perhekeskus.models import AccessLog
from tests.factories import WorkerFactory
from tests.factories.contacts import (
    WORDS,
    a_contact,
    a_guidance_service,
    a_guide,
    a_picked_up_contact,
    an_answered_contact,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client):
    worker = a_guide(last_name="Ohjaaja")
    client.force_login(worker)
    return worker


def text_of(response) -> str:
    return response.content.decode()


def flat(response) -> str:
    return " ".join(text_of(response).split())


def test_the_list_is_in_order_of_age_and_names_nobody(client, guide):
    colleague = a_guide(guide.unit)
    first, second = a_contact(unit=guide.unit), a_picked_up_contact(by=colleague)
    answered = an_answered_contact(by=guide)
    page = text_of(client.get("/yhteydenotot/"))
    places = [page.index(f"/yhteydenotot/saapunut/{one.pk}/") for one in (first, second, answered)]
    assert places == sorted(places) and "odottanut 0 min" in page and colleague.name in page
    assert WORDS not in page and "Kaisa" not in page
    assert f"/yhteydenotot/saapunut/{first.pk}/" in text_of(client.get("/"))


def test_the_list_asks_as_much_whatever_its_length(client, guide, django_assert_num_queries):
    a_contact(unit=guide.unit)
    with django_assert_num_queries(4):
        client.get("/yhteydenotot/")
    for _one in range(5):
        a_picked_up_contact(by=guide)
    with django_assert_num_queries(4):
        client.get("/yhteydenotot/")


def test_it_is_read_taken_answered_and_closed(client, guide):
    contact = a_contact(unit=guide.unit, address_protected=True)
    url = f"/yhteydenotot/saapunut/{contact.pk}/"
    page = text_of(client.get(url))
    assert WORDS in page and "Otan tämän" in page and "turvakielto" in page and "Vastauksesi" not in page
    page = text_of(client.post(f"{url}ota/", follow=True))
    assert "Yhteydenotto on nyt sinulla" in page and "tel:+358-40-1112223" in page
    page = text_of(client.post(f"{url}kasitelty/", {"result": "guidance"}))
    assert "Vastaa perheelle ensin" in page
    assert client.post(url, {"text": ""}).status_code == 422
    form_key = "8f14e45f-ceea-467f-9a1b-0c4e7e7b6c11"
    for _press in range(2):
        client.post(url, {"text": "Soitan huomenna.", "form_key": form_key})
    assert contact.messages.count() == 1
    page = text_of(client.post(f"{url}kasitelty/", {"result": "guidance"}, follow=True))
    assert "Yhteydenotto on käsitelty" in page
    assert url in text_of(client.get("/yhteydenotot/?nayta=kasitellyt"))


def test_a_colleague_sees_whose_it_is_and_takes_it_knowingly(client, guide):
    colleague = a_guide(guide.unit)
    contact = a_picked_up_contact(by=colleague)
    url = f"/yhteydenotot/saapunut/{contact.pk}/"
    assert "Otan tämän häneltä" in text_of(client.get(url))
    assert f"{colleague.name} ehti ottaa" in text_of(client.post(f"{url}ota/", follow=True))
    client.post(f"{url}ota/", {"instead_of": colleague.pk})
    contact.refresh_from_db()
    assert contact.picked_up_by == guide
    client.post(f"{url}jata/")
    contact.refresh_from_db()
    assert contact.status == ContactStatus.RECEIVED


def test_a_call_that_was_answered_is_an_answer(client, guide):
    contact = a_picked_up_contact(by=guide)
    client.post(f"/yhteydenotot/saapunut/{contact.pk}/soitin/")
    contact.refresh_from_db()
    assert contact.status == ContactStatus.ANSWERED


def test_it_becomes_a_situation_with_what_the_family_told(client, guide):
    contact = a_picked_up_contact(
        by=guide, email="perhe@demo.example", address_protected=True, interpreter="arabia"
    )
    url = f"{reverse('situation_raise')}?yhteydenotto={contact.pk}"
    page = text_of(client.get(f"/yhteydenotot/saapunut/{contact.pk}/"))
    assert url in page
    page = text_of(client.get(url))
    assert WORDS in page and "perhe@demo.example" in page and 'value="arabia"' in page
    sent = {
        "form_key": "8f14e45f-ceea-467f-9a1b-0c4e7e7b6c12",
        "way_in": "electronic",
        "municipality": contact.municipality_id,
        "language": "fi",
        "contact_channel": "phone",
        "phone": "0401112223",
        "address_protected": "on",
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-first_name": "Aada",
        "children-0-birth_year": "2020",
        "guardians-TOTAL_FORMS": "0",
        "guardians-INITIAL_FORMS": "0",
    }
    for _press in range(2):
        response = client.post(url, sent)
    situation = Situation.objects.get()
    assert situation.way_in == WayIn.ELECTRONIC and situation.holder == guide
    contact.refresh_from_db()
    assert contact.situation == situation and contact.status == ContactStatus.CLOSED
    assert WORDS in text_of(client.get(response.url))
    # The looks at the contact are the family's to see.
    assert {"Yhteydenotto", "Tilanteen avaaminen yhteydenotosta"} <= {
        one.what for one in looks_of_others(situation.family)
    }


def test_every_look_is_on_record_also_before_there_is_a_family(client, guide):
    contact = a_contact(unit=guide.unit)
    client.get(f"/yhteydenotot/saapunut/{contact.pk}/")
    look = AccessLog.objects.get()
    assert look.contact_id == contact.pk and look.family_id is None and look.worker == guide


def test_what_one_may_not_see_is_not_there(client, guide):
    contact = a_contact(unit=guide.unit)
    for worker in (
        WorkerFactory(unit=guide.unit),
        WorkerFactory(coordinator=True),
        WorkerFactory(guidance=True),
    ):
        client.force_login(worker)
        assert client.get(f"/yhteydenotot/saapunut/{contact.pk}/").status_code == 404
        assert client.post(f"/yhteydenotot/saapunut/{contact.pk}/ota/").status_code == 404
        assert client.get(f"{reverse('situation_raise')}?yhteydenotto={contact.pk}").status_code in {302, 404}
    assert Contact.objects.get().status == ContactStatus.RECEIVED


@pytest.mark.parametrize("flags", [{"coordinator": True}, {"administrator": True}])
def test_the_coordinator_sees_numbers_only(client, flags):
    unit = a_guidance_service()
    contact = a_contact(unit=unit)
    client.force_login(WorkerFactory(**flags))
    page = text_of(client.get("/yhteydenotot/"))
    assert unit.name in page and "Odottaa" in page
    assert f"/yhteydenotot/saapunut/{contact.pk}/" not in page and WORDS not in page


def test_the_supervisor_sees_the_numbers_of_the_own_unit(client):
    unit = a_guidance_service()
    a_contact(unit=unit)
    client.force_login(WorkerFactory(unit=unit, is_supervisor=True))
    assert f"<td> {unit.name}" in flat(client.get("/yhteydenotot/"))
    client.force_login(WorkerFactory(is_supervisor=True))
    assert "Kukaan ei odota vastausta juuri nyt." in text_of(client.get("/yhteydenotot/"))
    assert f"<td> {unit.name}" not in flat(client.get("/yhteydenotot/"))


def test_what_was_taken_is_in_hand_when_an_account_is_closed(client):
    guide = a_guide()
    a_picked_up_contact(by=guide)
    client.force_login(WorkerFactory(administrator=True))
    page = text_of(client.get(f"/yllapito/tyontekijat/{guide.pk}/"))
    assert "1 perheen yhteydenotto" in page
