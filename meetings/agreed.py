"""What this floor needs to know of the shared plan: whether one is agreed on, and who carries it.

A follow-up is convened while the plan is in force. When it has been held, or is called off, the situation
goes back to its plan.
"""

from collections.abc import Callable, Iterable

from network.models import Worker

from .models import Situation

# Upper floors add theirs when they load (plans).
AGREED: list[Callable[[Situation], bool]] = []
CARRIERS: list[Callable[[Situation], Iterable[Worker]]] = []


def has_agreed_plan(situation: Situation) -> bool:
    return any(is_agreed(situation) for is_agreed in AGREED)


def carriers(situation: Situation) -> list[Worker]:
    """The responsible workers of the agreed plan whom the family still lets see its matters."""
    return [worker for found in CARRIERS for worker in found(situation)]
