"""How far a worker has come with a file: told outside the transaction, so that it is seen while it runs."""

import time

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIVES_SECONDS = 600
PAUSE_SECONDS = 0.2

READING, COMPARING, KEEPING, WRITING = "reading", "comparing", "keeping", "writing"
WORDS: dict[str, Promise | str] = {
    READING: _("Luetaan tiedostoa"),
    COMPARING: _("Verrataan hakemistoon"),
    KEEPING: _("Kootaan tarkistuksen tulosta"),
    WRITING: _("Viedään hakemistoon"),
}


class Progress:
    """Tells of one import; lost when the cache is, and then the page only says that work goes on."""

    def __init__(self, pk: int) -> None:
        self.key = key_of(pk)
        self.told_at = 0.0

    def say(self, phase: str, percent: int) -> None:
        """At most a few times in a second, but every phase."""
        now = time.monotonic()
        if now - self.told_at < PAUSE_SECONDS and percent < 100:
            return
        self.told_at = now
        cache.set(self.key, [phase, percent], LIVES_SECONDS)

    def part(self, phase: str, first: int, last: int):
        """A listener of (done, all) that moves from `first` to `last` per cent."""

        def on_row(done: int, everything: int) -> None:
            self.say(phase, first + (last - first) * done // max(everything, 1))

        return on_row


def key_of(pk: int) -> str:
    return f"directory-import:{pk}"


def progress_of(pk: int) -> tuple[str, int] | None:
    """The words of the phase and the per cent; None when nothing has been heard."""
    told = cache.get(key_of(pk))
    if not isinstance(told, list) or len(told) != 2 or told[0] not in WORDS:
        return None
    return str(WORDS[told[0]]), int(told[1])
