"""Who took part, and needs for which nobody is named."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest

from ...dashboard import people
from ...dashboard.parts import counted
from .frame import asked_range, dashboard_page
from .tables import shown_table


@require_safe
def count_people(request: WorkerRequest) -> HttpResponse:
    """By sector, the close people of families, and gaps of the yhteydenottolista."""
    asked = asked_range(request)
    seats = people.seats(request.user, asked.range)
    needs = people.unmet_needs(request.user)
    return dashboard_page(
        request,
        "meetings/dashboard/count_people.html",
        {
            "seats": seats,
            "chart": seats.parts.bars(_("Keitä tapaamisissa oli")),
            "table": shown_table(seats.table(asked.range), asked.query),
            "needs": shown_table(needs) if needs.rows else None,
        },
        title=_("Osallistujat"),
        lead=_("Keitä pidetyissä tapaamisissa oli, ja mihin tarpeisiin ei vielä löydy ketään."),
        asked=asked,
        counted=[*counted("seat"), people.TOLD],
    )
