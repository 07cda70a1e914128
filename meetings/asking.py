"""What is asked of the calendars for one meeting: who comes and where, and what its convener wishes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from network.models import Worker

from .calling import Practice, calling_of
from .models import Meeting
from .slots import Question, seats_needed, workers_coming
from .states import PlaceKind

WORKDAYS = (1, 2, 3, 4, 5)
# With fewer workers than this nobody can be left out, unless the convener says so.
ENOUGH_TO_MISS_ONE = 3


@dataclass(frozen=True)
class Wishes:
    """What the convener wishes of the time and the room; what is left out is as usual."""

    minutes: int
    first_day: date
    last_day: date
    earliest: time = time(8)
    latest: time = time(16)
    weekdays: tuple[int, ...] = WORKDAYS
    # Whom no suggestion leaves out, besides the convener and the chair; None is the usual.
    required: frozenset[int] | None = None
    # How long the way from another place takes; None is the municipality's own.
    travel_minutes: int | None = None
    equipment: tuple[str, ...] = ()
    is_accessible: bool = False
    follows_practice: bool = True
    not_before: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Asked:
    """The question, the names of those whose calendars count, and how teams are called, a sentence each.

    `practices` are those that the question follows, by the worker whom they bind.
    """

    question: Question
    names: dict[int, str]
    calling: tuple[str, ...]
    practices: tuple[tuple[int, Practice], ...]


def always_required(meeting: Meeting) -> set[int]:
    """Those without whom the meeting is not held: who convenes it, and who chairs it if that is agreed."""
    return {key for key in (meeting.convener_id, meeting.chair_id) if key is not None}


def usually_required(meeting: Meeting, workers: Collection[Worker]) -> set[int]:
    """Whom no suggestion leaves out when the convener has not said: everybody, when they are only two."""
    everybody = {worker.pk for worker in workers}
    return everybody & always_required(meeting) if len(everybody) >= ENOUGH_TO_MISS_ONE else everybody


def asked(meeting: Meeting, wishes: Wishes, workers: Collection[Worker] | None = None) -> Asked:
    """The question of this meeting's time, by the wishes; its own bookings are in nobody's way.

    A fixed number of queries. `workers` are those who come, when they have been fetched already.
    """
    workers = workers_coming(meeting) if workers is None else workers
    everybody = {worker.pk for worker in workers}
    if wishes.required is None:
        required = usually_required(meeting, workers)
    else:
        required = everybody & (wishes.required | always_required(meeting))
    calling = calling_of(meeting, workers)
    teams = calling.team_keys if wishes.follows_practice else ()
    is_remote = meeting.place_kind == PlaceKind.REMOTE
    if wishes.travel_minutes is None and not is_remote:
        travel = meeting.municipality.travel_minutes
    else:
        travel = 0 if is_remote else wishes.travel_minutes or 0
    question = Question(
        worker_ids=(*sorted(everybody), *teams),
        required_ids=(*sorted(required), *teams),
        called=calling.called if wishes.follows_practice else (),
        municipality_code=meeting.municipality_id,
        seats=seats_needed(meeting, workers),
        minutes=wishes.minutes,
        first_day=wishes.first_day,
        last_day=wishes.last_day,
        earliest=wishes.earliest,
        latest=wishes.latest,
        weekdays=wishes.weekdays,
        travel_minutes=travel,
        in_room=meeting.place_kind == PlaceKind.ROOM,
        equipment=wishes.equipment,
        is_accessible=wishes.is_accessible,
        own_meeting=meeting.pk,
        not_before=wishes.not_before,
    )
    names = {worker.pk: worker.name for worker in workers}
    return Asked(question, names, calling.sentences, calling.practices if wishes.follows_practice else ())
