"""Along the way: what came of talks and advice, how soon families met, where the chain breaks."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest

from ...dashboard.along import advice_tables
from .frame import asked_range, dashboard_page
from .tables import shown_table


@require_safe
def count_along(request: WorkerRequest) -> HttpResponse:
    """From the first talk to the shared time, in numbers of the whole network."""
    asked = asked_range(request)
    given, enough = advice_tables(request.user, asked.range, {})
    return dashboard_page(
        request,
        "meetings/dashboard/count_along.html",
        {"given": shown_table(given, asked.query), "enough": shown_table(enough, asked.query)},
        title=_("Matkan varrella"),
        asked=asked,
        counted=given.counted,
    )
