"""Where the family's letters go: the page of the one with the koppi, and the family's own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family
from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from ..actions import addresses as actions
from ..forms.addresses import AddressForm
from ..looks import open_situation
from ..rules.addresses import why_not_have_address
from ..rules.situations import why_not_edit_family
from ..waiting import number_of
from .by_link import family_page


@require_http_methods(["GET", "HEAD", "POST"])
def situation_address(request: WorkerRequest, pk: int) -> HttpResponse:
    """The address, written down by the one with the koppi."""
    situation, _ground = open_situation(request, pk, _("Perheen postiosoite"))
    refused = why_not_edit_family(request.user, situation) or why_not_have_address(situation.family)
    if refused:
        messages.error(request, str(refused))
        return redirect(situation)
    form = AddressForm(request.POST if request.method == "POST" else None, family=situation.family)

    def save(**sent: str) -> Family:
        return actions.set_address(situation=situation, by=request.user, **sent)

    if _saved(request, form, save):
        return redirect("situation_address", situation.pk)
    facts = {"situation": situation, "title": number_of(situation), "form": form}
    return _page(request, "meetings/situation_address.html", form, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Postiosoite"))
def family_address(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The same, on the family's own page."""
    home = reverse("family_home", args=[token])
    if refused := why_not_have_address(family):
        messages.info(request, str(refused))
        return redirect(home)
    form = AddressForm(request.POST if request.method == "POST" else None, family=family, to_family=True)

    def save(**sent: str) -> Family:
        return actions.set_own_address(family=family, **sent)

    if _saved(request, form, save):
        return redirect("family_address", token)
    return _page(request, "meetings/family_address.html", form, {"form": form, "home_url": home})


def _saved(request: HttpRequest, form: AddressForm, save: Callable[..., Family]) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        family = save(**form.cleaned_data)
    except Refused as refused:
        form.add_error("address", str(refused))
        return False
    done = _("Osoite on tallennettu.") if family.postal_address else _("Osoite on poistettu.")
    messages.success(request, done)
    return True


def _page(request: HttpRequest, template: str, form: AddressForm, facts: dict[str, Any]) -> HttpResponse:
    return render(request, template, facts, status=422 if form.is_bound else 200)
