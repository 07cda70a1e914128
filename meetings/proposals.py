"""From what was said to the draft of the plan, whose floor is above this one and registers its receiver."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from network.models import Worker

from .models import Situation


@dataclass(frozen=True)
class Proposal:
    """Something for the plan's draft: a matter, or something that is done; and in whose words it was said."""

    text: str
    is_matter: bool = False
    who: str = ""
    words_of: str = ""


@dataclass(frozen=True)
class Receiver:
    """Where proposals go: why one can't send them now, sending them, and where they are then read."""

    why_not: Callable[[Worker, Situation], object]
    add: Callable[..., int]
    url_name: str


# One at most: plans adds its own when it loads.
RECEIVERS: list[Receiver] = []


def why_not_propose_to_plan(worker: Worker, situation: Situation) -> object:
    """The plan's own sentence, or None."""
    return RECEIVERS[0].why_not(worker, situation) if RECEIVERS else None


def propose_to_plan(*, situation: Situation, by: Worker, proposals: Sequence[Proposal]) -> int:
    """Add the proposals to the draft, each once; how many were new. Nothing is agreed on by it."""
    return RECEIVERS[0].add(situation=situation, by=by, proposals=proposals)
