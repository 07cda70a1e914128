"""What no test may do or lean on: the outside world, today's date, the order of unordered rows."""

import logging
import random
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db.models import QuerySet

from perhekeskus.words import HELSINKI

LOOPBACK = {"localhost", "::1", "", None}
# A Monday morning between two children. In the past: the database has a clock of its own.
MONDAY = datetime(2026, 11, 2, 10, 15, tzinfo=HELSINKI)


def _is_here(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    return host in LOOPBACK or str(host).startswith("127.")


def _refuse(one: socket.socket, host: Any) -> None:
    one.close()
    raise AssertionError(f"A test tried to reach {host!r}. Only this machine is within reach.")


class _NearSocket(socket.socket):
    """A socket that connects to this machine only."""

    def connect(self, address: Any, /) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            _refuse(self, address[0])
        super().connect(address)

    def connect_ex(self, address: Any, /) -> int:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            _refuse(self, address[0])
        return super().connect_ex(address)


@pytest.fixture(scope="session", autouse=True)
def no_outside_world() -> Iterator[None]:
    """Sockets of this process reach the loopback only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _NearSocket)
        yield


@pytest.fixture(autouse=True)
def unordered_is_unordered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows without an order come in any order: the same in each run of the same test."""
    mixed = random.Random(request.node.nodeid)
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(self: QuerySet) -> None:
        is_new = self._result_cache is None
        fetch_all(self)
        if is_new and not self.ordered and not self.query.is_sliced and not self.query.combinator:
            mixed.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Time stands still on ma 2.11.2026 klo 10.15."""
    with time_machine.travel(MONDAY, tick=False):
        yield MONDAY


@pytest.fixture(autouse=True)
def papers_are_well_formed() -> Iterator[None]:
    """Whatever a test prints is read as XML: by the patient reader it would be a tenth slower."""
    said: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    listening, of_papers = Listening(), logging.getLogger("perhekeskus.paper")
    of_papers.addHandler(listening)
    yield
    of_papers.removeHandler(listening)
    assert not said, said
