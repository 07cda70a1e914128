"""Meetings of the whole network by kind, follow-ups apart, and those that did not come about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.tallies import network_numbers
from perhekeskus.words import today

from ..given_words import in_own_language
from ..models import Kind
from .blocks import closed_blocks
from .known_parts import parts_of_known
from .parts import Numbers, Parts, counted, parts_of
from .published import CountTable, Shown, published, total_of_shown
from .ranges import Range, month_of, months_between, period_words, span_words
from .shared_times import SharedTimes, all_kinds, shared_times
from .tables import Table, Value, by_month, makes

KINDS, OTHERS, CANCELLED = "tapaamislajit", "muut-tapaamiset", "perutut-tapaamiset"


# Kinds are told of longer times than a month: there are few of some.
PERIODS = ((1, 3), (4, 6), (7, 9), (10, 11), (12, 12))
TOLD = (
    gettext_lazy("Tapaamislajeittain"),
    gettext_lazy(
        "Yhteiset ajat kerrotaan lajeittain neljänneksistä, jotka ovat päättyneet; vuoden viimeinen neljännes"
        " on jaettu loka–marraskuuhun ja joulukuuhun. Viiva tarkoittaa, että jako kertoisi liikaa pienistä"
        " luvuista."
    ),
)


@dataclass(frozen=True)
class KindsOfPeriods:
    """Kinds × closed periods, as `Table` takes them, and what each period makes."""

    periods: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Shown, ...]


@dataclass(frozen=True)
class ByKind:
    """What may be told of kinds and of meetings called off or not held; None where there is nothing."""

    months: Range
    kinds: KindsOfPeriods | None
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
        return Table(
            KINDS,
            _("Yhteiset ajat lajeittain, %(span)s") % {"span": self._span},
            (_("Tapaamislaji"), *self.kinds.periods),
            (*self.kinds.rows, (_("Yhteiset ajat yhteensä"), *self.kinds.totals)),
            (*counted("held"), (str(TOLD[0]), str(TOLD[1]))),
            has_total_row=True,
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
        _of_known(numbers, shared, times.now, month_of(today())),
        _others(numbers, others, months_between(months.first, months.last)),
        parts_of(numbers, "cancelled", months),
    )


def _of_known(numbers: Numbers, kinds: Sequence[Kind], times: CountTable, now: date) -> KindsOfPeriods | None:
    """The shared times by kind, of each closed period of the months; None when no two kinds are told of.

    What is told decides it, not what is counted: that a hidden number is of two kinds tells that it is not 1.
    """
    held = [[numbers.get(("held", kind.code, month), 0) for month in times.months] for kind in kinds]
    periods = closed_blocks(times.months, now, PERIODS)
    totals, columns, told_of = [], [], set()
    for begin, end in periods:
        totals.append(total_of_shown(times.month_totals[begin:end]))
        parts = parts_of_known(totals[-1], [sum(row[begin:end]) for row in held])
        told_of |= {place for place, part in enumerate(parts or ()) if part.high}
        columns.append(parts or ("–",) * len(kinds))
    if len(told_of) < 2:
        return None
    return KindsOfPeriods(
        tuple(period_words(times.months[begin], times.months[end - 1]) for begin, end in periods),
        tuple(
            (in_own_language(kind.title), *cells)
            for kind, cells in zip(kinds, zip(*columns, strict=True), strict=True)
        ),
        tuple(totals),
    )


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
    rows[_("Pitämättä jääneet tapaamiset")] = list(not_held.values())
    return published(list(rows), each, list(rows.values()))


@makes(KINDS, OTHERS, CANCELLED)
def _tables(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    kinds = all_kinds()
    return by_kind(worker, shared_times(worker, months, kinds), kinds).tables
