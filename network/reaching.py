"""Ways to reach somebody of the network with one press, beside phone and mail; and who is away just now.

The upper floors add theirs when they load; this floor knows neither meetings, consultations nor absences.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Team, Unit, Worker

Target = Unit | Team | Worker


@dataclass(frozen=True)
class Way:
    """What the link says, and where it leads for this worker and this target; nowhere when None."""

    name: str
    label: str | Promise
    url: Callable[[Worker, Target], str | None]


WAYS: list[Way] = []

# Each tells, for the colleagues' eyes, who of these workers (by number) is away just now; in one query.
AWAY: list[Callable[[Collection[int]], Mapping[int, str]]] = []


def register(way: Way) -> None:
    """Add a way; a second one of the same name is left out."""
    if way.name not in {known.name for known in WAYS}:
        WAYS.append(way)


def ways(by: Worker, target: Target) -> list[dict[str, object]]:
    """The links of this worker to the target: {label, url}."""
    return [{"label": way.label, "url": url} for way in WAYS if (url := way.url(by, target))]


def away(workers: Collection[int]) -> dict[int, str]:
    """Those of the workers who are away, and in words until when and who answers meanwhile."""
    if not workers:
        return {}
    return {worker: words for source in AWAY for worker, words in source(workers).items()}
