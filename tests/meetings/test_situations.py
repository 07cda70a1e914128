"""Raising, talking, ending: who may, what becomes of it, and that twice is once."""

import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.actions import convening, situations
from meetings.models import Conversation, Situation
from meetings.states import ConversationResult, Ending, MeetingStatus, Stage
from perhekeskus.refusals import Refused
from tests.factories import (
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_held_meeting,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)
from tests.factories.plans import an_agreed_plan
from tests.plugins.together import together

db = pytest.mark.django_db


def talk(**changes) -> Conversation:
    values = {"held_on": timezone.localdate(), "result": ConversationResult.ACCEPTED}
    return Conversation(**values | changes)


# --- one of each verb × who tries it -------------------------------------------------------------

VERBS = {
    "record_conversation": lambda situation, by: situations.record_conversation(
        situation=situation, by=by, conversation=talk()
    ),
    "add_close_person": lambda situation, by: situations.add_close_person(
        situation=situation, by=by, person=ClosePersonFactory.build(family=None)
    ),
    "convene": lambda situation, by: convening.convene(situation=situation, by=by),
    "end": lambda situation, by: situations.end(situation=situation, by=by, ending=Ending.GUIDANCE),
}


@db
@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("who", ["other", "coordinator", "administrator", "guidance"])
def test_only_the_holder_acts_on_a_situation(verb, who):
    situation = with_conversation()
    worker = WorkerFactory(**({} if who == "other" else {who: True}))
    with pytest.raises(Refused, match="Koppi on nyt toisella"):
        VERBS[verb](situation, worker)
    VERBS[verb](situation, situation.holder)


@db
@pytest.mark.parametrize("verb", list(VERBS))
def test_an_invited_person_acts_on_nothing(verb):
    meeting = an_invited_meeting(people=1)
    with pytest.raises(Refused, match="Koppi on nyt toisella"):
        VERBS[verb](meeting.situation, invited(meeting).worker)


@db
@pytest.mark.parametrize("verb", list(VERBS))
def test_nothing_is_done_to_what_has_ended(verb):
    situation = an_ended_situation()
    with pytest.raises(Refused, match="on päättynyt"):
        VERBS[verb](situation, situation.holder)


@db
@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_those_who_see_no_families_raise_no_matters(role):
    with pytest.raises(Refused, match="eivät kirjaa perheiden asioita"):
        a_situation(by=WorkerFactory(**{role: True}))


# --- what becomes of it ---------------------------------------------------------------------------


@db
def test_the_recorder_has_the_koppi_from_the_first_moment():
    worker = WorkerFactory()
    situation = a_situation(by=worker)
    assert (situation.holder, situation.stage) == (worker, Stage.RAISED)


@db
@pytest.mark.parametrize(
    ("result", "stage", "ending"),
    [
        (ConversationResult.ACCEPTED, Stage.RAISED, ""),
        (ConversationResult.THINKING, Stage.RAISED, ""),
        (ConversationResult.DECLINED, Stage.ENDED, Ending.DECLINED),
        (ConversationResult.GUIDANCE, Stage.ENDED, Ending.GUIDANCE),
        (ConversationResult.NOTHING_MORE, Stage.ENDED, Ending.NOTHING_MORE),
    ],
)
def test_what_was_agreed_in_the_talk_decides_how_it_goes_on(result, stage, ending):
    situation = with_conversation(result=result)
    assert (situation.stage, situation.ending) == (stage, ending)


@db
def test_a_talk_that_was_enough_does_not_end_what_is_already_booked():
    meeting = a_booked_meeting()
    situation = with_conversation(meeting.situation, result=ConversationResult.NOTHING_MORE)
    assert situation.is_open
    with pytest.raises(Refused, match="Pidä tai peru se ensin"):
        situations.end(situation=situation, by=situation.holder, ending=Ending.GUIDANCE)


@db
def test_ending_lets_go_of_what_was_being_prepared():
    meeting = a_convened_meeting()
    situations.end(situation=meeting.situation, by=meeting.convener, ending=Ending.MOVED)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED


@db
def test_what_has_ended_is_taken_up_again_by_the_one_who_had_it():
    situation = an_ended_situation()
    with pytest.raises(Refused, match="jolla koppi viimeksi oli"):
        situations.reopen(situation=situation, by=WorkerFactory())
    again = situations.reopen(situation=situation, by=situation.holder)
    assert (again.stage, again.ending, again.ended_at, again.ended_by) == (Stage.RAISED, "", None, None)
    with pytest.raises(Refused, match="on jo auki"):
        situations.reopen(situation=again, by=again.holder)


@db
def test_a_broken_talk_or_close_person_is_not_saved():
    situation = a_situation()
    with pytest.raises(ValidationError):
        situations.record_conversation(
            situation=situation, by=situation.holder, conversation=talk(result="jotain")
        )
    with pytest.raises(ValidationError):
        situations.add_close_person(
            situation=situation, by=situation.holder, person=ClosePersonFactory.build(family=None, name="")
        )
    assert not situation.conversations.exists() and not situation.family.close_people.exists()


# --- twice is once --------------------------------------------------------------------------------


def raise_with(key: uuid.UUID, by) -> Situation:
    return situations.raise_matter(
        by=by,
        family=FamilyFactory.build(municipality=by.unit.municipality),
        members=[GuardianFactory.build(family=None, first_name="Marja")],
        form_key=key,
    )


@db
def test_the_same_form_opens_one_situation_and_writes_one_talk():
    worker, key = WorkerFactory(), uuid.uuid4()
    situation = raise_with(key, worker)
    assert raise_with(key, worker) == situation and Situation.objects.count() == 1
    record = partial(situations.record_conversation, situation=situation, by=worker, form_key=uuid.uuid4())
    assert record(conversation=talk()) == record(conversation=talk())
    assert situation.conversations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_open_one_situation():
    worker = WorkerFactory()
    for number in range(1, 6):
        act = partial(raise_with, uuid.uuid4(), worker)
        together(act, act, act)
        assert Situation.objects.count() == number


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_convene_one_meeting():
    for _round in range(5):
        situation = with_conversation()
        act = partial(convening.convene, situation=situation, by=situation.holder)
        together(act, act)
        assert situation.meetings.count() == 1


# --- who sees -------------------------------------------------------------------------------------


@db
def test_who_sees_a_situation_and_on_which_ground():
    responsible = WorkerFactory()
    meeting = an_invited_meeting(people=[WorkerFactory(), responsible])
    guest = invited(meeting).worker
    an_agreed_plan(meeting=a_held_meeting(meeting=meeting), responsible=responsible)
    one = Situation.objects.filter(pk=meeting.situation_id)
    grounds = {
        worker: (ground.name, ground.opens_all) if (ground := one.ground_for(worker)) else None
        for worker in (meeting.convener, guest, responsible, WorkerFactory(), WorkerFactory(coordinator=True))
    }
    assert list(grounds.values()) == [
        ("holder", True),
        ("invited", False),
        ("responsible", True),
        None,
        None,
    ]
    for worker, ground in grounds.items():
        assert Situation.objects.visible_to(worker).exists() is (ground is not None)
        assert Situation.objects.opened_to(worker).exists() is bool(ground and ground[1])


@db
@pytest.mark.parametrize("flag", ["is_coordinator", "is_administrator"])
def test_the_holder_who_becomes_a_coordinator_sees_no_family_any_more(flag):
    situation = a_situation()
    setattr(situation.holder, flag, True)
    situation.holder.save()
    assert not Situation.objects.visible_to(situation.holder).exists()
