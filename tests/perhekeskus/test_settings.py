"""Production starts only as production; every variable is in the operator's guide."""

import os
import re
import subprocess
import sys

import pytest

from perhekeskus.embedded.application import PROJECT

WELL = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://user:password@database.example/yhteinen_aika",
    "REDIS_URL": "redis://broker.example/0",
    "EMAIL_URL": "smtp://mail.example:25",
    "ALLOWED_HOSTS": "yhteinenaika.example",
    "BASE_URL": "https://yhteinenaika.example",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**WELL, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); print('started')"],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "perhekeskus.settings",
            **{name: value for name, value in environment.items() if value is not None},
        },
        capture_output=True,
        text=True,
    )


def test_production_starts_when_all_is_said():
    done = start()
    assert done.stdout.strip() == "started", done.stderr


def test_production_is_what_it_is_when_nothing_is_said():
    assert "SECRET_KEY" in start(ENVIRONMENT=None, SECRET_KEY=None).stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "Tuotanto ei käynnisty esittelyn avaimella"),
        ({"SECRET_KEY": "short"}, "Tuotanto ei käynnisty esittelyn avaimella"),
        ({"DEBUG": "1"}, "Tuotanto ei käynnisty, kun DEBUG on päällä"),
        ({"DATABASE_URL": None}, "Tuotanto ei käynnisty mukana tulevalla tietokannalla"),
        ({"EMBEDDED_DATABASE": "1"}, "Tuotanto ei käynnisty mukana tulevalla tietokannalla"),
        ({"EMAIL_URL": None}, "Tuotanto tarvitsee sähköpostipalvelimen"),
        ({"FETCH_TEST_SERVER": "127.0.0.1:4433"}, "vain testejä varten"),
        ({"FETCH_TEST_CA": "/tmp/ca.pem"}, "vain testejä varten"),
        ({"FETCH_TEST_CA": "/tmp/ca.pem", "ENVIRONMENT": "demonstration"}, "vain testejä varten"),
        ({"SMALL_NUMBER_LIMIT": "2"}, "SMALL_NUMBER_LIMIT on vähintään 3"),
        ({"ENVIRONMENT": "staging"}, "production, demonstration tai test"),
    ],
)
def test_production_refuses(changes, sentence):
    done = start(**changes)
    assert done.returncode != 0
    assert sentence in done.stderr


def test_production_takes_an_embedded_database_only_in_clear_words():
    changes = {"EMBEDDED_DATABASE": "1"}
    assert start(**changes, EMBEDDED_DATABASE_IN_PRODUCTION="1").returncode != 0
    assert start(**changes, EMBEDDED_DATABASE_IN_PRODUCTION="yes-i-take-the-backups-myself").returncode == 0


def test_the_demonstration_key_is_never_taken():
    from django.conf import settings

    assert start(SECRET_KEY=settings.DEMONSTRATION_SECRET_KEY).returncode != 0


def test_the_operators_guide_names_every_variable_with_its_default():
    source = (PROJECT / "perhekeskus" / "settings.py").read_text()
    used = set(re.findall(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""", source))
    guide = (PROJECT / "docs" / "operations.md").read_text()
    described = set(re.findall(r"^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \|$", guide, re.MULTILINE))
    assert used, "the settings are read another way now"
    assert used - described == set()
    assert described - used == {"PORT", "BIND"}


def test_the_operators_guide_names_every_task_that_beat_asks_for():
    from celery import Celery

    from perhekeskus.celery import set_beat_schedule

    app = Celery()
    set_beat_schedule(app)
    asked = {row["task"] for row in app.conf.beat_schedule.values()}
    guide = (PROJECT / "docs" / "operations.md").read_text()
    assert set(re.findall(r"^\| `(\w+\.tasks\.\w+)` \|", guide, re.MULTILINE)) == asked


def test_every_package_of_the_demonstration_is_among_its_requirements():
    """The demonstration runs on base.txt alone: no app of the checks' may slip in."""
    script = (
        "import django; django.setup(); from django.conf import settings; print(*settings.INSTALLED_APPS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "perhekeskus.settings",
            "ENVIRONMENT": "demonstration",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "django_linear_migrations" not in done.stdout
    assert "django_migration_linter" not in done.stdout
