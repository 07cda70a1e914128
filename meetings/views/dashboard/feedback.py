"""How shared times were felt to be: numbers, never families and never people."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words

from ...dashboard.feedback import feedback_tables
from ...feedback_counts import feedback_counts, lessons
from .frame import dashboard_page, let_in
from .tables import shown_table


@require_safe
def count_feedback(request: WorkerRequest) -> HttpResponse:
    """What families and professionals have said, quarter by quarter."""
    let_in(request)
    today = words.today()
    tables = feedback_tables(feedback_counts(request.user, today))
    return dashboard_page(
        request,
        "meetings/dashboard/count_feedback.html",
        {
            "tables": [{"id": table.name, **shown_table(table)} for table in tables],
            "lessons": lessons(request.user, today),
            "days": settings.FEEDBACK_DAYS,
        },
        title=_("Palaute tapaamisista"),
        lead=_("Mitä perheet ja ammattilaiset vastasivat, koko verkostosta yhteensä."),
    )
