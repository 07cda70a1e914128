"""Situations that nobody has touched for long come up to the holder, then to the unit's supervisor."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import supervisor_letters
from meetings.models import Handover, Situation
from meetings.tasks import tell_of_untouched
from network.models import RegularLetter, Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.words import HELSINKI
from tests.factories import (
    WorkerFactory,
    a_held_meeting,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    an_offered_handover,
    with_conversation,
)
from tests.factories.plans import an_agreed_plan

from .test_touched import forgotten

pytestmark = pytest.mark.django_db


def home(client, worker) -> str:
    client.force_login(worker)
    return client.get(reverse("home")).content.decode()


class TestTheHolder:
    def test_is_told_after_two_weeks_with_three_ways_on(self, client):
        situation = forgotten(with_conversation(), days=15)
        page = home(client, situation.holder)
        assert "Et ole koskenut tähän 15 päivään" in page
        for name in ("situation_detail", "situation_end", "handover_offer", "meeting_convene"):
            assert reverse(name, args=[situation.pk]) in page

    def test_not_before(self, client):
        situation = forgotten(with_conversation(), days=13)
        assert "Et ole koskenut" not in home(client, situation.holder)

    def test_not_of_what_has_ended(self, client):
        situation = forgotten(an_ended_situation(), days=60)
        assert "Et ole koskenut" not in home(client, situation.holder)

    def test_not_while_a_shared_time_is_ahead(self, client):
        situation = forgotten(an_invited_meeting().situation, days=15)
        assert "Et ole koskenut" not in home(client, situation.holder)

    def test_not_while_a_contact_is_promised_ahead(self, client):
        worker = WorkerFactory()
        meeting = a_held_meeting(people=[worker])
        plan = an_agreed_plan(meeting=meeting, responsible=worker)
        forgotten(plan.situation, days=15)
        assert "Et ole koskenut" not in home(client, plan.situation.holder)
        contact = plan.contacts.get()
        contact.on = timezone.localdate() - timedelta(days=1)
        contact.save()
        forgotten(plan.situation, days=15)
        assert "Et ole koskenut" in home(client, plan.situation.holder)

    def test_in_the_same_number_of_queries(self, client):
        worker = WorkerFactory()
        forgotten(with_conversation(a_situation(by=worker)))
        home(client, worker)
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("home"))
        for _number in range(3):
            forgotten(with_conversation(a_situation(by=worker)))
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("home"))
        assert len(many) == len(few)


@pytest.fixture
def at_work():
    """Nine in the morning: the letters go from eight on."""
    today = timezone.localtime(timezone.now(), HELSINKI).replace(hour=9, minute=0)
    with time_machine.travel(today, tick=False):
        yield today


@pytest.mark.usefixtures("at_work")
class TestTheSupervisor:
    def told(self) -> list[str]:
        return list(
            Message.objects.filter(kind=supervisor_letters.UNTOUCHED).values_list("recipient", flat=True)
        )

    def test_gets_a_number_and_names_and_nothing_of_the_family(self, post):
        worker = WorkerFactory(first_name="Olli", last_name="Ahonen")
        supervisor = WorkerFactory(unit=worker.unit, is_supervisor=True)
        elsewhere = WorkerFactory(is_supervisor=True)
        for _number in range(2):
            forgotten(with_conversation(a_situation(by=worker)), days=29)
        forgotten(with_conversation(a_situation(by=worker)), days=27)
        tell_of_untouched()
        assert self.told() == [supervisor.email] and elsewhere.email not in self.told()
        post.raw.clear()
        outbox.drain()
        (letter,) = [one for one in post.letters if one["To"] == supervisor.email]
        text = letter.get_body(("plain",)).get_content()
        assert "Yksikössäsi on 2 tilannetta" in text and "Olli Ahonen (2)" in text
        assert reverse("supervised_unit") in text
        for word in ("Aada", "Kaisa", "/tilanteet/"):
            assert word not in text
        assert not re.search(r"[Tt]ilanne \d", text)

    def test_once_a_week_at_most_however_often_it_runs(self, at_work):
        worker = WorkerFactory()
        WorkerFactory(unit=worker.unit, is_supervisor=True)
        forgotten(with_conversation(a_situation(by=worker)), days=29)
        for _run in range(3):
            tell_of_untouched()
        assert len(self.told()) == RegularLetter.objects.count() == 1
        with time_machine.travel(at_work + timedelta(days=6), tick=False):
            tell_of_untouched()
        assert len(self.told()) == 1
        with time_machine.travel(at_work + timedelta(days=7), tick=False):
            tell_of_untouched()
        assert len(self.told()) == 2

    def test_is_told_of_one_whose_holder_has_left(self):
        worker = WorkerFactory()
        supervisor = WorkerFactory(unit=worker.unit, is_supervisor=True)
        with_conversation(a_situation(by=worker))
        tell_of_untouched()
        assert self.told() == []
        worker.is_active = False
        worker.save()
        tell_of_untouched()
        assert self.told() == [supervisor.email]

    def test_gets_no_letter_of_what_was_touched_meanwhile(self, post):
        worker = WorkerFactory()
        WorkerFactory(unit=worker.unit, is_supervisor=True)
        situation = forgotten(with_conversation(a_situation(by=worker)), days=29)
        tell_of_untouched()
        Situation.objects.filter(pk=situation.pk).update(touched_at=timezone.now())
        outbox.drain()
        assert post.raw == []


@pytest.mark.usefixtures("at_work")
class TestClimbing:
    """Where nobody of the unit can help, the coordinator of its municipality is told; names and numbers."""

    def told(self) -> list[tuple[str, str]]:
        kinds = [supervisor_letters.UNTOUCHED, supervisor_letters.UNHELPED]
        return sorted(Message.objects.filter(kind__in=kinds).values_list("kind", "recipient"))

    def a_coordinator(self, code: str = "263") -> Worker:
        return WorkerFactory(is_coordinator=True, unit__municipality__code=code)

    def test_a_unit_without_a_supervisor_climbs_to_its_own_coordinator(self, post):
        worker = WorkerFactory(first_name="Olli", last_name="Ahonen")
        near, _far = self.a_coordinator(), self.a_coordinator("297")
        forgotten(with_conversation(a_situation(by=worker)), days=29)
        for _run in range(2):
            tell_of_untouched()
        assert self.told() == [(supervisor_letters.UNHELPED, near.email)]
        post.raw.clear()
        outbox.drain()
        (letter,) = [one for one in post.letters if one["To"] == near.email]
        text = letter.get_body(("plain",)).get_content()
        assert "1 tilanne odottaa, eikä yksiköstä löydy auttajaa" in text and "Olli Ahonen" in text
        for word in ("Aada", "Kaisa", "/tilanteet/"):
            assert word not in text
        assert not re.search(r"[Tt]ilanne \d", text)

    def test_to_any_coordinator_and_then_to_an_administrator(self):
        worker = WorkerFactory()
        administrator = WorkerFactory(is_administrator=True)
        forgotten(with_conversation(a_situation(by=worker)), days=29)
        far = self.a_coordinator("297")
        tell_of_untouched()
        assert self.told() == [(supervisor_letters.UNHELPED, far.email)]
        Message.objects.all().delete()
        RegularLetter.objects.all().delete()
        far.is_active = False
        far.save()
        tell_of_untouched()
        assert self.told() == [(supervisor_letters.UNHELPED, administrator.email)]

    @pytest.mark.parametrize("is_alone", [True, False])
    def test_one_who_has_left_a_unit_where_nobody_can_catch(self, is_alone):
        worker = WorkerFactory()
        # The supervisor coordinates, and catches no koppi.
        boss = WorkerFactory(unit=worker.unit, is_supervisor=True, is_coordinator=True)
        if not is_alone:
            WorkerFactory(unit=worker.unit)
        with_conversation(a_situation(by=worker))
        worker.is_active = False
        worker.save()
        tell_of_untouched()
        expected = [(supervisor_letters.UNTOUCHED, boss.email)]
        assert self.told() == ([(supervisor_letters.UNHELPED, boss.email)] if is_alone else []) + expected

    def test_the_supervisor_who_holds_it_alone_is_no_help_to_themselves(self):
        worker = WorkerFactory(is_supervisor=True)
        near = self.a_coordinator()
        forgotten(with_conversation(a_situation(by=worker)), days=29)
        tell_of_untouched()
        assert (supervisor_letters.UNHELPED, near.email) in self.told()

    def test_an_offer_that_nobody_takes_climbs_too(self, client):
        offer = an_offered_handover()
        assert "ei ole otettu" not in home(client, offer.from_worker)
        boss = WorkerFactory(unit=offer.from_worker.unit, is_supervisor=True)
        Handover.objects.update(offered_at=timezone.now() - timedelta(days=6, hours=23))
        tell_of_untouched()
        assert self.told() == []
        Handover.objects.update(offered_at=timezone.now() - timedelta(days=7, hours=1))
        tell_of_untouched()
        assert self.told() == [(supervisor_letters.UNTOUCHED, boss.email)]
        page = home(client, offer.from_worker)
        assert "Tarjoamaasi koppia ei ole otettu 7 päivään" in page and offer.to_worker.name in page


@pytest.mark.django_db(transaction=True)
def test_the_letters_are_written_outside_any_transaction_too(at_work):
    worker = WorkerFactory()
    WorkerFactory(unit=worker.unit, is_supervisor=True)
    forgotten(with_conversation(a_situation(by=worker)), days=29)
    tell_of_untouched()
    assert Message.objects.filter(kind=supervisor_letters.UNTOUCHED).count() == 1
