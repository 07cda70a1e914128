"""A follow-up: with those whom the family lets come, about what is left, while the plan is in force."""

from functools import partial

import pytest
import time_machine

from meetings.actions import convening, recording
from meetings.actions.convening import FamilyDecision
from meetings.actions.recording import Record
from meetings.came_before import came_before, not_along
from meetings.models import Meeting, Situation
from meetings.rules.meetings import why_not_record
from meetings.states import Decision, MeetingKind, MeetingStatus, Stage
from network.actions import consents
from network.models import Consent, Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import Refused
from plans import actions
from plans.models import NextContact, Plan
from plans.states import ReviewSide
from tests.factories import WorkerFactory
from tests.factories.plans import a_guardian, what_was_said
from tests.plugins.together import together

from .conftest import in_days

pytestmark = pytest.mark.django_db


def people_of(meeting: Meeting) -> dict[Worker, str]:
    return {one.worker: one.decision for one in meeting.participations.professionals()}


def stage_of(plan: Plan) -> str:
    return Situation.objects.values_list("stage", flat=True).get(pk=plan.situation_id)


def test_those_along_whom_a_permission_lets_come_and_the_others_wait_for_a_new_one(
    agreed: Plan, nurse: Worker, volunteer: Worker
) -> None:
    holder = agreed.situation.holder
    gone = Consent.objects.in_force().get(worker=volunteer, purpose=ConsentPurpose.INVITE)
    consents.withdraw(consent=gone, by=holder)

    meeting = actions.convene_follow_up(plan=agreed, by=holder)

    assert (meeting.kind_id, meeting.status) == (MeetingKind.FOLLOW_UP, MeetingStatus.DRAFT)
    assert people_of(meeting) == {nurse: Decision.YES}
    assert [one.person for one in not_along(meeting, came_before(agreed.situation))] == [volunteer]
    assert [topic.title for topic in meeting.topics.order_by("pk")] == [
        "Aamut ovat kiireisiä.",
        "Nukkumaanmeno venyy.",
        "Mitä sovitusta on tehty ja mitä jatketaan",
    ]
    # The family decides as always, and nothing leaves before it has.
    assert {topic.decision for topic in meeting.topics.all()} == {Decision.UNDECIDED}
    decision = FamilyDecision(topics={topic.pk: True for topic in meeting.topics.all()})
    meeting = convening.decide(
        meeting=meeting,
        decision=decision,
        method=ConsentMethod.FACE_TO_FACE,
        given_by=a_guardian(agreed),
        by=holder,
    )
    assert meeting.status == MeetingStatus.DECIDED


def test_the_responsible_worker_convenes_too_and_a_second_press_makes_no_second(
    agreed: Plan, nurse: Worker, volunteer: Worker
) -> None:
    for worker in (volunteer, WorkerFactory()):
        with pytest.raises(Refused, match="Koppi on nyt toisella"):
            actions.convene_follow_up(plan=agreed, by=worker)
    meeting = actions.convene_follow_up(plan=agreed, by=nurse)
    assert actions.convene_follow_up(plan=agreed, by=nurse) == meeting
    assert actions.convene_follow_up(plan=agreed, by=agreed.situation.holder) == meeting
    assert people_of(meeting) == {volunteer: Decision.YES}
    # The holder led the first time: their coming is the family's to decide on, too.
    before = not_along(meeting, came_before(agreed.situation))
    assert [one.person for one in before] == [agreed.situation.holder]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_meeting(agreed: Plan, nurse: Worker) -> None:
    holder = agreed.situation.holder
    press = partial(actions.convene_follow_up, plan=agreed, by=holder)
    assert together(press, press) == []
    assert agreed.situation.meetings.filter(kind=MeetingKind.FOLLOW_UP).count() == 1


def test_what_is_better_to_the_family_is_not_left(agreed: Plan) -> None:
    first, other = agreed.matters.all()
    said = what_was_said(agreed) | what_was_said(agreed, **{f"change_{other.pk}": "same"})
    actions.give_review(plan=agreed, side=ReviewSide.FAMILY, by=None, changes=said)
    meeting = actions.convene_follow_up(plan=agreed, by=agreed.situation.holder)
    titles = [topic.title for topic in meeting.topics.order_by("pk")]
    assert other.text in titles
    assert first.text not in titles


def test_plan_and_its_contacts_go_on_meanwhile_and_after_a_follow_up_that_is_called_off(
    agreed: Plan, nurse: Worker
) -> None:
    holder = agreed.situation.holder
    meeting = actions.convene_follow_up(plan=agreed, by=holder)
    agreed.refresh_from_db()
    assert (agreed.status, stage_of(agreed)) == ("agreed", Stage.CONVENING)
    contact = NextContact.objects.waiting_for(nurse).get()
    actions.record_contact(contact=contact, by=nurse, outcome="Hyvin.", next_on=in_days(20))
    convening.cancel(meeting=meeting, by=holder)
    assert stage_of(agreed) == Stage.PLAN


def test_after_a_follow_up_the_situation_is_in_its_plan_and_the_record_may_be_completed(
    agreed: Plan, nurse: Worker
) -> None:
    holder = agreed.situation.holder
    meeting = actions.convene_follow_up(plan=agreed, by=holder)
    begun = agreed.meeting.period
    # The day has come and gone: by hand, as the times of a booked meeting are the family's.
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.DECIDED)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.BOOKED, period=begun)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.INVITED)
    Situation.objects.filter(pk=agreed.situation_id).update(stage=Stage.SHARED_TIME)
    with time_machine.travel(begun.upper, tick=False):
        held = recording.record(meeting=meeting, by=holder, record=Record(notes="Hyvin menee."))
        assert held.status == MeetingStatus.HELD
        assert stage_of(agreed) == Stage.PLAN
        held = Meeting.objects.select_related("situation").get(pk=held.pk)
        assert why_not_record(holder, held) is None
