"""The clock that the actions read, set to the day on which the demonstration says that a thing happened.

The actions take their time from `django.utils.timezone.now`. A demonstration needs families whose matter
began months ago, and the alternatives are worse: writing past rows by hand, around the rules that they
should show, or moving the times of a dozen tables afterwards and finding out later which one was forgotten.
So the real actions are called on the day in question. The history that the database's triggers write is
not touched by this: it says when the rows were really made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Self

import holidays
from django.utils import timezone

FREE_DAYS = holidays.country_holidays("FI")


def moment(day: date, clock: time) -> datetime:
    """The moment of Helsinki's day and clock time."""
    return timezone.make_aware(datetime.combine(day, clock))


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in FREE_DAYS


def workday(today: date, steps: int) -> date:
    """The workday so many workdays after today; before it when negative; 0 is today or the next one."""
    day = today
    if steps == 0:
        while not is_workday(day):
            day += timedelta(days=1)
        return day
    step = timedelta(days=1 if steps > 0 else -1)
    while steps:
        day += step
        if is_workday(day):
            steps -= 1 if steps > 0 else -1
    return day


@contextmanager
def set_to(when: datetime) -> Iterator[None]:
    """Within the block it is `when` for everything that asks Django's clock."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return when.astimezone(tz)  # type: ignore[return-value]

    real = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Stopped  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]
