"""Our own processes: web, worker and beat, and what has to be ready before them."""

import os
import socket
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from .child import Child

PROJECT = Path(__file__).resolve().parent.parent.parent
DROPPED = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS"}


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Our environment with `extra`, for a child that is to see nothing of make."""
    own = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return own | {"DJANGO_SETTINGS_MODULE": "perhekeskus.settings", "PYTHONUTF8": "1"} | dict(extra)


def web(listener: socket.socket, extra: Mapping[str, str], logs: Path, *, threads: int = 8) -> Child:
    """gunicorn on a socket that is already ours: no moment between "the port is free" and taking it."""
    number = listener.fileno()
    command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"fd://{number}"]
    command += ["--workers", "1", "--threads", str(threads), "perhekeskus.wsgi"]
    child = _python("web", command, extra, logs)
    child.options = {"pass_fds": [number]}
    return child


def worker(extra: Mapping[str, str], logs: Path) -> Child:
    command = ["celery", "-A", "perhekeskus", "worker", "--concurrency", "2", "--loglevel", "WARNING"]
    return _python("worker", [*command, "--without-gossip", "--without-mingle"], extra, logs)


def beat(extra: Mapping[str, str], logs: Path) -> Child:
    # The schedule in memory: a file of its own could be torn by a crash, and what is due is in the database.
    command = ["celery", "-A", "perhekeskus", "beat", "--loglevel", "WARNING"]
    return _python("beat", [*command, "--scheduler", "celery.beat:Scheduler", "--pidfile="], extra, logs)


def management_command(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def fingerprint() -> str:
    """Changes when anything does that the database's shape or the static files are made of."""
    digest = sha256()
    for path in [
        PROJECT / "requirements" / "base.txt",
        PROJECT / "perhekeskus" / "settings.py",
        *sorted(PROJECT.glob("*/migrations/*.py")),
    ]:
        digest.update(os.fsencode(path.relative_to(PROJECT)) + path.read_bytes())
    for path in sorted((PROJECT / "static").rglob("*")):
        status = path.stat()
        digest.update(f"{path.relative_to(PROJECT)} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def _python(name: str, module: list[str], extra: Mapping[str, str], logs: Path) -> Child:
    return Child(
        name=name,
        command=[sys.executable, "-m", *module],
        log=logs / f"{name}.log",
        cwd=PROJECT,
        environment=environment(extra),
    )
