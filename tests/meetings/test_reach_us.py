"""The family's own form: without an account, without JavaScript, a code to follow it, and no flood."""

import re
import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from meetings.actions import contacts
from meetings.forms.reach_us import stamp
from meetings.models import Contact
from meetings.states import ContactReach, ContactStatus
from perhekeskus import outbox
from perhekeskus.models import Message
from tests.factories import MunicipalityFactory, WorkerFactory
from tests.factories.contacts import WORDS, a_contact, a_guidance_service, a_guide, an_answered_contact

pytestmark = pytest.mark.django_db
FORM = "/ota-yhteytta/kiuruvesi/"


def typed(**changed) -> dict:
    return {
        "form_key": str(uuid.uuid4()),
        "opened": stamp(time.time() - 60),
        "words": WORDS,
        "children_ages": "3 ja 7",
        "reach": "phone",
        "phone": "040 111 2223",
        "language": "fi",
        "website": "",
    } | changed


@pytest.fixture
def unit():
    return a_guidance_service()


def text_of(response) -> str:
    return response.content.decode()


def test_it_is_sent_and_its_code_opens_it(client, unit):
    page = text_of(client.get(FORM))
    assert "kahden arkipäivän kuluessa" in page and "116 117" in page and "tel:+358-17-1234567" in page
    response = client.post(FORM, typed(), follow=True)
    contact = Contact.objects.get()
    page = text_of(response)
    assert response.redirect_chain == [("/ota-yhteytta/lahetetty/", 302)]
    assert contact.code in page and "Soitamme sinulle" in page
    assert (
        contact.unit == unit
        and contact.children_ages == "3 ja 7"
        and str(contact.phone.as_e164).endswith("2223")
    )

    # In another browser the code alone opens it, and what was written first is not shown again.
    other = Client()
    assert other.get("/ota-yhteytta/oma/").url == "/ota-yhteytta/seuraa/"
    page = text_of(other.post("/ota-yhteytta/seuraa/", {"code": contact.code.lower()}, follow=True))
    assert "Viestisi on perillä" in page and WORDS not in page
    other.post("/ota-yhteytta/oma/sulje/")
    assert other.get("/ota-yhteytta/oma/").url == "/ota-yhteytta/seuraa/"


def test_a_second_press_is_the_same_contact(client, unit):
    sent = typed()
    pages = [text_of(client.post(FORM, sent, follow=True)) for _press in range(2)]
    assert Contact.objects.get().code in pages[0] and Contact.objects.get().code in pages[1]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Kirjoita tähän vastaus: Mikä sinua mietityttää"),
        ({"words": "x" * 3001}, "Teksti on liian pitkä"),
        ({"words": "Lapseni 010115A123X ei nuku"}, "Poista tekstistä henkilötunnus"),
        ({"phone": ""}, "Kirjoita puhelinnumero, niin tavoitamme sinut."),
        ({"phone": "12"}, "Puhelinnumero ei kelpaa"),
        ({"reach": "email"}, "Kirjoita sähköpostiosoite, niin tavoitamme sinut."),
        ({"reach": "page", "phone": "", "wants_confirmation": "on"}, "johon vahvistus lähetetään"),
        ({"website": "https://osta.example"}, "Yksi piilossa oleva kohta"),
        ({"opened": ""}, "Lomake lähti hyvin nopeasti"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, unit, changed, sentence):
    response = client.post(FORM, typed(**changed))
    page = text_of(response)
    assert response.status_code == 422 and sentence in page
    assert (changed.get("words") or WORDS)[:40] in page or changed.get("words") == ""
    assert not Contact.objects.exists()


def test_a_person_who_was_too_quick_presses_once_more(client, unit):
    page = text_of(client.post(FORM, typed(opened=stamp())))
    opened = re.search(r'name="opened"[^>]*value="([^"]+)"', page) or re.search(
        r'value="([^"]+)"[^>]*name="opened"', page
    )
    assert "Lomake lähti hyvin nopeasti" in page and opened


def test_one_home_does_not_flood_us_nor_do_all_together(client, unit, settings):
    settings.CONTACTS_PER_HOUR = 2
    for _one in range(2):
        assert client.post(FORM, typed()).status_code == 302
    response = client.post(FORM, typed())
    assert response.status_code == 429 and WORDS in text_of(response) and "tai soita" in text_of(response)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(FORM, typed()).status_code == 302
    settings.CONTACTS_PER_HOUR_OF_ALL = 3
    assert Client(REMOTE_ADDR="2001:db8::1").post(FORM, typed()).status_code == 429
    assert Contact.objects.count() == 3


def test_codes_are_not_guessed_by_trying(client, unit, settings):
    settings.CONTACT_CODE_TRIES_PER_HOUR = 3
    contact = a_contact(unit=unit)
    for _try in range(3):
        response = client.post("/ota-yhteytta/seuraa/", {"code": "K7QF-2MTD-9XHB"})
        assert response.status_code == 422 and "Koodilla ei löydy" in text_of(response)
    response = client.post("/ota-yhteytta/seuraa/", {"code": contact.code})
    assert response.status_code == 429
    assert client.get(f"/ota-yhteytta/seuraa/koodi-{contact.code}/").status_code == 429


def test_the_family_reads_the_answer_writes_again_and_takes_it_back(client):
    guide = a_guide(title="palveluohjaaja", first_name="Sanna", last_name="Sukunimi")
    contact = an_answered_contact(by=guide)
    client.get(f"/ota-yhteytta/seuraa/koodi-{contact.code}/")
    page = text_of(client.get("/ota-yhteytta/oma/"))
    assert "Sinulle on vastattu" in page and "Soitan huomenna aamupäivällä." in page
    assert "Sanna, palveluohjaaja" in page and "Sukunimi" not in page
    key = str(uuid.uuid4())
    for _press in range(2):
        client.post("/ota-yhteytta/oma/", {"text": "Illat ovat pahimpia.", "form_key": key})
    assert contact.messages.filter(by=None).count() == 1
    contact.refresh_from_db()
    assert contact.status == ContactStatus.PICKED_UP
    page = text_of(client.post("/ota-yhteytta/oma/peru/", follow=True))
    assert "Peruit yhteydenoton" in page and "Lisää viesti" not in page
    assert "on poistettu" in page and "Illat ovat pahimpia." not in page
    client.force_login(guide)
    page = text_of(client.get(contact.get_absolute_url()))
    assert "Perhe perui yhteydenoton." in page and "Peruttiin" in page
    assert contact.name not in page and "Illat ovat pahimpia." not in page


def test_the_page_forgets_when_nobody_has_been_there(client, unit, settings):
    contact = a_contact(unit=unit)
    client.get(f"/ota-yhteytta/seuraa/koodi-{contact.code}/")
    settings.FAMILY_IDLE_MINUTES = 0
    time.sleep(1.1)
    assert client.get("/ota-yhteytta/oma/").url == "/ota-yhteytta/seuraa/"


def test_choosing_the_municipality(client, unit):
    MunicipalityFactory(code="999")
    page = text_of(client.get("/ota-yhteytta/"))
    assert "Kiuruvesi" in page and "Kunta 999" not in page
    assert client.get("/ota-yhteytta/", {"municipality": "263"}).url == FORM
    assert client.get("/ota-yhteytta/", {"municipality": "999"}).status_code == 422
    assert client.get("/ota-yhteytta/kunta-999/").status_code == 404
    assert FORM in text_of(client.get("/apua/kiuruvesi/"))


class TestLetters:
    def drained(self, post) -> str:
        outbox.drain()
        return "\n".join(f"{one['Subject']} {one.get_body(('plain',)).get_content()}" for one in post.letters)

    def test_a_confirmation_leads_to_the_page_and_tells_nothing(self, client, unit, post):
        client.post(FORM, typed(email="perhe@demo.example", wants_confirmation="on", name="Kaisa"))
        contact = Contact.objects.get()
        text = self.drained(post)
        assert post.recipients == ["perhe@demo.example"]
        assert "Yhteydenottosi on perillä" in text and f"koodi-{contact.code}/" in text
        assert WORDS not in text and "Kaisa" not in text
        assert client.get(re.findall(r"https?://[^/]+(\S+koodi\S+)", text)[0]).status_code == 302

    def test_nobody_is_written_to_who_did_not_ask(self, client, unit):
        client.post(FORM, typed(email="perhe@demo.example"))
        guide = a_guide(unit)
        contact = contacts.pick_up(contact=Contact.objects.get(), by=guide)
        contacts.answer(contact=contact, by=guide, text="Hei!")
        assert not Message.objects.exists()

    def test_an_answer_is_told_where_the_family_wants_it(self, post):
        guide = a_guide()
        an_answered_contact(by=guide, reach=ContactReach.EMAIL, email="perhe@demo.example")
        text = self.drained(post)
        assert "Yhteydenottoosi on vastattu" in text and "Soitan huomenna" not in text

    def test_one_that_was_taken_back_is_told_no_more(self, post):
        contact = an_answered_contact(by=a_guide(), reach=ContactReach.EMAIL, email="perhe@demo.example")
        contacts.withdraw(contact=contact)
        assert self.drained(post) == ""


def test_the_form_asks_a_fixed_number_of_queries(client, unit, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(FORM)
    with django_assert_num_queries(1):
        client.get(reverse("reach_us"))


def test_nobody_is_told_of_a_supervisor_who_is_not_there(client, unit):
    sent = text_of(client.post(FORM, typed(), follow=True))
    assert "esihenkilölle" not in sent
    WorkerFactory(unit=unit, is_supervisor=True)
    assert "esihenkilölle" in text_of(client.get("/ota-yhteytta/lahetetty/"))
