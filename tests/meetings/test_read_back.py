"""What was said at a shared time is read afterwards, and what its kind doesn't use is not asked."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.actions import dialogues, influence
from meetings.actions.missing import Pity, write_missing
from meetings.models import Kind, Meeting
from meetings.states import Attendance, DialogueQuestion, InfluenceSide, WasNeeded
from network.models import Worker
from perhekeskus.autosave import Change, mark
from perhekeskus.words import today
from tests.door import FamilyClient
from tests.factories import a_held_meeting, invited
from tests.factories.plans import an_agreed_plan

pytestmark = pytest.mark.django_db

SAID = ("Luin iltasadun.", "Bussi ei kulje illalla.", "Iltojen rauhoittaminen.")
PITY = "Hän olisi tiennyt harrastuksesta."


@pytest.fixture
def meeting():
    """A shared time with everything said at it; it is an hour after it."""
    meeting = a_held_meeting(people=2)
    with time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False):
        by = meeting.convener
        dialogue = dialogues.begin(meeting=meeting, by=by, future_on=today(), minutes=10)
        turn = dialogue.turns.select_related("dialogue__meeting").first()
        dialogues.write(turn=turn, by=by, answers={DialogueQuestion.DID: Change(SAID[0], mark(""))})
        influence.add(meeting=meeting, by=by, side=InfluenceSide.CANNOT, text=SAID[1])
        influence.add(meeting=meeting, by=by, side=InfluenceSide.CAN, text=SAID[2])
        seat = invited(meeting)
        meeting.participations.filter(pk=seat.pk).update(attendance=Attendance.ABSENT)
        write_missing(meeting=meeting, by=by, pities={seat.pk: Pity(WasNeeded.YES, PITY)})
    return meeting


def page(client, worker: Worker, meeting: Meeting, name: str = "meeting_detail") -> str:
    client.force_login(worker)
    return client.get(reverse(name, args=[meeting.pk])).content.decode()


def test_what_was_said_is_read_after_the_plan_is_agreed(client, meeting):
    an_agreed_plan(meeting=meeting, responsible=invited(meeting, 1).worker)
    client.force_login(meeting.convener)
    assert client.get(reverse("meeting_dialogue", args=[meeting.pk])).status_code == 302
    text = page(client, meeting.convener, meeting)
    for words in (*SAID, PITY, "Mitä itse teit?", "Olisiko häntä tarvittu: kyllä."):
        assert words in text
    assert text.index("Tähän voimme vaikuttaa") < text.index(SAID[2]) < text.index(SAID[1])


def test_read_by_those_to_whom_all_is_open_and_the_pity_by_those_who_led(client, meeting):
    guest = invited(meeting, 1).worker
    assert not [words for words in (*SAID, PITY) if words in page(client, guest, meeting)]
    an_agreed_plan(meeting=meeting, responsible=guest)
    text = page(client, guest, meeting)
    assert SAID[0] in text and PITY not in text
    token = meeting.situation.family.link.token
    for name in ("family_home", "family_plan"):
        text = FamilyClient().get(reverse(name, args=[token])).content.decode()
        assert not [words for words in (*SAID, PITY) if words in text]


def test_what_the_kind_does_not_use_is_not_asked(client):
    meeting = a_held_meeting(people=1)
    Kind.objects.filter(pk=meeting.kind_id).update(
        uses_star=False, uses_notes=False, uses_dialogue=False, uses_influence=False, uses_plan=False
    )
    with time_machine.travel(meeting.period.upper + timedelta(hours=1), tick=False):
        meeting.rays.all().delete()
        Meeting.objects.filter(pk=meeting.pk).update(notes="")
        text = page(client, meeting.convener, meeting, "meeting_record")
        assert "Ketkä tulivat" in text
        for words in ("Hyvinvoinnin täh", "Muistiinpanot", "Voimavarat"):
            assert words not in text
        text = page(client, meeting.convener, meeting)
        for words in ("Kirjoita suunnitelma", "Tulevaisuuden muistelu", "Mihin voimme vaikuttaa"):
            assert words not in text
        data = {f"came_{one.pk}": "present" for one in meeting.participations.filter(decision="yes")}
        answer = client.post(reverse("meeting_record", args=[meeting.pk]), data | {"notes": "Silti"})
        assert answer.url == meeting.get_absolute_url()
        meeting.refresh_from_db()
        assert meeting.notes == ""
        # What was written while the kind used it stays to be read and mended.
        Meeting.objects.filter(pk=meeting.pk).update(notes="Ennen muutosta.")
        assert "Ennen muutosta." in page(client, meeting.convener, meeting, "meeting_record")
