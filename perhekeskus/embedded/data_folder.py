"""The one folder that a run keeps its things in: who holds it, and what a killed run left behind."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from .child import Child
from .console import CannotStart
from .process import boot_id, signal_group, started_at


class DataFolder:
    """A folder held by one supervisor at a time; the kernel lets go of it when the holder is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: IO[str] | None = None

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def hold(self) -> None:
        """Take the folder, or tell who has it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = (self.path / "lock").open("a")
        except OSError as error:
            raise CannotStart(f"Tietokansioon {self.path} ei voi kirjoittaa: {error.strerror}.") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            address = self._read("run.json").get("address", "")
            raise CannotStart(
                f"Yhteinen aika on jo käynnissä tässä tietokansiossa ({self.path})."
                f" {f'Osoite: {address}. ' if address else ''}"
                "Toinen rinnalle: make run PORT=8001 DATA=.data2"
            ) from None

    def release(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def note(self, *, address: str, children: Iterable[Child]) -> None:
        """Write down the processes of this run, so that the next one can tell its own from others'."""
        known = [child.identity for child in children]
        self._write("run.json", {"address": address, "boot": boot_id(), "processes": known})

    def forget(self) -> None:
        (self.path / "run.json").unlink(missing_ok=True)

    def end_leftovers(self, seconds: float = 8) -> None:
        """Stop what a killed run left running: only processes whose number and start are both known."""
        run = self._read("run.json")
        if run.get("boot") != boot_id():
            return
        left = [(pid, start) for pid, start in filter(None, run.get("processes", []))]
        for signal_number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 2.0)):
            left = [(pid, start) for pid, start in left if started_at(pid) == start]
            for pid, _start in left:
                signal_group(pid, signal_number)
            give_up_at = time.monotonic() + patience
            while any(started_at(pid) == start for pid, start in left) and time.monotonic() < give_up_at:
                time.sleep(0.05)

    @property
    def prepared_for(self) -> str:
        return str(self._read("prepared.json").get("fingerprint", ""))

    @prepared_for.setter
    def prepared_for(self, fingerprint: str) -> None:
        self._write("prepared.json", {"fingerprint": fingerprint})

    def _read(self, name: str) -> dict[str, Any]:
        try:
            content = json.loads((self.path / name).read_text())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, name: str, content: dict[str, Any]) -> None:
        fresh = self.path / f"{name}.new"
        with fresh.open("w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / name)
