"""What the database itself holds of who does what and how far it has come, tried past every rule."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.models import Situation
from network.models import ClosePerson, FamilyMember, Worker
from plans import actions
from plans.models import Measure, MeasureState, Plan, Presence
from plans.states import MEASURE_MOVES, MeasureStatus, PlanStatus
from tests.factories import GuardianFactory, WorkerFactory
from tests.factories.plans import a_guardian, an_agreed_plan

from .conftest import written
from .test_database import check_now

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def mark(measure: Measure, status: str, by: Worker, why: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_measurestate (measure_id, number, status, why, marked_at, marked_by_id)"
            " VALUES (%s, 0, %s, %s, now(), %s)",
            [measure.pk, status, why, by.pk],
        )


@pytest.fixture
def stranger(draft: Plan) -> FamilyMember:
    return GuardianFactory(family__municipality=draft.situation.family.municipality)


def test_measure_is_carried_by_one(draft: Plan, nurse: Worker) -> None:
    with refused("measure_of_one"), transaction.atomic():
        draft.measures.update(worker=nurse, member=a_guardian(draft))


def test_whoever_is_referred_to_is_of_this_family(draft: Plan, stranger: FamilyMember) -> None:
    person = ClosePerson.objects.create(family=stranger.family, name="Aino", relation="mummo")
    for changes in ({"member": stranger}, {"close_person": person}):
        with refused("toisesta perheestä"), transaction.atomic():
            draft.measures.update(**changes)
        with refused("toisesta perheestä"), transaction.atomic():
            Measure.objects.create(plan=draft, position=8, place="home", what="Uinti", **changes)
        with refused("toisesta perheestä"), transaction.atomic():
            Presence.objects.create(plan=draft, **changes)


@pytest.mark.parametrize(
    "other", [{"is_active": False}, {"is_coordinator": True}, {"is_administrator": True}]
)
def test_measure_is_done_by_a_worker_who_works_with_families(draft: Plan, other: dict) -> None:
    with refused("measure_by_a_worker|työskentelee perheiden"), transaction.atomic():
        draft.measures.update(worker=WorkerFactory(**other))


def test_who_leaves_work_stays_in_what_was_written(draft: Plan, volunteer: Worker) -> None:
    draft.measures.update(worker=volunteer)
    Worker.objects.filter(pk=volunteer.pk).update(is_active=False)
    measure = draft.measures.get(position=1)
    measure.what = "Iltapala klo 19."
    measure.save()


def test_row_goes_on_from_an_agreed_row_of_the_same_plan(agreed: Plan, volunteer: Worker) -> None:
    other = an_agreed_plan(responsible=WorkerFactory())
    situation = agreed.situation
    newer = Plan.objects.create(situation=situation, version=2, written_by=situation.holder)
    row = {"plan": newer, "place": "home", "what": "Uinti"}
    first, second = agreed.measures.all()
    with refused("jatkaa vain saman"), transaction.atomic():
        Measure.objects.create(position=1, follows=other.measures.get(), **row)
    with refused("jatkaa vain saman"), transaction.atomic():
        newer.matters.create(position=1, text="Aamut", follows=other.matters.get())
    here = Measure.objects.create(position=1, follows=first, **row)
    with refused("jatkaa vain saman"), transaction.atomic():
        Measure.objects.create(position=2, follows=here, **row)
    with refused("measure_follows_once"), transaction.atomic():
        Measure.objects.create(position=2, follows=first, **row)
    Measure.objects.create(position=2, follows=second, **row)


MOVES_BY_HAND = {
    ("agreed", "agreed"): False,
    ("agreed", "going_on"): True,
    ("agreed", "done"): True,
    ("agreed", "put_aside"): True,
    ("going_on", "agreed"): True,
    ("going_on", "going_on"): False,
    ("going_on", "done"): True,
    ("going_on", "put_aside"): True,
    ("done", "agreed"): False,
    ("done", "going_on"): True,
    ("done", "done"): False,
    ("done", "put_aside"): False,
    ("put_aside", "agreed"): True,
    ("put_aside", "going_on"): True,
    ("put_aside", "done"): False,
    ("put_aside", "put_aside"): False,
}


def test_table_of_a_measures_moves_is_the_one_written_out_by_hand() -> None:
    table = {(a.value, b.value): b in MEASURE_MOVES[a] for a in MeasureStatus for b in MeasureStatus}
    assert table == MOVES_BY_HAND


def test_database_makes_only_the_moves_of_a_measure(agreed: Plan, nurse: Worker) -> None:
    measure = agreed.measures.all()[0]
    for (start, end), is_allowed in MOVES_BY_HAND.items():
        with transaction.atomic():
            if start != "agreed":
                mark(measure, start, nurse, "syy")
            if is_allowed:
                mark(measure, end, nurse, "syy")
                numbers = measure.states.values_list("number", flat=True)
                assert list(numbers) == list(range(1, len(numbers) + 1))
            else:
                with refused("ei voi siirtyä"), transaction.atomic():
                    mark(measure, end, nurse, "syy")
            transaction.set_rollback(True)


def test_what_is_put_aside_says_why(agreed: Plan, nurse: Worker) -> None:
    with refused("measure_put_aside_says_why"), transaction.atomic():
        mark(agreed.measures.all()[0], "put_aside", nurse)


def test_marks_are_only_added(agreed: Plan, nurse: Worker) -> None:
    measure = agreed.measures.all()[0]
    mark(measure, "done", nurse)
    for change in (
        lambda: measure.states.update(status="going_on"),
        lambda: measure.states.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()


def test_marks_are_of_a_plan_in_force_and_of_an_open_situation(agreed: Plan, nurse: Worker) -> None:
    measure = agreed.measures.all()[0]
    with transaction.atomic():
        Plan.objects.filter(pk=agreed.pk).update(status=PlanStatus.SUPERSEDED)
        with refused("voimassa olevan"), transaction.atomic():
            mark(measure, "done", nurse)
        transaction.set_rollback(True)
    newer = Plan.objects.create(situation=agreed.situation, version=2, written_by=nurse)
    row = Measure.objects.create(plan=newer, position=1, place="home", what="Uinti")
    with refused("voimassa olevan"), transaction.atomic():
        mark(row, "going_on", nurse)
    Plan.objects.filter(pk=agreed.pk).update(ended_at=timezone.now())
    with refused("voimassa olevan"), transaction.atomic():
        mark(measure, "done", nurse)


def test_mark_touches_the_situation(agreed: Plan, nurse: Worker) -> None:
    Situation.objects.filter(pk=agreed.situation_id).update(touched_at=timezone.now().replace(year=2020))
    mark(agreed.measures.all()[0], "done", nurse)
    assert Situation.objects.get(pk=agreed.situation_id).touched_at.year > 2020


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_the_same_at_once_come_one_after_the_other(agreed: Plan, nurse: Worker) -> None:
    measure = agreed.measures.all()[0]
    both, outcomes = threading.Barrier(2), []

    def press() -> None:
        try:
            both.wait(10)
            mark(measure, "done", nurse)
            outcomes.append("marked")
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["marked", "refused"]
    assert MeasureState.objects.get().number == 1


def test_agreed_plan_is_replaced_only_by_a_newer_version(agreed: Plan, nurse: Worker) -> None:
    second = actions.write_plan(
        situation=agreed.situation, by=nurse, **written(responsible=[nurse], seen_edition=agreed.edition)
    )
    assert [row.follows for row in second.measures.all()] == list(agreed.measures.all())
    second = actions.agree(plan=second, by=nurse, given_by=a_guardian(agreed))
    agreed.refresh_from_db()
    assert (agreed.status, second.status) == (PlanStatus.SUPERSEDED, PlanStatus.AGREED)
    with refused("ei voi siirtyä"), transaction.atomic():
        Plan.objects.filter(pk=agreed.pk).update(status=PlanStatus.AGREED)
    with refused("uudempi sovittu versio"), transaction.atomic():
        Plan.objects.filter(pk=second.pk).update(status=PlanStatus.SUPERSEDED)
        check_now()
