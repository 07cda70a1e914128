"""Papers of convening."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest

from ..looks import open_meeting
from ..paper import decision_pdf
from ..rules import meetings as rules


@require_safe
def meeting_form(request: WorkerRequest, pk: int) -> HttpResponse:
    """The decision form to be printed for the family; what it says is written down as a signed paper."""
    meeting, _ground = open_meeting(request, pk, _("Päätöslomakkeen tulostaminen"))
    refused = rules.why_not_prepare(request.user, meeting) or rules.why_not_decidable(meeting)
    if refused:
        messages.error(request, str(refused))
        return redirect(meeting)
    response = HttpResponse(decision_pdf(meeting), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="paatos-yhteisesta-ajasta.pdf"'
    return response
