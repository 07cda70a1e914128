"""Whole months, and the ranges of them that a dashboard is asked for.

Whole months only: what is told of a month is the same in every range (docs/adr/0006-small-numbers.md).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

# More would be too wide to read, and too long to wait for.
LONGEST_RANGE = 36


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
    """This year so far, the last twelve months, and 1.1.–30.11. of the latest such year: always these three.

    In November the third is the first, but it is the one that is asked for by name.
    """
    now = month_of(today)
    year = today.year if today.month >= 11 else today.year - 1
    return [
        Range(date(today.year, 1, 1), now, _("Tänä vuonna")),
        Range(later(now, -11), now, _("Viimeiset 12 kuukautta")),
        Range(date(year, 1, 1), date(year, 11, 1), _("1.1.–30.11.%(year)s") % {"year": year}),
    ]


def month_words(month: date) -> str:
    """1/2027"""
    return f"{month.month}/{month.year}"


def period_words(first: date, last: date) -> str:
    """7–9/2026, or 12/2026: months of one year."""
    if first == last:
        return month_words(first)
    return f"{first.month}–{last.month}/{last.year}"


def quarter_words(first: date) -> str:
    """7–9/2026"""
    return period_words(first, later(first, 2))


def span_words(first: date, last: date) -> str:
    """tammikuu 2027 – maaliskuu 2027"""
    if first == last:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"
