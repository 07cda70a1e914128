"""Days of the promises made to families: working days, Helsinki's mornings, and what is late by how much."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from meetings.answer_clock import is_working_day
from meetings.slots import FREE_DAYS
from perhekeskus.words import HELSINKI, day

MORNING = time(8)


def morning(on: date) -> datetime:
    return datetime.combine(on, MORNING, tzinfo=HELSINKI)


def working_days_after(on: date, days: int) -> date:
    """The working day that comes so many working days after this day."""
    while days:
        on += timedelta(days=1)
        days -= is_working_day(on)
    return on


def advice_on(on: date) -> str:
    """What is good to know of a promised day that is no working day; empty of others. It may be promised."""
    if is_working_day(on):
        return ""
    if on in FREE_DAYS:
        return _("%(day)s on pyhäpäivä. Tarkista, sopiiko päivä teille kummallekin.") % {"day": day(on)}
    return _("%(day)s on viikonloppu. Tarkista, sopiiko päivä teille kummallekin.") % {"day": day(on)}


def working_days_late(due: date, today: date) -> int:
    """How many working days have begun since the day on which it should have been done."""
    return sum(is_working_day(due + timedelta(days=days)) for days in range(1, (today - due).days + 1))
