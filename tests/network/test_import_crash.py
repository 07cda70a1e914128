"""A worker killed in the middle of taking a file in: nothing has changed, and it is begun anew."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from network.actions import importing
from network.actions import imports as actions
from network.models import DirectoryImport, Worker
from network.states import ImportState
from tests.factories import WorkerFactory
from tests.factories.files import WORKERS, line_of

PROJECT = Path(__file__).resolve().parents[2]
ROWS = 1_000


def wait_until(condition: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, log.read_text()
        time.sleep(0.02)


@contextmanager
def celery_worker(log: Path, schedule: Path) -> Iterator[subprocess.Popen]:
    """A real worker with beat inside, over the test's database and Valkey."""
    database = connection.settings_dict
    account = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "IMPORT_BEAT_SECONDS": "1",
        # Another test's worker never takes this one's tasks.
        "BROKER_PREFIX": f"test-import-{os.getpid()}:",
    }
    command = [sys.executable, "-m", "celery", "-A", "perhekeskus", "worker", "--concurrency", "1"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--beat", "--schedule", str(schedule)],
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


def somebody_writes_workers() -> bool:
    """Whether another connection has begun to write rows of workers and not ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
            " WHERE relname = 'network_worker' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"
            # Other tests' databases are copies of the same one: their tables have the same numbers.
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_of_taking_in(tmp_path):
    administrator = WorkerFactory(administrator=True)
    lines = [line_of(administrator, email=f"uusi{number}@kuopio.example") for number in range(ROWS)]
    row = actions.upload(
        by=administrator, kind="workers", file_name="x.csv", content=(WORKERS + "".join(lines)).encode()
    )
    importing.check(row.pk)
    row.refresh_from_db()
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    new = Worker.objects.filter(email__startswith="uusi")
    log = tmp_path / "worker.log"

    with celery_worker(log, tmp_path / "beat") as first:
        wait_until(somebody_writes_workers, log)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    wait_until(lambda: not somebody_writes_workers(), log)
    row.refresh_from_db()
    assert (new.count(), row.state, row.attempts) == (0, ImportState.APPLYING, 1)

    with celery_worker(log, tmp_path / "beat"):
        wait_until(lambda: DirectoryImport.objects.get().state != ImportState.APPLYING, log)
    row.refresh_from_db()
    assert (new.count(), row.state) == (ROWS, ImportState.APPLIED), log.read_text()
