"""The facts of the monthly report, in the active language: the same published numbers as on the pages.

Each part is a function of the month; what the parts tell is put together here and laid out by the paper.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus import words
from perhekeskus.pictures import Month, month_bars

from ..counts import count_table
from .published import CountTable, Shown
from .ranges import later, month_words
from .readers import the_house
from .tables import Table, by_month


@dataclass(frozen=True)
class Picture:
    """A drawing and the template that writes it down; a table of the part tells the same."""

    template: str
    facts: Any


@dataclass(frozen=True)
class Part:
    """One part of the report."""

    title: str
    # What the front page says of it.
    news: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    # Whether the tables need the sheet on its side.
    is_wide: bool = False


def parts(month: date) -> list[Part]:
    """The parts of the month's report that have something to tell."""
    house = the_house()
    made = (part(house, month) for part in PARTS)
    return [one for one in made if one is not None]


def counted(parts: list[Part]) -> list[tuple[str, str]]:
    """What is counted, in the order of the tables, each number once."""
    return list(dict.fromkeys(row for part in parts for table in part.tables for row in table.counted))


def shared_times(worker: Worker, month: date) -> Part | None:
    """Shared times per month and municipality, this year so far and the year before."""
    first = month.replace(month=1)
    counts = count_table(worker, first, month)
    before = count_table(worker, later(first, -12), later(month, -12))
    if not counts.rows:
        return None
    table = by_month(
        "yhteiset-ajat",
        _("Pidetyt yhteiset ajat, %(year)s") % {"year": month.year},
        _("Kunta"),
        counts,
        together=_("Koko verkosto"),
    )
    return Part(
        title=_("Yhteiset ajat"),
        news=(_held_in(month, counts.month_totals[-1]), _held_so_far(counts.total, before.total)),
        pictures=_bars(counts),
        tables=(table,),
        is_wide=True,
    )


def _held_in(month: date, held: Shown) -> str:
    when = words.in_month(month).capitalize()
    if not held.high:
        return _("%(when)s ei pidetty yhtään yhteistä aikaa.") % {"when": when}
    return _("%(when)s yhteisiä aikoja pidettiin %(number)s.") % {"when": when, "number": held.words}


def _held_so_far(now: Shown, before: Shown) -> str:
    return _("Vuoden alusta niitä on pidetty %(now)s, vuotta aiemmin samaan aikaan %(before)s.") % {
        "now": now.words,
        "before": before.words,
    }


def _bars(counts: CountTable) -> tuple[Picture, ...]:
    if not any(total.high for total in counts.month_totals):
        return ()
    months = zip(counts.months, counts.month_totals, strict=True)
    chart = month_bars([_bar(month, total) for month, total in months], _("Yhteiset ajat kuukausittain"))
    return (Picture("components/_month_bars.html", chart),)


def _bar(month: date, total: Shown) -> Month:
    bar: Month = {"label": month_words(month), "value": total.low}
    if not total.is_exact:
        bar["word"] = total.words
    return bar


PARTS: list[Callable[[Worker, date], Part | None]] = [shared_times]
