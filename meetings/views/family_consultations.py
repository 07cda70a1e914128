"""The questions that were asked under the family's permission, for the family itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from network.models import Consultation, Family
from network.states import ConsultationStatus
from perhekeskus import words

from ..people import shown_name
from .by_link import family_page


@require_safe
@family_page(gettext_lazy("Keneltä on kysytty neuvoa"))
def family_consultations(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Of whom advice was asked, when, in which words, and what was answered."""
    asked = Consultation.objects.filter(consent__family=family).with_people()
    return render(
        request,
        "meetings/family_consultations.html",
        {
            "rows": [_row(one, family) for one in asked],
            "permissions_url": reverse("family_permissions", args=[token]),
            "home_url": reverse("family_home", args=[token]),
        },
    )


def _row(consultation: Consultation, family: Family) -> dict[str, Any]:
    status = ConsultationStatus(consultation.status)
    state = {
        ConsultationStatus.ASKED: _("Vastausta odotetaan."),
        ConsultationStatus.PICKED_UP: _("Vastausta odotetaan."),
        ConsultationStatus.WITHDRAWN: _("Kysymys peruttiin, eikä siihen vastattu."),
    }.get(status, "")
    answered = ""
    if consultation.answered_by is not None and consultation.answered_at is not None:
        answered = _("%(name)s vastasi %(day)s:") % {
            "name": consultation.answered_by.name,
            "day": words.day(consultation.answered_at),
        }
    return {
        "name": shown_name(consultation.consent, family),
        "asked": _("%(name)s kysyi %(day)s.")
        % {"name": consultation.asked_by.name, "day": words.day(consultation.asked_at)},
        "how": _("Nimettömästi: vastaajalle ei kerrottu, keitä olette.")
        if consultation.is_anonymous
        else _("Nimellä: vastaaja sai tietää etunimenne."),
        "question": consultation.question,
        "state": state,
        "answered": answered,
        "answer": consultation.answer,
    }
