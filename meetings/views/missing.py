"""Those who were missing, and whether it was a pity."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from ..actions.missing import write_missing
from ..forms.missing import MissingForm
from ..looks import open_meeting
from ..rules.meetings import why_not_record
from ..states import MISSING
from ..waiting import number_of


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_missing(request: WorkerRequest, pk: int) -> HttpResponse:
    """Of each who did not come: would they have been needed, and for what."""
    meeting, _ground = open_meeting(request, pk, _("Ketkä puuttuivat"))
    if refused := why_not_record(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    missing = list(meeting.participations.filter(attendance__in=MISSING).with_people())
    if not missing:
        messages.info(request, _("Kaikki olivat paikalla, tai osallistujia ei ole vielä kirjattu."))
        return redirect(meeting)
    form = MissingForm(request.POST if request.method == "POST" else None, missing=missing)
    if form.is_bound and form.is_valid():
        try:
            write_missing(meeting=meeting, by=request.user, pities=form.pities)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tallennettu."))
            return redirect(meeting)
    return render(
        request,
        "meetings/meeting_missing.html",
        {"meeting": meeting, "title": number_of(meeting.situation), "form": form},
        status=422 if form.is_bound else 200,
    )
