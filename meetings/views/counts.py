"""The coordinator's page: numbers, never families."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.areas import missing_in_words
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.pictures import Month, month_bars

from ..advice_counts import advice_counts
from ..counts import (
    CountTable,
    Range,
    Shown,
    count_table,
    first_month,
    may_count,
    month_of,
    months_between,
    usual_ranges,
)
from ..forms.counts import CountRangeForm

# More bars than this would be too narrow to read.
MOST_BARS = 12


def _month_words(month: date) -> str:
    """1/2027"""
    return f"{month.month}/{month.year}"


def _span_words(first: date, last: date) -> str:
    """tammikuu 2027 – maaliskuu 2027"""
    if first == last:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"


def _bar(month: date, total: Shown) -> Month:
    bar: Month = {"label": _month_words(month), "value": total.low}
    if not total.is_exact:
        bar["word"] = total.words
    return bar


def _table(table: CountTable) -> tuple[list[dict], list[dict]]:
    """The table's head and rows as `components/_table.html` takes them."""
    head: list[dict] = [
        {"text": _("Kunta")},
        *({"text": _month_words(month), "number": True} for month in table.months),
        {"text": _("Yhteensä"), "number": True},
    ]
    rows = [
        {
            "head": row.municipality,
            "cells": [{"text": cell.words, "number": True} for cell in (*row.cells, row.total)],
        }
        for row in table.rows
    ]
    rows.append(
        {
            "head": _("Koko verkosto"),
            "cells": [{"text": cell.words, "number": True} for cell in (*table.month_totals, table.total)],
        }
    )
    return head, rows


def _advice_table(table: CountTable, caption: str, first: date, last: date) -> dict:
    head, rows = _table(table)
    return {"caption": caption % {"span": _span_words(first, last)}, "head": head, "rows": rows}


def _ranges(ranges: list[Range], first: date, last: date) -> list[dict]:
    return [
        {
            "label": one.name,
            "url": f"{reverse('count_page')}?first={one.first:%Y-%m}&last={one.last:%Y-%m}",
            "current": (one.first, one.last) == (first, last),
        }
        for one in ranges
    ]


def count_page(request: WorkerRequest) -> HttpResponse:
    """Shared times held per month and municipality."""
    if not may_count(request.user):
        raise Http404
    today = words.today()
    ranges = usual_ranges(today)
    first, last = ranges[0].first, ranges[0].last
    months = months_between(first_month(request.user, today), month_of(today))
    asked = request.GET if "first" in request.GET or "last" in request.GET else None
    form = CountRangeForm(asked, months=months, initial={"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"})
    if form.is_bound and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    table = count_table(request.user, first, last)
    head, rows = _table(table)
    advice = advice_counts(request.user, first, last)
    chart = None
    if len(table.months) <= MOST_BARS and any(total.high for total in table.month_totals):
        chart = month_bars(
            [_bar(month, total) for month, total in zip(table.months, table.month_totals, strict=True)],
            _("Yhteiset ajat kuukausittain"),
        )
    return render(
        request,
        "meetings/count_page.html",
        {
            "form": form,
            "ranges": _ranges(ranges, first, last),
            "span": _span_words(first, last),
            "caption": _("Pidetyt yhteiset ajat, %(span)s") % {"span": _span_words(first, last)},
            "head": head,
            "rows": rows,
            "chart": chart,
            "total": table.total.words,
            "advice": [
                _advice_table(advice.answered, _("Annetut neuvot, %(span)s"), first, last),
                _advice_table(advice.enough, _("Niistä riitti neuvo, %(span)s"), first, last),
            ]
            if advice.answered.total.high
            else [],
            "advice_total": advice.answered.total.words,
            "enough_total": advice.enough.total.words,
            "limit": settings.SMALL_NUMBER_LIMIT,
            "largest_hidden": settings.SMALL_NUMBER_LIMIT - 1,
            "is_empty": not table.total.high,
            "missing_forums": missing_in_words() if request.user.is_coordinator else "",
        },
    )
