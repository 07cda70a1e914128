"""The family's network as a picture and a list, for the family and for those who take care of its matters."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from network.models import ClosePerson, Family, Worker
from network.requests import WorkerRequest
from perhekeskus.refusals import Refused

from ..actions import families as actions
from ..family_network import family_network as network_of
from ..forms.family import SuggestPersonForm
from ..forms.situations import ClosePersonForm
from ..looks import open_situation
from ..models import Situation
from ..rules.situations import why_not_edit_family
from ..waiting import number_of
from .by_link import family_page
from .family import current_situation

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def situation_network(request: WorkerRequest, pk: int) -> HttpResponse:
    """Who is in the family, who is close, and who already works with it."""
    situation, ground = open_situation(request, pk, _("Perheen verkosto"))
    if not ground.opens_all:
        return redirect(situation)
    picture, groups = network_of(situation.family, situation, holder_word=_("koppi on hänellä"))
    can_edit = why_not_edit_family(request.user, situation) is None
    if can_edit:
        _with_urls(groups, lambda key: reverse("situation_close_person", args=[situation.pk, key]))
    return render(
        request,
        "meetings/situation_network.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "picture": picture,
            "groups": groups,
            "can_edit": can_edit,
        },
    )


@METHODS
def situation_close_person(request: WorkerRequest, pk: int, person: int) -> HttpResponse:
    """Mend or remove somebody close to the family."""
    situation, _ground = open_situation(request, pk, _("Perheen läheiset"))
    if refused := why_not_edit_family(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    one = get_object_or_404(situation.family.close_people, pk=person)
    form = ClosePersonForm(request.POST if "name" in request.POST else None, instance=one)
    form.submit_label = gettext_lazy("Tallenna")
    if _changed(request, situation, one, form, by=request.user):
        return redirect("situation_network", situation.pk)
    return render(
        request,
        "meetings/situation_close_person.html",
        {"situation": situation, "title": number_of(situation), "form": form},
        status=422 if form.is_bound else 200,
    )


@require_safe
@family_page(gettext_lazy("Perheen verkosto"))
def family_network(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Our people: the family, those close to us, and those who work with us by our permission."""
    picture, groups = network_of(family, current_situation(family), holder_word=_("huolehtii asiastanne"))
    _with_urls(groups, lambda key: reverse("family_close_person", args=[token, key]))
    return render(
        request,
        "meetings/family_network.html",
        {
            "picture": picture,
            "groups": groups,
            "add_url": reverse("family_close_person_add", args=[token]),
            "services_url": reverse("family_services", args=[token]),
            "permissions_url": reverse("family_permissions", args=[token]),
            "home_url": reverse("family_home", args=[token]),
        },
    )


@METHODS
@family_page(gettext_lazy("Läheisen lisääminen"))
def family_close_person_add(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The family writes down somebody close to it; nothing is sent to anybody."""
    situation = current_situation(family)
    back = reverse("family_network", args=[token])
    form = SuggestPersonForm(request.POST if request.method == "POST" else None)
    form.submit_label = gettext_lazy("Lisätkää läheinen")
    form.fields["email"].help_text = _("Tarvitaan vain, jos kutsutte hänet yhteiseen aikaan.")
    if situation is not None and form.is_bound and form.is_valid():
        person = actions.add_by_family(situation=situation, person=form.save(commit=False))
        messages.success(request, _("Lisäsimme läheisen: %(name)s.") % {"name": person.name})
        return redirect(back)
    return _family_person_page(request, form, back, is_new=True)


@METHODS
@family_page(gettext_lazy("Läheisen tietojen muuttaminen"))
def family_close_person(request: HttpRequest, family: Family, token: str, pk: int) -> HttpResponse:
    """The family mends or removes somebody close to it."""
    situation = current_situation(family)
    one = get_object_or_404(family.close_people, pk=pk)
    back = reverse("family_network", args=[token])
    form = SuggestPersonForm(request.POST if "name" in request.POST else None, instance=one)
    form.submit_label = gettext_lazy("Tallentakaa")
    form.fields["email"].help_text = ""
    if situation is not None and _changed(request, situation, one, form, by=None):
        return redirect(back)
    return _family_person_page(request, form, back, is_new=False)


def _family_person_page(request: HttpRequest, form: Any, back: str, *, is_new: bool) -> HttpResponse:
    return render(
        request,
        "meetings/family_close_person.html",
        {"form": form, "is_new": is_new, "back_url": back},
        status=422 if form.is_bound else 200,
    )


def _changed(
    request: HttpRequest, situation: Situation, person: ClosePerson, form: Any, *, by: Worker | None
) -> bool:
    """Whether this request mended or removed the row; a refusal is told on the form or as a message."""
    if "remove" in request.POST:
        try:
            actions.remove_close_person(situation=situation, by=by, person=person)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Läheinen on poistettu: %(name)s.") % {"name": person.name})
        return True
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        actions.change_close_person(situation=situation, by=by, person=form.save(commit=False))
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Tiedot on tallennettu."))
    return True


def _with_urls(groups: list[dict[str, Any]], url_of: Any) -> None:
    for group in groups:
        for row in group["rows"]:
            if row["close_pk"] is not None:
                row["url"] = url_of(row["close_pk"])
