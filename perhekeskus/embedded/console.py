"""What the supervisor says to the person at the terminal."""

import sys


class CannotStart(Exception):
    """Why it cannot go on, and what to do: a sentence for the person at the terminal."""


def say(text: str = "") -> None:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError:
        # The terminal may be gone by now; what is being stopped is stopped all the same.
        return
