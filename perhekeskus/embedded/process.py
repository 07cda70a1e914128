"""What the kernel lets us promise about a child process."""

import ctypes
import os
import signal
import socket
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process the signal when its parent is gone, however the parent went."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def started_at(pid: int) -> int | None:
    """When the process was started, in the kernel's ticks since boot; None when it is gone or a zombie.

    A number and a start are one process: the number alone may by now belong to somebody else.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in brackets may hold anything, brackets too: the fields begin after the last one.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def boot_id() -> str:
    """The same until the machine (or the container's host) starts again."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def free_port() -> int:
    """A port of the loopback that nobody listens to just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def signal_group(pid: int, signal_number: int) -> None:
    """Signal the whole group of a child that was started as a leader; silent when nobody is left."""
    try:
        os.killpg(pid, signal_number)
    except (ProcessLookupError, PermissionError):
        return
