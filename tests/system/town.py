"""The whole of it running for system tests: a database, web, worker and beat, and a server for their post."""

import io
import os
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from aiosmtpd.controller import Controller
from django.db import connection
from psycopg import sql

from perhekeskus.embedded import application
from perhekeskus.embedded.child import Child, short_pause
from tests.plugins.https import Website
from tests.plugins.post import Sink
from tests.plugins.quick_flush import is_emptied

SECONDS = 60


class Town:
    """The processes that `make run` has, on a database of their own; one after another's tests live in it.

    PostgreSQL and Valkey are the tests' own servers. What the town fetches, it fetches from `website` alone.
    """

    def __init__(self, folder: Path, website: Website) -> None:
        self.folder = folder
        self.website = website
        self.sink = Sink()
        self.port = 0
        self.name = f"town_{uuid4().hex[:12]}"
        self.database_url = _another_database(os.environ["DATABASE_URL"], self.name)
        self.children: list[Child] = []

    @property
    def base_url(self) -> str:
        return f"http://localhost:{self.port}"

    @contextmanager
    def running(self) -> Iterator["Town"]:
        """Everything is up while the block lasts; the database is gone after it."""
        controller = Controller(self.sink, hostname="127.0.0.1", port=self.sink.port)
        controller.start()
        _on_the_server("CREATE DATABASE {} TEMPLATE {}", self.name, os.environ["TEST_TEMPLATE"])
        try:
            self._start()
            yield self
        finally:
            for child in self.children:
                child.ask_to_stop()
            for child in self.children:
                child.make_stop(8)
            _on_the_server("DROP DATABASE {} WITH (FORCE)", self.name)
            controller.stop(no_assert=True)

    def emptied(self) -> "Town":
        """Nobody lives here and no letter has come."""
        with psycopg.connect(self.database_url, autocommit=True) as opened:
            is_empty = False
            while not is_empty:
                # The worker may be at something.
                with suppress(psycopg.errors.DeadlockDetected):
                    is_empty = is_emptied(opened.cursor())
        self.sink.raw.clear()
        self.sink.recipients.clear()
        self.website.answers.clear()
        return self

    def python(self, code: str) -> str:
        """Run Python on the town's database; what it printed."""
        here = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = self.name
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                exec(compile(code, "<town>", "exec"), {"__name__": "town"})
        finally:
            connection.close()
            connection.settings_dict["NAME"] = here
        return printed.getvalue().strip()

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
        """Run one statement on the town's database; its rows, if it has any."""
        with psycopg.connect(self.database_url, autocommit=True) as opened:
            cursor = opened.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def logs(self) -> str:
        """Every line that the town's processes have written."""
        return "".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))

    def _start(self) -> None:
        with socket.create_server(("127.0.0.1", self.port), backlog=256) as listener:
            self.port = listener.getsockname()[1]
            environment = {
                "ENVIRONMENT": "test",
                "DATA": str(self.folder),
                "DATABASE_URL": self.database_url,
                "BROKER_PREFIX": f"{self.name}:",
                "BASE_URL": self.base_url,
                "OUTBOX_BEAT_SECONDS": "1",
                "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
                "FETCH_TEST_SERVER": f"127.0.0.1:{self.website.port}",
                "FETCH_TEST_CA": str(self.website.authority),
                # The count that the coordinator reads is to be seen, however small.
                "SMALL_NUMBER_LIMIT": "1",
                "LOG_LEVEL": "INFO",
                "REQUEST_LOG_LEVEL": "INFO",
            }
            web = application.web(listener, environment, self.folder)
            worker = application.worker(environment, self.folder)
            beat = application.beat(environment, self.folder)
            self.children = [web, beat, worker]
            for child in self.children:
                child.start()
        self._wait_for(web)

    def _wait_for(self, web: Child) -> None:
        give_up_at = time.monotonic() + SECONDS
        while time.monotonic() < give_up_at and not web.has_fallen:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/terveys/elossa", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                short_pause()
        raise AssertionError(f"web:\n{web.last_words(30)}")


def _another_database(url: str, name: str) -> str:
    address, mark, asked = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{asked}"


def _on_the_server(statement: str, *names: str) -> None:
    with psycopg.connect(
        _another_database(os.environ["DATABASE_URL"], "postgres"), autocommit=True
    ) as opened:
        opened.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
