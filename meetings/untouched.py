"""Open situations that nobody has touched for long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from .models import Meeting, Situation

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
    """Open ones that a supervisor is told of: untouched for very long, or their holder has left."""
    return Situation.objects.open().filter(_is_untouched(settings.UNTOUCHED_SUPERVISOR_DAYS) | _has_left())
