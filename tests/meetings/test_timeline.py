"""The page of a situation: its line of events, one next step for each viewer, the ways to end."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import handovers, situations
from meetings.forms.situations import EndForm
from meetings.models import Conversation, Situation
from meetings.states import ConversationResult, Ending, Stage
from meetings.timeline import events_of
from meetings.waiting import with_next_step
from network.actions import consultations
from perhekeskus.refusals import Refused
from perhekeskus.words import HELSINKI
from tests.factories import (
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
    with_conversation,
)
from tests.factories.consultations import an_asked_consultation
from tests.factories.plans import an_agreed_plan

pytestmark = pytest.mark.django_db


def facts(client, situation, worker) -> dict:
    client.force_login(worker)
    response = client.get(situation.get_absolute_url())
    assert response.status_code == 200
    return response.context


def a_whole_story():
    """From the talk to the plan, with an offered koppi and a question on the way."""
    responsible = WorkerFactory()
    situation = with_conversation()
    declined = an_offered_handover(situation=situation)
    handovers.decline(handover=declined, by=declined.to_worker)
    meeting = a_held_meeting(situation=situation, people=[responsible], period=next_weekday(days=1))
    plan = an_agreed_plan(meeting=meeting, responsible=responsible)
    situation.refresh_from_db()
    return situation, plan, responsible


class TestTheLineOfEvents:
    def test_tells_the_whole_story_in_order_with_dates(self, client):
        situation, plan, _responsible = a_whole_story()
        events = facts(client, situation, situation.holder)["events"]
        titles = [event["title"] for event in events]
        for title in (
            "Tilanne avattiin",
            "Puheeksiotto",
            "Koppia tarjottiin",
            "Koppia ei otettu",
            "Suunnitelma sovittiin",
            "Luvattu yhteydenotto",
        ):
            assert title in titles
        assert titles.index("Koppia tarjottiin") < titles.index("Koppia ei otettu")
        assert titles[-1] == "Luvattu yhteydenotto" and events[-1]["is_ahead"]
        assert all(event["when"] for event in events)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert "Tilanteen kulku" in page and "tulossa" in page
        assert plan.get_absolute_url() in page

    def test_the_end_is_its_last(self, client):
        situation = an_ended_situation()
        events = facts(client, situation, situation.holder)["events"]
        assert events[-1]["title"] in {"Tilanne päättyi", "Puheeksiotto"}
        assert "Tilanne päättyi" in [event["title"] for event in events]

    def test_an_invited_person_sees_none_of_it(self, client):
        meeting = an_invited_meeting(people=1)
        client.force_login(invited(meeting).worker)
        page = client.get(meeting.situation.get_absolute_url()).content.decode()
        assert "Tilanteen kulku" not in page

    def test_a_protected_familys_units_are_not_named_to_who_may_not_know(self, client):
        responsible = WorkerFactory()
        situation = with_conversation(a_situation(address_protected=True))
        meeting = a_held_meeting(situation=situation, people=[responsible])
        an_agreed_plan(meeting=meeting, responsible=responsible)
        situation.refresh_from_db()
        unit = WorkerFactory().unit
        handovers.offer(situation=situation, by=situation.holder, to=unit)
        client.force_login(responsible)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert "Koppia tarjottiin" in page and unit.name not in page
        client.force_login(situation.holder)
        assert unit.name in client.get(situation.get_absolute_url()).content.decode()

    def test_in_the_same_number_of_queries(self, client):
        situation = with_conversation()
        facts(client, situation, situation.holder)
        with CaptureQueriesContext(connection) as few:
            client.get(situation.get_absolute_url())
        for _number in range(4):
            offer = an_offered_handover(situation=situation)
            handovers.withdraw_offer(handover=offer, by=offer.from_worker)
            with_conversation(situation, result=ConversationResult.THINKING)
        with CaptureQueriesContext(connection) as many:
            client.get(situation.get_absolute_url())
        assert len(many) <= len(few) + 1


class TestThePicture:
    def test_has_a_bar_for_each_stage_that_was_and_a_mark_ahead_for_what_is_agreed(self, client):
        situation, _plan, _responsible = a_whole_story()
        picture = facts(client, situation, situation.holder)["timeline"]
        rows = {row.name: row for row in picture.rows}
        for name in ("Puheeksiotto", "Koollekutsuminen", "Yhteinen aika", "Suunnitelma"):
            assert len(rows[name].bars) == 1, name
        assert rows["Sujuva arki"].is_empty
        assert rows["Suunnitelma"].is_now and rows["Suunnitelma"].bars[0].is_now
        assert not rows["Puheeksiotto"].bars[0].is_now
        assert [mark.is_ahead for mark in rows["Yhteydenpito"].marks] == [True]
        assert "seuraavaksi" in rows["Yhteydenpito"].note
        assert len(rows["Kopin siirrot"].marks) == 2

    def test_a_promise_that_is_late_has_not_happened(self, client):
        situation, plan, _responsible = a_whole_story()
        plan.contacts.update(on=timezone.localdate() - timedelta(days=1))
        page = facts(client, situation, situation.holder)
        row = next(row for row in page["timeline"].rows if row.name == "Yhteydenpito")
        assert [mark.is_ahead for mark in row.marks] == [True] and "myöhässä" in row.note
        assert [one["label"] for one in page["latest"]] == ["Viimeksi", "Myöhässä"]
        assert "Luvattu yhteydenotto" not in page["latest"][0]["title"]

    def test_a_stage_that_comes_again_has_two_bars(self, client):
        with time_machine.travel(timezone.now() - timedelta(days=40), tick=False) as clock:
            situation = with_conversation()
            clock.shift(timedelta(days=10))
            situations.end(situation=situation, by=situation.holder, ending=Ending.DECLINED)
            clock.shift(timedelta(days=10))
            situation = situations.reopen(situation=situation, by=situation.holder)
        picture = facts(client, situation, situation.holder)["timeline"]
        raised = picture.rows[0]
        assert [bar.is_now for bar in raised.bars] == [False, True]
        assert raised.note == "nyt · 30 päivää"
        ended = picture.rows[5]
        assert (ended.name, len(ended.bars), ended.is_now) == ("Päättynyt muuten", 1, False)

    def test_is_said_in_words_beside_a_list_of_the_same(self, client):
        situation, _plan, _responsible = a_whole_story()
        client.force_login(situation.holder)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert 'role="img"' in page and "Tilanteen kulku. Puheeksiotto:" in page
        assert "Seuraavaksi:" in page and "Viimeksi:" in page and "Kaikki tapahtumat luettelona" in page
        assert "style=" not in page


class TestTheNextStep:
    def test_of_the_holder(self, client):
        situation = with_conversation()
        koppi = facts(client, situation, situation.holder)["koppi"]
        assert (koppi["action_label"], koppi["action_url"]) == (
            "Kutsu koolle",
            reverse("meeting_convene", args=[situation.pk]),
        )

    def test_of_the_invited_is_to_answer(self, client):
        meeting = an_invited_meeting(people=1)
        seat = invited(meeting)
        koppi = facts(client, meeting.situation, seat.worker)["koppi"]
        assert koppi["action_url"] == reverse("invitation_detail", args=[seat.invitation.pk])
        assert "Kutsu odottaa vastaustasi" in koppi["text"]

    def test_of_the_responsible_worker_is_the_promised_contact(self, client):
        situation, plan, responsible = a_whole_story()
        koppi = facts(client, situation, responsible)["koppi"]
        assert koppi["action_label"] == "Kirjaa yhteydenotto"
        assert koppi["action_url"] == reverse("contact_record", args=[plan.contacts.get().pk])

    def test_of_others_is_told_whose_it_is(self, client):
        situation, _plan, responsible = a_whole_story()
        page = facts(client, situation, responsible)
        assert f"Tilanteen kirjaukset tekee {situation.holder.name}" in page["not_mine"]
        assert page["doings"] == []


class TestRefusalsInWords:
    def test_what_cant_be_done_now_says_why(self, client):
        meeting = an_invited_meeting(people=1)
        doings = facts(client, meeting.situation, meeting.convener)["doings"]
        refused = {one["label"]: one["refused"] for one in doings if one["refused"]}
        assert refused["Merkitse tilanne päättyneeksi"] == "Yhteinen aika on sovittu. Pidä tai peru se ensin."
        assert refused["Kutsu koolle"].startswith("Yhteinen aika on jo sovittu tai pidetty.")

    def test_an_offered_koppi_is_not_offered_once_more(self, client):
        situation = with_conversation()
        an_offered_handover(situation=situation)
        doings = facts(client, situation, situation.holder)["doings"]
        [offer] = [one for one in doings if one["label"] == "Siirrä koppi toiselle"]
        assert offer["refused"].startswith("Koppia tarjotaan jo") and offer["url"] == ""


class TestTheEnd:
    def choices(self, situation) -> set[str]:
        return {value for value, _label in EndForm(situation=situation).fields["ending"].choices}

    def test_each_ending_is_offered_where_it_belongs(self):
        situation = with_conversation()
        always = {"nothing_more", "guidance", "moved", "other_service"}
        assert self.choices(situation) == always | {"declined"}
        question = an_asked_consultation(situation=situation, to=(adviser := WorkerFactory()))
        assert "consultation" not in self.choices(situation)
        consultations.answer(consultation=question, by=adviser, text="Kokeilkaa kuvia.")
        assert self.choices(situation) == always | {"declined", "consultation"}
        held = a_held_meeting().situation
        held.refresh_from_db()
        assert self.choices(held) == always

    @pytest.mark.parametrize(
        "ending", [Ending.NOTHING_MORE, Ending.GUIDANCE, Ending.MOVED, Ending.OTHER_SERVICE]
    )
    def test_the_others_end_it_and_the_page_says_how(self, ending, client):
        situation = with_conversation()
        client.force_login(situation.holder)
        client.post(reverse("situation_end", args=[situation.pk]), {"ending": ending})
        situation.refresh_from_db()
        assert (situation.stage, situation.ending) == (Stage.ENDED, ending)
        page = client.get(situation.get_absolute_url()).content.decode()
        assert str(ending.label).capitalize() in page

    @pytest.mark.parametrize(
        ("ending", "sentence"),
        [
            (Ending.EVERYDAY, "kun yhteinen suunnitelma on sovittu"),
            (Ending.CONSULTATION, "siihen ei ole vielä vastattu"),
        ],
    )
    def test_an_ending_that_does_not_belong_is_refused(self, ending, sentence):
        situation = with_conversation()
        with pytest.raises(Refused, match=sentence):
            situations.end(situation=situation, by=situation.holder, ending=ending)

    def test_nobody_declines_a_shared_time_that_was_held(self):
        situation = a_held_meeting().situation
        situation.refresh_from_db()
        with pytest.raises(Refused, match="on jo pidetty"):
            situations.end(situation=situation, by=situation.holder, ending=Ending.DECLINED)
        situations.record_conversation(
            situation=situation,
            by=situation.holder,
            conversation=Conversation(
                held_on=timezone.localdate() - timedelta(days=1), result=ConversationResult.DECLINED
            ),
        )
        situation.refresh_from_db()
        assert situation.is_open

    def test_the_page_says_what_happens_then(self, client):
        situation = with_conversation()
        client.force_login(situation.holder)
        page = client.get(reverse("situation_end", args=[situation.pk])).content.decode()
        assert "kun yhteinen suunnitelma on sovittu" in page and "kopin tarjous päättyvät" in page


@pytest.mark.parametrize("clock", ["06:40", "20:15"])
def test_talk_of_today_comes_after_the_opening_at_any_hour(clock):
    hours, minutes = clock.split(":")
    with time_machine.travel(datetime(2027, 3, 16, int(hours), int(minutes), tzinfo=HELSINKI), tick=True):
        situation = with_next_step(Situation.objects.filter(pk=with_conversation().pk)).get()
        opened, talk = events_of(situation, with_places=True)
        assert (opened.title, talk.is_to_come) == ("Tilanne avattiin", False)
