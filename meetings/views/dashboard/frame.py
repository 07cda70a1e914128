"""What every page of the dashboard has round it: the other pages, the months asked for, the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from network.requests import WorkerRequest
from network.tallies import may_count
from perhekeskus import words
from perhekeskus.navigation import Place, section_menu

from ...dashboard.ranges import Range, month_of, months_between, usual_ranges
from ...dashboard.shared_times import first_month
from ...forms.counts import CountRangeForm

# The range that is asked for goes along from one of these to the next.
OF_A_RANGE = ("count_page", "count_along", "count_people", "count_afterwards")

Words = str | Promise


@dataclass(frozen=True)
class Asked:
    """The months that a page is asked for; this year so far when nothing, or nonsense, is asked."""

    today: date
    range: Range
    form: CountRangeForm
    # Whether the reader has chosen them.
    chosen: bool

    @property
    def query(self) -> str:
        """first=2026-01&last=2026-11"""
        return f"first={self.range.first:%Y-%m}&last={self.range.last:%Y-%m}"


def let_in(request: WorkerRequest) -> None:
    """Nothing of this exists for one who may not count."""
    if not may_count(request.user):
        raise Http404


def asked_range(request: WorkerRequest) -> Asked:
    """The months of `?first=2026-01&last=2026-11`; 404 for one who may not count."""
    let_in(request)
    today = words.today()
    default, *others = usual_ranges(today)
    months = months_between(first_month(request.user, today), month_of(today))
    asked = request.GET if "first" in request.GET or "last" in request.GET else None
    form = CountRangeForm(
        asked, months=months, initial={"first": f"{default.first:%Y-%m}", "last": f"{default.last:%Y-%m}"}
    )
    if not (form.is_bound and form.is_valid()):
        return Asked(today, default, form, chosen=False)
    chosen = Range(form.cleaned_data["first"], form.cleaned_data["last"])
    for usual in (default, *others):
        if (usual.first, usual.last) == (chosen.first, chosen.last):
            chosen = replace(chosen, name=usual.name)
    return Asked(today, chosen, form, chosen=True)


def dashboard_page(
    request: WorkerRequest,
    template: str,
    facts: Mapping[str, Any],
    *,
    title: Words,
    lead: Words = "",
    asked: Asked | None = None,
    counted: Iterable[tuple[Words, Words]] = (),
) -> HttpResponse:
    """A page that extends `meetings/dashboard/_frame.html`.

    `asked` for a page of a range of months: its presets and form come along. `counted`: what is counted, as
    (what the number is called, one sentence of how it is counted), below the page.
    """
    let_in(request)
    return render(
        request,
        template,
        {
            "page_title": title,
            "lead": lead,
            "section": _section(request, asked),
            "range_links": _range_links(asked) if asked else [],
            "counted": list(counted),
            "limit": settings.SMALL_NUMBER_LIMIT,
            "largest_hidden": settings.SMALL_NUMBER_LIMIT - 1,
            **({"form": asked.form} if asked else {}),
            **facts,
        },
    )


def _section(request: WorkerRequest, asked: Asked | None) -> dict[str, Any] | None:
    """The menu of the section; the pages of a range keep the months that the reader has chosen."""
    section = section_menu(request)
    if section is None or asked is None or not asked.chosen:
        return section
    of_a_range = {Place("", name).url for name in OF_A_RANGE}
    rows = [
        {**row, "url": f"{row['url']}?{asked.query}"} if row["url"] in of_a_range else row
        for row in section["rows"]
    ]
    return {**section, "rows": rows}


def _range_links(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": usual.name,
            "url": f"?first={usual.first:%Y-%m}&last={usual.last:%Y-%m}",
            "current": (usual.first, usual.last) == (asked.range.first, asked.range.last),
        }
        for usual in usual_ranges(asked.today)
    ]
