"""When a situation was last touched: the database keeps it, whatever changes and from whichever table."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from meetings.actions import convening, handovers, situations
from meetings.models import Situation
from network.models import Consultation
from plans import actions as plan_actions
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    everything,
    invited,
    with_conversation,
)
from tests.factories.consultations import an_asked_consultation
from tests.factories.plans import an_agreed_plan
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


def forgotten(situation: Situation, days: int = 20) -> Situation:
    """The situation as if nobody had touched it for so many days."""
    long_ago = timezone.now() - timedelta(days=days)
    Situation.objects.filter(pk=situation.pk).update(touched_at=long_ago)
    assert not is_touched(situation)
    return situation


def is_touched(situation: Situation) -> bool:
    touched_at = Situation.objects.values_list("touched_at", flat=True).get(pk=situation.pk)
    return touched_at > timezone.now() - timedelta(hours=1)


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def a_convening() -> Situation:
    return a_convened_meeting().situation


def propose_person(situation: Situation) -> None:
    meeting = situation.meetings.get()
    convening.propose_person(meeting=meeting, by=situation.holder, person=WorkerFactory(), why="")


def propose_topic(situation: Situation) -> None:
    convening.propose_topic(meeting=situation.meetings.get(), by=situation.holder, title="Uni")


def decide(situation: Situation) -> None:
    meeting = situation.meetings.get()
    convening.decide(
        meeting=meeting,
        decision=everything(meeting),
        method="face_to_face",
        given_by=situation.family.members.filter(role="guardian").first(),
        by=situation.holder,
    )


def end(situation: Situation) -> None:
    situations.end(situation=situation, by=situation.holder, ending="moved")


def decline(situation: Situation) -> None:
    handover = situation.handovers.get()
    handovers.decline(handover=handover, by=handover.to_worker)


def agree_on_plan(situation: Situation) -> None:
    meeting = situation.meetings.get()
    an_agreed_plan(meeting=meeting, responsible=invited(meeting).worker)


def keep_promise(situation: Situation) -> None:
    contact = plan_actions.latest(situation).contacts.get()
    plan_actions.record_contact(
        contact=contact,
        by=contact.plan.responsible_workers.get().worker,
        outcome="Menee hyvin.",
        next_on=timezone.localdate() + timedelta(days=7),
    )


@pytest.mark.parametrize(
    ("make", "touch"),
    [
        (a_situation, lambda one: with_conversation(one)),
        (with_conversation, lambda one: a_convened_meeting(situation=one, people=0, topics=0)),
        (with_conversation, lambda one: an_offered_handover(situation=one)),
        (lambda: an_offered_handover().situation, decline),
        (with_conversation, lambda one: an_asked_consultation(situation=one)),
        (a_convening, propose_person),
        (a_convening, propose_topic),
        (a_convening, decide),
        (lambda: an_invited_meeting().situation, lambda one: a_held_meeting(meeting=one.meetings.get())),
        (lambda: a_held_meeting().situation, agree_on_plan),
        (lambda: an_agreed_plan(responsible=WorkerFactory()).situation, keep_promise),
        (with_conversation, end),
    ],
)
def test_what_is_done_touches_it(make, touch):
    situation = forgotten(make())
    touch(situation)
    assert is_touched(situation)


def test_raw_sql_touches_it_too():
    situation = forgotten(a_booked_meeting().situation)
    sql("UPDATE meetings_topic SET title = title || '!'")
    assert is_touched(situation)
    forgotten(situation)
    sql("DELETE FROM meetings_topic")
    assert is_touched(situation)


def test_looking_touches_nothing_and_another_situation_stays_as_it_was(client):
    situation, other = forgotten(with_conversation()), forgotten(with_conversation())
    client.force_login(situation.holder)
    assert client.get(situation.get_absolute_url()).status_code == 200
    assert not is_touched(situation)
    end(situation)
    assert is_touched(situation) and not is_touched(other)


def test_a_touch_leaves_no_line_in_the_history():
    situation = forgotten(a_convening())
    history = Situation.pgh_event_model.objects.filter(pgh_obj_id=situation.pk)
    before = history.count()
    propose_topic(situation)
    assert is_touched(situation) and history.count() == before


def test_a_question_of_advice_belongs_to_its_situation():
    situation = with_conversation()
    an_asked_consultation(situation=situation)
    forgotten(situation)
    Consultation.objects.update(status="withdrawn", withdrawn_at=timezone.now())
    assert is_touched(situation)


@pytest.mark.django_db(transaction=True)
def test_touching_waits_for_nobody():
    """Who keeps the situation locked touches it themselves: the other one goes on without waiting."""
    situation = forgotten(a_convening())

    def from_elsewhere() -> None:
        sql("SET LOCAL lock_timeout = '1s'; UPDATE meetings_topic SET title = title || '!'")

    with transaction.atomic():
        sql("SELECT id FROM meetings_situation WHERE id = %s FOR UPDATE", situation.pk)
        together(from_elsewhere)
    assert situation.meetings.get().topics.filter(title__endswith="!").exists()
