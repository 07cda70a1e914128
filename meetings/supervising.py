"""The koppis of one who goes away, and what the unit's supervisor is told: numbers by worker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise

from network.models import Unit, Worker
from network.sorting import by_name

from .models import Absence, Handover, Situation
from .untouched import days_since, with_untouched
from .waiting import with_step_alone


@dataclass(frozen=True)
class Column:
    """A number by worker that an upper floor tells of a unit (plans: families, late contacts)."""

    head: str | Promise
    counts: Callable[[Unit], Mapping[int, int]]


COLUMNS: list[Column] = []


@dataclass(frozen=True)
class Row:
    """A worker of the unit and their koppis; `state` is "left", "away" or empty."""

    worker: Worker
    state: str
    koppis: int
    untouched: int
    # Of the untouched ones; 0 when there are none.
    oldest_days: int
    # In the order of COLUMNS.
    more: tuple[int, ...] = ()


def rows_of(unit: Unit) -> list[Row]:
    """In order of name, never of number: those who work there, and those who left with a koppi."""
    situations: dict[int, list[Situation]] = {}
    for situation in with_untouched(Situation.objects.open().filter(holder__unit=unit)):
        situations.setdefault(situation.holder_id, []).append(situation)
    columns = [column.counts(unit) for column in COLUMNS]
    workers = (
        Worker.objects.filter(unit=unit)
        .annotate(is_away=Exists(Absence.objects.now().filter(worker=OuterRef("pk"))))
        .order_by(*by_name())
    )
    return [
        _row(worker, situations.get(worker.pk, []), tuple(counts.get(worker.pk, 0) for counts in columns))
        for worker in workers
        if worker.works_with_families or worker.pk in situations or any(worker.pk in one for one in columns)
    ]


def _row(worker: Worker, held: list[Situation], more: tuple[int, ...]) -> Row:
    old = [days_since(one.touched_at) for one in held if one.is_untouched]  # type: ignore[attr-defined]
    is_away: bool = worker.is_away  # type: ignore[attr-defined]
    return Row(
        worker=worker,
        state="left" if not worker.works_with_families else "away" if is_away else "",
        koppis=len(held),
        untouched=len(old),
        oldest_days=max(old, default=0),
        more=more,
    )


def _with_offers(situations: QuerySet[Situation]) -> QuerySet[Situation]:
    offers = Handover.objects.offered().select_related("to_worker", "to_unit")
    return situations.prefetch_related(Prefetch("handovers", offers, to_attr="open_offers"))


def own_koppis(worker: Worker) -> QuerySet[Situation]:
    """The worker's own open ones, each with its next step and its open offer."""
    held = with_step_alone(Situation.objects.open().held_by(worker).select_related("holder"))
    return _with_offers(held).order_by("pk")


def waiting_for_another(supervisor: Worker) -> QuerySet[Situation]:
    """The koppis that the supervisor may offer: their holders are away or have left."""
    waiting = Situation.objects.of_those_away(supervisor).select_related("holder")
    return _with_offers(waiting).order_by("pk")
