"""The responsible worker from hand to hand: with the family's knowledge, and nobody left without one."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.actions import handovers, situations
from meetings.models import Situation
from meetings.states import Ending
from network.actions import administration, consents
from network.models import Consent, Worker
from network.states import ConsentPurpose
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.words import today
from plans import actions
from plans.actions.responsibility import settle_handings
from plans.models import NextContact, Plan, ResponsibilityHandover, ResponsibleWorker
from plans.querysets import carriers
from plans.states import HandingStatus, PlanStatus, ToldHow
from tests.factories import UnitFactory, WorkerFactory
from tests.factories.plans import a_guardian, an_agreed_plan
from tests.factories.plans import permitted as a_permission

from .conftest import in_days, written

pytestmark = pytest.mark.django_db


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def named(plan: Plan) -> list[tuple[str, int, bool]]:
    rows = ResponsibleWorker.objects.filter(plan=plan).select_related("worker").order_by("position")
    return [(row.worker.name, row.position, row.stands_in) for row in rows]


def permitted(plan: Plan) -> set[Worker]:
    consents_now = Consent.objects.in_force().filter(
        family=plan.situation.family_id, purpose=ConsentPurpose.COPY, worker__isnull=False
    )
    return {consent.worker for consent in consents_now.select_related("worker") if consent.worker}


@pytest.fixture
def heir(agreed: Plan) -> Worker:
    """Another whom the family may name: of the team of its municipality."""
    worker = WorkerFactory(first_name="Oona", last_name="Mäki")
    from tests.factories import TeamFactory

    team = TeamFactory(members=[worker])
    team.area.municipalities.add(agreed.situation.family.municipality)
    return worker


def offered(plan: Plan, to: Worker, **changes) -> ResponsibilityHandover:
    former = plan.responsible_workers.get(position=1).worker
    arguments = {
        "plan": plan,
        "by": plan.situation.holder,
        "former": former,
        "to": to,
        "why": "Kaisa siirtyy toisiin tehtäviin.",
        "said": actions.FamilySaid(today(), ToldHow.PHONE, a_guardian(plan)),
    }
    handing = actions.offer_responsibility(**arguments | changes)
    assert handing is not None
    return handing


def test_it_moves_when_the_receiver_takes_it(agreed: Plan, nurse: Worker, heir: Worker) -> None:
    contact = agreed.contacts.get()
    handing = offered(agreed, heir)

    assert named(agreed) == [("Kaisa Peltonen", 1, False)]
    assert not Situation.objects.visible_to(heir).exists(), "an offer opens nothing"
    assert heir in permitted(agreed), "what the family said is written down when it is said"

    actions.accept_responsibility(handing=handing, by=heir)

    assert named(agreed) == [("Oona Mäki", 1, False)]
    assert permitted(agreed) == {heir}
    assert Situation.objects.opened_to(heir).exists() and not Situation.objects.opened_to(nurse).exists()
    assert list(NextContact.objects.waiting_for(heir)) == [contact]
    reminders = Message.objects.filter(occasion=f"contact:{contact.pk}", state="waiting")
    assert {(row.owner, row.kind) for row in reminders} == {
        (heir, "contact_reminder"),
        (heir, "contact_late"),
    }
    assert {kind_of(row).why_not(row) for row in reminders} == {None}
    assert Plan.objects.get(pk=agreed.pk).version == agreed.version
    told = Message.objects.filter(occasion=f"handing:{handing.pk}")
    family = agreed.situation.family
    assert {row.kind for row in told} == {
        "responsibility_offered",
        "responsibility_told",
        "responsibility_family",
    }
    letter = told.get(kind="responsibility_family")
    words = kind_of(letter).compose(letter).text
    assert family.link.token in words
    for secret in ("Peltonen", "Mäki", "Aada", str(agreed.situation_id)):
        assert secret not in words.replace(family.link.token, "")
    actions.accept_responsibility(handing=handing, by=heir)
    assert ResponsibilityHandover.objects.get().status == HandingStatus.ACCEPTED


def test_one_sending_is_one_offer_and_a_no_lets_nobody_in(agreed: Plan, heir: Worker) -> None:
    from uuid import uuid4

    key = uuid4()
    handing = offered(agreed, heir, form_key=key)
    assert offered(agreed, heir, form_key=key) == handing
    with pytest.raises(Refused, match="tarjotaan jo"):
        offered(agreed, heir)
    actions.decline_responsibility(handing=handing, by=heir)
    assert named(agreed) == [("Kaisa Peltonen", 1, False)]
    assert heir not in permitted(agreed)
    again = offered(agreed, heir)
    actions.take_back_responsibility(handing=again, by=agreed.situation.holder)
    assert heir not in permitted(agreed)
    with pytest.raises(Refused, match="peruttu"):
        actions.accept_responsibility(handing=again, by=heir)


def test_who_offers_to_whom(agreed: Plan, heir: Worker, nurse: Worker, volunteer: Worker) -> None:
    with pytest.raises(Refused, match="huolehtivat"):
        offered(agreed, heir, by=WorkerFactory())
    with pytest.raises(Refused, match="julkisessa palvelussa"):
        offered(agreed, volunteer)
    with pytest.raises(Refused, match="jo perheen vastuutyöntekijä"):
        offered(agreed, nurse)
    with pytest.raises(Refused, match="edessä"):
        said = actions.FamilySaid(today() + timedelta(days=1), ToldHow.PHONE, a_guardian(agreed))
        offered(agreed, heir, said=said)
    handing = offered(agreed, heir, by=nurse)
    with pytest.raises(Refused, match="toiselle"):
        actions.accept_responsibility(handing=handing, by=WorkerFactory())


def test_a_permission_taken_back_gives_the_offer_back(agreed: Plan, heir: Worker) -> None:
    handing = offered(agreed, heir)
    for consent in Consent.objects.in_force().filter(worker=heir):
        consents.withdraw(consent=consent)
    handing.refresh_from_db()
    assert handing.status == HandingStatus.RETURNED
    with pytest.raises(Refused, match="ei ole enää voimassa"):
        actions.accept_responsibility(handing=handing, by=heir)


LEAVING = [
    {"is_active": False},
    {"is_coordinator": True},
    {"is_administrator": True},
    {"unit": "third sector"},
]


@pytest.mark.parametrize("change", LEAVING, ids=[next(iter(change)) for change in LEAVING])
def test_leaving_work_leaves_nobody_without(agreed: Plan, nurse: Worker, change: dict) -> None:
    if "unit" in change:
        change = {"unit": WorkerFactory(third_sector=True).unit}
    Worker.objects.filter(pk=nurse.pk).update(**change)
    check_now()
    holder = agreed.situation.holder
    assert named(agreed) == [(holder.name, 1, True)]
    assert settle_handings() == 1 and settle_handings() == 0
    contact = agreed.contacts.get()
    assert list(NextContact.objects.waiting_for(holder)) == [contact]
    waiting = Message.objects.filter(occasion=f"contact:{contact.pk}", owner=holder)
    assert {kind_of(row).why_not(row) for row in waiting} == {None} and len(waiting) == 2
    told = Message.objects.filter(occasion__startswith="handing:")
    assert {row.kind for row in told} == {"responsibility_told", "responsibility_family"}


def test_an_organisation_that_is_no_public_service_any_more_passes_it_on(agreed: Plan, nurse: Worker) -> None:
    nurse.unit.organisation.is_public_service = False
    nurse.unit.organisation.save()
    check_now()
    assert named(agreed) == [(agreed.situation.holder.name, 1, True)]


def test_the_other_of_the_pair_carries_on(situation: Situation, nurse: Worker) -> None:
    other = situation.holder
    draft = actions.write_plan(situation=situation, by=other, **written(responsible=[nurse, other]))
    plan = actions.agree(plan=draft, by=other, given_by=a_guardian(draft))
    Worker.objects.filter(pk=nurse.pk).update(is_active=False)
    check_now()
    assert named(plan) == [(other.name, 1, False)]


def test_who_has_all_of_it_leaves_it_to_the_supervisor_or_stays(situation: Situation) -> None:
    holder = situation.holder
    draft = actions.write_plan(situation=situation, by=holder, **written(responsible=[holder]))
    plan = actions.agree(plan=draft, by=holder, given_by=a_guardian(draft))
    with pytest.raises(IntegrityError, match="jäisi ilman vastuutyöntekijää"), transaction.atomic():
        Worker.objects.filter(pk=holder.pk).update(is_active=False)
    admin = WorkerFactory(is_administrator=True)
    card = {name: getattr(holder, name) for name in administration.CARD} | {"is_active": False}
    with pytest.raises(Refused, match="jäisi ilman vastuutyöntekijää"):
        administration.change_worker(worker=holder, by=admin, card=card)
    boss = WorkerFactory(unit=holder.unit, is_supervisor=True)
    administration.change_worker(worker=holder, by=admin, card=card)
    check_now()
    assert named(plan) == [(boss.name, 1, True)]
    assert not Situation.objects.visible_to(boss).exists(), "nobody was let in by it"
    # Whoever catches the koppi sees the family's matters, and carries on.
    catcher = WorkerFactory(unit=holder.unit)
    situation.refresh_from_db()
    offer = handovers.offer_for(situation=situation, by=boss, to=catcher)
    handovers.accept(handover=offer, by=catcher)
    assert named(plan) == [(catcher.name, 1, True)]


def test_standing_in_opens_nothing_to_one_who_has_a_copy(situation: Situation) -> None:
    """A supervisor whom the family lets read the plan is not one whom it has named."""
    holder = situation.holder
    draft = actions.write_plan(situation=situation, by=holder, **written(responsible=[holder]))
    plan = actions.agree(plan=draft, by=holder, given_by=a_guardian(draft))
    boss = WorkerFactory(unit=holder.unit, is_supervisor=True)
    actions.give_copy(plan=plan, consent=a_permission(plan, boss), by=holder)
    Worker.objects.filter(pk=holder.pk).update(is_active=False)
    check_now()

    assert named(plan) == [(boss.name, 1, True)]
    assert list(Plan.objects.visible_to(boss)) == [plan], "what the family let them have they still have"
    assert not Situation.objects.visible_to(boss).exists()
    assert boss not in carriers(situation)


def test_one_who_stands_in_is_named_for_good(agreed: Plan, nurse: Worker) -> None:
    Worker.objects.filter(pk=nurse.pk).update(is_active=False)
    holder = agreed.situation.holder
    said = actions.FamilySaid(today(), ToldHow.TOGETHER, a_guardian(agreed))
    assert (
        actions.offer_responsibility(
            plan=agreed, by=holder, former=holder, to=holder, why="Tuttu.", said=said
        )
        is None
    )
    assert named(agreed) == [(holder.name, 1, False)]
    assert holder in permitted(agreed)


def test_the_familys_no_is_never_refused(situation: Situation) -> None:
    """Also when nobody is there to carry on: who has the koppi has it in hand."""
    holder = situation.holder
    draft = actions.write_plan(situation=situation, by=holder, **written(responsible=[holder]))
    plan = actions.agree(plan=draft, by=holder, given_by=a_guardian(draft))
    for consent in Consent.objects.in_force().filter(worker=holder, purpose=ConsentPurpose.COPY):
        consents.withdraw(consent=consent)
    check_now()
    assert named(plan) == [(holder.name, 1, True)]


def test_raw_sql_leaves_no_plan_without_anybody_or_a_promise(agreed: Plan, nurse: Worker) -> None:
    contact = agreed.contacts.get()
    tries = [
        ("vastuutyöntekijä", "DELETE FROM plans_responsibleworker WHERE plan_id = %s"),
        ("ensin yhteyttä", "UPDATE plans_responsibleworker SET position = 2 WHERE plan_id = %s"),
        ("seuraava yhteydenotto", "DELETE FROM plans_nextcontact WHERE plan_id = %s"),
    ]
    for sentence, sql in tries:
        with (
            pytest.raises(IntegrityError, match=sentence),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [agreed.pk])
            check_now()
    with pytest.raises(IntegrityError, match="seuraava yhteydenotto"), transaction.atomic():
        NextContact.objects.filter(pk=contact.pk).update(done_at=timezone.now(), done_by=nurse)
        check_now()


def test_the_end_of_a_situation_is_the_end_of_its_plan(agreed: Plan, nurse: Worker, heir: Worker) -> None:
    handing = offered(agreed, heir)
    situations.end(situation=agreed.situation, by=agreed.situation.holder, ending=Ending.MOVED)
    agreed.refresh_from_db()
    handing.refresh_from_db()
    assert agreed.ended_at is not None and handing.status == HandingStatus.RETURNED
    situation = situations.reopen(
        situation=Situation.objects.get(pk=agreed.situation_id), by=agreed.situation.holder
    )
    check_now()
    assert not Plan.objects.in_force().filter(situation=situation).exists()
    assert not NextContact.objects.open().exists()
    with pytest.raises(IntegrityError, match="ei ala uudelleen"), transaction.atomic():
        Plan.objects.filter(pk=agreed.pk).update(ended_at=None)
    Worker.objects.filter(pk=nurse.pk).update(is_active=False)
    check_now()
    assert agreed.status == PlanStatus.AGREED


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_the_same_moment_leave_nobody_without() -> None:
    """Each sees the other still there: the plan's row makes one wait for the other."""
    first, second = (WorkerFactory(unit=UnitFactory()) for _ in range(2))
    plan = an_agreed_plan(responsible=first)
    holder = plan.situation.holder
    consents.give(
        family=plan.situation.family,
        to=second,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method="phone",
        given_by=a_guardian(plan),
        by=holder,
    )
    ResponsibleWorker.objects.create(plan=plan, worker=second, position=2)
    together, errors = threading.Barrier(2), []

    def leave(worker: Worker) -> None:
        try:
            with transaction.atomic():
                together.wait()
                Worker.objects.filter(pk=worker.pk).update(is_active=False)
        except (IntegrityError, ValidationError) as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[worker]) for worker in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert named(plan) == [(holder.name, 1, True)]
    assert in_days(0) == today()
