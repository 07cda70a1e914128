"""The letter of what came of the plan: for the worker to give, and for the family on its own page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from meetings.views.by_link import family_page
from network.models import Family
from network.requests import WorkerRequest
from perhekeskus.printing import layout_asked, pdf_response

from ..looks import open_plan
from ..models import Plan
from ..outcome_paper import outcome_pdf

NAME = "mita-saimme-aikaan.pdf"


@require_GET
def plan_outcome_pdf(request: WorkerRequest, pk: int) -> HttpResponse:
    """For those who see the situation in full; a copy of the plan is no copy of what came of it."""
    plan, opens_all = open_plan(request, pk, _("Mitä saimme aikaan, tulostettava"))
    if not opens_all:
        raise Http404
    if not plan.reviews.in_force().exists():
        messages.error(request, _("Kirjeen voi tulostaa, kun suunnitelmaa on arvioitu."))
        return redirect(plan)
    return pdf_response(outcome_pdf(plan, layout=layout_asked(request)), NAME)


@require_GET
@family_page(gettext_lazy("Mitä saimme aikaan, tulostettava"))
def family_outcome_pdf(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The same letter to the family itself."""
    plan = Plan.objects.newest_of(family)
    if plan is None or not plan.reviews.in_force().exists():
        raise Http404
    return pdf_response(outcome_pdf(plan, layout=layout_asked(request)), NAME)
