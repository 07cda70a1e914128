"""One process that the supervisor keeps running."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .process import die_with_parent, signal_group, started_at

LOG_BYTES = 5_000_000


def short_pause() -> None:
    time.sleep(0.03)


@dataclass
class Child:
    """A command, its log and how it is asked to stop.

    It leads a session of its own, so Ctrl-C at the terminal reaches the supervisor alone, which stops
    everything in order; and the kernel stops it if the supervisor is killed.
    """

    name: str
    command: list[str]
    log: Path
    cwd: Path
    environment: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    options: dict[str, Any] = field(default_factory=dict)
    # Given on standard input, where no list of processes shows it.
    input: str = ""
    process: subprocess.Popen[bytes] | None = None
    # When it may be started again after it fell, and how long the next pause is.
    rests_until: float = 0.0
    pause: float = 0.5

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".1.log"))
        parent = os.getpid()

        def bind_to_parent() -> None:
            die_with_parent(self.stop_signal)
            if os.getppid() != parent:
                os._exit(1)

        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=dict(self.environment),
                stdin=subprocess.PIPE if self.input else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=bind_to_parent,
                **self.options,
            )
        if self.input and self.process.stdin:
            self.process.stdin.write(self.input.encode())
            self.process.stdin.close()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def identity(self) -> tuple[int, int] | None:
        """Number and start, which together are this process and no other; None when it is not running."""
        pid = self.pid
        start = started_at(pid) if pid else None
        return (pid, start) if pid and start else None

    @property
    def has_fallen(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def make_stop(self, seconds: float) -> None:
        """Wait for the end that was asked for; after `seconds` stop it by force, and what it left behind."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        signal_group(self.process.pid, signal.SIGKILL)
        self.process = None

    def revive_if_fallen(self, now: float | None = None) -> bool:
        """Start it again after a pause that grows while it keeps falling; true when it was started."""
        now = time.monotonic() if now is None else now
        if not self.has_fallen:
            return False
        if not self.rests_until:
            # What it left behind goes with it; a group has its leader's number.
            assert self.process
            signal_group(self.process.pid, signal.SIGKILL)
            self.rests_until = now + self.pause
            self.pause = min(self.pause * 2, 30)
        if now < self.rests_until:
            return False
        self.rests_until = 0.0
        self.start()
        return True

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for the person who is told that it fell."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])
