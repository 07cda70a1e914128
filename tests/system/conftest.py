"""The whole of it running, with real servers, a real worker and a real SMTP server; and the people at it."""

import fcntl
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller

from perhekeskus.embedded.stack import Stack
from tests.plugins.browser import WIDE, Visitor
from tests.plugins.post import Sink

PROJECT = Path(__file__).resolve().parents[2]


class Town:
    """The running stack, its post and its database."""

    def __init__(self, stack: Stack, sink: Sink) -> None:
        self.stack, self.sink = stack, sink

    @property
    def base_url(self) -> str:
        return self.stack.base_url

    def python(self, code: str) -> str:
        """Run Python with Django set up on the stack's own database; what it printed."""
        setup = "import django; django.setup()\n"
        environment = os.environ | self.stack.environment | {"DJANGO_SETTINGS_MODULE": "perhekeskus.settings"}
        done = subprocess.run(
            [sys.executable, "-c", setup + code],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def code_to(self, address: str) -> str:
        """The newest one-time code that has arrived at the address."""
        give_up_at = time.monotonic() + 30
        while time.monotonic() < give_up_at:
            for letter in reversed(self.sink.letters):
                if letter["To"] == address and "Koodi" in str(letter["Subject"]):
                    return re.findall(r"\b\d{6}\b", letter.get_body(("plain",)).get_content())[0]
            time.sleep(0.1)
        raise AssertionError("No code came.")

    def sql(self, query: str, *values: object) -> list[tuple]:
        """Run one statement on the stack's database; its rows, if it has any."""
        with psycopg.connect(self.stack.database_url, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every table and no row, made once: each town begins as a copy of it."""
    base = tmp_path_factory.getbasetemp()
    # The processes of xdist have folders side by side; the one that comes later waits for the first one's.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "migrated"
    with folder.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            Stack.prepare(folder)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Town]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    environment = {
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        # The count that the coordinator reads is to be seen, however small.
        "SMALL_NUMBER_LIMIT": "1",
        "LOG_LEVEL": "INFO",
        "REQUEST_LOG_LEVEL": "INFO",
    }
    folder = tmp_path_factory.mktemp("town")
    with Stack(folder, environment=environment, begins_as=migrated) as stack:
        yield Town(stack, sink)
    controller.stop(no_assert=True)


@pytest.fixture
def visitor(chromium, town: Town) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser for one more person."""
    opened: list[Visitor] = []

    def opens(width: int = WIDE) -> Visitor:
        opened.append(Visitor(chromium, town.base_url, width=width))
        return opened[-1]

    yield opens
    for one in opened:
        one.close()
