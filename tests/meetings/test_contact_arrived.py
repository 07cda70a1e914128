"""Those who answer families hear at once that one has written, and at most once an hour."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.actions import calls, contacts
from meetings.contact_messages import ARRIVED
from meetings.models import Contact
from meetings.states import WayIn
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.states import MessageState
from tests.factories import WorkerFactory
from tests.factories.contacts import WORDS, a_contact, a_guidance_service, a_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now().replace(hour=9, minute=10), tick=False) as clock:
        yield clock


def letters_to(post, worker) -> list[str]:
    return [one["Subject"] for one in post.letters if one["To"] == worker.email]


def test_each_is_told_and_nothing_of_the_family(clock, post):
    unit = a_guidance_service()
    guides, elsewhere = [a_guide(unit), a_guide(unit)], WorkerFactory(guidance=True)
    a_contact(unit=unit, email="perhe@demo.example")
    outbox.drain()
    assert sorted(post.recipients) == sorted(guide.email for guide in guides)
    assert elsewhere.email not in post.recipients
    for letter in post.letters:
        text = f"{letter['Subject']} {letter.get_body(('plain',)).get_content()}"
        assert "Perhe on ottanut yhteyttä" in text and "Ohjaus ja neuvonta" in text
        for word in (WORDS, "Kaisa", "040", "perhe@demo.example"):
            assert word not in text


def test_at_most_once_an_hour_and_none_is_lost(clock, post):
    unit = a_guidance_service()
    guide = a_guide(unit)
    a_contact(unit=unit)
    outbox.drain()
    for _one in range(3):
        clock.shift(timedelta(minutes=5))
        a_contact(unit=unit)
        outbox.drain()
    assert letters_to(post, guide) == ["Perhe on ottanut yhteyttä"]
    clock.shift(timedelta(minutes=40))
    outbox.drain()
    assert letters_to(post, guide) == ["Perhe on ottanut yhteyttä", "4 perhettä on ottanut yhteyttä"]


def test_many_before_the_letter_has_left_are_one_letter(clock, post):
    unit = a_guidance_service()
    guide = a_guide(unit)
    for _one in range(3):
        a_contact(unit=unit)
    assert Message.objects.filter(kind=ARRIVED).count() == 1
    outbox.drain()
    assert letters_to(post, guide) == ["3 perhettä on ottanut yhteyttä"]


def test_what_was_picked_up_meanwhile_is_told_to_nobody(clock, post):
    unit = a_guidance_service()
    guide = a_guide(unit)
    contacts.pick_up(contact=a_contact(unit=unit), by=guide)
    outbox.drain()
    assert letters_to(post, guide) == []
    assert Message.objects.get(kind=ARRIVED).state == MessageState.DROPPED


def test_a_call_left_to_the_others_is_told_to_the_others(clock):
    guide = a_guide()
    other = a_guide(guide.unit)
    facts = {"words": WORDS, "municipality": guide.unit.guided_municipalities.get()}
    for outcome in (calls.Outcome.MINE, calls.Outcome.UNIT):
        calls.finish(by=guide, form_key=uuid.uuid4(), way=WayIn.PHONE, facts=facts, outcome=outcome)
    assert [one.recipient for one in Message.objects.filter(kind=ARRIVED)] == [other.email]


def test_where_nobody_answers_the_next_one_responsible_is_told(clock):
    unit = a_guidance_service()
    coordinator = WorkerFactory(unit__municipality=unit.municipality, is_coordinator=True)
    WorkerFactory(is_coordinator=True, unit__municipality__code="297")
    a_contact(unit=unit)
    assert [one.recipient for one in Message.objects.filter(kind=ARRIVED)] == [coordinator.email]


def test_the_supervisor_has_a_way_to_the_contacts_from_their_own_page(client):
    unit = a_guidance_service()
    boss = WorkerFactory(unit=unit, is_supervisor=True)
    a_guide(unit)
    client.force_login(boss)
    url = reverse("supervised_unit")
    assert "Kukaan ei odota vastausta" in client.get(url).content.decode()
    a_contact(unit=unit)
    page = client.get(url).content.decode()
    assert "1 perhe odottaa vastausta" in page and reverse("incoming_list") in page
    assert Contact.objects.get().words not in page
    numbers = client.get(reverse("incoming_list")).content.decode()
    assert "Perheitä ei näytetä" in numbers and "Kukaan ei odota vastausta" not in numbers
    client.force_login(WorkerFactory(is_supervisor=True))
    assert "Perheiden yhteydenotot" not in client.get(url).content.decode()
