"""How many days there were from puheeksiotto to the shared time: by closed quarters of the whole network.

How many waits there were is not told: beside the shared times by municipality it could narrow a small number.
So the days themselves are told only when as many shared times are told already: each wait is one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Worker
from network.tallies import network_numbers
from network.tally_rows import rows_by_month
from perhekeskus.bars import Bars, Part, lying_bars

from .parts import counted
from .published import month_total
from .ranges import later, months_between, quarter_words
from .shared_times import all_kinds
from .tables import Table

WAITS = "odotusajat"
QUARTERS = 8
# The 90th percentile of fewer would be about two families.
ENOUGH_FOR_NINE_OF_TEN = 20
# Longer waits are counted as a year.
LONGEST = 365


@dataclass(frozen=True)
class Wait:
    """A quarter: half met within `median` days, nine of ten within `most`; None when there are too few."""

    first: date
    median: int | None
    most: int | None

    @property
    def name(self) -> str:
        """7–9/2026"""
        return quarter_words(self.first)


def closed_quarters(today: date) -> list[date]:
    """The first days of the latest quarters that are over, the oldest first."""
    now = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [later(now, -3 * number) for number in range(QUARTERS, 0, -1)]


def waits(worker: Worker, today: date) -> list[Wait]:
    """The closed quarters, for a person who may count; three queries."""
    quarters = closed_quarters(today)
    months = months_between(quarters[0], later(quarters[-1], 2))
    # Three months to a quarter, in order.
    quarter_of = {month: quarters[place // 3] for place, month in enumerate(months)}
    days: dict[date, dict[int, int]] = {first: {} for first in quarters}
    for (_figure, part, month), number in network_numbers(worker, ["wait"], months[0], months[-1]).items():
        of_quarter, day = days[quarter_of[month]], int(part)
        of_quarter[day] = of_quarter.get(day, 0) + number
    held = dict.fromkeys(quarters, 0)
    for month, number in _surely_held(worker, months).items():
        held[quarter_of[month]] += number
    few = 2 * settings.SMALL_NUMBER_LIMIT
    many = max(few, ENOUGH_FOR_NINE_OF_TEN)
    return [
        Wait(
            first,
            within(days[first], 50, least=few) if held[first] >= few else None,
            within(days[first], 90, least=many) if held[first] >= many else None,
        )
        for first in quarters
    ]


def _surely_held(worker: Worker, months: Sequence[date]) -> dict[date, int]:
    """Month by month how many shared times at least it is told that there were."""
    shared = [kind.code for kind in all_kinds() if kind.counts_as_shared_time]
    columns = list(zip(*rows_by_month(worker, "held", shared, months).values(), strict=True))
    return {month: month_total(columns[place]).low if columns else 0 for place, month in enumerate(months)}


def within(days: dict[int, int], percent: int, *, least: int) -> int | None:
    """In how many days so many per cent had met, None of fewer than `least`; `days` is days → how many."""
    total = sum(days.values())
    if total < least:
        return None
    met = 0
    for day in sorted(days):
        met += days[day]
        if 100 * met >= percent * total:
            return day
    return None


# --- in words ----------------------------------------------------------------------------------------


def days_in_words(days: int | None) -> str:
    """12 päivää; a line when it is not told."""
    if days is None:
        return "–"
    if days >= LONGEST:
        return _("yli vuosi")
    return ngettext("%(days)s päivä", "%(days)s päivää", days) % {"days": days}


def at_most_in_words(days: int | None) -> str:
    """enintään 12 päivää, within a sentence"""
    if days is None or days >= LONGEST:
        return days_in_words(days)
    return _("enintään %(days)s") % {"days": days_in_words(days)}


def picture(found: Sequence[Wait]) -> Bars | None:
    """To the median for sure, and on to where nine of ten have met."""
    return lying_bars(
        [
            Part(one.name, one.median, one.most or one.median, _in_words(one))
            for one in found
            if one.median is not None
        ],
        _("Päiviä puheeksiotosta yhteiseen aikaan"),
    )


def _in_words(one: Wait) -> str:
    if one.most is None:
        return _("puolet: %(half)s") % {"half": days_in_words(one.median)}
    return _("puolet: %(half)s, 9/10: %(most)s") % {
        "half": days_in_words(one.median),
        "most": days_in_words(one.most),
    }


def table(found: Sequence[Wait]) -> Table:
    return Table(
        WAITS,
        _("Päiviä puheeksiotosta yhteiseen aikaan, vuosineljänneksittäin"),
        (_("Neljännes"), _("Puolella perheistä enintään"), _("Yhdeksällä kymmenestä enintään")),
        tuple((one.name, _cell(one.median), _cell(one.most)) for one in found),
        counted("wait"),
    )


def _cell(days: int | None) -> str | int:
    return days if days is not None and days < LONGEST else days_in_words(days)
