"""What a worker has in hand, as numbers: what an administrator has to know before closing an account.

The upper floors add theirs when they load; this floor knows neither situations nor plans.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import ngettext

from perhekeskus.refusals import Refused

from .models import DevelopmentNeed, GroupMembership, Worker
from .states import KEEPERS


@dataclass(frozen=True)
class Duty:
    """A kind of thing in hand: how many of them a worker has, and the number in words."""

    name: str
    count: Callable[[Worker], int]
    words: Callable[[int], str]


DUTIES: list[Duty] = []

# The names of the database's own refusals to let a worker, a unit or an organisation go; their sentences are
# said as they are. The upper floors add theirs when they load (plans: a family left without anybody).
HOLDS: set[str] = set()


@contextmanager
def held_by_duties() -> Iterator[None]:
    """Say the database's refusal as a sentence; what was written inside is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is not None and diagnosis.constraint_name in HOLDS:
            raise Refused(str(diagnosis.message_primary)) from error
        raise


def register(duty: Duty) -> None:
    """Add a kind of duty; a second one of the same name is left out."""
    if duty.name not in {known.name for known in DUTIES}:
        DUTIES.append(duty)


def in_hand(worker: Worker, only: Collection[str] = ()) -> list[str]:
    """What the worker has in hand, each in words: "2 avointa koppia". Empty when nothing."""
    asked = [duty for duty in DUTIES if not only or duty.name in only]
    return [duty.words(number) for duty in asked if (number := duty.count(worker))]


register(
    Duty(
        "groups",
        lambda worker: GroupMembership.objects.filter(worker=worker, until=None, role__in=KEEPERS).count(),
        lambda count: (
            ngettext("%(count)d ryhmän vetäminen", "%(count)d ryhmän vetäminen", count) % {"count": count}
        ),
    )
)
register(
    Duty(
        "development",
        lambda worker: DevelopmentNeed.objects.unfinished().filter(owner=worker).count(),
        lambda count: (
            ngettext("%(count)d kehittämisasia", "%(count)d kehittämisasiaa", count) % {"count": count}
        ),
    )
)


register(
    Duty(
        "team_coordinator",
        lambda worker: worker.teams_coordinated.count(),
        lambda count: (
            ngettext("%(count)d tiimin koordinointi", "%(count)d tiimin koordinointi", count)
            % {"count": count}
        ),
    )
)
