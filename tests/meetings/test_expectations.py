"""What is hoped of the invited is written for them; why they were proposed to the family is not theirs."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from meetings.actions import convening
from meetings.models import Meeting, Participation
from network.invitation_letters import compose_reminder
from network.messages import REMINDER
from network.models import Invitation
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    invited,
)

pytestmark = pytest.mark.django_db

HOPE = "Kerro, mitä tukea koulussa voi saada."
WHY = "Tuntee lapsen arjen."


def seat(meeting: Meeting) -> Participation:
    return meeting.participations.get(member=None)


def people(meeting: Meeting) -> str:
    return reverse("meeting_people", args=[meeting.pk])


def said(client, meeting: Meeting, text: str):
    pk = seat(meeting).pk
    return client.post(people(meeting), {"expects": pk, f"toive-{pk}-text": text})


def test_why_is_not_behind_the_link(client):
    meeting = an_invited_meeting(people=1)
    invitation = invited(meeting).invitation
    assert seat(meeting).why == WHY and invitation.expectation == ""
    page = client.get(reverse("invitation_answer", args=[invitation.link.token])).content.decode()
    assert WHY not in page and "toivotaan" not in page


@pytest.mark.parametrize("hope", ["", HOPE])
def test_the_reminder_says_that_something_is_hoped_and_not_what(hope):
    meeting = a_convened_meeting(people=1, topics=1)
    convening.say_expectation(participation=seat(meeting), by=meeting.convener, text=hope)
    meeting.refresh_from_db()
    an_invited_meeting(meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting)))
    letter = compose_reminder(Message.objects.get(kind=REMINDER, about_id=seat(meeting).invitation_id))
    assert ("Kutsussa kerrotaan, mitä sinulta toivotaan." in letter.text) == bool(hope)
    assert HOPE not in letter.text


def test_what_is_hoped_is_told_to_the_family_and_behind_the_link(client):
    meeting = a_convened_meeting(people=1, topics=1)
    client.force_login(meeting.convener)
    assert "Kutsuttu näkee tämän jo ennen kuin vastaa" in client.get(people(meeting)).content.decode()
    assert said(client, meeting, HOPE).status_code == 302
    assert HOPE in client.get(people(meeting)).content.decode()
    convening.ask_family(meeting=meeting, by=meeting.convener)
    decide = reverse("family_decide", args=[meeting.situation.family.link.token])
    assert HOPE.rstrip(".") in FamilyClient().get(decide).content.decode()
    meeting.refresh_from_db()
    booked = a_booked_meeting(meeting=a_decided_meeting(meeting=meeting))
    check = client.get(reverse("meeting_check", args=[meeting.pk])).content.decode()
    assert HOPE in check
    meeting = an_invited_meeting(meeting=booked)
    page = client.get(reverse("invitation_answer", args=[invited(meeting).invitation.link.token]))
    text = page.content.decode()
    assert HOPE in text and "Mitä sinulta toivotaan" in text and WHY not in text
    with pytest.raises(Refused, match="jo lähtenyt kutsu"):
        convening.say_expectation(participation=seat(meeting), by=meeting.convener, text="Muuta")


@pytest.mark.parametrize("text", ["Aadan asiat tutuiksi", "Tunnus 120319A123X", "x" * 301])
def test_a_text_that_names_the_family_is_refused(client, text):
    meeting = a_convened_meeting(people=1, topics=1)
    client.force_login(meeting.convener)
    response = said(client, meeting, text)
    assert response.status_code == 422 and text in response.content.decode()
    assert seat(meeting).expectation == ""


def test_only_who_convenes_says_it_and_of_their_own_meeting_only(client):
    meeting, other = a_convened_meeting(people=1), a_convened_meeting(people=1)
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        convening.say_expectation(participation=seat(meeting), by=WorkerFactory(), text=HOPE)
    client.force_login(meeting.convener)
    pk = seat(other).pk
    assert client.post(people(meeting), {"expects": pk, f"toive-{pk}-text": HOPE}).status_code == 404
    assert seat(other).expectation == ""


def test_a_page_seen_before_the_hope_was_written_decides_nothing(client):
    meeting = a_convened_meeting(people=1)
    client.force_login(meeting.convener)
    said(client, meeting, HOPE)
    version = meeting.version
    meeting.refresh_from_db()
    assert meeting.version > version
    said(client, meeting, "")
    assert seat(meeting).expectation == ""


def test_texts_copied_earlier_are_taken_out_of_the_links():
    meeting = an_invited_meeting(people=1)
    Invitation.objects.update(expectation=WHY)
    migration = import_module("network.migrations.0027_why_out_of_invitations").Migration
    with connection.cursor() as cursor:
        cursor.execute(migration.operations[0].sql)
    assert invited(meeting).invitation.expectation == ""
    assert seat(meeting).why == WHY
