"""The squashed migrations say what those say that they replace, and every database finds its way on."""

import re

import pgtrigger
import pytest
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from pgtrigger.core import INSTALLED

from meetings.models import Kind, KindAgendaRow

Key = tuple[str, str]

# Where a database of the first release stands.
FIRST_RELEASE = {
    "network": "0004_worker_history",
    "meetings": "0004_star_keeps_history",
    "plans": "0002_star_of_agreed",
    "perhekeskus": "0001_initial",
}


def loader_at(applied: list[Key], monkeypatch: pytest.MonkeyPatch) -> MigrationLoader:
    """The migrations as a database sees them that has had these."""
    monkeypatch.setattr(
        "django.db.migrations.recorder.MigrationRecorder.applied_migrations",
        lambda self: dict.fromkeys(applied),
    )
    return MigrationLoader(connection)


def plan_of(loader: MigrationLoader) -> list[Key]:
    return list(loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True))


def squashed(loader: MigrationLoader) -> set[Key]:
    return {key for key, one in loader.disk_migrations.items() if key[0] in FIRST_RELEASE and one.replaces}


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> list[Key]:
    """The way of a database that began before the squashed ones were written."""
    begun = [("network", "0001_initial"), ("network", "0002_initial"), ("perhekeskus", "0001_initial")]
    loader = loader_at([*begun, ("meetings", "0001_initial"), ("plans", "0001_initial")], monkeypatch)
    return plan_of(loader)


def content(model: ModelState) -> dict[str, object]:
    # As a migration writes it: a field within a field says nothing of being equal.
    fields = {
        name: (field.many_to_many, MigrationWriter.serialize(field)[0])
        for name, field in model.fields.items()
    }
    lists = ("constraints", "indexes", "triggers")
    return {
        # In their order: it is the order of the columns.
        "columns": [(name, said) for name, (is_many, said) in fields.items() if not is_many],
        "many": {name: said for name, (is_many, said) in fields.items() if is_many},
        "bases": model.bases,
        "options": {name: value for name, value in model.options.items() if name not in lists},
        "triggers": sorted(one.install_sql for one in model.options.get("triggers", [])),
        "constraints": sorted(str(one.deconstruct()) for one in model.options.get("constraints", [])),
        "indexes": sorted(str(one.deconstruct()) for one in model.options.get("indexes", [])),
    }


def contents(state: ProjectState) -> dict[Key, dict[str, object]]:
    return {key: content(model) for key, model in state.models.items() if key[0] in FIRST_RELEASE}


@pytest.mark.django_db
def test_squashed_migrations_leave_the_same_tables(monkeypatch):
    anew = loader_at([], monkeypatch)
    assert squashed(anew)
    assert squashed(anew) <= set(plan_of(anew))
    long_way = one_by_one(monkeypatch)
    assert not squashed(anew) & set(long_way)
    state = ProjectState()
    for key in long_way:
        anew.disk_migrations[key].mutate_state(state, preserve=False)
    short = contents(anew.project_state())
    assert short.keys() == contents(state).keys()
    for key, model in contents(state).items():
        assert short[key] == model, key


@pytest.mark.django_db
def test_every_database_finds_its_way_on(monkeypatch):
    """Wherever an update was cut off, the next one goes on from there and leaves nothing out."""
    way = one_by_one(monkeypatch)
    ours = squashed(loader_at([], monkeypatch))
    assert not ours & set(way)
    replaced = {part for key in ours for part in loader_at([], monkeypatch).disk_migrations[key].replaces}
    assert replaced <= set(way)
    for done in range(1, len(way) + 1):
        applied = way[:done]
        loader = loader_at(applied, monkeypatch)
        loader.check_consistent_history(connection)
        reached = set(applied)
        for key in plan_of(loader):
            if key not in loader.applied_migrations:
                reached |= {key, *loader.disk_migrations[key].replaces}
        assert set(way) <= reached, applied[-1]


@pytest.mark.django_db
def test_database_of_the_first_release_goes_on_one_by_one(monkeypatch):
    """Its rows are changed by migrations that a squashed one has nothing of."""

    def is_released(key: Key) -> bool:
        return key[0] not in FIRST_RELEASE or key[1] <= FIRST_RELEASE[key[0]]

    applied = [key for key in one_by_one(monkeypatch) if is_released(key)]
    loader = loader_at(applied, monkeypatch)
    rest = [key for key in plan_of(loader) if key not in loader.applied_migrations]
    assert not squashed(loader) & set(rest)
    assert {
        ("network", "0009_team_areas"),
        ("network", "0015_cards_confirmed"),
        ("network", "0018_directory_texts_of_today"),
        ("plans", "0004_copies_given_so_far"),
    } <= set(rest)


@pytest.mark.django_db
def test_new_database_has_every_trigger_and_function(monkeypatch):
    """It was made by the squashed ones: what the models say, and what was told to the database as SQL."""
    for model, trigger in pgtrigger.registered():
        assert trigger.get_installation_status(model)[0] == INSTALLED, trigger.get_pgid(model)
    loader = loader_at([], monkeypatch)
    told = " ".join(
        str(one.sql)
        for key in one_by_one(monkeypatch)
        if key[0] in FIRST_RELEASE
        for one in loader.disk_migrations[key].operations
        if isinstance(one, RunSQL)
    )
    written = set(re.findall(r"CREATE (?:OR REPLACE )?(?:TRIGGER|FUNCTION) (\w+)", told))
    assert {"meetings_touches", "network_consultation_message_guard", "plans_contact_touches"} <= written
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger UNION SELECT proname FROM pg_proc")
        assert written <= {name for (name,) in cursor}


@pytest.mark.django_db
def test_new_database_knows_the_kinds_of_meeting():
    assert Kind.objects.count() == 7
    assert KindAgendaRow.objects.count() == 35
    assert Kind.objects.get(code="shared_time").uses_dialogue
