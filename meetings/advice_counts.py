"""How often advice was asked and was enough: by month and municipality, with small numbers hidden.

Two tables of the same months lean on each other: what was enough is never more than what was answered. So the
months of the second are told only as their shown cells make them (docs/adr/0006-small-numbers.md, 0017).
"""

from dataclasses import dataclass, replace
from datetime import date

from network.models import Worker
from network.states import ConsultationResult
from network.tallies import counted_municipalities, numbers

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
    rows: dict[tuple[str, date], tuple[int, int]] = {}
    for (_figure, result, code, month), number in numbers(worker, ["advice"], first, last).items():
        answered, enough = rows.get((code, month), (0, 0))
        rows[code, month] = (
            answered + number,
            enough + (number if result == ConsultationResult.ENOUGH else 0),
        )
    # Always the same municipalities, whatever the months.
    municipalities = counted_municipalities(worker, ["advice"])
    names = [str(municipality) for municipality in municipalities]
    tables = (
        published(
            names,
            months,
            [[rows.get((one.pk, month), (0, 0))[part] for month in months] for one in municipalities],
        )
        for part in (0, 1)
    )
    of_answered, of_enough = tables
    return AdviceCounts(of_answered, only_as_shown(of_enough, of_answered))


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
