"""Reading feeds in a process of their own: one that runs wild is ended, and the next one gets a new one."""

import json
import select
import subprocess
import sys
from datetime import UTC, datetime
from typing import BinaryIO, cast

from django.conf import settings

from .expansion import Period, Unreadable, read_frame, write_frame

MOST_SECONDS = 10.0


class Reader:
    """Reads feed after feed; a feed that takes too long costs its own answer only."""

    def __init__(self, most_seconds: float | None = None) -> None:
        self.most_seconds = most_seconds or MOST_SECONDS
        self._process: subprocess.Popen[bytes] | None = None

    def busy_periods(self, content: bytes, first: datetime, last: datetime) -> list[Period]:
        """As meetings.expansion.busy_periods, within the limits. Raises Unreadable."""
        facts = {
            "first": first.timestamp(),
            "last": last.timestamp(),
            "own_domain": settings.MAIL_DOMAIN,
        }
        process = self._started()
        asked, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        try:
            write_frame(asked, json.dumps(facts).encode())
            write_frame(asked, content)
            answer = self._answer(answers)
        except OSError:
            answer = b""
        if not answer:
            # Too long, or out of memory: whatever it was doing, it is over.
            self.close()
            raise Unreadable("too_heavy")
        found = json.loads(answer)
        if why := found.get("why"):
            raise Unreadable(why)
        return [
            (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
            for start, end in found["periods"]
        ]

    def close(self) -> None:
        """End the process, if there is one."""
        if (process := self._process) is not None:
            self._process = None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        # What had not been written yet has nobody to go to.
                        continue

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "meetings.expansion"],
                cwd=settings.BASE_DIR,
                # No secret of ours is within its reach.
                env={"PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _answer(self, answers: BinaryIO) -> bytes:
        ready, _writable, _broken = select.select([answers], [], [], self.most_seconds)
        return read_frame(answers) if ready else b""
