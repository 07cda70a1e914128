"""A drawn line of time: stages as bars, events as marks, today, and what is agreed ahead.

Places along the line are percentages of the width, heights are pixels: the same picture fits a phone, a wide
screen and paper, and its letters never shrink.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.utils.translation import gettext as _

from perhekeskus import words
from perhekeskus.words import HELSINKI, listed

TOP, ROW, BAR, MARK = 26, 40, 11, 7
NAME_AT, LINE_AT = 15, 27
# Room at both ends, so that no mark is cut.
FIRST_AT, LAST_AT = 2.5, 97.5
THINNEST = 1.2
SHORTEST_DAYS = 14
MOST_LABELS = 5
WEEKS_UNTIL_DAYS = 70
DAYS_IN_MONTH = 31
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)


class Stage(TypedDict):
    """A row of bars: when each began and ended, an end of None being now; `note` stands at the right."""

    name: str
    note: str
    is_now: bool
    spans: Sequence[tuple[datetime, datetime | None]]


class Marks(TypedDict):
    """A row of marks: when, and whether it is still to come; what is late is so too."""

    name: str
    note: str
    moments: Sequence[tuple[datetime, bool]]


@dataclass(frozen=True)
class DrawnBar:
    x: str
    width: str
    is_now: bool


@dataclass(frozen=True)
class DrawnMark:
    x: str
    is_ahead: bool


@dataclass(frozen=True)
class DrawnRow:
    name: str
    note: str
    is_now: bool
    # Nothing of it has happened.
    is_empty: bool
    name_y: int
    line_y: int
    bar_y: int
    # Today's line runs between the words, never through them.
    today_y1: int
    today_y2: int
    bars: tuple[DrawnBar, ...] = ()
    marks: tuple[DrawnMark, ...] = ()


@dataclass(frozen=True)
class Label:
    """A word at a place of the line, kept inside the picture."""

    x: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Timeline:
    title: str
    description: str
    rows: tuple[DrawnRow, ...]
    ticks: tuple[Label, ...]
    # None when the line ends before today.
    today: Label | None
    height: int
    top: int
    floor: int
    tick_y: int
    bar: int = BAR
    mark: int = MARK


@dataclass(frozen=True)
class _Scale:
    first: datetime
    last: datetime

    def at(self, moment: datetime) -> float:
        part = (moment - self.first) / (self.last - self.first)
        return FIRST_AT + (LAST_AT - FIRST_AT) * min(max(part, 0.0), 1.0)

    def label(self, moment: datetime, text: str) -> Label:
        place = self.at(moment)
        return Label(_percent(place), "start" if place < 12 else "end" if place > 88 else "middle", text)


def _percent(place: float) -> str:
    return f"{place:.2f}%"


def timeline(stages: Sequence[Stage], marks: Sequence[Marks], *, title: str, now: datetime) -> Timeline:
    """The picture for `components/_timeline_picture.html`; there is at least one bar or mark."""
    scale = _scale(stages, marks, now)
    rows = [_stage_row(row, stage, scale, now) for row, stage in enumerate(stages)]
    rows += [_marks_row(row, one, scale) for row, one in enumerate(marks, start=len(rows))]
    floor = TOP + ROW * len(rows)
    return Timeline(
        title=title,
        description=_describe(stages, marks),
        rows=tuple(rows),
        ticks=tuple(scale.label(_midnight(day), text) for day, text in _ticks(scale)),
        today=scale.label(now, _("tänään %(day)s") % {"day": words.short_day(now)})
        if now <= scale.last
        else None,
        height=floor + 26,
        top=TOP - 4,
        floor=floor,
        tick_y=floor + 19,
    )


def _scale(stages: Sequence[Stage], marks: Sequence[Marks], now: datetime) -> _Scale:
    moments = [moment for one in marks for moment, _ahead in one["moments"]]
    for stage in stages:
        for begun, ended in stage["spans"]:
            moments += [begun, ended or now]
    first, last = min(moments), max(moments)
    return _Scale(first, max(last, first + timedelta(days=SHORTEST_DAYS)))


class _Heights(TypedDict):
    name_y: int
    line_y: int
    bar_y: int
    today_y1: int
    today_y2: int


def _heights(row: int) -> _Heights:
    top = TOP + ROW * row
    return {
        "name_y": top + NAME_AT,
        "line_y": top + LINE_AT,
        "bar_y": top + LINE_AT - BAR // 2,
        "today_y1": top + LINE_AT - 8,
        "today_y2": top + ROW,
    }


def _stage_row(row: int, stage: Stage, scale: _Scale, now: datetime) -> DrawnRow:
    bars = []
    for begun, ended in stage["spans"]:
        start, end = scale.at(begun), scale.at(ended or now)
        start = min(start, LAST_AT - THINNEST)
        bars.append(DrawnBar(_percent(start), _percent(max(end - start, THINNEST)), ended is None))
    return DrawnRow(
        stage["name"], stage["note"], stage["is_now"], not bars, **_heights(row), bars=tuple(bars)
    )


def _marks_row(row: int, marks: Marks, scale: _Scale) -> DrawnRow:
    drawn = tuple(DrawnMark(_percent(scale.at(moment)), ahead) for moment, ahead in marks["moments"])
    return DrawnRow(marks["name"], marks["note"], False, not drawn, **_heights(row), marks=drawn)


def _describe(stages: Sequence[Stage], marks: Sequence[Marks]) -> str:
    """What the picture says, in words: the same to the one who hears it."""
    rows = [(one["name"], one["note"]) for one in stages if one["spans"]]
    rows += [(one["name"], one["note"]) for one in marks if one["moments"]]
    said = [f"{name}: {note}" if note else name for name, note in rows]
    return f"{listed(said)}." if said else ""


# --- days below the line -------------------------------------------------------------------------


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HELSINKI)


def _ticks(scale: _Scale) -> list[tuple[date, str]]:
    """Mondays while the line is short, first days of months when it is long; few enough to be read."""
    first, last = (moment.astimezone(HELSINKI).date() for moment in (scale.first, scale.last))
    days = (last - first).days
    if days <= WEEKS_UNTIL_DAYS:
        mondays = list(_mondays(first, last))
        step = -(-len(mondays) // MOST_LABELS) or 1
        return [(day, f"{day.day}.{day.month}.") for day in mondays[::step]]
    months = days / DAYS_IN_MONTH
    step = next((step for step in MONTH_STEPS if months / step <= MOST_LABELS - 1), MONTH_STEPS[-1])
    return [(day, f"{day.month}/{day.year}") for day in _months(first, last, step)]


def _mondays(first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=-first.weekday() % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    number = first.year * 12 + first.month
    number += -number % step
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        yield day
        number += step
