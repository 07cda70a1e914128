"""Papers of convening."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus.printing import layout_asked, pdf_response

from ..letter_paper import letter_pdf
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
    return pdf_response(decision_pdf(meeting, layout=layout_asked(request)), "paatos-yhteisesta-ajasta.pdf")


@require_safe
def meeting_letter(request: WorkerRequest, pk: int) -> HttpResponse:
    """The invitation to be posted or given to the family."""
    meeting, _ground = open_meeting(request, pk, _("Kutsukirjeen tulostaminen"))
    if refused := rules.why_not_letter(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    return pdf_response(letter_pdf(meeting, layout=layout_asked(request)), "kutsukirje.pdf")
