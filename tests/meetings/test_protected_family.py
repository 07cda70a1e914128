"""A protected family (turvakielto): no message, calendar or page outside the sign-in tells where it goes."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from meetings import handover_letters, messages
from meetings.actions import convening, handovers
from network import messages as network_messages
from network.actions import consents
from network.invitation_letters import request_letter
from network.models import Municipality
from network.states import ConsentMethod, ConsentPurpose, ContactChannel
from perhekeskus import outbox
from perhekeskus.models import AccessLog, DemonstrationMail, Message
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    RoomFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db

# Words that would tell where: the room, the units of everybody, the municipality, the number of a unit.
WHERE = ("Pihlaja", "Lumme", "Louhikko", "Saarilampi", "Kivikunta", "017 555 0000", "175550000")


@pytest.fixture
def where() -> dict:
    municipality = Municipality.objects.create(code="998", name_fi="Kivikunta")
    return {
        "municipality": municipality,
        "lumme": UnitFactory(name="Perhekeskus Lumme", municipality=municipality, phone="017 555 0000"),
        "louhikko": UnitFactory(name="Louhikon koulu Louhikko", municipality=municipality),
        "saarilampi": UnitFactory(name="Lastensuojelu Saarilampi", municipality=municipality),
    }


def a_meeting(where, *, protected: bool = True, **family):
    """Invited: a colleague, and a close person by e-mail and one by text message."""
    convener = WorkerFactory(unit=where["lumme"], title="perheohjaaja", phone="")
    situation = with_conversation(a_situation(by=convener, address_protected=protected, **family))
    people = [
        WorkerFactory(unit=where["louhikko"], title="kuraattori"),
        ClosePersonFactory(family=situation.family, name="Mummo Kaarina", email="mummo@demo.example"),
        ClosePersonFactory(family=situation.family, name="Kummi Veikko", email="", phone="040 777 8888"),
    ]
    return an_invited_meeting(
        situation=situation, people=people, room=RoomFactory(unit=where["lumme"], name="Pihlaja")
    )


def told(words: str) -> list[str]:
    return [word for word in WHERE if word.casefold() in words.casefold()]


@pytest.fixture
def telephone(settings):
    settings.SMS_BACKEND, settings.DEMONSTRATION = "demonstration", True


@pytest.fixture
def family_by(request) -> dict:
    return {
        "email": {"email": "perhe@demo.example"},
        "sms": {"contact_channel": ContactChannel.SMS, "email": "", "phone": "040 111 2223"},
    }[request.param]


def every_byte(post) -> str:
    """All that has left, decoded: headers, texts, pages, calendars and text messages."""
    parts = [repr(sorted(letter.items())) for letter in post.letters]
    parts += [
        part.get_payload(decode=True).decode()
        for letter in post.letters
        for part in letter.walk()
        if not part.is_multipart()
    ]
    parts += [one.text for one in DemonstrationMail.objects.all()]
    return "\n".join(parts).replace("\r\n ", "")


@pytest.mark.parametrize("family_by", ["email", "sms"], indirect=True)
def test_no_byte_of_any_message_tells_where(post, telephone, where, family_by):
    asked = a_convened_meeting(
        situation=with_conversation(
            a_situation(by=WorkerFactory(unit=where["lumme"]), address_protected=True, **family_by)
        )
    )
    convening.ask_family(meeting=asked, by=asked.convener)
    an_offered_handover(
        situation=with_conversation(
            a_situation(by=WorkerFactory(unit=where["saarilampi"], phone=""), address_protected=True)
        )
    )
    meeting = a_meeting(where, **family_by)
    outbox.drain()
    with time_machine.travel(meeting.period.lower - timedelta(hours=20), tick=False):
        outbox.drain()
    convening.cancel(meeting=meeting, by=meeting.convener)
    outbox.drain()
    kinds = set(Message.objects.filter(state="sent").values_list("kind", flat=True))
    assert kinds == {
        messages.DECIDE_LINK, messages.FAMILY_TIME, messages.FAMILY_REMINDER, messages.FAMILY_CANCELLED,
        handover_letters.HANDOVER_OFFERED, network_messages.REQUEST, network_messages.REMINDER,
        network_messages.CANCELLED,
    }  # fmt: skip
    assert told(every_byte(post)) == []


def test_the_same_words_are_found_when_the_family_is_not_protected(post, telephone, where):
    """The search above sees what there is to be seen."""
    a_meeting(where, protected=False, email="perhe@demo.example")
    outbox.drain()
    assert told(every_byte(post)) == ["Pihlaja", "Lumme", "017 555 0000"]


def test_a_family_protected_after_the_invitations_is_protected_in_the_reminders(post, telephone, where):
    meeting = a_meeting(where, protected=False, email="perhe@demo.example")
    outbox.drain()
    before = len(post.letters)
    meeting.situation.family.address_protected = True
    meeting.situation.family.save()
    with time_machine.travel(meeting.period.lower - timedelta(hours=20), tick=False):
        outbox.drain()
    reminders = post.letters[before:]
    assert len(reminders) == 3
    for letter in reminders:
        for part in letter.walk():
            if not part.is_multipart():
                assert told(part.get_payload(decode=True).decode()) == []


def test_each_is_told_how_to_learn_the_place(post, where):
    meeting = a_meeting(where, email="perhe@demo.example")
    outbox.drain()
    texts = {letter["To"]: letter.get_body(("plain",)).get_content() for letter in post.letters}
    assert "Paikan näet kirjautumalla." in texts[invited(meeting, 0).worker.email]
    assert "Paikan kuulet koollekutsujalta." in texts["mummo@demo.example"]
    assert all("Paikka:" not in text and "017 000 0000" in text for text in texts.values())
    for letter in post.letters:
        (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
        (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
        assert "LOCATION" not in event


def test_the_preview_before_sending_is_what_is_sent(where):
    convener = WorkerFactory(unit=where["lumme"])
    situation = with_conversation(a_situation(by=convener, address_protected=True))
    booked = a_booked_meeting(
        meeting=a_decided_meeting(situation=situation, people=1),
        room=RoomFactory(unit=where["lumme"], name="Pihlaja"),
    )
    preview = request_letter(convening.invitation_for(invited(booked), booked), convener=convener)
    assert told(preview.text + preview.html) == [] and "Paikan näet kirjautumalla." in preview.text


def page(client, name: str, *args) -> str:
    if name.startswith("family_"):
        client = FamilyClient()
    return client.get(reverse(name, args=args)).content.decode()


class TestTheAnswerPage:
    def test_by_the_link_nobody_reads_the_place(self, client, where):
        meeting = a_meeting(where)
        for number, sentence in ((0, "Paikan näet kirjautumalla."), (1, "Paikan kuulet koollekutsujalta.")):
            shown = page(client, "invitation_answer", invited(meeting, number).invitation.link.token)
            assert told(shown) == [] and sentence in shown

    def test_a_colleague_who_has_signed_in_does(self, client, where):
        one = invited(a_meeting(where))
        client.force_login(one.worker)
        shown = page(client, "invitation_detail", one.invitation.pk)
        assert "Pihlaja" in shown and "Paikan näet" not in shown

    @pytest.mark.parametrize("protected", [False, True])
    def test_somebody_close_learns_the_name_and_the_number_only(self, client, where, protected):
        meeting = a_meeting(where, protected=protected)
        meeting.convener.phone = "040 123 4567"
        meeting.convener.save()
        shown = page(client, "invitation_answer", invited(meeting, 1).invitation.link.token)
        assert meeting.convener.name in shown and "040 123 4567" in shown
        assert "perheohjaaja" not in shown
        assert ("Pihlaja" in shown) is not protected
        colleague = page(client, "invitation_answer", invited(meeting, 0).invitation.link.token)
        assert "perheohjaaja" in colleague


class TestTheFamilysOwnPages:
    def pages(self, client, meeting) -> dict[str, str]:
        token = meeting.situation.family.link.token
        return {
            name: page(client, name, token) for name in ("family_home", "family_permissions", "family_looks")
        }

    @pytest.mark.parametrize("protected", [False, True])
    def test_they_tell_who_but_not_where(self, client, where, protected):
        meeting = a_meeting(where, protected=protected)
        client.force_login(meeting.convener)
        page(client, "situation_detail", meeting.situation_id)
        client.logout()
        consents.give(
            family=meeting.situation.family, to=where["saarilampi"], purpose=ConsentPurpose.COPY,
            topics=["Aamut"], method=ConsentMethod.FACE_TO_FACE, by=meeting.convener,
        )  # fmt: skip
        found = {name: told(shown) for name, shown in self.pages(client, meeting).items()}
        if protected:
            assert found == dict.fromkeys(found, [])
        else:
            assert all(found.values()), found
        assert "perheohjaaja" in self.pages(client, meeting)["family_home"]
        assert "kuraattori" in self.pages(client, meeting)["family_permissions"]

    @pytest.mark.parametrize("protected", [False, True])
    def test_nor_do_the_cards_of_a_decision(self, client, where, protected):
        situation = with_conversation(a_situation(address_protected=protected))
        colleague = WorkerFactory(unit=where["louhikko"], title="kuraattori")
        meeting = a_convened_meeting(situation=situation, people=[colleague])
        convening.ask_family(meeting=meeting, by=meeting.convener)
        shown = page(client, "family_decide", meeting.situation.family.link.token)
        assert colleague.name in shown and "uraattori" in shown
        assert told(shown) == ([] if protected else ["Louhikko"])


class TestLooks:
    def test_opening_an_invitation_is_on_record_and_shown_to_the_family(self, client, where):
        meeting = a_meeting(where)
        family, one = meeting.situation.family, invited(meeting)
        page(client, "invitation_answer", invited(meeting, 1).invitation.link.token)
        client.force_login(one.worker)
        page(client, "invitation_detail", one.invitation.pk)
        client.logout()
        latest = AccessLog.objects.filter(family_id=family.pk).order_by("-pk")
        assert [(look.who, look.what, look.ground) for look in latest[:2]] == [
            (one.worker.name, "Kutsu", "perhe kutsui mukaan"),
            ("Mummo Kaarina", "Kutsu", "kutsun linkki"),
        ]
        shown = page(client, "family_looks", family.link.token)
        assert "Mummo Kaarina" in shown and one.worker.name in shown
        assert "avattu omalla linkillänne 1 kerran" in shown

    def test_a_closed_invitation_shows_nothing_and_leaves_no_look(self, client, where):
        meeting = a_meeting(where)
        token = invited(meeting, 1).invitation.link.token
        convening.cancel(meeting=meeting, by=meeting.convener)
        before = AccessLog.objects.count()
        page(client, "invitation_answer", token)
        assert AccessLog.objects.count() == before

    def test_the_worker_does_not_see_when_the_family_visits_its_own_pages(self, client, where):
        meeting = a_meeting(where)
        page(client, "family_home", meeting.situation.family.link.token)
        page(client, "invitation_answer", invited(meeting, 1).invitation.link.token)
        client.force_login(meeting.convener)
        shown = page(client, "situation_looks", meeting.situation_id)
        assert "perhe omalla sivullaan" not in shown and "Perheen oma sivu" not in shown
        assert "Mummo Kaarina" in shown and meeting.convener.name in shown

    def test_an_offer_of_the_koppi_is_looked_at_on_record_and_its_note_is_gone_with_the_answer(self, client):
        situation = with_conversation(a_situation())
        handover = handovers.offer(
            situation=situation, by=situation.holder, to=WorkerFactory(), note="Isä toivoo soittoa."
        )
        client.force_login(handover.to_worker)
        assert "Isä toivoo soittoa." in page(client, "handover_answer", handover.pk)
        look = AccessLog.objects.get(worker=handover.to_worker)
        assert (look.family_id, look.ground) == (situation.family_id, "koppia tarjotaan hänelle")
        handovers.decline(handover=handover, by=handover.to_worker)
        shown = page(client, "handover_answer", handover.pk)
        assert "Isä toivoo soittoa." not in shown and "on jo vastattu" in shown
        assert AccessLog.objects.filter(worker=handover.to_worker).count() == 1


class TestTheLetterOfAnOfferedKoppi:
    def test_it_goes_to_where_the_worker_reads_mail_now(self, post):
        handover = an_offered_handover(to=WorkerFactory(email="entinen@kuopio.example"))
        handover.to_worker.email = "uusi@kuopio.example"
        handover.to_worker.save()
        outbox.drain()
        assert "uusi@kuopio.example" in post.recipients and "entinen@kuopio.example" not in post.recipients

    @pytest.mark.parametrize("change", [{"is_active": False}, {"is_administrator": True}])
    def test_and_to_nobody_who_has_left(self, post, change):
        handover = an_offered_handover()
        for name, value in change.items():
            setattr(handover.to_worker, name, value)
        handover.to_worker.save()
        outbox.drain()
        assert handover.to_worker.email not in post.recipients
        message = Message.objects.get(kind=handover_letters.HANDOVER_OFFERED)
        assert (message.state, message.last_error) == ("dropped", "answered")
