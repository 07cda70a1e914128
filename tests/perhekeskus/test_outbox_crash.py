"""A worker killed in the middle of sending: nothing is lost, and only what was on its way is sent twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from perhekeskus.models import Message
from perhekeskus.states import MessageState
from tests.factories import WorkerFactory, an_invited_meeting
from tests.plugins.post import Sink

PROJECT = Path(__file__).resolve().parents[2]
CLAIM_SECONDS = 3


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, "it never happened"
        time.sleep(0.02)


@contextmanager
def celery_worker(sink: Sink, log: Path, *options: str) -> Iterator[subprocess.Popen]:
    """A real worker of the project, over the test's database, Valkey and SMTP server."""
    database = connection.settings_dict
    account = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    url = f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "OUTBOX_CLAIM_SECONDS": str(CLAIM_SECONDS),
        "OUTBOX_BEAT_SECONDS": "1",
        # Another test's worker never takes this one's tasks.
        "BROKER_PREFIX": f"test-{os.getpid()}-{sink.port}:",
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "perhekeskus", "worker", "--concurrency", "1", *options],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_of_sending(sink, tmp_path):
    an_invited_meeting(people=[WorkerFactory() for _number in range(6)])
    due = Message.objects.due().count()
    assert due >= 7, "six invitations and the family's letter wait"
    log = tmp_path / "worker.log"

    # The server takes a letter and keeps its "250" to itself: the worker dies without hearing it.
    sink.dawdles = 0.6
    with celery_worker(sink, log) as first:
        wait_until(lambda: len(sink.raw) == 3)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()

    claimed = Message.objects.filter(state=MessageState.CLAIMED)
    assert claimed.count() == 1, "one letter was on its way"
    (on_its_way,) = claimed
    assert Message.objects.filter(state=MessageState.SENT).count() == 2
    assert Message.objects.due().count() == due - 3

    sink.dawdles = 0
    # With beat inside: it asks again when the claim of the dead one has run out.
    with celery_worker(sink, log, "--beat", "--schedule", str(tmp_path / "beat")):
        wait_until(lambda: not Message.objects.overdue().exists())

    assert Message.objects.filter(state=MessageState.SENT).count() == due, log.read_text()
    times = Counter(str(letter["Message-ID"]) for letter in sink.letters)
    sent = Message.objects.filter(state=MessageState.SENT)
    assert set(times) == {message.message_id for message in sent}, "something was lost"
    assert {message_id for message_id, count in times.items() if count > 1} == {on_its_way.message_id}
    assert times[on_its_way.message_id] == 2
    assert [message.pk for message in sent.filter(is_uncertain=True)] == [on_its_way.pk]
