"""How far a municipality is: rows that are never changed, and who writes them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from network.actions import adoption
from network.models import AdoptionStage
from network.states import Adoption
from perhekeskus.refusals import Refused
from tests.factories import MunicipalityFactory, WorkerFactory
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 17)


@pytest.fixture(autouse=True)
def _today():
    # Helsinki's day has changed, London's has not.
    with time_machine.travel("2027-03-17 00:30:00+02:00", tick=False):
        yield


@pytest.fixture
def boss():
    return WorkerFactory(coordinator=True)


def recorded(boss, municipality=None, stage=Adoption.TRIAL, since=TODAY, **more) -> AdoptionStage:
    return adoption.record(
        by=boss, municipality=municipality or MunicipalityFactory(), stage=stage, since=since, **more
    )


def raw(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_new_row_of_the_same_day_takes_the_earlier_back(boss):
    wrong = recorded(boss, stage=Adoption.ROOTED, since=TODAY - timedelta(days=9))
    right = recorded(boss, wrong.municipality, Adoption.TRIAL, wrong.since, note="Kokeilu vasta alkoi.")
    wrong.refresh_from_db()
    assert wrong.taken_back_by == boss and wrong.stage == Adoption.ROOTED
    assert list(AdoptionStage.objects.in_force()) == [right]
    adoption.take_back(stage=right, by=boss)
    assert not AdoptionStage.objects.in_force().exists()
    with pytest.raises(Refused, match="jo peruttu"):
        adoption.take_back(stage=right, by=boss)
    labels = wrong.events.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update"]


def test_only_coordinators_record_and_only_what_has_begun(boss):
    administrator, worker = WorkerFactory(administrator=True), WorkerFactory()
    stage = recorded(boss)
    for other in (administrator, worker):
        with pytest.raises(Refused, match="Koordinaattori kirjaa"):
            recorded(other)
        with pytest.raises(Refused, match="Koordinaattori kirjaa"):
            adoption.take_back(stage=stage, by=other)
    assert not AdoptionStage.objects.visible_to(worker).exists()
    assert AdoptionStage.objects.visible_to(administrator).get() == stage
    with pytest.raises(Refused, match="vasta, kun se on alkanut"):
        recorded(boss, since=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="Tarkista vuosi"):
        recorded(boss, since=date(202, 3, 1))


def test_an_old_page_is_refused_and_the_same_form_twice_is_one(boss):
    key = "6f2c0f52-4a0c-4f0e-9a51-53b2f0b3f0a1"
    stage = recorded(boss, form_key=key, seen_mark=0)
    again = recorded(boss, stage.municipality, form_key=key, seen_mark=0)
    assert again.pk == stage.pk
    for late in ({"form_key": key, "stage": Adoption.ROOTED}, {"since": TODAY - timedelta(days=1)}):
        with pytest.raises(Refused):
            recorded(boss, stage.municipality, seen_mark=0, **late)
    adoption.take_back(stage=stage, by=boss)
    assert adoption.mark_of(stage.municipality) == 2


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_leave_one_row_in_force(boss):
    town = MunicipalityFactory()
    keys = ["6f2c0f52-4a0c-4f0e-9a51-53b2f0b3f0a1", "6f2c0f52-4a0c-4f0e-9a51-53b2f0b3f0a2"]
    # Each form is pressed twice; the page of the one who comes second is too old.
    acts = [lambda key=key: recorded(boss, town, form_key=key, seen_mark=0) for key in keys * 2]
    assert len(together(*acts)) == 2
    assert AdoptionStage.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE network_adoptionstage SET stage = 'goal'", "adoption_stage_stays"),
        ("UPDATE network_adoptionstage SET since = '2026-01-01'", "adoption_stage_stays"),
        ("UPDATE network_adoptionstage SET note = 'muu'", "adoption_stage_stays"),
        ("UPDATE network_adoptionstage SET taken_back_at = now()", "adoption_stage_taken_back_paired"),
        ("DELETE FROM network_adoptionstage", "adoption_stage_kept"),
        (
            "INSERT INTO network_adoptionstage (municipality_id, stage, since, note, recorded_at,"
            " recorded_by_id) SELECT municipality_id, stage, since, note, recorded_at, recorded_by_id"
            " FROM network_adoptionstage",
            "adoption_stage_one_a_day",
        ),
        (
            "INSERT INTO network_adoptionstage (municipality_id, stage, since, note, recorded_at,"
            " recorded_by_id) SELECT municipality_id, stage, since + 1, note, recorded_at, recorded_by_id"
            " FROM network_adoptionstage",
            "adoption_stage_not_ahead",
        ),
        (
            "INSERT INTO network_adoptionstage (municipality_id, stage, since, note, recorded_at,"
            " recorded_by_id) SELECT municipality_id, stage, '1999-12-31', note, recorded_at, recorded_by_id"
            " FROM network_adoptionstage",
            "adoption_stage_since_2000",
        ),
    ],
)
def test_the_database_keeps_what_was_recorded(boss, sql, name):
    recorded(boss)
    with pytest.raises(IntegrityError) as error:
        raw(sql)
    assert error.value.__cause__.diag.constraint_name == name


def test_what_was_taken_back_stays_so(boss):
    stage = adoption.take_back(stage=recorded(boss), by=boss)
    with pytest.raises(IntegrityError, match="jo peruttu"):
        raw(
            "UPDATE network_adoptionstage SET taken_back_at = NULL, taken_back_by_id = NULL WHERE id = %s",
            stage.pk,
        )
