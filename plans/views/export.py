"""The plan as a file for the client information system."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from network.requests import WorkerRequest

from ..export import exported
from ..looks import open_export
from ..states import PlanStatus


@require_GET
def plan_export(request: WorkerRequest, pk: int) -> HttpResponse:
    """The agreed plan as JSON, for those to whom the whole situation is opened."""
    plan = open_export(request, pk)
    if plan.status == PlanStatus.DRAFT:
        messages.error(request, _("Suunnitelman voi viedä tiedostona, kun siitä on sovittu."))
        return redirect(plan)
    response = HttpResponse(exported(plan), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="suunnitelma-{plan.situation_id}-{plan.version}.json"'
    )
    return response
