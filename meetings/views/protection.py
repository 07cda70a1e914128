"""A family's protected address (turvakielto): what follows from it, and the button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from ..actions.protection import set_protection
from ..looks import open_situation
from ..rules.situations import why_not_edit_family
from ..waiting import number_of


@require_http_methods(["GET", "HEAD", "POST"])
def situation_protection(request: WorkerRequest, pk: int) -> HttpResponse:
    """Mark that the family's address is protected, or that it is so no more."""
    situation, _ground = open_situation(request, pk, _("Turvakielto"))
    if refused := why_not_edit_family(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    if request.method == "POST" and request.POST.get("protected") in {"on", "off"}:
        protected = request.POST["protected"] == "on"
        try:
            set_protection(situation=situation, by=request.user, protected=protected)
        except Refused as refused_now:
            messages.error(request, str(refused_now))
            return redirect(situation)
        done = _("Turvakielto on merkitty.") if protected else _("Turvakiellon merkintä on poistettu.")
        messages.success(request, done)
        return redirect("situation_family", situation.pk)
    facts = {"situation": situation, "title": number_of(situation), "family": situation.family}
    return render(request, "meetings/situation_protection.html", facts)
