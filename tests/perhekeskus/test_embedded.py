"""The servers that come along, each promise on the real thing."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from perhekeskus.embedded import postgres as postgres_module
from perhekeskus.embedded.application import PROJECT
from perhekeskus.embedded.child import Child
from perhekeskus.embedded.console import CannotStart
from perhekeskus.embedded.data_folder import DataFolder
from perhekeskus.embedded.postgres import Postgres
from perhekeskus.embedded.process import started_at
from perhekeskus.embedded.valkey import Valkey


def execute(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "-m", "perhekeskus.embedded", "exec", "--", *words],
        cwd=PROJECT,
        env=own | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def server(tmp_path):
    server = Postgres(tmp_path / "tietokanta ä" / "postgres", tmp_path / "postgres.log", durable=False)
    server.start()
    server.wait()
    yield server
    server.stop()


def test_exec_gives_both_servers_and_the_exit_code():
    script = (
        "import os, sys, psycopg, redis;"
        "psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT 1');"
        "redis.Redis.from_url(os.environ['REDIS_URL']).ping();"
        "print(os.environ['DATA']); sys.exit(7)"
    )
    done = execute(sys.executable, "-c", script)
    assert done.returncode == 7, done.stderr
    assert not Path(done.stdout.strip()).exists(), "the temporary folder is left behind"


def test_exec_starts_nothing_that_the_environment_names():
    script = (
        "import os;"
        "print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], sorted(os.listdir(os.environ['DATA'])))"
    )
    done = execute(sys.executable, "-c", script, DATABASE_URL="postgres://a/b", REDIS_URL="redis://c/0")
    assert done.stdout.strip() == "postgres://a/b redis://c/0 ['lock']"


def test_exec_outlives_its_command_when_it_is_told_to_stop(tmp_path):
    mark = tmp_path / "started"
    script = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    running = subprocess.Popen(
        [sys.executable, "-m", "perhekeskus.embedded", "exec", "--", sys.executable, "-c", script],
        cwd=PROJECT,
        env=own,
    )
    while not mark.exists():
        assert running.poll() is None
        time.sleep(0.05)
    running.terminate()
    assert running.wait(timeout=30) == 128 + signal.SIGTERM


def test_the_cluster_has_what_the_project_counts_on(server):
    with psycopg.connect(server.url, autocommit=True) as connection:
        for extension in ("btree_gist", "pg_trgm", "unaccent", "citext"):
            connection.execute(f"CREATE EXTENSION {extension}")
        assert connection.execute("SELECT upper('äöåš'), lower('ÄÖÅŠ')").fetchone() == ("ÄÖÅŠ", "äöåš")
        # As root it runs as somebody else: nothing of ours is of use to who gets into it.
        process = server.child.pid
        assert Path(f"/proc/{process}").stat().st_uid != 0


def test_nobody_comes_in_without_the_password(server):
    url = server.url.replace(server.password, "arvaus")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_the_servers_log_holds_no_value_of_a_row(server):
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE family (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO family VALUES ('Virtanen')")
            except psycopg.errors.UniqueViolation:
                break
    log = server.log.read_text()
    assert "duplicate key" in log
    assert "Virtanen" not in log


def test_a_wheel_that_the_unprivileged_user_cannot_reach_is_copied(tmp_path, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root changes into another user")
    copies = Path("/var/tmp") / f"yhteinen-aika-test-{os.getpid()}"
    monkeypatch.setattr(postgres_module, "COPIED_BINARIES", copies)
    server = Postgres(tmp_path / "postgres", tmp_path / "log", durable=False)
    can_run = server._can_run
    # A checkout under /root looks like this to `nobody`.
    monkeypatch.setattr(server, "_can_run", lambda tree: copies in tree.parents and can_run(tree))
    try:
        server.start()
        server.wait()
        assert str(copies) in " ".join(server.child.command)
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE EXTENSION btree_gist")
        server.stop()
    finally:
        subprocess.run(["rm", "-rf", copies], check=True)


def test_valkey_answers_only_to_the_password(tmp_path):
    server = Valkey(tmp_path, tmp_path / "log")
    server.start()
    try:
        server.wait()
        with socket.create_connection(("127.0.0.1", server.port)) as stranger:
            stranger.sendall(b"PING\r\n")
            assert stranger.recv(100).startswith(b"-NOAUTH")
        command_line = Path(f"/proc/{server.child.pid}/cmdline").read_bytes()
        assert server.password.encode() not in command_line
    finally:
        server.stop()


def test_a_folder_has_one_holder_at_a_time(tmp_path):
    first, second = DataFolder(tmp_path), DataFolder(tmp_path)
    first.hold()
    first.note(address="http://localhost:8000/", children=[])
    with pytest.raises(CannotStart, match="http://localhost:8000/"):
        second.hold()
    first.release()
    second.hold()
    second.release()


def sleeper(folder: Path) -> Child:
    return Child("sleeper", ["sleep", "60"], folder / "log", folder, {"PATH": os.environ["PATH"]})


def test_leftovers_are_ended_and_strangers_are_not(tmp_path):
    folder = DataFolder(tmp_path)
    ours, stranger = sleeper(tmp_path), sleeper(tmp_path)
    ours.start()
    stranger.start()
    folder.note(address="", children=[ours])
    written = folder._read("run.json")
    # A stranger that got the number of a process of ours: the start tells them apart.
    written["processes"].append([stranger.pid, stranger.identity[1] - 1])
    folder._write("run.json", written)
    try:
        folder.end_leftovers()
        assert started_at(ours.pid) is None
        with pytest.raises(subprocess.TimeoutExpired):
            stranger.process.wait(timeout=0.5)
    finally:
        for child in (ours, stranger):
            child.ask_to_stop()
            child.make_stop(5)


def test_what_keeps_falling_is_started_more_and_more_seldom(tmp_path):
    child = Child("false", ["false"], tmp_path / "log", tmp_path, {"PATH": os.environ["PATH"]})
    child.start()
    child.process.wait()
    pauses = []
    now = 1000.0
    for _ in range(4):
        assert not child.revive_if_fallen(now)
        pauses.append(child.rests_until - now)
        now = child.rests_until
        assert child.revive_if_fallen(now)
        child.process.wait()
    assert pauses == [0.5, 1.0, 2.0, 4.0]
    child.make_stop(1)
