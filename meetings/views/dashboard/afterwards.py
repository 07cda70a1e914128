"""Afterwards: were the promises kept, and was the situation better."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest

from ...dashboard import afterwards
from ...dashboard.parts import counted
from ...feedback_counts import feedback_counts
from ...states import FeedbackSide
from .frame import asked_range, dashboard_page
from .tables import shown_table


@require_safe
def count_afterwards(request: WorkerRequest) -> HttpResponse:
    """Promised contacts, measures, reviews from both sides, and how much feedback there is."""
    asked = asked_range(request)
    facts = afterwards.afterwards(request.user, asked.range)
    quarters = feedback_counts(request.user, asked.today)
    return dashboard_page(
        request,
        "meetings/dashboard/count_afterwards.html",
        {
            "facts": facts,
            "contact_chart": facts.contacts.bars(_("Luvatut yhteydenotot")),
            "contact_table": shown_table(facts.contact_table, asked.query),
            "measure_chart": facts.measures.bars(_("Mitä suunnitelmista on tehty")),
            "measure_table": shown_table(facts.measure_table, asked.query),
            "family_chart": facts.by_families.bars(_("Perheiden arvio")),
            "family_table": shown_table(facts.family_table, asked.query),
            "worker_chart": facts.by_workers.bars(_("Työntekijöiden arvio")),
            "worker_table": shown_table(facts.worker_table, asked.query),
            "feedback": [
                {
                    "quarter": quarter.name,
                    "families": quarter.sides[FeedbackSide.FAMILY][0].total.words,
                    "professionals": quarter.sides[FeedbackSide.PROFESSIONAL][0].total.words,
                }
                for quarter in quarters[:1]
            ],
        },
        title=_("Jälkeenpäin"),
        lead=_("Pidettiinkö lupaukset, ja auttoiko se."),
        asked=asked,
        counted=counted(*afterwards.FIGURES),
    )
