"""What the database itself holds of a plan, tried by raw SQL and past every rule."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.models import Meeting, Situation
from network.models import Worker
from plans.models import Measure, NextContact, Plan, Presence, ResponsibleWorker
from plans.states import PLAN_MOVES, PlanStatus
from tests.factories import WorkerFactory

from .conftest import in_days

pytestmark = pytest.mark.django_db


def name_of(worker: Worker, plan: Plan, position: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_responsibleworker (plan_id, worker_id, position) VALUES (%s, %s, %s)",
            [plan.pk, worker.pk, position],
        )


def check_now() -> None:
    """What is checked when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def test_pair_of_responsible_workers_fits_and_a_third_does_not(draft: Plan) -> None:
    name_of(WorkerFactory(), draft, 2)
    for position, constraint in ((3, "responsible_one_or_two"), (2, "responsible_position_once")):
        with refused(constraint), transaction.atomic():
            name_of(WorkerFactory(), draft, position)


@pytest.mark.parametrize(
    "worker",
    [{"third_sector": True}, {"is_active": False}, {"is_coordinator": True}, {"is_administrator": True}],
    ids=["third sector", "left", "coordinator", "administrator"],
)
def test_responsible_worker_is_an_active_professional_of_a_public_service(draft: Plan, worker: dict) -> None:
    other = WorkerFactory(**worker)
    with refused("julkisen palvelun"), transaction.atomic():
        name_of(other, draft, 2)
    with refused("julkisen palvelun"), transaction.atomic():
        ResponsibleWorker.objects.filter(plan=draft).update(worker=other)


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (ResponsibleWorker, "oltava vastuutyöntekijä"),
        (NextContact, "seuraava yhteydenotto"),
        (Presence, "perheestä joku on mukana"),
    ],
)
def test_agreed_plan_is_carried_when_the_transaction_ends(draft: Plan, lost, sentence: str) -> None:
    Presence.objects.create(plan=draft, member=draft.situation.family.members.first())
    lost.objects.filter(plan=draft).delete()
    with refused(sentence), transaction.atomic():
        Plan.objects.filter(pk=draft.pk).update(
            status=PlanStatus.AGREED, agreed_at=timezone.now(), agreed_by=draft.written_by
        )
        check_now()


MOVES_BY_HAND = {
    ("draft", "agreed"): True,
    ("draft", "superseded"): False,
    ("agreed", "draft"): False,
    ("agreed", "superseded"): True,
    ("superseded", "draft"): False,
    ("superseded", "agreed"): False,
}


def test_table_of_moves_is_the_one_written_out_by_hand() -> None:
    table = {(a.value, b.value): b in PLAN_MOVES[a] for a in PlanStatus for b in PlanStatus if a != b}
    assert table == MOVES_BY_HAND


@pytest.mark.parametrize(("start", "end"), list(MOVES_BY_HAND))
def test_database_makes_only_the_moves(agreed: Plan, start: str, end: str) -> None:
    situation, worker = agreed.situation, agreed.written_by
    Plan.objects.filter(pk=agreed.pk).update(status="superseded")
    agreed_fields = {} if start == "draft" else {"agreed_at": timezone.now(), "agreed_by": worker}
    plan = Plan.objects.create(
        situation=situation, version=2, written_by=worker, status=start, **agreed_fields
    )
    change = {"status": end}
    if end == "draft":
        change |= {"agreed_at": None, "agreed_by": None}
    elif start == "draft":
        change |= {"agreed_at": timezone.now(), "agreed_by": worker}
    if MOVES_BY_HAND[start, end]:
        Plan.objects.filter(pk=plan.pk).update(**change)
    else:
        with refused("ei voi siirtyä"), transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


def test_one_draft_and_one_agreed_plan_at_a_time(draft: Plan) -> None:
    with refused("plan_one_draft"), transaction.atomic():
        Plan.objects.create(situation=draft.situation, version=2, written_by=draft.written_by)
    fields = {
        "situation": draft.situation,
        "written_by": draft.written_by,
        "status": "agreed",
        "agreed_at": timezone.now(),
        "agreed_by": draft.written_by,
    }
    with refused("plan_one_agreed"), transaction.atomic():
        for version in (2, 3):
            Plan.objects.create(version=version, **fields)


@pytest.mark.parametrize("field", ["wish", "strengths", "follow_up", "contact_from_family", "version"])
def test_words_of_an_agreed_plan_never_change(agreed: Plan, field: str) -> None:
    with refused("ei muutu"), transaction.atomic():
        Plan.objects.filter(pk=agreed.pk).update(**{field: 7})


def test_rows_of_an_agreed_plan_never_change(agreed: Plan) -> None:
    for change in (
        lambda: agreed.matters.update(text="toinen"),
        lambda: agreed.measures.update(who="joku muu"),
        lambda: agreed.matters.create(text="lisätty"),
        lambda: Measure.objects.create(plan=agreed, place="home", what="lisätty"),
        lambda: agreed.matters.all().delete(),
        lambda: agreed.measures.all().delete(),
        lambda: agreed.presences.all().delete(),
        lambda: Presence.objects.create(plan=agreed, worker=WorkerFactory()),
    ):
        with refused("ei muutu"), transaction.atomic():
            change()


HALVES = {
    "where": {"place": "elsewhere", "what": "Uinti", "who": "Isä", "when": "ma"},
    "what": {"place": "home", "who": "Isä", "when": "ma"},
    "who": {"place": "home", "what": "Uinti", "when": "ma"},
    "when": {"place": "home", "what": "Uinti", "who": "Isä"},
}


@pytest.mark.parametrize("half", HALVES)
def test_row_may_be_half_written_in_a_draft_and_not_in_what_is_agreed(draft: Plan, half: str) -> None:
    Measure.objects.create(plan=draft, position=9, **HALVES[half])
    Presence.objects.create(plan=draft, member=draft.situation.family.members.first())
    with refused("Jokainen kohta sanoo"), transaction.atomic():
        Plan.objects.filter(pk=draft.pk).update(
            status=PlanStatus.AGREED, agreed_at=timezone.now(), agreed_by=draft.situation.holder
        )
        check_now()


def test_each_row_has_a_place_of_its_own(draft: Plan) -> None:
    with refused("measure_position_once"), transaction.atomic():
        Measure.objects.create(plan=draft, position=1, place="home", what="Uinti")
    with refused("matter_position_once"), transaction.atomic():
        draft.matters.create(position=1, text="Aamut")


def test_one_contact_is_open_at_a_time(contact: NextContact) -> None:
    with refused("contact_one_open"), transaction.atomic():
        NextContact.objects.create(plan=contact.plan, on=in_days(3))
    with refused("contact_done_paired"), transaction.atomic():
        NextContact.objects.filter(pk=contact.pk).update(done_at=timezone.now())


def test_history_is_written_by_the_database(agreed: Plan) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, status FROM plans_planevent WHERE id = %s ORDER BY pgh_id", [agreed.pk]
        )
        assert cursor.fetchall() == [("insert", "draft"), ("update", "agreed")]
    assert Situation.objects.get(pk=agreed.situation_id).stage == "plan"


def test_star_of_an_agreed_plan_stays_as_it_is_on_paper(agreed: Plan) -> None:
    meeting = agreed.meeting
    assert meeting is not None
    for change in (
        "UPDATE meetings_starray SET text = 'Toisin.' WHERE meeting_id = %s",
        "INSERT INTO meetings_starray (meeting_id, heading, tone, text) VALUES (%s, 'self', 'talk', 'Uusi.')",
    ):
        with refused("tähteä ei voi enää muuttaa"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [meeting.pk])


def test_star_is_not_moved_away_from_an_agreed_plan(agreed: Plan) -> None:
    other = Meeting.objects.create(
        situation=agreed.situation,
        convener=agreed.situation.holder,
        municipality=agreed.situation.family.municipality,
    )
    with refused("tähteä ei voi enää muuttaa"), transaction.atomic():
        agreed.meeting.rays.update(meeting=other)
    assert not other.rays.exists()


def test_star_of_a_draft_is_written_on_and_leaves_its_history(draft: Plan) -> None:
    ray = draft.meeting.rays.get(heading="everyday")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_starray SET text = 'Toisin.' WHERE id = %s", [ray.pk])
    texts = ray.events.order_by("pgh_id").values_list("text", flat=True)
    assert list(texts) == ["Aamut ovat raskaita.", "Toisin."]
