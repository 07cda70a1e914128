"""The coordinator's counts: shared times held per month and municipality, with small numbers hidden.

Everything here rests on one rule (docs/adr/0006-small-numbers.md): whatever is published besides the cells
leaves every hidden number able to be anything from 1 to the limit less one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from network.models import Municipality, Unit, Worker
from perhekeskus.words import finnish_sort_key

from .models import Kind, MonthlyCount

LONGEST_RANGE = 36


def may_count(worker: Worker) -> bool:
    """Whether the counts exist for this person at all."""
    return worker.is_authenticated and (worker.is_coordinator or worker.is_administrator)


# --- months --------------------------------------------------------------------------------------


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def later(month: date, months: int) -> date:
    """The month so many months later; earlier when negative."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Every month from the first to the last, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = later(first, 1)
    return months


@dataclass(frozen=True)
class Range:
    """Months from the first to the last, both included, with a name when it is one of the usual ones."""

    first: date
    last: date
    name: str = ""


def usual_ranges(today: date) -> list[Range]:
    """This year so far, the last twelve months, and January to November of the latest such year."""
    now = month_of(today)
    year = today.year if today.month >= 11 else today.year - 1
    return [
        Range(date(today.year, 1, 1), now, _("Tänä vuonna")),
        Range(later(now, -11), now, _("Viimeiset 12 kuukautta")),
        Range(date(year, 1, 1), date(year, 11, 1), _("1.1.–30.11.%(year)s") % {"year": year}),
    ]


def first_month(worker: Worker, today: date) -> date:
    """The first month that can be asked for: that of the oldest count, or January of last year."""
    oldest = MonthlyCount.objects.visible_to(worker).aggregate(month=Min("month"))["month"]
    return min(oldest or date.max, date(today.year - 1, 1, 1))


# --- what may be said of a number ----------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What is said of a number: that it is between these two, both included; exactly it when they are one."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        """12, alle 5 or 12–20"""
        if self.is_exact:
            return str(self.low)
        if (self.low, self.high) == (1, settings.SMALL_NUMBER_LIMIT - 1):
            return _("alle %(limit)s") % {"limit": settings.SMALL_NUMBER_LIMIT}
        return f"{self.low}–{self.high}"


def shown(number: int) -> Shown:
    """A cell: zero and large numbers as they are, a small one only as small."""
    largest = settings.SMALL_NUMBER_LIMIT - 1
    if 1 <= number <= largest:
        return Shown(1, largest)
    return Shown(number, number)


def total_of_shown(parts: Iterable[Shown]) -> Shown:
    """A total worked out of what is shown already: it can tell nothing more."""
    parts = list(parts)
    return Shown(sum(part.low for part in parts), sum(part.high for part in parts))


def month_total(numbers: Sequence[int]) -> Shown:
    """A month of the whole network: exact when that narrows no hidden number, else out of what is shown.

    With k hidden numbers, each from 1 to s, the exact sum H of them leaves each of them the whole of 1…s
    if and only if k + s - 1 ≤ H ≤ k·s - (s - 1).
    """
    largest = settings.SMALL_NUMBER_LIMIT - 1
    hidden = [number for number in numbers if 1 <= number <= largest]
    lowest, highest = len(hidden) + largest - 1, len(hidden) * largest - (largest - 1)
    if not hidden or lowest <= sum(hidden) <= highest:
        return Shown(sum(numbers), sum(numbers))
    return total_of_shown(shown(number) for number in numbers)


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CountRow:
    """One municipality: a cell for each month, and what they make together."""

    municipality: str
    cells: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True)
class CountTable:
    """Municipalities as Finns sort them × months in order, with the network's months and the grand total."""

    months: tuple[date, ...]
    rows: tuple[CountRow, ...]
    month_totals: tuple[Shown, ...]
    total: Shown


def published(
    municipalities: Sequence[str], months: Sequence[date], held: Sequence[Sequence[int]]
) -> CountTable:
    """What may be told of the numbers, a row of `held` for each municipality and in it one for each month."""
    rows = []
    for municipality, numbers in zip(municipalities, held, strict=True):
        cells = tuple(shown(number) for number in numbers)
        rows.append(CountRow(municipality, cells, total_of_shown(cells)))
    month_totals = tuple(month_total([numbers[i] for numbers in held]) for i in range(len(months)))
    return CountTable(tuple(months), tuple(rows), month_totals, total_of_shown(month_totals))


def count_table(worker: Worker, first: date, last: date) -> CountTable:
    """Shared times held from the first month to the last, for a person who may count; two queries."""
    months = months_between(first, last)
    shared = Kind.objects.filter(counts_as_shared_time=True).values("code")
    counts = MonthlyCount.objects.visible_to(worker).filter(kind__in=shared)
    held = {
        (code, month): number
        for code, month, number in counts.filter(month__range=(first, last))
        .values_list("municipality_id", "month")
        .annotate(Sum("held"))
    }
    # Always the same municipalities, whatever the months: a month's total is the same in every range.
    found = Municipality.objects.filter(
        Q(Exists(Unit.objects.filter(municipality=OuterRef("pk"))))
        | Q(Exists(counts.filter(municipality=OuterRef("pk"))))
    )
    municipalities = sorted(found, key=finnish_sort_key)
    return published(
        [str(municipality) for municipality in municipalities],
        months,
        [[held.get((municipality.pk, month), 0) for month in months] for municipality in municipalities],
    )


# --- is it so? -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class WrongCount:
    """A count that differs from the meetings themselves."""

    municipality: str
    month: date
    kind: str
    counted: int
    meetings: int


def wrong_counts() -> list[WrongCount]:
    """Every count that differs from the meetings themselves: none, as long as the triggers are on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH meeting AS (
                SELECT municipality_id, kind, count(*) AS held,
                       date_trunc('month', lower(period) AT TIME ZONE 'Europe/Helsinki')::date AS month
                FROM meetings_meeting WHERE status = 'held' GROUP BY 1, 2, 4
            )
            SELECT municipality_id, month, kind, coalesce(counted.held, 0), coalesce(meeting.held, 0)
            FROM meetings_monthlycount counted FULL JOIN meeting USING (municipality_id, month, kind)
            WHERE coalesce(counted.held, 0) <> coalesce(meeting.held, 0)
            ORDER BY 2, 1, 3
            """
        )
        return [WrongCount(*row) for row in cursor.fetchall()]
