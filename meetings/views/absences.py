"""A worker's own absences."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from ..actions import absences as actions
from ..cards import days_in_words
from ..forms.absences import AbsenceForm
from ..models import Absence, Handover, Situation
from ..supervising import own_koppis
from ..waiting import next_step, number_of


def absence_list(request: WorkerRequest) -> HttpResponse:
    """One's absences from today on, and adding one."""
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        worker=request.user,
        cancel_url=reverse("profile"),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.add_absence(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Poissaolo on lisätty. Koppisi eivät siirtyneet kenellekään."))
            return redirect("absence_list")
    absences = Absence.objects.visible_to(request.user).ahead().select_related("substitute")
    return render(
        request,
        "meetings/absence_list.html",
        {
            "form": form,
            "absences": [
                {
                    "days": days_in_words(absence),
                    "substitute": absence.substitute.name if absence.substitute else "",
                    "remove_url": reverse("absence_remove", args=[absence.pk]),
                }
                for absence in absences
            ],
            "koppis": [_koppi_row(one) for one in own_koppis(request.user)],
            "breadcrumb": [
                {"label": _("Oma kortti"), "url": reverse("profile")},
                {"label": _("Poissaolot")},
            ],
        },
    )


def _koppi_row(situation: Situation) -> dict[str, str]:
    """An open situation of one's own, its next step, and the way to offer its koppi."""
    step = next_step(situation)
    offers: list[Handover] = situation.open_offers  # type: ignore[attr-defined]
    row = {"title": number_of(situation), "text": step.title, "url": situation.get_absolute_url()}
    if offers:
        offered = _("Koppia on tarjottu: %(name)s. Vastausta odotetaan.") % {"name": offers[0].receiver_name}
        return row | {"text": f"{step.title}. {offered}", "offer_url": ""}
    return row | {"offer_url": reverse("handover_offer", args=[situation.pk])}


@require_POST
def absence_remove(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take an absence away; twice is once."""
    absence = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    actions.remove_absence(absence=absence, by=request.user)
    messages.success(request, _("Poissaolo on poistettu."))
    return redirect("absence_list")
