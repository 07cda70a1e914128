"""Shared times held by municipality and month, beside the year before; and what did not come about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.populations import populations
from network.tallies import counted_names, oldest_month
from network.tally_rows import rows_by_month

from ..models import Kind
from .compared import Change, change, per_thousand
from .published import CountTable, Shown, published
from .ranges import Range, later, month_words, months_between, span_words
from .tables import Table, Value, by_month, makes

SHARED_TIMES, COMPARED, BY_MONTH = "yhteiset-ajat", "yhteiset-ajat-vertailu", "yhteiset-ajat-kuukausittain"

TOLD = (
    gettext_lazy("Yhteiset ajat"),
    gettext_lazy(
        "Yhteinen aika lasketaan, kun se on merkitty pidetyksi: siihen kuukauteen, jona se alkoi Suomen"
        " aikaa, ja siihen kuntaan, jossa perhe asui, kun sitä alettiin valmistella. Seurantatapaamiset"
        " lasketaan erikseen."
    ),
)
TOLD_PER_THOUSAND = (
    gettext_lazy("1 000 alle 18-vuotiasta kohti"),
    gettext_lazy(
        "Yhteiset ajat koko ajanjaksolta jaettuna kunnan alle 18-vuotiaiden määrällä: uusimman tiedossa"
        " olevan vuoden luku, ei kuitenkaan ajanjakson jälkeiseltä ajalta."
    ),
)


@dataclass(frozen=True)
class SharedTimes:
    """What may be told of a range of months and of the same months a year before."""

    months: Range
    now: CountTable
    before: CountTable
    under_18: tuple[int | None, ...]

    @property
    def change(self) -> Change:
        return change(self.now.total, self.before.total)

    def table(self) -> Table:
        return by_month(
            SHARED_TIMES,
            _("Pidetyt yhteiset ajat, %(span)s") % {"span": self._span},
            _("Kunta"),
            self.now,
            together=_("Koko verkosto"),
            counted=(_told(TOLD),),
        )

    def compared(self) -> Table:
        """Municipality by municipality beside the year before; in their order, nobody is ranked."""
        known = [people for people in self.under_18 if people]
        rows = [
            self._compared(row.municipality, row.total, before.total, people)
            for row, before, people in zip(self.now.rows, self.before.rows, self.under_18, strict=True)
        ]
        everybody = sum(known) if known and len(known) == len(self.under_18) else None
        rows.append(self._compared(_("Koko verkosto"), self.now.total, self.before.total, everybody))
        # Without any population the column would be empty.
        cut = None if known else -1
        head = (_("Kunta"), _("Nyt"), _("Vuotta aiemmin"), _("Muutos"), str(TOLD_PER_THOUSAND[0]))
        return Table(
            COMPARED,
            _("Yhteiset ajat nyt ja vuotta aiemmin, %(span)s") % {"span": self._span},
            head[:cut],
            tuple(row[:cut] for row in rows),
            (_told(TOLD), _told(TOLD_PER_THOUSAND))[:cut],
            has_total_row=True,
        )

    def by_month(self) -> Table:
        """The network's months: the numbers of the picture."""
        pairs = zip(self.now.months, self.now.month_totals, self.before.month_totals, strict=True)
        rows: list[tuple[Value, ...]] = [(month_words(month), now, before) for month, now, before in pairs]
        rows.append((_("Yhteensä"), self.now.total, self.before.total))
        return Table(
            BY_MONTH,
            _("Yhteiset ajat kuukausittain, %(span)s") % {"span": self._span},
            (_("Kuukausi"), _("Nyt"), _("Vuotta aiemmin")),
            tuple(rows),
            (_told(TOLD),),
            has_total_row=True,
        )

    @cached_property
    def _span(self) -> str:
        return span_words(self.months.first, self.months.last)

    @staticmethod
    def _compared(name: str, now: Shown, before: Shown, people: int | None) -> tuple[Value, ...]:
        return name, now, before, change(now, before), per_thousand(now, people)


def _told(words: tuple) -> tuple[str, str]:
    return str(words[0]), str(words[1])


def all_kinds() -> list[Kind]:
    """Every kind of meeting in its order; one query."""
    return list(Kind.objects.order_by("position", "code"))


def shared_times(worker: Worker, months: Range, kinds: Sequence[Kind]) -> SharedTimes:
    """For a person who may count; three queries. Of all kinds those are counted that are shared times."""
    shared = [kind.code for kind in kinds if kind.counts_as_shared_time]
    each = months_between(months.first, months.last)
    all_months = months_between(later(months.first, -12), months.last)
    rows = rows_by_month(worker, "held", shared, all_months)
    # Always the same municipalities, whatever the months: a month's total is the same in every range.
    municipalities = counted_names(worker, ["held"])
    nothing = (0,) * len(all_months)
    codes, names = [code for code, _name in municipalities], [name for _code, name in municipalities]
    held = [rows.get(code, nothing) for code in codes]
    under_18 = populations(codes, months.last.year)
    return SharedTimes(
        months,
        published(names, each, [numbers[12:] for numbers in held]),
        published(names, all_months[: len(each)], [numbers[: len(each)] for numbers in held]),
        tuple([under_18.get(code) for code in codes]),
    )


def count_table(worker: Worker, first: date, last: date) -> CountTable:
    """Shared times held from the first month to the last, for a person who may count."""
    return shared_times(worker, Range(first, last), all_kinds()).now


def first_month(worker: Worker, today: date) -> date:
    """The first month that can be asked for: that of the oldest count, or January of last year."""
    oldest = oldest_month(worker, ["held"])
    return min(oldest or date.max, date(today.year - 1, 1, 1))


@makes(SHARED_TIMES, COMPARED, BY_MONTH)
def _tables(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    times = shared_times(worker, months, all_kinds())
    return [times.table(), times.compared(), times.by_month()]
