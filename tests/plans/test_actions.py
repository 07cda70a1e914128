"""Writing, agreeing, keeping in touch, ending: who may, when, and what follows."""

from datetime import time, timedelta

import pytest
import time_machine
from django.utils import timezone

from meetings.actions import convening, permissions, recording
from meetings.models import Meeting, Situation
from meetings.rules.meetings import why_not_record
from meetings.states import Ending, Stage, StarHeading, StarTone
from network.actions import consents
from network.models import Consent, Worker
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.models import AccessLink, Message
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from plans import actions, rules
from plans.models import NextContact, Plan
from plans.states import ContactWay, MeasurePlace, PlanStatus
from tests.factories import GuardianFactory, WorkerFactory, a_decided_meeting
from tests.factories.plans import a_guardian, reviewed

from .conftest import in_days, written

pytestmark = pytest.mark.django_db


def test_first_saving_makes_the_draft_with_everything_written(draft: Plan, nurse: Worker, held) -> None:
    assert (draft.status, draft.version, draft.edition) == (PlanStatus.DRAFT, 1, 1)
    assert draft.meeting == held
    assert [matter.text for matter in draft.matters.all()] == [
        "Aamut ovat kiireisiä.",
        "Nukkumaanmeno venyy.",
    ]
    assert [row.place for row in draft.measures.all()] == [MeasurePlace.HOME, MeasurePlace.ELSEWHERE]
    assert [row.worker for row in draft.responsible_workers.all()] == [nurse]
    assert draft.contacts.get().on == in_days(14)


def test_saving_again_replaces_the_draft_and_grows_its_edition(draft: Plan) -> None:
    again = actions.write_plan(
        situation=draft.situation,
        by=draft.situation.holder,
        **written(matters=["Vain tämä."], next_contact=None, seen_edition=1),
    )

    assert (again.pk, again.edition) == (draft.pk, 2)
    assert [matter.text for matter in again.matters.all()] == ["Vain tämä."]
    assert not again.responsible_workers.exists()
    assert not again.contacts.exists()


@pytest.mark.parametrize("seen", [0, 2, 99])
def test_old_page_overwrites_nothing_and_gets_the_saved_text(draft: Plan, seen: int) -> None:
    with pytest.raises(actions.PlanChanged) as refused:
        actions.write_plan(
            situation=draft.situation,
            by=draft.situation.holder,
            **written(matters=["Yli ajava."], seen_edition=seen),
        )

    assert refused.value.plan == draft
    assert "Yli ajava." not in [matter.text for matter in draft.matters.all()]


def test_page_from_before_the_agreement_does_not_begin_a_new_version(agreed: Plan) -> None:
    with pytest.raises(actions.PlanChanged):
        actions.write_plan(situation=agreed.situation, by=agreed.situation.holder, **written(seen_edition=1))
    assert Plan.objects.count() == 1


def test_who_may_write(situation: Situation, nurse: Worker, volunteer: Worker, agreed: Plan) -> None:
    may = {
        "holder": rules.why_not_write_plan(situation.holder, agreed.situation),
        "responsible": rules.why_not_write_plan(nurse, agreed.situation),
        "invited": rules.why_not_write_plan(volunteer, agreed.situation),
        "stranger": rules.why_not_write_plan(WorkerFactory(), agreed.situation),
        "coordinator": rules.why_not_write_plan(WorkerFactory(is_coordinator=True), agreed.situation),
        "administrator": rules.why_not_write_plan(WorkerFactory(is_administrator=True), agreed.situation),
    }
    assert {who for who, refused in may.items() if refused is None} == {"holder", "responsible"}


def test_draft_opens_nothing_to_the_one_it_names(draft: Plan) -> None:
    helper = WorkerFactory()
    draft.responsible_workers.create(worker=helper, position=2)
    consents.give(
        family=draft.situation.family,
        to=helper,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        by=draft.situation.holder,
    )

    assert not Situation.objects.visible_to(helper).exists()
    assert not Plan.objects.visible_to(helper).exists()


def test_plan_waits_for_the_shared_time() -> None:
    meeting = a_decided_meeting()
    with pytest.raises(Refused, match="kun yhteinen aika on pidetty"):
        actions.write_plan(situation=meeting.situation, by=meeting.situation.holder, **written())


def test_responsible_worker_is_of_a_public_service(situation: Situation, volunteer: Worker) -> None:
    with pytest.raises(Refused, match="julkisessa palvelussa"):
        actions.write_plan(situation=situation, by=situation.holder, **written(responsible=[volunteer]))


def test_responsible_worker_was_there_or_is_of_the_team(situation: Situation) -> None:
    with pytest.raises(Refused, match="ei ole ollut mukana"):
        actions.write_plan(situation=situation, by=situation.holder, **written(responsible=[WorkerFactory()]))


def test_pair_is_two_people(situation: Situation, nurse: Worker) -> None:
    for workers, sentence in (
        ([nurse, nurse], "toinen ihminen"),
        ([nurse, situation.holder, WorkerFactory()], "yksi tai kaksi"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.write_plan(situation=situation, by=situation.holder, **written(responsible=workers))


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"matters": []}, "johon tarvitaan muutosta"),
        ({"measures": []}, "mitä tehdään"),
        ({"measures": [actions.MeasureRow(MeasurePlace.HOME, "Luetaan.")]}, "kuka tekee ja milloin"),
        ({"responsible": []}, "Valitse vastuutyöntekijä"),
        ({"next_contact": None}, "seuraavan yhteydenoton päivä"),
    ],
)
def test_agreeing_needs_every_part(situation: Situation, nurse: Worker, lacking: dict, sentence: str) -> None:
    plan = actions.write_plan(
        situation=situation, by=situation.holder, **written(**{"responsible": [nurse], **lacking})
    )
    with pytest.raises(Refused, match=sentence):
        actions.agree(plan=plan, by=situation.holder, given_by=a_guardian(plan))
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


@pytest.mark.parametrize("days", [-1, 400])
def test_contact_is_promised_for_a_day_ahead(situation: Situation, nurse: Worker, days: int) -> None:
    with pytest.raises(Refused):
        actions.write_plan(
            situation=situation,
            by=situation.holder,
            **written(responsible=[nurse], next_contact=actions.Promise(in_days(days))),
        )


def test_contact_of_today_is_later_today(monday) -> None:
    here = timezone.localtime(timezone.now(), HELSINKI)
    assert rules.why_not_promise(here.date(), None)
    assert rules.why_not_promise(here.date(), (here - timedelta(minutes=1)).time())
    assert rules.why_not_promise(here.date(), (here + timedelta(minutes=1)).time()) is None


def test_contact_is_not_promised_for_the_hour_that_spring_leaves_out() -> None:
    with pytest.MonkeyPatch.context() as patch:
        spring = timezone.datetime(2027, 3, 28).date()
        patch.setattr(rules, "today", lambda: spring - timedelta(days=2))
        assert "kesäaikaan" in str(rules.why_not_promise(spring, time(3, 30)))


def test_agreeing_lets_the_responsible_worker_in_and_moves_on(
    agreed: Plan, situation: Situation, nurse: Worker
) -> None:
    situation.refresh_from_db()
    assert agreed.status == PlanStatus.AGREED
    assert situation.stage == Stage.PLAN
    assert situation.family.link.is_live
    permission = Consent.objects.in_force().get(purpose=ConsentPurpose.COPY, worker=nurse)
    assert permission.recorded_by == situation.holder
    ground = Situation.objects.filter(pk=situation.pk).ground_for(nurse)
    assert ground is not None and ground.name == "responsible"


def test_agreeing_renews_a_dead_family_link(draft: Plan) -> None:
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    agreed = actions.agree(plan=draft, by=draft.situation.holder, given_by=a_guardian(draft))
    agreed.situation.family.refresh_from_db()
    assert agreed.situation.family.link.is_live


def test_agreeing_on_an_old_page_is_refused(draft: Plan) -> None:
    with pytest.raises(actions.PlanChanged):
        actions.agree(
            plan=draft, by=draft.situation.holder, given_by=a_guardian(draft), seen_edition=draft.edition - 1
        )


def test_agreeing_twice_is_refused(agreed: Plan) -> None:
    with pytest.raises(Refused, match="jo sovittu"):
        actions.agree(plan=agreed, by=agreed.situation.holder, given_by=a_guardian(agreed))


def test_invited_person_does_not_agree(draft: Plan, nurse: Worker) -> None:
    with pytest.raises(Refused):
        actions.agree(plan=draft, by=nurse, given_by=a_guardian(draft))


def test_new_version_replaces_the_agreed_one(agreed: Plan, contact: NextContact, nurse: Worker) -> None:
    second = actions.write_plan(
        situation=agreed.situation,
        by=nurse,
        **written(matters=["Uusi asia."], responsible=[nurse], seen_edition=agreed.edition),
    )
    assert (second.version, second.status) == (2, PlanStatus.DRAFT)
    agreed.refresh_from_db()
    assert agreed.status == PlanStatus.AGREED, "the old one holds until the new one is agreed"

    actions.agree(plan=second, by=nurse, given_by=a_guardian(second))

    agreed.refresh_from_db()
    assert agreed.status == PlanStatus.SUPERSEDED
    assert [one.plan for one in NextContact.objects.waiting_for(nurse)] == [second]
    with pytest.raises(Refused, match="uudempi versio"):
        actions.record_contact(contact=contact, by=nurse, outcome="Hyvin.", next_on=in_days(20))


def replaced(agreed: Plan, *responsible: Worker) -> Plan:
    """The next version, with other responsible workers, agreed on."""
    again = actions.write_plan(
        situation=agreed.situation,
        by=agreed.situation.holder,
        **written(responsible=responsible, seen_edition=agreed.edition),
    )
    return actions.agree(plan=again, by=again.situation.holder, given_by=a_guardian(again))


def test_replaced_responsible_worker_reads_no_later_version(agreed: Plan, nurse: Worker) -> None:
    for consent in Consent.objects.filter(worker=nurse, purpose=ConsentPurpose.INVITE):
        permissions.withdraw(consent=consent)
    second = replaced(agreed, agreed.situation.holder)

    assert not Plan.objects.visible_to(nurse).exists()
    assert not Situation.objects.visible_to(nurse).exists()
    lost = Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY)
    assert (lost.is_in_force, lost.withdrawn_recorded_by) == (False, agreed.situation.holder)
    assert [row.worker for row in second.responsible_workers.all()] == [agreed.situation.holder]
    queued = Message.objects.filter(permission_id=lost.pk)
    assert queued and {message.state for message in queued} == {MessageState.DROPPED}


def test_who_is_named_again_keeps_the_same_permission(agreed: Plan, nurse: Worker) -> None:
    permission = Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY)
    second = replaced(agreed, agreed.situation.holder, nurse)
    assert Consent.objects.in_force().get(worker=nurse, purpose=ConsentPurpose.COPY) == permission
    assert second in Plan.objects.visible_to(nurse)


def test_who_is_responsible_in_another_open_situation_keeps_the_permission(
    agreed: Plan, nurse: Worker
) -> None:
    family = agreed.situation.family
    other = Situation.objects.create(
        family=family, stage=Stage.PLAN, holder=agreed.situation.holder, opened_by=agreed.situation.holder
    )
    theirs = Plan.objects.create(situation=other, written_by=other.holder)
    theirs.responsible_workers.create(worker=nurse)
    theirs.contacts.create(on=in_days(5))
    theirs.presences.create(member=family.members.filter(role="guardian")[0])
    Plan.objects.filter(pk=theirs.pk).update(
        status=PlanStatus.AGREED, agreed_at=timezone.now(), agreed_by=other.holder
    )
    replaced(agreed, agreed.situation.holder)
    assert Consent.objects.in_force().filter(worker=nurse, purpose=ConsentPurpose.COPY).exists()


def test_permission_says_who_of_the_family_gave_it(agreed: Plan, draft: Plan, nurse: Worker) -> None:
    permission = Consent.objects.get(worker=nurse, purpose=ConsentPurpose.COPY)
    assert permission.given_by == a_guardian(agreed)


def test_only_the_family_itself_gives_its_permission(draft: Plan) -> None:
    stranger = GuardianFactory(family__municipality=draft.situation.family.municipality)
    with pytest.raises(Refused, match="joku perheestä"):
        actions.agree(plan=draft, by=draft.situation.holder, given_by=stranger)
    draft.refresh_from_db()
    assert draft.status == PlanStatus.DRAFT


def test_star_of_an_agreed_plan_is_not_rewritten(agreed: Plan, held) -> None:
    held.refresh_from_db()
    assert "Suunnitelmasta on jo sovittu" in str(why_not_record(held.convener, held))
    star = list(held.rays.values_list("heading", "tone", "text"))
    with pytest.raises(Refused, match="ei voi enää muuttaa"):
        recording.record(
            meeting=held,
            by=held.convener,
            record=recording.Record(
                rays={StarHeading.SELF: recording.RayWords(StarTone.TALK, "Toisin.")}, notes="Toisin."
            ),
        )
    assert list(held.rays.values_list("heading", "tone", "text")) == star


def test_star_stays_also_when_the_next_shared_time_is_being_prepared(agreed: Plan, held) -> None:
    """The stage has gone back: only the plan itself knows."""
    convening.convene(situation=Situation.objects.get(pk=agreed.situation_id), by=agreed.situation.holder)
    held.refresh_from_db()
    held.situation.refresh_from_db()
    assert held.situation.stage == Stage.CONVENING
    assert "Suunnitelmasta on jo sovittu" in str(why_not_record(held.convener, held))


def test_record_may_be_completed_until_the_plan_is_agreed(draft: Plan, held) -> None:
    held.refresh_from_db()
    with time_machine.travel(held.period.upper, tick=False):
        assert why_not_record(held.convener, held) is None


def test_record_of_an_ended_situation_stays(contact: NextContact, nurse: Worker, held) -> None:
    actions.finish(situation=reviewed(contact.plan).situation, by=nurse, outcome="Arki sujuu.")
    held = Meeting.objects.get(pk=held.pk)
    assert "Tilanne on päättynyt" in str(why_not_record(held.convener, held))


def test_withdrawn_permission_closes_the_door_and_stops_the_reminders(
    agreed: Plan, situation: Situation, nurse: Worker
) -> None:
    permission = Consent.objects.get(purpose=ConsentPurpose.COPY, worker=nurse)
    for one in Consent.objects.in_force().filter(worker=nurse):
        permissions.withdraw(consent=one, by=situation.holder)

    assert not Situation.objects.visible_to(nurse).exists()
    assert not Plan.objects.visible_to(nurse).exists()
    assert not NextContact.objects.waiting_for(nurse).exists()
    # Who has the koppi takes care of the family until it names somebody.
    assert rules.standing_in(Plan.objects.get(pk=agreed.pk)) == [situation.holder]
    queued = Message.objects.filter(permission_id=permission.pk)
    assert queued and {message.state for message in queued} == {MessageState.DROPPED}


def test_recorded_contact_promises_the_next(contact: NextContact, nurse: Worker) -> None:
    following = actions.record_contact(
        contact=contact,
        by=nurse,
        outcome="Aamut sujuvat jo paremmin.",
        next_on=in_days(30),
        next_at=time(9),
        next_way=ContactWay.VISIT,
    )

    contact.refresh_from_db()
    assert (contact.done_by, contact.outcome) == (nurse, "Aamut sujuvat jo paremmin.")
    assert contact.done_at is not None
    assert (following.on, following.way) == (in_days(30), ContactWay.VISIT)
    assert list(NextContact.objects.waiting_for(nurse)) == [following]
    with pytest.raises(Refused, match="jo kirjattu"):
        actions.record_contact(contact=contact, by=nurse, outcome="Taas.", next_on=in_days(31))


def test_who_may_record_a_contact(contact: NextContact, nurse: Worker, volunteer: Worker) -> None:
    assert rules.why_not_record_contact(nurse, contact) is None
    assert rules.why_not_record_contact(contact.plan.situation.holder, contact) is None
    assert rules.why_not_record_contact(volunteer, contact)
    assert rules.why_not_record_contact(WorkerFactory(), contact)
    assert rules.why_not_record_contact(WorkerFactory(is_coordinator=True), contact)


def test_everyday_life_runs(contact: NextContact, nurse: Worker) -> None:
    situation = actions.finish(situation=reviewed(contact.plan).situation, by=nurse, outcome="Arki sujuu.")

    contact.refresh_from_db()
    assert (situation.stage, situation.ending) == (Stage.EVERYDAY, Ending.EVERYDAY)
    assert (situation.ended_by, contact.outcome) == (nurse, "Arki sujuu.")
    assert not NextContact.objects.waiting_for(nurse).exists()
    with pytest.raises(Refused, match="päättynyt"):
        actions.finish(situation=situation, by=nurse, outcome="Taas.")


def test_finishing_says_how_it_went_and_who_may(
    contact: NextContact, nurse: Worker, volunteer: Worker
) -> None:
    situation = reviewed(contact.plan).situation
    with pytest.raises(Refused, match="miten perheen tilanne"):
        actions.finish(situation=situation, by=nurse, outcome="  ")
    for worker in (volunteer, WorkerFactory()):
        with pytest.raises(Refused):
            actions.finish(situation=situation, by=worker, outcome="Arki sujuu.")


def test_finishing_waits_for_the_plan(draft: Plan) -> None:
    with pytest.raises(Refused, match="kun suunnitelma on sovittu"):
        actions.finish(situation=draft.situation, by=draft.situation.holder, outcome="Hyvin.")
