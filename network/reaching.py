"""Ways to reach somebody of the network with one press, beside phone and mail.

The upper floors add theirs when they load; this floor knows neither meetings nor consultations.
"""

from collections.abc import Callable
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


def register(way: Way) -> None:
    """Add a way; a second one of the same name is left out."""
    if way.name not in {known.name for known in WAYS}:
        WAYS.append(way)


def ways(by: Worker, target: Target) -> list[dict[str, object]]:
    """The links of this worker to the target: {label, url}."""
    return [{"label": way.label, "url": url} for way in WAYS if (url := way.url(by, target))]
