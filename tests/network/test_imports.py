"""Taking a file into the directory: seen first, all or nothing, once, and by those who may."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from network.actions import importing
from network.actions import imports as actions
from network.exchange.offered import KINDS
from network.models import DirectoryImport, ImportRow, Organisation, Worker
from network.states import IMPORT_MOVES, ImportState, RowOutcome
from perhekeskus.refusals import Refused
from tests.factories import (
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.factories.files import (
    ORGANISATIONS,
    WORKERS,
    applied,
    checked,
    exported,
    line_of,
    reached,
    uploaded,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Worker:
    return WorkerFactory(administrator=True)


# --- who may, and when ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(
    ("traits", "may"),
    [
        ({}, []),
        ({"guidance": True}, []),
        ({"coordinator": True}, ["contact_rules"]),
        ({"administrator": True}, list(KINDS)),
        ({"administrator": True, "is_active": False}, []),
    ],
    ids=["worker", "guidance", "coordinator", "administrator", "closed"],
)
def test_who_may_take_in_which_kind(kind, traits, may):
    by, administrator = WorkerFactory(**traits), WorkerFactory(administrator=True)
    theirs = checked(administrator, kind, exported(kind))
    attempts = [
        lambda: uploaded(by, kind, "x"),
        lambda: actions.check_again(directory_import=theirs, by=by),
        lambda: actions.cancel(directory_import=theirs, by=by),
    ]
    assert DirectoryImport.objects.visible_to(by).filter(pk=theirs.pk).exists() is (kind in may)
    for attempt in attempts if kind not in may else []:
        with pytest.raises(Refused, match="Vain"):
            attempt()
    with pytest.raises(Refused, match="ole mitään vietävää|Vain"):
        actions.apply(directory_import=theirs, by=by, seen=theirs.digest)


def test_who_has_lost_the_right_meanwhile_takes_nothing_in(administrator):
    row = checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    Worker.objects.filter(pk=administrator.pk).update(is_administrator=False)
    importing.apply(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (
        ImportState.FAILED,
        "Vain pääkäyttäjä voi tuoda hakemistoon tiedoston.",
    )
    assert not Organisation.objects.filter(name="Uusi").exists()


VERBS = {
    "apply": (
        {ImportState.CHECKED},
        lambda row, by: actions.apply(directory_import=row, by=by, seen=row.digest),
    ),
    "check_again": (
        {ImportState.CHECKED, ImportState.FAILED},
        lambda row, by: actions.check_again(directory_import=row, by=by),
    ),
    "cancel": (
        {ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.FAILED},
        lambda row, by: actions.cancel(directory_import=row, by=by),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(ImportState))
def test_what_may_be_done_in_which_state(administrator, verb, state):
    may, act = VERBS[verb]
    row = reached(state, administrator)
    if state in may:
        act(row, administrator)
        return
    with pytest.raises(Refused):
        act(row, administrator)
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize("start", list(ImportState))
def test_the_database_allows_the_moves_of_the_table_and_no_others(administrator, start):
    row = reached(start, administrator)
    for end in ImportState:
        if end == start or end in IMPORT_MOVES[start]:
            continue
        with pytest.raises(DatabaseError, match="ei voi siirtyä"), transaction.atomic():
            DirectoryImport.objects.filter(pk=row.pk).update(state=end)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'applying', applied_at = now()", "import_applied_paired"),
        ("state = 'applying'", "import_applied_by_somebody"),
        ("state = 'cancelled'", "import_file_forgotten"),
        ("content = convert_to(repeat('x', 10000001), 'utf8')", "import_not_too_large"),
    ],
)
def test_what_the_database_itself_refuses(administrator, change, constraint):
    row = reached(ImportState.CHECKED, administrator)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE network_directoryimport SET {change} WHERE id = %s", [row.pk])


def test_a_line_of_a_file_is_found_once(administrator):
    row = reached(ImportState.CHECKED, administrator)
    with pytest.raises(DatabaseError, match="importrow_line_once"), transaction.atomic():
        ImportRow.objects.create(directory_import=row, line=2, outcome=RowOutcome.ADDED, name="x")


# --- all of what was seen, or nothing ------------------------------------------------------------


def test_what_was_seen_is_taken_in_and_the_file_is_forgotten(administrator):
    row = applied(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\nRikki;?;?\r\n")
    assert (row.state, row.applied_by, bytes(row.content)) == (ImportState.APPLIED, administrator, b"")
    assert Organisation.objects.get(name="Uusi").sector == "police"
    assert not Organisation.objects.filter(name="Rikki").exists()


def test_a_directory_that_has_changed_meanwhile_is_checked_anew_and_nothing_is_written(administrator):
    OrganisationFactory(name="Vanha", sector="police")
    text = ORGANISATIONS + "Vanha;kulttuuri;ei\r\nUusi;poliisi;kyllä\r\n"
    row = checked(administrator, "organisations", text)
    seen = row.digest
    actions.apply(directory_import=row, by=administrator, seen=seen)
    Organisation.objects.filter(name="Vanha").update(sector="youth")
    importing.apply(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED and "Hakemisto on muuttunut" in row.message
    assert Organisation.objects.get(name="Vanha").sector == "youth"
    assert not Organisation.objects.filter(name="Uusi").exists()
    assert row.rows.get(line=2).changes[0] == ["Toimiala", "nuorisopalvelut", "kulttuuri"]
    # The page of the former check takes nothing in either.
    with pytest.raises(Refused, match="tarkistettu uudelleen"):
        actions.apply(directory_import=row, by=administrator, seen=seen)
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    importing.apply(row.pk)
    assert Organisation.objects.filter(name="Uusi").exists()


def test_when_the_database_refuses_one_row_none_is_written(administrator, monkeypatch):
    """Somebody adds the same organisation at the very moment between the comparing and the writing."""
    row = checked(administrator, "organisations", ORGANISATIONS + "Eka;poliisi;ei\r\nToka;poliisi;ei\r\n")
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    write = importing.write

    def late(kind, entries, on_row):
        write(kind, entries[:1], on_row)
        OrganisationFactory(name="Toka")
        write(kind, entries[1:], on_row)

    monkeypatch.setattr(importing, "write", late)
    importing.apply(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED and "mitään ei viety" in row.message
    assert not Organisation.objects.filter(name__in=["Eka", "Toka"]).exists()


def test_the_history_tells_who_took_it_in(administrator):
    worker = WorkerFactory()
    applied(administrator, "workers", WORKERS + line_of(worker, title="kuraattori"))
    event = Worker._meta.apps.get_model("network", "WorkerEvent")
    latest = event.objects.filter(pgh_obj_id=worker.pk).latest("pgh_id")
    assert latest.title == "kuraattori"
    assert latest.pgh_context.metadata == {"worker": administrator.pk, "page": "import_apply"}


def test_checking_and_taking_in_ask_a_fixed_number_of_queries(administrator, django_assert_max_num_queries):
    towns = [UnitFactory() for _number in range(5)]
    lines = [
        line_of(WorkerFactory.build(unit=towns[number % 5], email=f"t{number}@kuopio.example"))
        for number in range(300)
    ]
    row = uploaded(administrator, "workers", WORKERS + "".join(lines))
    with django_assert_max_num_queries(25):
        importing.check(row.pk)
    row.refresh_from_db()
    assert row.counts == {"added": 300}
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    with django_assert_max_num_queries(30):
        importing.apply(row.pk)
    assert Worker.objects.filter(email__startswith="t").count() >= 300


# --- interrupted, twice, forgotten ---------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch, django_capture_on_commit_callbacks) -> list[tuple[str, int]]:
    """What workers were asked to take up."""
    tasks: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "perhekeskus.celery.app.send_task", lambda name, args, **options: tasks.append((name, *args))
    )
    return tasks


def test_what_nobody_works_on_is_taken_up_again(administrator, asked, django_capture_on_commit_callbacks):
    waiting, under_check, under_way = (
        reached(state, administrator)
        for state in (ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING)
    )
    with django_capture_on_commit_callbacks(execute=True):
        importing.resume()
    assert asked == [], "they have only just been touched"
    DirectoryImport.objects.update(touched_at=timezone.now() - timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        importing.resume()
    assert asked == [
        (actions.CHECK, waiting.pk),
        (actions.CHECK, under_check.pk),
        (actions.APPLY, under_way.pk),
    ]


@pytest.mark.parametrize(
    ("state", "work"), [(ImportState.CHECKING, importing.check), (ImportState.APPLYING, importing.apply)]
)
def test_what_falls_every_time_is_given_up_and_can_be_begun_anew(administrator, state, work):
    row = reached(state, administrator)
    DirectoryImport.objects.filter(pk=row.pk).update(attempts=importing.MOST_ATTEMPTS)
    work(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED and "keskeytyi" in row.message
    assert not Organisation.objects.filter(name="Uusi").exists()
    actions.check_again(directory_import=row, by=administrator)
    importing.check(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED


def test_without_a_broker_the_file_waits_for_the_next_tick(
    administrator, monkeypatch, django_capture_on_commit_callbacks
):
    def gone(*args, **options):
        raise OperationalError("no broker")

    monkeypatch.setattr("perhekeskus.celery.app.send_task", gone)
    with django_capture_on_commit_callbacks(execute=True):
        row = uploaded(administrator, "organisations", ORGANISATIONS)
    assert row.state == ImportState.UPLOADED


def test_a_file_that_nobody_comes_back_to_is_forgotten(administrator):
    rows = {
        state: reached(state, administrator)
        for state in (ImportState.CHECKED, ImportState.FAILED, ImportState.APPLIED)
    }
    fresh = checked(administrator, "organisations", ORGANISATIONS + "Toinen;poliisi;kyllä\r\n")
    long_ago = timezone.now() - timedelta(days=importing.KEPT_DAYS, minutes=1)
    DirectoryImport.objects.exclude(pk=fresh.pk).update(touched_at=long_ago)
    importing.resume()
    for row in rows.values():
        row.refresh_from_db()
        assert not row.rows.exists() and bytes(row.content) == b""
    assert rows[ImportState.CHECKED].state == rows[ImportState.FAILED].state == ImportState.CANCELLED
    assert rows[ImportState.APPLIED].state == ImportState.APPLIED
    fresh.refresh_from_db()
    assert fresh.state == ImportState.CHECKED and fresh.rows.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_press_takes_the_file_in_once():
    administrator = WorkerFactory(administrator=True)
    row = checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")

    def press():
        actions.apply(directory_import=row, by=administrator, seen=row.digest)

    refusals = together(press, press, press)
    assert len(refusals) == 2
    together(
        lambda: importing.apply(row.pk), lambda: importing.apply(row.pk), lambda: importing.apply(row.pk)
    )
    row.refresh_from_db()
    assert row.state == ImportState.APPLIED
    assert Organisation.objects.filter(name="Uusi").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_new_row_make_it_once():
    administrator = WorkerFactory(administrator=True)
    rows = [
        checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")
        for _number in range(2)
    ]
    for row in rows:
        actions.apply(directory_import=row, by=administrator, seen=row.digest)
    together(*[lambda pk=row.pk: importing.apply(pk) for row in rows])
    states = sorted(DirectoryImport.objects.values_list("state", flat=True))
    assert states == [ImportState.APPLIED, ImportState.CHECKED]
    assert Organisation.objects.filter(name="Uusi").count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_somebody_works_on_it_everybody_else_leaves_it_alone(asked):
    administrator = WorkerFactory(administrator=True)
    row = reached(ImportState.APPLYING, administrator)
    DirectoryImport.objects.update(touched_at=timezone.now() - timedelta(minutes=5))
    asked.clear()
    held, done = threading.Event(), threading.Event()

    def works():
        with transaction.atomic():
            assert importing._held(row.pk, ImportState.APPLYING)
            held.set()
            done.wait(20)
        connections.close_all()

    thread = threading.Thread(target=works)
    thread.start()
    try:
        assert held.wait(20)
        with transaction.atomic():
            assert importing._held(row.pk, ImportState.APPLYING) is None
        importing.apply(row.pk)
        importing.resume()
        with pytest.raises(Refused, match="käsitellään juuri nyt"):
            actions.cancel(directory_import=row, by=administrator)
        row.refresh_from_db()
        assert (row.state, row.attempts, asked) == (ImportState.APPLYING, 0, [])
    finally:
        done.set()
        thread.join()
    importing.resume()
    assert asked == [(actions.APPLY, row.pk)]
