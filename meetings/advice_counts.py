"""How often advice was asked and was enough: by month and municipality, with small numbers hidden.

Two tables of the same months lean on each other: what was enough is never more than what was answered. So the
months of the second are told only as their shown cells make them (docs/adr/0006-small-numbers.md, 0017).
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from network.models import ConsultationCount, Municipality, Unit, Worker
from perhekeskus.words import finnish_sort_key

from .dashboard.published import CountTable, Shown, published, total_of_shown
from .dashboard.ranges import months_between


@dataclass(frozen=True)
class AdviceCounts:
    """Consultations that were answered, and those of them that were enough."""

    answered: CountTable
    enough: CountTable


def advice_counts(worker: Worker, first: date, last: date) -> AdviceCounts:
    """From the first month to the last, for a person who may count; two queries."""
    months = months_between(first, last)
    counts = ConsultationCount.objects.visible_to(worker)
    rows = {
        (code, month): (answered, enough)
        for code, month, answered, enough in counts.filter(month__range=(first, last)).values_list(
            "municipality_id", "month", "answered", "enough"
        )
    }
    # Always the same municipalities, whatever the months.
    found = Municipality.objects.filter(
        Q(Exists(Unit.objects.filter(municipality=OuterRef("pk"))))
        | Q(Exists(counts.filter(municipality=OuterRef("pk"))))
    )
    municipalities = sorted(found, key=finnish_sort_key)
    names = [str(municipality) for municipality in municipalities]
    answered, enough = (
        published(
            names,
            months,
            [[rows.get((one.pk, month), (0, 0))[part] for month in months] for one in municipalities],
        )
        for part in (0, 1)
    )
    return AdviceCounts(answered, only_as_shown(enough, answered))


def only_as_shown(enough: CountTable, answered: CountTable) -> CountTable:
    """What was enough, out of shown cells alone: never more than what is shown to have been answered."""
    rows = tuple(
        replace(row, total=_at_most(total_of_shown(row.cells), whole.total))
        for row, whole in zip(enough.rows, answered.rows, strict=True)
    )
    months = tuple(
        _at_most(total_of_shown(row.cells[i] for row in rows), whole)
        for i, whole in enumerate(answered.month_totals)
    )
    return CountTable(enough.months, rows, months, _at_most(total_of_shown(months), answered.total))


def _at_most(part: Shown, whole: Shown) -> Shown:
    return Shown(part.low, min(part.high, whole.high))


@dataclass(frozen=True)
class WrongAdviceCount:
    """A count that differs from the consultations themselves: counted and real, answered and enough."""

    municipality: str
    month: date
    counted: tuple[int, int]
    real: tuple[int, int]


def wrong_advice_counts() -> list[WrongAdviceCount]:
    """Every count that differs from the consultations themselves: none, as long as the triggers are on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH real AS (
                SELECT municipality_id, count(*) AS answered,
                       count(*) FILTER (WHERE result = 'enough') AS enough,
                       date_trunc('month', answered_at AT TIME ZONE 'Europe/Helsinki')::date AS month
                FROM network_consultation WHERE status IN ('answered', 'closed') GROUP BY 1, 4
            )
            SELECT municipality_id, month, coalesce(counted.answered, 0), coalesce(counted.enough, 0),
                   coalesce(real.answered, 0), coalesce(real.enough, 0)
            FROM network_consultationcount counted FULL JOIN real USING (municipality_id, month)
            WHERE (coalesce(counted.answered, 0), coalesce(counted.enough, 0))
                  <> (coalesce(real.answered, 0), coalesce(real.enough, 0))
            ORDER BY 2, 1
            """
        )
        return [
            WrongAdviceCount(code, month, (answered, enough), (really, really_enough))
            for code, month, answered, enough, really, really_enough in cursor.fetchall()
        ]
