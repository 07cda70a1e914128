"""`make run`, as a person starts, stops and loses it."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from perhekeskus.embedded.account import account_for
from perhekeskus.embedded.application import PROJECT
from perhekeskus.embedded.postgres import Postgres

SECONDS = 180
NAME = "yhteinen äika testi"


class Run:
    """One `make run`, its words, and the processes below it."""

    def __init__(self, data: Path, *, uid: int | None = None, port: int = 0, bare: bool = False) -> None:
        self.data = data
        self.words = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the run
        # The typeface is cut already, unless the run is to do that too.
        names = ("PATH", "HOME", "LANG", "PIP_CERT", *(() if bare else ("FONT_DIR",)))
        environment = {name: os.environ[name] for name in names if name in os.environ}
        # The demonstration's people are not needed here; all else is what a user gets.
        environment |= {"ENVIRONMENT": "test", "PORT": str(port), "DATA": str(data)}
        options = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
        self.make = subprocess.Popen(
            ["make", "run"],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )

    def said(self) -> str:
        self.words.seek(0)
        return self.words.read()

    def until_answers(self) -> "Run":
        until(lambda: "on käynnissä: http" in self.said() or self.make.poll() is not None)
        assert self.make.poll() is None, self.said()
        return self

    @property
    def url(self) -> str:
        found = re.search(r"on käynnissä: (http://\S+)", self.said())
        assert found, self.said()
        return found.group(1)

    @property
    def supervisor(self) -> int:
        return children_of(self.make.pid)[0]

    def pid_of(self, word: str) -> int:
        """The supervisor's own child whose command line has the word."""
        for pid in children_of(self.supervisor):
            if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        raise LookupError(word)

    def tree(self) -> list[int]:
        found = [self.make.pid]
        for pid in found:
            found += children_of(pid)
        return found

    def health(self) -> str:
        try:
            with urllib.request.urlopen(f"{self.url}terveys", timeout=5) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.read().decode()
        except OSError as error:
            return str(error)

    def is_well(self) -> bool:
        return '"status": "ok"' in self.health()

    def stop(self) -> None:
        if self.make.poll() is None:
            self.make.terminate()
        self.make.wait(timeout=SECONDS)
        self.words.close()


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def until(true_at_last, seconds: float = SECONDS) -> None:
    give_up_at = time.monotonic() + seconds
    while not true_at_last():
        assert time.monotonic() < give_up_at, "gave up waiting"
        time.sleep(0.1)


@contextmanager
def running(data: Path, **options) -> Iterator[Run]:
    run = Run(data, **options)
    try:
        yield run.until_answers()
    finally:
        run.stop()


def refused(data: Path, **options) -> str:
    """What a start that cannot be says, before it ends by itself."""
    run = Run(data, **options)
    try:
        assert run.make.wait(timeout=SECONDS) != 0
        return run.said()
    finally:
        run.stop()


@contextmanager
def connection(data: Path) -> Iterator[psycopg.Connection]:
    """The run's database, found as its owner would: the port in the lock file, the password beside."""
    server = Postgres(data / "postgres", data / "log")
    server.port = int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split("\n")[3])
    server.password = (data / "postgres" / "password").read_text()
    with psycopg.connect(server.url, autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder in a path with spaces and other than ASCII letters, unreachable to other users."""
    folder = Path(tempfile.mkdtemp(prefix="yhteinen-aika-"))
    yield folder / NAME
    shutil.rmtree(folder)


@pytest.fixture
def prepared(data: Path) -> Path:
    """The data folder of a run that has been, and has ended."""
    if not (data / "prepared.json").exists():
        with running(data):
            pass
    return data


def write_note(data: Path) -> None:
    with connection(data) as opened:
        opened.execute("DROP TABLE IF EXISTS note")
        opened.execute("CREATE TABLE note AS SELECT 'säilyy' AS text")


def note_is_kept(data: Path) -> bool:
    with connection(data) as opened:
        return opened.execute("SELECT text FROM note").fetchone() == ("säilyy",)


@pytest.mark.parametrize("ending", ["ctrl-c", "sigterm"])
def test_it_answers_and_leaves_no_process_behind(data, ending):
    with running(data) as run:
        until(run.is_well)
        everybody = run.tree()
        assert len(everybody) > 10
        if ending == "ctrl-c":
            os.killpg(run.make.pid, signal.SIGINT)
        else:
            run.make.terminate()
        run.make.wait(timeout=SECONDS)
        assert "Kaikki on sammutettu" in run.said()
        assert [pid for pid in everybody if is_alive(pid)] == []


def test_a_second_run_is_told_where_the_first_one_is(prepared, tmp_path):
    # A data folder can be carried elsewhere: nothing in it knows where it is.
    moved = tmp_path / "muualla"
    subprocess.run(["cp", "-a", prepared, moved], check=True)
    with running(prepared) as run:
        assert run.url in (words := refused(prepared)) and "on jo käynnissä" in words
        port = int(run.url.rstrip("/").rpartition(":")[2])
        assert f"Portti {port} on jo käytössä" in refused(tmp_path / "muu", port=port)
        # And one beside it, on its own port and folder, is well.
        with running(moved) as beside:
            until(beside.is_well)
            assert run.is_well()


def test_whatever_is_killed_the_data_is_intact(prepared):
    with running(prepared) as run:
        until(run.is_well)
        write_note(prepared)
        for word in ("postgres", "valkey", "gunicorn", "worker", "beat"):
            victim = run.pid_of(word)
            os.kill(victim, signal.SIGKILL)
            until(lambda victim=victim: not is_alive(victim))
            until(lambda word=word: word in " ".join(command_lines(run.supervisor)))
            until(run.is_well)
        assert run.said().count("kaatui, käynnistetään uudelleen") == 5
        assert note_is_kept(prepared)
        first = run.tree()
        os.kill(run.supervisor, signal.SIGKILL)
        # The next one starts at once, while the old processes are still on their way out.
        with running(prepared) as second:
            until(second.is_well)
            assert note_is_kept(prepared)
            assert [pid for pid in first if is_alive(pid) and pid != run.make.pid] == []
            for pid in second.tree():
                # Some are gone already: they die with the one that was killed before them.
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with running(prepared) as third:
                until(third.is_well)
                assert note_is_kept(prepared)
                everybody = third.tree()
                os.kill(third.make.pid, signal.SIGKILL)
                third.make.wait(timeout=SECONDS)
                until(lambda: not any(is_alive(pid) for pid in everybody))


def test_a_lock_whose_number_is_another_process_now_stops_nobody(prepared):
    # Of the same user as the server: PostgreSQL alone would take it for a server that still runs.
    account = account_for(prepared / "postgres" / "cluster")
    stranger = subprocess.Popen(["sleep", "60"], **(account.popen_options if account else {}))
    try:
        lock = prepared / "postgres" / "cluster" / "postmaster.pid"
        lock.write_text(f"{stranger.pid}\n/proc/self/cwd\n0\n1\n\n\n0 0\n")
        with running(prepared) as run:
            until(run.is_well)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="the whole file is run as an ordinary user already")
def test_an_ordinary_user_can_run_it():
    nobody = 65534
    try:
        subprocess.run(
            [PROJECT / ".venv" / "bin" / "python", "-c", "import perhekeskus.embedded.supervisor"],
            cwd=PROJECT,
            check=True,
            capture_output=True,
            user=nobody,
            group=nobody,
            extra_groups=[],
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("an ordinary user cannot run the Python of this checkout")
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, nobody, nobody)
        data = Path(folder) / NAME
        with running(data, uid=nobody, bare=True) as run:
            until(run.is_well)
            assert list((data / "static" / "fonts").glob("*.woff2"))
            assert {Path(f"/proc/{pid}").stat().st_uid for pid in run.tree()} == {nobody}


def command_lines(supervisor: int) -> list[str]:
    lines = []
    for pid in children_of(supervisor):
        try:
            lines.append(Path(f"/proc/{pid}/cmdline").read_text())
        except OSError:
            continue
    return lines
