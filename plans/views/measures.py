"""How far the measures of the plan have come: told on its page, marked with a form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from .. import rules
from ..actions import MarkedMeanwhile, mark_measures
from ..looks import open_plan
from ..marking import MarkForm, mark_forms
from ..models import Plan
from ..progress import finished_before, progress_of
from ..states import PlanStatus


def measures_now(plan: Plan, worker: Worker | None = None) -> dict[str, Any] | None:
    """What the part of the page shows; with a worker who may, also the form."""
    if plan.status == PlanStatus.DRAFT:
        return None
    rows = progress_of(plan)
    can_mark = worker is not None and not rules.why_not_mark(worker, plan)
    return {
        "rows": rows,
        "late": [row for row in rows if row.late],
        "finished": finished_before(plan),
        "forms": list(zip(rows, mark_forms(plan), strict=True)) if can_mark else [],
        "mark_url": reverse("plan_measures", args=[plan.pk]),
    }


@require_http_methods(["GET", "POST"])
def plan_measures(request: WorkerRequest, pk: int) -> HttpResponse:
    """Mark several measures in one go."""
    plan, opens_all = open_plan(request, pk, _("Suunnitelman kohdat"))
    if not opens_all:
        raise Http404
    if refused := rules.why_not_mark(request.user, plan):
        messages.error(request, str(refused))
        return redirect(plan)
    if request.method == "GET":
        return _page(request, plan, mark_forms(plan))
    forms = mark_forms(plan, request.POST)
    if not all([form.is_valid() for form in forms]):  # noqa: C419 - every error is shown at once
        return _page(request, plan, forms)
    moved = [form for form in forms if form.was_moved]
    try:
        count = mark_measures(plan=plan, by=request.user, marks=[form.mark for form in moved])
    except MarkedMeanwhile as meanwhile:
        return _page(request, plan, _seen_anew(plan, request.POST, meanwhile))
    except Refused as refusal:
        moved[0].add_error("status", str(refusal))
        return _page(request, plan, forms)
    if count:
        said = ngettext("%(count)d merkintä on tallennettu.", "%(count)d merkintää on tallennettu.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Mikään ei muuttunut."))
    return redirect(plan)


def _seen_anew(plan: Plan, data: QueryDict, meanwhile: MarkedMeanwhile) -> list[MarkForm]:
    """The same choices on the newest page: who presses again has seen what the other marked."""
    data = data.copy()
    for form in mark_forms(plan):
        data[form.add_prefix("seen")] = str(form.initial["seen"])
    forms = mark_forms(plan, data)
    for form in forms:
        if form.is_valid() and form.measure.pk in meanwhile.measures:
            form.add_error("status", str(meanwhile))
    return forms


def _page(request: WorkerRequest, plan: Plan, forms: list[MarkForm]) -> HttpResponse:
    is_sent = any(form.is_bound for form in forms)
    return render(
        request,
        "plans/plan_measures.html",
        {
            "forms": list(zip(progress_of(plan), forms, strict=True)),
            "errors_of": forms,
            "has_errors": is_sent,
            "mark_url": reverse("plan_measures", args=[plan.pk]),
            "plan_url": plan.get_absolute_url(),
            "breadcrumb": [
                {"label": _("Tilanteet"), "url": reverse("situation_list")},
                {"label": str(plan.situation_id), "url": plan.situation.get_absolute_url()},
                {"label": _("Yhteinen suunnitelma"), "url": plan.get_absolute_url()},
                {"label": _("Missä mennään"), "url": ""},
            ],
        },
        status=422 if is_sent else 200,
    )
