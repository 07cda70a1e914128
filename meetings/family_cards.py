"""What the upper floors tell on the family's own front page: one card each."""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Situation


@dataclass(frozen=True)
class Card:
    """A heading, a few lines, and one link."""

    title: str
    lines: list[str]
    label: str = ""
    url: str = ""


# For the family's current situation and its page's token; nothing to tell is None.
CARDS: list[Callable[[Situation, str], Card | None]] = []


def cards_of(situation: Situation | None, token: str) -> list[Card]:
    if situation is None:
        return []
    return [card for tell in CARDS if (card := tell(situation, token)) is not None]
