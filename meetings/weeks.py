"""A week with its suggested times, as facts for a drawing: whose time is taken is not told."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from perhekeskus import words

from .slots import Slot, Stretch

# The drawing's own units; it scales to its place.
WIDTH = 880
LEFT = 56
TOP = 40
HOUR = 30
GAP = 12


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing; `number` is the suggestion's, counted from one."""

    x: int
    y: int
    width: int
    height: int
    number: int = 0
    label: str = ""

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def text_y(self) -> int:
        return self.y + min(self.height // 2 + 6, 26)


@dataclass
class Week:
    title: str
    height: int
    days: list[tuple[int, str]]
    hours: list[tuple[int, str]]
    busy: list[Box] = field(default_factory=list)
    suggestions: list[Box] = field(default_factory=list)
    description: str = ""

    width = WIDTH
    left = LEFT


def weeks_of(slots: list[Slot]) -> list[date]:
    """The Mondays of the weeks that hold the suggestions, earliest first."""
    mondays = {monday_of(_local(slot.starts_at).date()) for slot in slots}
    return sorted(mondays)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def drawn_week(
    monday: date, slots: list[Slot], stretches: list[Stretch], *, earliest: time, latest: time
) -> Week:
    """The week from `monday`, between whole hours round the two times of day, on Helsinki's clock."""
    first_hour = earliest.hour
    last_hour = latest.hour + bool(latest.minute)
    sunday = monday + timedelta(days=6)
    in_week = [
        (number, slot)
        for number, slot in enumerate(slots, 1)
        if monday <= _local(slot.starts_at).date() <= sunday
    ]
    shown = 7 if any(_local(slot.starts_at).weekday() > 4 for _number, slot in in_week) else 5
    column = (WIDTH - LEFT) // shown
    days = [monday + timedelta(days=offset) for offset in range(shown)]

    def box(starts_at: datetime, ends_at: datetime, number: int = 0) -> Box:
        start, end = _local(starts_at), _local(ends_at)
        top = TOP + round((start.hour + start.minute / 60 - first_hour) * HOUR)
        bottom = TOP + round((end.hour + end.minute / 60 - first_hour) * HOUR)
        label = _("%(number)d. ehdotus") % {"number": number} if number else ""
        x = LEFT + start.weekday() * column
        return Box(x, top, column - GAP, max(bottom - top, 4), number, label)

    week = Week(
        title=_("Viikko %(number)d") % {"number": monday.isocalendar().week},
        height=TOP + (last_hour - first_hour) * HOUR + 16,
        days=[(LEFT + index * column + 2, words.short_day(day)) for index, day in enumerate(days)],
        hours=[(TOP + (hour - first_hour) * HOUR, str(hour)) for hour in range(first_hour, last_hour + 1)],
    )
    week.busy = [
        box(stretch.starts_at, stretch.ends_at)
        for stretch in stretches
        if _local(stretch.starts_at).date() in days
    ]
    week.suggestions = [box(slot.starts_at, slot.ends_at, number) for number, slot in in_week]
    week.description = _described(week.title, in_week)
    return week


def _described(title: str, in_week: list[tuple[int, Slot]]) -> str:
    lines = [
        _("%(number)d. ehdotus %(time)s")
        % {"number": number, "time": words.span(slot.starts_at, slot.ends_at)}
        for number, slot in in_week
    ]
    return f"{title}: {words.listed(lines)}"


def _local(moment: datetime) -> datetime:
    return moment.astimezone(words.HELSINKI)
