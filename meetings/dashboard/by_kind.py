"""Meetings of the whole network by kind, follow-ups apart, and those that did not come about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from network.models import Worker
from network.tallies import network_numbers

from ..given_words import in_own_language
from ..models import Kind
from .known_parts import parts_of_known
from .parts import Numbers, Parts, counted, parts_of
from .published import CountRow, CountTable, Shown, published, total_of_shown
from .ranges import Range, months_between, span_words
from .shared_times import SharedTimes, all_kinds, shared_times
from .tables import Table, by_month, makes

KINDS, OTHERS, CANCELLED = "tapaamislajit", "muut-tapaamiset", "perutut-tapaamiset"


@dataclass(frozen=True)
class ByKind:
    """What may be told of kinds and of meetings called off or not held; None where there is nothing."""

    months: Range
    kinds: CountTable | None
    others: CountTable
    cancelled: Parts

    @property
    def held_besides(self) -> Shown:
        """Meetings that were held and are no shared times."""
        *of_kinds, _not_held = self.others.rows
        return total_of_shown(row.total for row in of_kinds)

    @property
    def tables(self) -> Sequence[Table]:
        return [
            table
            for table in (self._kind_table(), self._other_table(), self._cancelled_table())
            if table is not None
        ]

    def _kind_table(self) -> Table | None:
        if self.kinds is None:
            return None
        return by_month(
            KINDS,
            _("Yhteiset ajat lajeittain, %(span)s") % {"span": self._span},
            _("Laji"),
            self.kinds,
            together=_("Yhteiset ajat yhteensä"),
            counted=counted("held"),
        )

    def _other_table(self) -> Table | None:
        if not self.others.total.high:
            return None
        return by_month(
            OTHERS,
            _("Muut tapaamiset, %(span)s") % {"span": self._span},
            _("Mitä"),
            self.others,
            counted=counted("held", "not_held"),
        )

    def _cancelled_table(self) -> Table | None:
        if self.cancelled.is_empty:
            return None
        return self.cancelled.table(
            CANCELLED, self.months, rows_are=_("Kenen puolelta"), together=_("Peruttuja yhteensä")
        )

    @property
    def _span(self) -> str:
        return span_words(self.months.first, self.months.last)


def by_kind(worker: Worker, times: SharedTimes, kinds: Sequence[Kind]) -> ByKind:
    """For a person who may count; one query. The shared times are those of the same months."""
    months = times.months
    numbers = network_numbers(worker, ["held", "not_held", "cancelled"], months.first, months.last)
    shared = [kind for kind in kinds if kind.counts_as_shared_time]
    others = [kind for kind in kinds if not kind.counts_as_shared_time]
    return ByKind(
        months,
        _of_known(numbers, shared, times.now),
        _others(numbers, others, months_between(months.first, months.last)),
        parts_of(numbers, "cancelled", months),
    )


def _of_known(numbers: Numbers, kinds: Sequence[Kind], times: CountTable) -> CountTable | None:
    """The shared times by kind, month by month; nothing to tell apart when they are of one kind at most."""
    held = [[numbers.get(("held", kind.code, month), 0) for month in times.months] for kind in kinds]
    if sum(any(row) for row in held) < 2:
        return None
    columns = [
        parts_of_known(total, column)
        for total, column in zip(times.month_totals, zip(*held, strict=True), strict=True)
    ]
    rows = []
    for kind, cells in zip(kinds, zip(*columns, strict=True), strict=True):
        together = total_of_shown(cells)
        rows.append(
            CountRow(
                in_own_language(kind.title), cells, Shown(together.low, min(together.high, times.total.high))
            )
        )
    return CountTable(times.months, tuple(rows), times.month_totals, times.total)


def _others(numbers: Numbers, kinds: Sequence[Kind], each: Sequence[date]) -> CountTable:
    """Each kind that is no shared time, and what was agreed on and not held: no sums of each other's."""
    rows = {
        in_own_language(kind.title): [numbers.get(("held", kind.code, month), 0) for month in each]
        for kind in kinds
    }
    not_held = dict.fromkeys(each, 0)
    for (figure, _kind, month), number in numbers.items():
        if figure == "not_held":
            not_held[month] += number
    rows[_("Sovittu, mutta ei pidetty")] = list(not_held.values())
    return published(list(rows), each, list(rows.values()))


@makes(KINDS, OTHERS, CANCELLED)
def _tables(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    kinds = all_kinds()
    return by_kind(worker, shared_times(worker, months, kinds), kinds).tables
