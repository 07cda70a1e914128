"""The invitation on paper: what a family without a telephone or mail needs to come, and nothing of why."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.letter_paper import letter_pdf
from meetings.models import Kind
from meetings.states import MeetingKind
from network.states import ContactChannel
from perhekeskus.models import AccessLog
from perhekeskus.paper import Layout
from perhekeskus.words import span
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
    with_conversation,
)
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db


def an_invited(**family):
    """A shared time of a family that is not written to, with a nurse and somebody close."""
    nothing = {"contact_channel": ContactChannel.PAPER, "email": ""}
    situation = with_conversation(a_situation(**(nothing | family)))
    unit = UnitFactory(name="Kiuruveden neuvola")
    nurse = WorkerFactory(first_name="Kaisa", last_name="Peltonen", title="terveydenhoitaja", unit=unit)
    friend = ClosePersonFactory(family=situation.family, name="Mummo Aune", relation="isoäiti")
    meeting = a_convened_meeting(situation=situation, people=[nurse, friend], topics=["Uni ja aamut"])
    room = RoomFactory(name="Pihlajasali", unit=UnitFactory(name="Perhekeskus Pihlaja"))
    return an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting), room=room))


def read(pdf: bytes) -> str:
    return " ".join(read_by_poppler(pdf, "-raw").split())


def test_the_letter_says_when_where_who_and_whom_to_call():
    meeting = an_invited()
    client = Client()
    client.force_login(meeting.convener)
    page = client.get(reverse("meeting_sent", args=[meeting.pk])).content.decode()
    url = reverse("meeting_letter", args=[meeting.pk])
    assert "Perheelle ei lähde viestejä" in page and f'href="{url}"' in page
    own_page = client.get(meeting.get_absolute_url()).content.decode()
    assert f'href="{url}"' in own_page
    assert reverse("situation_address", args=[meeting.situation_id]) in own_page
    text = read(client.get(url).content)
    assert span(meeting.period.lower, meeting.period.upper) in text
    for told in (
        "Pihlajasali",
        "Kaisa Peltonen, terveydenhoitaja, Kiuruveden neuvola",
        "Mummo Aune, isoäiti",
    ):
        assert told in text
    assert meeting.convener.name in text and "Uni ja aamut" not in text and "Tuntee lapsen arjen" not in text
    assert AccessLog.objects.filter(what="Kutsukirjeen tulostaminen", worker=meeting.convener).exists()


def test_the_easy_letter_says_less_and_the_large_one_the_same():
    meeting = an_invited()
    ordinary, large, easy = (
        read(letter_pdf(meeting, layout=layout)) for layout in (Layout.ORDINARY, Layout.LARGE, Layout.EASY)
    )
    assert "Kaisa Peltonen" in easy and "Kiuruveden neuvola" not in easy
    assert len(easy) < len(ordinary) / 2
    assert set(ordinary.split()) - set(large.split()) <= {"1/1"}


def test_of_a_protected_family_no_place_is_printed():
    text = read(letter_pdf(an_invited(address_protected=True)))
    for hidden in ("Pihlaja", "Kiuruveden"):
        assert hidden not in text
    assert "Työntekijänne kertoo paikan teille." in text


def test_before_a_time_is_agreed_there_is_no_letter():
    meeting = a_decided_meeting()
    client = Client()
    client.force_login(meeting.convener)
    answer = client.get(reverse("meeting_letter", args=[meeting.pk]), follow=True)
    assert "Kirjeen voi tulostaa, kun aika on sovittu" in answer.content.decode()


def test_a_follow_up_is_not_the_first_time():
    meeting = an_invited()
    meeting.kind = Kind.objects.get(code=MeetingKind.FOLLOW_UP)
    text = read(letter_pdf(meeting))
    assert "Tervetuloa tapaamiseen" in text and "miten on mennyt" in text
    assert "Kirjoitamme siitä" not in text
