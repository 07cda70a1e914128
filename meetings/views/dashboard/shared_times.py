"""The coordinator's page of shared times: numbers, never families."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from network.areas import missing_in_words
from network.requests import WorkerRequest
from perhekeskus.pictures import Month, month_bars

from ...advice_counts import advice_counts
from ...counts import count_table
from ...dashboard.published import CountTable, Shown
from ...dashboard.ranges import month_words, span_words
from .frame import asked_range, dashboard_page

# More bars than this would be too narrow to read.
MOST_BARS = 12


def _bar(month: date, total: Shown) -> Month:
    bar: Month = {"label": month_words(month), "value": total.low}
    if not total.is_exact:
        bar["word"] = total.words
    return bar


def _table(table: CountTable) -> tuple[list[dict], list[dict]]:
    """The table's head and rows as `components/_table.html` takes them."""
    head: list[dict] = [
        {"text": _("Kunta")},
        *({"text": month_words(month), "number": True} for month in table.months),
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
    return {"caption": caption % {"span": span_words(first, last)}, "head": head, "rows": rows}


def count_page(request: WorkerRequest) -> HttpResponse:
    """Shared times held per month and municipality."""
    asked = asked_range(request)
    first, last = asked.range.first, asked.range.last
    table = count_table(request.user, first, last)
    head, rows = _table(table)
    advice = advice_counts(request.user, first, last)
    chart = None
    if len(table.months) <= MOST_BARS and any(total.high for total in table.month_totals):
        chart = month_bars(
            [_bar(month, total) for month, total in zip(table.months, table.month_totals, strict=True)],
            _("Yhteiset ajat kuukausittain"),
        )
    return dashboard_page(
        request,
        "meetings/dashboard/count_page.html",
        {
            "caption": _("Pidetyt yhteiset ajat, %(span)s") % {"span": span_words(first, last)},
            "head": head,
            "rows": rows,
            "chart": chart,
            "advice": [
                _advice_table(advice.answered, _("Annetut neuvot, %(span)s"), first, last),
                _advice_table(advice.enough, _("Niistä riitti neuvo, %(span)s"), first, last),
            ]
            if advice.answered.total.high
            else [],
            "advice_total": advice.answered.total.words,
            "enough_total": advice.enough.total.words,
            "is_empty": not table.total.high,
            "missing_forums": missing_in_words() if request.user.is_coordinator else "",
        },
        title=_("Koonti"),
        lead=_("Pidetyt yhteiset ajat kunnittain, %(span)s. Yhteensä %(total)s.")
        % {"span": span_words(first, last), "total": table.total.words},
        asked=asked,
        counted=[
            (
                _("Yhteiset ajat"),
                _(
                    "Luku on niiden yhteisten aikojen määrä, jotka on merkitty pidetyiksi. Peruttuja ja"
                    " pitämättä jääneitä ei lasketa, eikä seurantatapaamisia."
                ),
            ),
            (
                _("Kuukausi ja kunta"),
                _(
                    "Yhteinen aika kuuluu siihen kuukauteen, jona se alkoi Suomen aikaa, ja siihen kuntaan,"
                    " jossa perhe asui, kun yhteistä aikaa alettiin valmistella."
                ),
            ),
            (
                _("Neuvot"),
                _(
                    "Neuvo lasketaan siihen kuukauteen, jona siihen vastattiin, ja perheen kuntaan. Se"
                    " riitti, kun kysyjä on kirjannut niin."
                ),
            ),
        ],
    )
