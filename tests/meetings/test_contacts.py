"""A family's contact: one who answers, a code that opens it, and what the database refuses."""

import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.actions import calls, contacts, situations
from meetings.models import Contact, ContactMessage
from meetings.states import CONTACT_MOVES, ContactReach, ContactResult, ContactStatus, WayIn
from network.models import Worker
from perhekeskus.refusals import Refused
from tests.factories import ChildFactory, FamilyFactory, WorkerFactory
from tests.factories.contacts import (
    WORDS,
    a_contact,
    a_guidance_service,
    a_guide,
    a_picked_up_contact,
    an_answered_contact,
)
from tests.plugins.together import together
from tests.undone import undone

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_it_waits_for_the_guidance_service_of_the_municipality():
    guide = a_guide()
    contact = a_contact(unit=guide.unit)
    assert contact.status == ContactStatus.RECEIVED and contact.unit == guide.unit
    elsewhere = a_guide(a_guidance_service(type(contact.municipality).objects.create(
        code="998", name_fi="Muualla", name_sv="Annanstans", county_fi="X", county_sv="X", languages="fi"
    )))  # fmt: skip
    assert list(Contact.objects.visible_to(guide)) == [contact]
    for worker in (
        elsewhere,
        WorkerFactory(unit=guide.unit),
        WorkerFactory(unit=guide.unit, coordinator=True),
        WorkerFactory(unit=guide.unit, administrator=True),
        WorkerFactory(unit=guide.unit, is_supervisor=True),
    ):
        assert not Contact.objects.visible_to(worker).exists()
        with pytest.raises(Refused):
            contacts.pick_up(contact=contact, by=worker)


def test_the_same_form_twice_is_one_contact_with_one_code():
    unit, key = a_guidance_service(), uuid.uuid4()
    made = [
        contacts.send(
            contact=Contact(
                municipality=unit.guided_municipalities.get(), words="Hei", phone="+358401112223"
            ),
            form_key=key,
        )
        for _press in range(2)
    ]
    assert made[0].pk == made[1].pk and made[0].code == made[1].code
    assert Contact.objects.count() == 1


def test_the_same_form_with_other_words_is_another_contact():
    """Somebody goes back in the browser and mends the text, or sits down after another in the library."""
    town, key = a_guidance_service().guided_municipalities.get(), uuid.uuid4()
    first, second = [
        contacts.send(contact=Contact(municipality=town, words=words, phone="+358401112223"), form_key=key)
        for words in ("Hei", "Aivan toinen asia")
    ]
    assert first.code != second.code
    assert [one.words for one in Contact.objects.order_by("pk")] == ["Hei", "Aivan toinen asia"]


def test_the_form_key_of_a_call_opens_nothing():
    """It stands in the address of the worker's page."""
    guide, key = a_guide(), uuid.uuid4()
    town = guide.unit.guided_municipalities.get()
    facts = {"municipality": town, "words": "Hei", "phone": "+358401112223"}
    call = calls.finish(by=guide, form_key=key, way=WayIn.PHONE, facts=facts, outcome=calls.Outcome.UNIT)
    sent = contacts.send(contact=Contact(**facts), form_key=key)
    assert sent.pk != call.pk


def test_a_municipality_without_a_guidance_service_takes_none():
    unit = a_guidance_service()
    town = unit.guided_municipalities.get()
    town.guidance_unit = None
    with pytest.raises(Refused, match="ei voi vielä"):
        contacts.send(contact=Contact(municipality=town, words="Hei"), form_key=uuid.uuid4())


class TestTheCode:
    def test_it_has_sixty_bits_and_is_kept_only_as_a_hash(self):
        contact = a_contact()
        assert len(contact.code.replace("-", "")) == 12
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(c)::text FROM meetings_contact c")
            row = cursor.fetchone()[0]
        assert contact.code not in row and contact.code.replace("-", "") not in row

    def test_it_is_found_however_it_is_typed(self):
        contact = a_contact()
        typed = contact.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert Contact.objects.followed_by(typed) == contact
        assert Contact.objects.followed_by("K7QF-2MTD-9XHB") is None
        assert Contact.objects.followed_by("") is None

    def test_a_change_of_the_secret_key_leaves_it(self, settings):
        contact = a_contact()
        code = contact.code
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "uusi" * 20
        contact = Contact.objects.get()
        assert contact.code == code and Contact.objects.followed_by(code) == contact
        settings.SECRET_KEY_FALLBACKS = []
        assert contact.code == "" and Contact.objects.followed_by(code) is None


class TestAnswering:
    def test_it_is_taken_answered_and_closed(self):
        guide = a_guide()
        contact = an_answered_contact(by=guide)
        assert contact.status == ContactStatus.ANSWERED and contact.answered_at
        contact = contacts.close(contact=contact, by=guide, result=ContactResult.GUIDANCE)
        assert contact.status == ContactStatus.CLOSED
        with pytest.raises(Refused, match="käsitelty"):
            contacts.add_message(contact=contact, text="Vielä yksi asia")

    def test_guidance_is_not_enough_before_a_word_to_the_family(self):
        guide = a_guide()
        contact = a_picked_up_contact(by=guide)
        with pytest.raises(Refused, match="Vastaa perheelle ensin"):
            contacts.close(contact=contact, by=guide, result=ContactResult.GUIDANCE)
        contacts.close(contact=contact, by=guide, result=ContactResult.UNREACHED)

    def test_a_new_word_of_the_family_starts_the_clock_anew(self):
        guide = a_guide()
        contact = an_answered_contact(by=guide)
        before = contact.answer_by
        contact = contacts.add_message(contact=contact, text="Entä illat?")
        assert contact.status == ContactStatus.PICKED_UP and contact.answer_by >= before
        assert contact.picked_up_by == guide

    def test_only_the_one_who_took_it_works_on_it_and_a_colleague_takes_it_over_knowingly(self):
        guide = a_guide()
        colleague = a_guide(guide.unit)
        contact = a_picked_up_contact(by=guide)
        for verb in (contacts.let_go, contacts.reached_by_phone):
            with pytest.raises(Refused, match="on nyt toisella"):
                verb(contact=contact, by=colleague)
        with pytest.raises(Refused, match="ehti ottaa"):
            contacts.pick_up(contact=contact, by=colleague)
        contacts.pick_up(contact=contact, by=colleague, instead_of=guide.pk)
        with pytest.raises(Refused, match="on nyt toisella"):
            contacts.let_go(contact=contact, by=guide)
        assert contacts.let_go(contact=contact, by=colleague).status == ContactStatus.RECEIVED

    def test_the_family_takes_it_back_once_and_nobody_answers_it_after_that(self):
        guide = a_guide()
        contact = a_picked_up_contact(by=guide)
        for _press in range(2):
            contacts.withdraw(contact=contact)
        with pytest.raises(Refused, match="perunut"):
            contacts.answer(contact=contact, by=guide, text="Hei")

    def test_the_family_does_not_fill_the_page(self):
        contact = a_contact()
        for number in range(20):
            contacts.add_message(contact=contact, text=f"Viesti {number}")
        with pytest.raises(Refused, match="jo monta"):
            contacts.add_message(contact=contact, text="Yksi vielä")

    def test_a_situation_closes_it_and_only_its_taker_opens_one(self):
        guide = a_guide()
        contact = a_picked_up_contact(by=guide)
        family = {"members": [ChildFactory.build(family=None)], "contact": contact}
        with pytest.raises(Refused, match="on nyt toisella"):
            situations.raise_matter(
                by=a_guide(guide.unit),
                family=FamilyFactory.build(municipality=contact.municipality),
                **family,
            )
        situation = situations.raise_matter(
            by=guide, family=FamilyFactory.build(municipality=contact.municipality), **family
        )
        contact.refresh_from_db()
        assert contact.situation == situation and contact.result == ContactResult.SITUATION
        assert contact.answered_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_it_at_once_exactly_one_has_it():
    unit = a_guidance_service()
    guides = [a_guide(unit) for _one in range(6)]
    for _round in range(5):
        contact = a_contact(unit=unit)
        refusals = together(*[partial(contacts.pick_up, contact=contact, by=guide) for guide in guides])
        contact.refresh_from_db()
        assert contact.picked_up_by in guides and contact.status == ContactStatus.PICKED_UP
        assert len(refusals) == len(guides) - 1
        assert all("ehti ottaa" in str(one) for one in refusals)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_the_same_moment_is_one_contact():
    town, key = a_guidance_service().guided_municipalities.get(), uuid.uuid4()
    acts = [
        partial(
            contacts.send,
            contact=Contact(municipality=town, words="Hei", phone="+358401112223"),
            form_key=key,
        )
        for _press in range(5)
    ]
    assert together(*acts) == [] and Contact.objects.count() == 1


# --- what the database refuses -----------------------------------------------------------------------


@pytest.mark.parametrize("start", ContactStatus)
def test_only_the_moves_of_the_table(start):
    guide = a_guide()
    contact = a_contact(unit=guide.unit)
    to = {
        ContactStatus.RECEIVED: [],
        ContactStatus.PICKED_UP: [contacts.pick_up],
        ContactStatus.ANSWERED: [contacts.pick_up, contacts.reached_by_phone],
        ContactStatus.CLOSED: [contacts.pick_up, partial(contacts.close, result=ContactResult.UNREACHED)],
        ContactStatus.WITHDRAWN: [],
    }
    for verb in to[start]:
        verb(contact=contact, by=guide)
    if start == ContactStatus.WITHDRAWN:
        contacts.withdraw(contact=contact)
    for end in ContactStatus:
        facts = {
            "picked_up_by_id": None if end == ContactStatus.RECEIVED else guide.pk,
            "picked_up_at": None if end == ContactStatus.RECEIVED else timezone.now(),
            "answered_at": timezone.now(),
            "result": "unreached" if end == ContactStatus.CLOSED else "",
            "closed_by_id": guide.pk if end == ContactStatus.CLOSED else None,
            "closed_at": timezone.now() if end == ContactStatus.CLOSED else None,
            "status": end.value,
        }
        change = f"UPDATE meetings_contact SET {', '.join(f'{name} = %s' for name in facts)} WHERE id = %s"
        with undone():
            if start == end or end in CONTACT_MOVES[start]:
                sql(change, *facts.values(), contact.pk)
            else:
                with pytest.raises(IntegrityError, match="contact_moves|ei voi siirtyä"):
                    sql(change, *facts.values(), contact.pk)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("words = 'Muuta'", "contact_words_stay|sanoja ei muuteta"),
        ("way = 'close_worker'", "contact_words_stay|sanoja ei muuteta"),
        ("status = 'picked_up'", "contact_picked_up_by_somebody"),
        ("picked_up_at = now()", "contact_picked_up_paired"),
        ("result = 'guidance'", "contact_closed_says_how"),
        ("phone = ''", "contact_phone_when_used"),
        ("reach = 'email'", "contact_email_when_used"),
        ("answer_by = waits_since - interval '1 hour'", "contact_clock_in_order"),
        ("nonce = NULL", "contact_code_paired"),
    ],
)
def test_what_a_row_may_not_be(change, constraint):
    a_contact()
    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE meetings_contact SET {change}")


def test_a_result_of_a_situation_names_it():
    guide = a_guide()
    contacts.close(contact=a_picked_up_contact(by=guide), by=guide, result=ContactResult.UNREACHED)
    with pytest.raises(IntegrityError, match="contact_situation_when_opened"):
        sql("UPDATE meetings_contact SET result = 'situation'")


def test_a_message_is_neither_changed_nor_removed():
    contacts.add_message(contact=a_contact(), text="Vielä yksi asia")
    for statement in ("UPDATE meetings_contactmessage SET text = 'x'", "DELETE FROM meetings_contactmessage"):
        with pytest.raises(Exception, match="contactmessage_append_only|Cannot"):
            sql(statement)
    assert ContactMessage.objects.get().text == "Vielä yksi asia"


SECRETS = (
    "Kaisa",
    "+358401112223",
    "perhe@demo.example",
    WORDS,
    "Entä illat?",
    "Soitan huomenna",
    "iltaisin",
)


def everything_kept() -> str:
    """What is in the tables of contacts, their history, messages and letters."""
    tables = ("contact", "contactevent", "contactmessage")
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT row_to_json(t)::text FROM {table} t"
                for table in (*(f"meetings_{name}" for name in tables), "perhekeskus_message")
            )
        )
        return " ".join(row[0] for row in cursor.fetchall())


def a_contact_full_of_words(guide: Worker) -> Contact:
    contact = an_answered_contact(
        by=guide,
        email="perhe@demo.example",
        reach=ContactReach.EMAIL,
        when_to_reach="iltaisin",
        address_protected=True,
    )
    return contacts.add_message(contact=contact, text="Entä illat?")


def test_nothing_is_left_of_what_the_family_took_back():
    guide = a_guide()
    contact, other = (
        a_contact_full_of_words(guide),
        a_contact(unit=guide.unit, words="Toisen perheen", name="Liisa", phone="+358401119999"),
    )
    before = everything_kept()
    assert all(secret in before for secret in SECRETS)
    code = contact.code
    contact = contacts.withdraw(contact=contact)
    after = everything_kept()
    assert after.count(other.words) == before.count(other.words)
    assert not [secret for secret in SECRETS if secret in after]
    assert contact.words == contact.name == contact.phone == "" and not contact.address_protected
    # The family still comes to its page, and the seals are on again.
    assert Contact.objects.followed_by(code) == contact and contact.withdrawn_at()
    with pytest.raises(Exception, match="Cannot"):
        sql("UPDATE meetings_contactevent SET words = 'x'")


def test_it_is_emptied_also_by_raw_sql_and_not_filled_again():
    contact = a_contact_full_of_words(a_guide())
    sql("UPDATE meetings_contact SET status = 'withdrawn'")
    assert not ContactMessage.objects.exists() and WORDS not in everything_kept()
    with pytest.raises(IntegrityError, match="contact_withdrawn_is_empty"):
        sql("UPDATE meetings_contact SET name = 'Kaisa' WHERE id = %s", contact.pk)


def test_the_form_is_checked_also_by_the_row():
    unit = a_guidance_service()
    with pytest.raises(ValidationError):
        contacts.send(
            contact=Contact(municipality=unit.guided_municipalities.get(), words="Hei"), form_key=uuid.uuid4()
        )


def test_guides_are_those_who_answer():
    guide = a_guide()
    a_guide(guide.unit, is_active=False)
    WorkerFactory(unit=guide.unit)
    assert list(Worker.objects.guidance_of(guide.unit)) == [guide]
