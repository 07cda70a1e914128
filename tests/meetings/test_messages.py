"""What the family is told about its shared time, and what its telephone never shows to others."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from icalendar import Calendar

from meetings import messages
from meetings.actions import convening
from meetings.models import Meeting
from network.states import ContactChannel
from perhekeskus import outbox, sms
from perhekeskus.models import DemonstrationMail, Message
from perhekeskus.states import MessageState
from tests.factories import (
    RoomFactory,
    UnitFactory,
    WorkerFactory,
    a_convened_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def to_family(meeting: Meeting):
    return Message.objects.filter(occasion=f"meeting:{meeting.pk}")


def an_invited(**family) -> Meeting:
    room = RoomFactory(unit=UnitFactory(name="Perhekeskus Lumme"), name="Pihlaja")
    return an_invited_meeting(situation=with_conversation(a_situation(**family)), people=1, room=room)


def letters_to(post, address: str):
    return [letter for letter in post.letters if letter["To"] == address]


def event(letter):
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    (one,) = calendar.walk("VEVENT")
    return calendar["METHOD"], one


class TestTimeAndPlace:
    def test_the_family_learns_when_where_and_whom_to_ask(self, post):
        meeting = an_invited(email="perhe@demo.example")
        outbox.drain()
        (letter,) = letters_to(post, "perhe@demo.example")
        text = letter.get_body(("plain",)).get_content()
        assert letter["Subject"].startswith("Sovittu: yhteinen aika ")
        assert "Paikka: Perhekeskus Lumme, Pihlaja" in text
        assert f"Koollekutsuja: {meeting.convener.name}\n" in text
        assert f"/perhe/{meeting.situation.family.link.token}/" in text
        shown_before = messages.family_time_letter(meeting).text
        link = f"http://localhost:8000/perhe/{meeting.situation.family.link.token}/"
        assert link not in shown_before
        assert shown_before.replace("(tähän tulee perheen oma linkki)", link).split() == text.split()

    def test_its_calendar_names_nobody(self, post):
        meeting = an_invited(email="perhe@demo.example")
        outbox.drain()
        method, entry = event(letters_to(post, "perhe@demo.example")[0])
        assert method == "PUBLISH" and "ATTENDEE" not in entry
        assert entry["LOCATION"] == "Perhekeskus Lumme, Pihlaja"
        raw = b"".join(post.raw)
        assert meeting.convener.email.encode() not in raw

    def test_no_name_no_topic_no_workplace(self, post):
        convener = WorkerFactory(
            first_name="Olli",
            last_name="Ahonen",
            unit=UnitFactory(name="Lastensuojelu"),
            title="sosiaalityöntekijä",
        )
        situation = with_conversation(a_situation(by=convener, email="perhe@demo.example"))
        an_invited_meeting(situation=situation, people=1, topics=["Uni ja aamut"])
        outbox.drain()
        for letter in letters_to(post, "perhe@demo.example"):
            for part in letter.walk():
                if part.is_multipart():
                    continue
                words = part.get_payload(decode=True).decode()
                for word in ("Kaisa", "Örjan", "Aada", "Uni ja aamut", "astensuojelu", "sosiaalityö"):
                    assert word not in words

    def test_a_protected_family_hears_the_place_from_its_worker_only(self, post):
        an_invited(email="perhe@demo.example", address_protected=True)
        outbox.drain()
        (letter,) = letters_to(post, "perhe@demo.example")
        for part in letter.walk():
            if not part.is_multipart():
                assert "Lumme" not in part.get_payload(decode=True).decode()
        assert "LOCATION" not in event(letter)[1]
        assert "Työntekijänne kertoo paikan teille." in letter.get_body(("plain",)).get_content()

    def test_the_day_before_it_is_told_again(self, post):
        meeting = an_invited(email="perhe@demo.example")
        outbox.drain()
        with time_machine.travel(meeting.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        subjects = [letter["Subject"].split(":")[0] for letter in letters_to(post, "perhe@demo.example")]
        assert subjects == ["Sovittu", "Muistutus"]

    def test_a_family_that_is_now_given_a_paper_gets_no_more_mail(self, post):
        meeting = an_invited(email="perhe@demo.example")
        outbox.drain()
        family = meeting.situation.family
        family.contact_channel = ContactChannel.PAPER
        family.save()
        with time_machine.travel(meeting.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        assert len(letters_to(post, "perhe@demo.example")) == 1

    @pytest.mark.parametrize("channel", [ContactChannel.PHONE, ContactChannel.PAPER])
    def test_a_family_that_is_called_or_given_a_paper_is_not_written_to(self, channel):
        meeting = an_invited(contact_channel=channel, email="perhe@demo.example", phone="+358401112223")
        assert not to_family(meeting).exists()
        with transaction.atomic():
            assert messages.queue_family_time(meeting, owner=meeting.convener) is False
            assert messages.queue_decide_link(meeting, owner=meeting.convener) is False

    def test_text_messages_are_short_and_hold_one_link(self, settings):
        settings.SMS_BACKEND, settings.DEMONSTRATION = "demonstration", True
        settings.BASE_URL = "https://yhteinen-aika.pohjoissavo.example"
        meeting = a_convened_meeting(
            situation=with_conversation(
                a_situation(contact_channel=ContactChannel.SMS, email="", phone="040 111 2223")
            )
        )
        convening.ask_family(meeting=meeting, by=meeting.convener)
        outbox.drain()
        booked = an_invited(contact_channel=ContactChannel.SMS, email="", phone="040 111 2224")
        outbox.drain()
        with time_machine.travel(booked.period.lower - timedelta(hours=20), tick=False):
            outbox.drain()
        convening.cancel(meeting=booked, by=booked.convener)
        outbox.drain()
        texts = list(DemonstrationMail.objects.filter(channel="sms").order_by("pk"))
        assert [text.recipient for text in texts] == ["+358401112223"] + ["+358401112224"] * 3
        for text in texts:
            assert (sms.length(text.text) or 999) <= sms.ONE_MESSAGE, text.text
            assert "Lumme" not in text.text and text.text.count("http") <= 1


class TestDeciding:
    def test_the_family_gets_the_link_to_its_own_page(self, post):
        meeting = a_convened_meeting(situation=with_conversation(a_situation(email="perhe@demo.example")))
        convening.ask_family(meeting=meeting, by=meeting.convener)
        outbox.drain()
        (letter,) = letters_to(post, "perhe@demo.example")
        text = letter.get_body(("plain",)).get_content()
        assert f"/perhe/{meeting.situation.family.link.token}/" in text
        assert "Aihe 1" not in text

    def test_asking_is_pointless_once_it_is_not_the_familys_turn(self, post):
        meeting = a_convened_meeting(situation=with_conversation(a_situation(email="perhe@demo.example")))
        convening.ask_family(meeting=meeting, by=meeting.convener)
        convening.cancel(meeting=meeting, by=meeting.convener)
        outbox.drain()
        assert post.raw == []
        assert to_family(meeting).get().state in {MessageState.DROPPED, MessageState.WAITING}


class TestCancelling:
    def test_whoever_was_told_is_told(self, post):
        meeting = an_invited(email="perhe@demo.example")
        outbox.drain()
        convening.cancel(meeting=meeting, by=meeting.convener)
        outbox.drain()
        first, last = letters_to(post, "perhe@demo.example")
        assert event(last)[0] == "CANCEL"
        assert event(last)[1]["UID"] == event(first)[1]["UID"]
        assert event(last)[1]["SEQUENCE"] == event(first)[1]["SEQUENCE"] + 1
        assert len(post.raw) == 4, "the invited worker as well"
        assert not Message.objects.overdue().exists()

    def test_whoever_was_told_nothing_is_told_nothing(self, post):
        meeting = an_invited(email="perhe@demo.example")
        convening.cancel(meeting=meeting, by=meeting.convener)
        outbox.drain()
        assert post.raw == []
        assert set(to_family(meeting).values_list("state", flat=True)) == {MessageState.DROPPED}


class TestHandover:
    def test_the_receiver_is_told_without_a_word_of_the_family(self, post):
        receiver = WorkerFactory()
        giver = WorkerFactory(first_name="Olli", last_name="Ahonen")
        handover = an_offered_handover(situation=with_conversation(a_situation(by=giver)), to=receiver)
        outbox.drain()
        (letter,) = letters_to(post, receiver.email)
        text = letter.get_body(("plain",)).get_content()
        assert handover.from_worker.name in text and "koppi" in text.casefold()
        assert "Kaisa" not in text and "Aada" not in text

    def test_an_answered_offer_is_no_longer_told_of(self, post):
        from meetings.actions import handovers

        handover = an_offered_handover()
        handovers.withdraw_offer(handover=handover, by=handover.from_worker)
        outbox.drain()
        assert post.raw == []
