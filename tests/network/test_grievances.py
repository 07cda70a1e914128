"""Structural grievances: told without any family's data, handled by somebody, answered for all to see."""

import uuid

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from network.actions import grievances
from network.models import Family, GrievanceStep, Municipality, StructuralGrievance, Worker
from network.states import ANSWERED_GRIEVANCES, GRIEVANCE_MOVES, GrievanceState, GrievanceTheme
from perhekeskus.refusals import Refused
from tests.factories import MunicipalityFactory, WorkerFactory, a_situation
from tests.network.test_feedback import forward, reached_from

pytestmark = pytest.mark.django_db

S = GrievanceState
TABLE = {
    S.RECORDED: {S.UNDER_WAY, S.PUT_ASIDE},
    S.UNDER_WAY: {S.RECORDED, S.ANSWERED, S.PUT_ASIDE},
    S.ANSWERED: {S.UNDER_WAY, S.DONE, S.PUT_ASIDE},
    S.DONE: {S.UNDER_WAY},
    S.PUT_ASIDE: {S.RECORDED},
}


def a_grievance(by: Worker | None = None, *, text: str = "Bussi ei kulje iltaisin.") -> StructuralGrievance:
    return grievances.record(
        by=by or WorkerFactory(),
        municipality=MunicipalityFactory(),
        theme=GrievanceTheme.DISTANCE,
        text=text,
    )


def moved(grievance, by: Worker, to: GrievanceState, **words: str) -> StructuralGrievance:
    told = {"answer": "Linja palaa syksyllä.", "outcome": "Kunta osti vuorot."} | words
    return grievances.move(grievance=grievance, by=by, to=to, seen_version=grievance.version, **told)


def reach(state: GrievanceState, boss: Worker) -> StructuralGrievance:
    grievance = a_grievance()
    if state == S.RECORDED:
        return grievance
    if state == S.PUT_ASIDE:
        return moved(grievance, boss, S.PUT_ASIDE)
    grievance = grievances.name_owner(grievance=grievance, by=boss, owner=boss)
    if state in {S.ANSWERED, S.DONE}:
        grievance = moved(grievance, boss, S.ANSWERED)
    return moved(grievance, boss, S.DONE) if state == S.DONE else grievance


# --- recording --------------------------------------------------------------------------------------


@time_machine.travel("2027-03-17 10:00:00+02:00", tick=False)
def test_neither_the_writer_nor_the_day_is_kept():
    writer = WorkerFactory()
    grievance = a_grievance(writer)
    row = StructuralGrievance.objects.values().get(pk=grievance.pk)
    assert str(row["recorded_month"]) == "2027-03-01"
    assert writer.pk not in {row["owner_id"]} and not GrievanceStep.objects.exists()
    assert not [name for name in row if name.endswith(("_at", "_by", "_by_id", "_on"))]
    assert not [model for model in apps.get_models() if model.__name__ == "StructuralGrievanceEvent"]


@pytest.mark.parametrize("model", [StructuralGrievance, GrievanceStep])
def test_no_way_leads_to_a_family(model):
    assert Family not in reached_from(model)
    pointing = {other for other in apps.get_models() if model in forward(other)}
    assert not {other for other in pointing if Family in reached_from(other)}


def test_what_names_a_family_of_the_writers_is_refused():
    writer = WorkerFactory()
    a_situation(by=writer)
    with pytest.raises(Refused, match="Aadan"):
        a_grievance(writer, text="Aadan kyyti ei kulje.")
    grievance = a_grievance(writer)
    boss = WorkerFactory(coordinator=True)
    grievance = grievances.name_owner(grievance=grievance, by=boss, owner=writer)
    with pytest.raises(Refused, match="Aadan"):
        moved(grievance, writer, S.ANSWERED, answer="Aadan kyyti järjestyi.")


def test_the_same_form_twice_is_one(client):
    worker = WorkerFactory()
    client.force_login(worker)
    sent = {
        "form_key": str(uuid.uuid4()),
        "text": "Kuljetus puuttuu.",
        "theme": "distance",
        "municipality": worker.unit.municipality_id,
    }
    for _press in range(2):
        assert client.post(reverse("grievance_create"), sent).status_code == 302
    assert StructuralGrievance.objects.count() == 1


# --- handling ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", S)
@pytest.mark.parametrize("end", S)
def test_only_the_moves_of_the_table(start, end):
    boss = WorkerFactory(coordinator=True)
    grievance = reach(start, boss)
    if end == S.UNDER_WAY and start == S.RECORDED:
        grievances.name_owner(grievance=grievance, by=boss, owner=boss)
    elif end in TABLE[start]:
        assert moved(grievance, boss, end).state == end
    else:
        with pytest.raises(Refused):
            moved(grievance, boss, end)
        if start != end:
            with pytest.raises(IntegrityError):
                raw("UPDATE network_structuralgrievance SET state = %s", end)
    assert GRIEVANCE_MOVES == TABLE


def test_each_step_is_kept_with_the_one_who_took_it():
    boss = WorkerFactory(coordinator=True)
    reach(S.DONE, boss)
    assert [(step.state, step.by) for step in GrievanceStep.objects.all()] == [
        (S.UNDER_WAY, boss),
        (S.ANSWERED, boss),
        (S.DONE, boss),
    ]


def test_an_old_page_writes_over_nothing():
    boss = WorkerFactory(coordinator=True)
    grievance = reach(S.UNDER_WAY, boss)
    moved(grievance, boss, S.ANSWERED)
    with pytest.raises(Refused):
        moved(grievance, boss, S.PUT_ASIDE)


@pytest.mark.parametrize("who", ["writer", "other", "administrator"])
def test_handled_by_its_owner_and_the_coordinators(who):
    grievance = a_grievance()
    worker = WorkerFactory(**({"administrator": True} if who == "administrator" else {}))
    with pytest.raises(Refused, match="joka sitä hoitaa, tai koordinaattori"):
        grievances.name_owner(grievance=grievance, by=worker, owner=worker)
    with pytest.raises(Refused, match="joka sitä hoitaa, tai koordinaattori"):
        moved(grievance, worker, S.PUT_ASIDE)


# --- who sees ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", S)
def test_who_sees_which(state, client):
    boss = WorkerFactory(coordinator=True)
    grievance = reach(state, boss)
    seen = {
        "coordinator": WorkerFactory(coordinator=True),
        "worker": WorkerFactory(),
    }
    for who, worker in seen.items():
        client.force_login(worker)
        opened = client.get(grievance.get_absolute_url()).status_code == 200
        listed = "Bussi ei kulje" in client.get(reverse("grievance_list")).content.decode()
        assert opened == listed == (who == "coordinator" or state in ANSWERED_GRIEVANCES)


def test_the_owner_sees_it_and_answers(client):
    boss, owner = WorkerFactory(coordinator=True), WorkerFactory()
    grievance = grievances.name_owner(grievance=a_grievance(), by=boss, owner=owner)
    client.force_login(owner)
    page = client.get(grievance.get_absolute_url()).content.decode()
    assert "Vie asiaa eteenpäin" in page
    empty = {"version": grievance.version, "to": "answered", "answer": "", "outcome": ""}
    response = client.post(grievance.get_absolute_url(), empty)
    assert response.status_code == 422 and "Kirjoita vastaus" in response.content.decode()
    client.post(grievance.get_absolute_url(), empty | {"answer": "Linja palaa."})
    grievance.refresh_from_db()
    assert (grievance.state, grievance.answer) == (S.ANSWERED, "Linja palaa.")


def test_the_list_asks_the_same_number_of_queries(client, django_assert_num_queries):
    boss = WorkerFactory(coordinator=True)
    for _number in range(6):
        reach(S.UNDER_WAY, boss)
        reach(S.DONE, boss)
    client.force_login(boss)
    client.get(reverse("grievance_list"))
    with django_assert_num_queries(6):
        client.get(reverse("grievance_list"))


# --- what the database refuses ----------------------------------------------------------------------


def raw(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'under_way'", "grievance_handled_has_owner"),
        ("state = 'put_aside'", "grievance_put_aside_says_why"),
        ("text = 'Toinen'", "ei muutu"),
        ("recorded_month = recorded_month + 40", "ei muutu"),
    ],
)
def test_refused(change, constraint):
    a_grievance()
    with pytest.raises(IntegrityError, match=constraint):
        raw(f"UPDATE network_structuralgrievance SET {change}")


def test_a_day_is_refused_and_an_answer_is_not_lost():
    boss = WorkerFactory(coordinator=True)
    with pytest.raises(IntegrityError, match="grievance_month_only"):
        raw(
            "INSERT INTO network_structuralgrievance"
            " (municipality_id, theme, text, recorded_month, state, answer, outcome, version)"
            " VALUES (%s, 'gap', 'Puuttuu.', '2027-03-17', 'recorded', '', '', 1)",
            Municipality.objects.get(pk=MunicipalityFactory().pk).pk,
        )
    reach(S.ANSWERED, boss)
    with pytest.raises(IntegrityError, match="grievance_answered_has_answer"):
        raw("UPDATE network_structuralgrievance SET answer = ''")
    with pytest.raises(IntegrityError, match="jo kirjattu"):
        raw("UPDATE network_grievancestep SET state = 'done'")
