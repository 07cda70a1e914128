"""The coordinator's page of shared times: numbers, never families."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.areas import missing_in_words
from network.requests import WorkerRequest
from perhekeskus.year_bars import Span, YearBars, year_bars

from ...dashboard.by_kind import TOLD as TOLD_BY_KIND
from ...dashboard.by_kind import by_kind
from ...dashboard.parts import counted
from ...dashboard.published import Shown
from ...dashboard.ranges import month_of, month_words, span_words
from ...dashboard.shared_times import TOLD, TOLD_PER_THOUSAND, SharedTimes, all_kinds, shared_times
from .frame import asked_range, dashboard_page
from .tables import shown_table

# More bars than this would be too narrow to read.
MOST_BARS = 12


@require_safe
def count_page(request: WorkerRequest) -> HttpResponse:
    """Shared times held by month and municipality, beside the year before."""
    asked = asked_range(request)
    kinds = all_kinds()
    times = shared_times(request.user, asked.range, kinds)
    of_kinds = by_kind(request.user, times, kinds)
    table, compared, by_month = (
        shown_table(one, asked.query) for one in (times.table(), times.compared(), times.by_month())
    )
    return dashboard_page(
        request,
        "meetings/dashboard/count_page.html",
        {
            "is_empty": not times.now.total.high,
            "before": times.before.total.words,
            "change": times.change.words,
            "is_going_on": asked.range.last >= month_of(asked.today),
            "chart": _chart(times),
            "by_month": by_month,
            "table": table if times.now.rows else None,
            "compared": compared,
            "others": [shown_table(one, asked.query) for one in of_kinds.tables],
            "missing_forums": missing_in_words() if request.user.is_coordinator else "",
        },
        title=_("Yhteiset ajat"),
        lead=_("%(span)s: pidettyjä yhteisiä aikoja %(total)s.")
        % {
            "span": span_words(asked.range.first, asked.range.last).capitalize(),
            "total": times.now.total.words,
        },
        asked=asked,
        counted=[TOLD, TOLD_PER_THOUSAND, TOLD_BY_KIND, *counted("not_held", "cancelled")],
    )


def _chart(times: SharedTimes) -> YearBars | None:
    if len(times.now.months) > MOST_BARS:
        return None
    return year_bars(
        [month_words(month) for month in times.now.months],
        _spans(times.now.month_totals),
        _spans(times.before.month_totals),
        _("Yhteiset ajat kuukausittain"),
    )


def _spans(totals: Sequence[Shown]) -> list[Span]:
    return [Span(total.low, total.high, total.words) for total in totals]
