"""How much advice was given, by month and municipality, and how much of it was enough, in the whole network.

What was enough and the rest are parts of a whole whose months are told already: they are told as far as none
of them is what is left of the whole (docs/adr/0035-what-may-be-told.md). By municipality they are not told:
they would be mostly hidden, and hide the network's months with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from network.models import Worker
from network.states import ConsultationResult
from network.tallies import counted_municipalities, numbers

from .dashboard.known_parts import parts_of_known
from .dashboard.published import CountRow, CountTable, Shown, published, total_of_shown
from .dashboard.ranges import months_between


@dataclass(frozen=True)
class AdviceCounts:
    """Consultations that were answered, by municipality; and by whether that was enough."""

    answered: CountTable
    results: CountTable

    @property
    def enough(self) -> Shown:
        return self.results.rows[0].total


def advice_counts(worker: Worker, first: date, last: date) -> AdviceCounts:
    """From the first month to the last, for a person who may count; two queries."""
    months = months_between(first, last)
    answered: dict[tuple[str, date], int] = {}
    enough = dict.fromkeys(months, 0)
    for (_figure, result, code, month), number in numbers(worker, ["advice"], first, last).items():
        answered[code, month] = answered.get((code, month), 0) + number
        if result == ConsultationResult.ENOUGH:
            enough[month] += number
    # Always the same municipalities, whatever the months.
    municipalities = counted_municipalities(worker, ["advice"])
    rows = [[answered.get((one.pk, month), 0) for month in months] for one in municipalities]
    told = published([str(municipality) for municipality in municipalities], months, rows)
    all_of_months = [sum(row[place] for row in rows) for place in range(len(months))]
    return AdviceCounts(told, results_of(told, all_of_months, list(enough.values())))


def results_of(answered: CountTable, numbers: Sequence[int], enough: Sequence[int]) -> CountTable:
    """What was enough and what was not, month by month; `numbers` is what the months are in truth."""
    columns = [
        parts_of_known(told, [few, number - few]) or (Shown(0, told.high),) * 2
        for told, number, few in zip(answered.month_totals, numbers, enough, strict=True)
    ]
    rows = []
    for name, place in ((_("Neuvo riitti"), 0), (_("Tarvittiin muuta, tai kysyjä ei ole vielä kertonut"), 1)):
        cells = tuple(column[place] for column in columns)
        together = total_of_shown(cells)
        rows.append(CountRow(name, cells, Shown(together.low, min(together.high, answered.total.high))))
    return CountTable(answered.months, tuple(rows), answered.month_totals, answered.total)
