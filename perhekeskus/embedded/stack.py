"""The whole of it, running, for system tests: the same servers and processes as `make run` has."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from . import application
from .child import Child, short_pause
from .console import CannotStart
from .data_folder import DataFolder
from .postgres import Postgres
from .valkey import Valkey


class Stack:
    """PostgreSQL, Valkey, web, worker and beat of their own, in `data_dir`, while the block lasts.

    `environment` is laid over the settings' variables of all three of our processes. Port 0 takes a free one.
    `begins_as` is the data folder of `prepare`, whose migrated database is copied.
    """

    def __init__(
        self,
        data_dir: Path,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
        begins_as: Path | None = None,
    ) -> None:
        self.folder = DataFolder(data_dir)
        self.begins_as = begins_as
        self.port = port
        self.asked = dict(environment or {})
        logs = self.folder.logs
        self.postgres = Postgres(self.folder.path / "postgres", logs / "postgres.log", durable=False)
        self.valkey = Valkey(self.folder.path / "valkey", logs / "valkey.log")
        self.environment: dict[str, str] = {}
        self.children: dict[str, Child] = {}

    @property
    def base_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database_url(self) -> str:
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    @property
    def worker_pid(self) -> int:
        return self._pid("worker")

    @property
    def pids(self) -> dict[str, int]:
        """Number of each process by name: postgres, valkey, web, worker, beat."""
        return {name: self._pid(name) for name in self.children}

    def __enter__(self) -> Self:
        self.folder.hold()
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._stop()

    def manage(self, *words: str) -> str:
        """Run a management command on this stack's database; its output, or CannotStart with it."""
        done = subprocess.run(
            application.management_command(*words),
            cwd=application.PROJECT,
            env=application.environment(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CannotStart(f"manage.py {' '.join(words)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def kill_worker(self) -> None:
        """`kill -9` of the worker; the kernel ends its pool processes with it."""
        worker = self.children["worker"]
        os.kill(self.worker_pid, signal.SIGKILL)
        worker.make_stop(5)

    def stop_worker(self) -> None:
        """The worker finishes what it has in hand, and is gone."""
        worker = self.children["worker"]
        worker.ask_to_stop()
        worker.make_stop(15)

    def restart_worker(self) -> None:
        """A new worker in place of the one there was, killed or running."""
        self.stop_worker()
        self.children["worker"].start()

    @classmethod
    def prepare(cls, data_dir: Path) -> Path:
        """Make a data folder with a migrated database for many stacks to begin as, and stop its server."""
        stack = cls(data_dir)
        stack.folder.hold()
        try:
            stack.children["postgres"] = stack.postgres.start()
            stack.postgres.wait()
            stack.environment = {
                "ENVIRONMENT": "test",
                "DATA": str(stack.folder.path),
                "DATABASE_URL": stack.database_url,
                "REDIS_URL": stack.redis_url,
            }
            stack.manage("migrate", "--noinput", "--verbosity", "0")
        finally:
            stack._stop()
        return stack.folder.path

    def _start(self) -> None:
        if self.begins_as is not None:
            # As it is, its owners too: the server runs as an account of its own.
            earlier = self.begins_as / "postgres"
            subprocess.run(["cp", "-a", str(earlier), str(self.postgres.folder)], check=True)
        for server in (self.postgres, self.valkey):
            child = server.start()
            self.children[child.name] = child
        self.postgres.wait()
        self.valkey.wait()
        with socket.create_server(("127.0.0.1", self.port), backlog=256) as listener:
            self.port = listener.getsockname()[1]
            self.environment = {
                "ENVIRONMENT": "test",
                "DATA": str(self.folder.path),
                "DATABASE_URL": self.database_url,
                "REDIS_URL": self.redis_url,
                "BASE_URL": self.base_url,
                "OUTBOX_BEAT_SECONDS": "1",
            } | self.asked
            self.manage("migrate", "--noinput", "--verbosity", "0")
            logs = self.folder.logs
            for child in (
                application.web(listener, self.environment, logs),
                application.worker(self.environment, logs),
                application.beat(self.environment, logs),
            ):
                self.children[child.name] = child
                child.start()
            self._wait_for_web()

    def _wait_for_web(self) -> None:
        web = self.children["web"]
        give_up_at = time.monotonic() + 60
        while time.monotonic() < give_up_at and not web.has_fallen:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/terveys/elossa", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                short_pause()
        raise CannotStart(f"web:\n{web.last_words(30)}")

    def _stop(self) -> None:
        ours = [self.children[name] for name in ("web", "beat", "worker") if name in self.children]
        for child in ours:
            child.ask_to_stop()
        for child in ours:
            child.make_stop(8)
        self.valkey.stop()
        self.postgres.stop()
        self.folder.release()

    def _pid(self, name: str) -> int:
        pid = self.children[name].pid
        if pid is None:
            raise LookupError(f"{name} is not running")
        return pid
