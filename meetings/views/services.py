"""Pages of who already helps the family: for the one with the koppi, and for the family."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family, Worker
from network.requests import WorkerRequest
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import services as actions
from ..forms.services import ServiceForm
from ..looks import open_situation
from ..models import ServiceInvolved, Situation
from ..rules.situations import why_not_edit_family
from ..services import service_rows
from ..waiting import number_of
from .by_link import family_page
from .family import current_situation

METHODS = require_http_methods(["GET", "HEAD", "POST"])
VERBS = ("tell", "untell", "remove")


@METHODS
def situation_services(request: WorkerRequest, pk: int) -> HttpResponse:
    """Who helps the family already, and one more."""
    situation, _ground = open_situation(request, pk, _("Ketkä auttavat jo"))
    if refused := why_not_edit_family(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    if _pressed(request, situation, by=request.user):
        return redirect("situation_services", pk)
    form = ServiceForm(request.POST if request.method == "POST" else None, family=situation.family)
    if form.is_bound and form.is_valid():
        try:
            actions.add(
                situation=situation,
                by=request.user,
                service=form.save(commit=False),
                tell=form.cleaned_data.get("tell", False),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Lisätty."))
            return redirect("situation_services", pk)
    return render(
        request,
        "meetings/situation_services.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "rows": service_rows(situation.family),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@METHODS
@family_page(gettext_lazy("Ketkä auttavat jo"))
def family_services(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Who helps us already, and whether those whom we invite may know of it."""
    situation = current_situation(family)
    if situation is not None and _pressed(request, situation, by=None):
        return redirect("family_services", token)
    return render(
        request,
        "meetings/family_services.html",
        {"rows": service_rows(family), "network_url": reverse("family_network", args=[token])},
    )


def _pressed(request: HttpRequest, situation: Situation, *, by: Worker | None) -> bool:
    """Whether a button of one row was pressed; what came of it is told."""
    pressed = next(((verb, request.POST[verb]) for verb in VERBS if verb in request.POST), None)
    # "tell" is also the form's own tick.
    if request.method != "POST" or pressed is None or "name" in request.POST:
        return False
    verb, key = pressed
    service = situation.family.services.filter(pk=key[:18]).first() if key.isdecimal() else None
    if service is None:
        messages.info(request, _("Tämä on jo poistettu."))
        return True
    done: dict[str, Callable[[ServiceInvolved], str]] = {
        "tell": lambda one: _("Kutsutut saavat tietää: %(name)s.") % {"name": one.name},
        "untell": lambda one: _("Kutsutuille ei enää kerrota: %(name)s.") % {"name": one.name},
        "remove": lambda one: _("Poistettu: %(name)s.") % {"name": one.name},
    }
    with refusals_as_messages(request):
        if verb == "remove":
            actions.remove(situation=situation, service=service, by=by)
        else:
            actions.tell(situation=situation, service=service, by=by, told=verb == "tell")
        if not situation.family.address_protected:
            messages.success(request, done[verb](service))
        else:
            messages.success(request, _("Tallennettu."))
    return True
