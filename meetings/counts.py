"""The coordinator's count of shared times held, per month and municipality, with small numbers hidden."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, Sum

from network.models import Municipality, Unit, Worker
from perhekeskus.words import finnish_sort_key

from .dashboard.published import CountTable, published
from .dashboard.ranges import months_between
from .models import Kind, MonthlyCount


def first_month(worker: Worker, today: date) -> date:
    """The first month that can be asked for: that of the oldest count, or January of last year."""
    oldest = MonthlyCount.objects.visible_to(worker).aggregate(month=Min("month"))["month"]
    return min(oldest or date.max, date(today.year - 1, 1, 1))


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
