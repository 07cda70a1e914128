"""Open situations that nobody has touched for long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from network.models import Worker

from .models import Absence, Handover, Meeting, Situation

# Why a situation may be quiet: something is agreed ahead. Upper floors add theirs when they load
# (plans: a promised contact).
AGREED_AHEAD: list[Callable[[], Exists]] = [
    lambda: Exists(
        Meeting.objects.upcoming().filter(situation=OuterRef("pk"), period__startswith__gt=timezone.now())
    )
]


def _is_untouched(days: int) -> Q:
    long_ago = timezone.now() - timedelta(days=days)
    condition = Q(touched_at__lt=long_ago)
    for agreed in AGREED_AHEAD:
        condition &= ~Q(agreed())
    return condition


def with_untouched(situations: QuerySet[Situation]) -> QuerySet[Situation]:
    """Each with `is_untouched`: nobody has touched it for UNTOUCHED_DAYS, and nothing is agreed ahead."""
    mark = Case(When(_is_untouched(settings.UNTOUCHED_DAYS), then=Value(True)), default=Value(False))
    return situations.annotate(is_untouched=mark)


def days_since(moment: datetime) -> int:
    """How many days of Helsinki ago it was."""
    return (timezone.localdate() - timezone.localdate(moment)).days


def _has_left() -> Q:
    return Q(holder__is_active=False) | Q(holder__is_coordinator=True) | Q(holder__is_administrator=True)


def left_too_long() -> QuerySet[Situation]:
    """Open ones that a supervisor is told of.

    Untouched for very long, or their holder has left, or their koppi is offered and nobody takes it.
    """
    uncaught = Exists(Handover.objects.uncaught().filter(situation=OuterRef("pk")))
    untouched = _is_untouched(settings.UNTOUCHED_SUPERVISOR_DAYS)
    return Situation.objects.open().filter(untouched | _has_left() | Q(uncaught))


def left_to_nobody() -> QuerySet[Situation]:
    """Those of them that nobody of the holder's unit can help with.

    It has no supervisor besides the holder; or the holder is away or has left, and nobody else could catch.
    """
    of_unit = Worker.objects.filter(unit=OuterRef("holder__unit")).exclude(pk=OuterRef("holder"))
    supervisor = Exists(of_unit.active().filter(is_supervisor=True))
    catcher = Exists(of_unit.working_with_families())
    away = Exists(Absence.objects.now().filter(worker=OuterRef("holder")))
    return left_too_long().filter(~Q(supervisor) | (_has_left() | Q(away)) & ~Q(catcher))


def climbed_to(worker: Worker) -> QuerySet[Situation]:
    """Those of which this one is told when nobody nearer is there to be told.

    A coordinator: of the units of their own municipality, and of those that have no coordinator; an
    administrator when there is no coordinator at all.
    """
    coordinators = Worker.objects.active().filter(is_coordinator=True)
    if worker.is_active and worker.is_coordinator:
        near = coordinators.filter(unit__municipality=OuterRef("holder__unit__municipality"))
        mine = Q(holder__unit__municipality=worker.unit.municipality_id)
        return left_to_nobody().filter(mine | ~Exists(near))
    if worker.is_active and worker.is_administrator and not coordinators.exists():
        return left_to_nobody()
    return Situation.objects.none()
