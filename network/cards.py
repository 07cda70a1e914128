"""What stands on a worker's card besides the card itself, and when a card has to be confirmed again.

The upper floors add their rows when they load: this floor knows neither working weeks nor absences.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .models import Unit, Worker


@dataclass(frozen=True)
class CardRow:
    """One row of a card: what it tells, and a link when there is somewhere to go."""

    term: str
    text: str
    url: str = ""


# Each gives the rows of one worker's card, in a fixed number of queries.
SOURCES: list[Callable[[Worker], Iterable[CardRow]]] = []

# The same of a unit's page.
UNIT_SOURCES: list[Callable[[Unit], Iterable[CardRow]]] = []


def rows_of(worker: Worker) -> list[CardRow]:
    return [row for source in SOURCES for row in source(worker)]


def rows_of_unit(unit: Unit) -> list[CardRow]:
    return [row for source in UNIT_SOURCES for row in source(unit)]


def old_since() -> datetime:
    """Cards that were confirmed before this moment ask their owners."""
    return timezone.now() - timedelta(days=settings.CARD_DAYS)


def is_old(worker: Worker) -> bool:
    """Whether the card ought to be looked through: never confirmed, or too long ago."""
    return worker.card_confirmed_at is None or worker.card_confirmed_at < old_since()
