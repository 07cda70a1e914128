"""The administrator's pages: accounts, organisations, municipalities, and the trail of who looked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus import words
from perhekeskus.models import Message
from perhekeskus.refusals import Refused

from ..actions import administration as actions
from ..directory import areas_found, found_with_account, municipalities_found, organisations_found
from ..duties import in_hand
from ..forms.administration import (
    AreaForm,
    MunicipalityForm,
    OrganisationForm,
    SearchForm,
    UnitForm,
    WorkerForm,
)
from ..models import Area, Municipality, Organisation, Unit, Worker
from ..requests import WorkerRequest
from ..rules.administration import why_not_administer
from ..sorting import by_name, finnish
from ..trail import looks_by

PAGE_SIZE = 50

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """For everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why_not_administer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _page_of(request: WorkerRequest, rows: QuerySet) -> Page:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _trail(*rows: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (label, URL name) up to the page itself, whose URL is empty."""
    return [
        {"label": _("Ylläpito"), "url": reverse("administration")},
        *({"label": label, "url": url} for label, url in rows),
    ]


def _list_page(request: WorkerRequest, **context: Any) -> HttpResponse:
    context["breadcrumb"] = _trail((context["title"], ""))
    count = context["page"].paginator.count
    context["caption"] = ngettext("%(count)d rivi", "%(count)d riviä", count) % {"count": count}
    return render(request, "network/administration_list.html", context)


def _form_page(
    request: WorkerRequest, form: Any, save: Callable[[], Any], *, done: str, back: str, **context: Any
) -> HttpResponse:
    """Show the form; save and go back when it is accepted. A refusal is shown with what was typed."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    return render(
        request, context.pop("template", "network/administration_form.html"), {"form": form, **context}
    )


def _sent(request: WorkerRequest) -> Any:
    return request.POST if request.method == "POST" else None


@administrators_only
def administration(request: WorkerRequest) -> HttpResponse:
    """What an administrator takes care of."""
    accounts = Worker.objects.visible_to(request.user).active().count()
    given_up = Message.objects.visible_to(request.user).given_up().count()
    return render(
        request,
        "network/administration.html",
        {
            "accounts": ngettext("%(count)d tunnus käytössä", "%(count)d tunnusta käytössä", accounts)
            % {"count": accounts},
            "given_up": ngettext(
                "%(count)d viesti ei ole mennyt perille", "%(count)d viestiä ei ole mennyt perille", given_up
            )
            % {"count": given_up}
            if given_up
            else _("Kaikki viestit ovat menneet perille."),
        },
    )


# --- accounts ------------------------------------------------------------------------------------


def _account_words(worker: Worker) -> str:
    """What the account opens: "koordinaattori", "ei käytössä"."""
    parts = [
        label
        for label, has in (
            (_("pääkäyttäjä"), worker.is_administrator),
            (_("koordinaattori"), worker.is_coordinator),
            (_("ohjaus ja neuvonta"), worker.is_guidance),
            (_("esihenkilö"), worker.is_supervisor),
            (_("ei käytössä"), not worker.is_active),
        )
        if has
    ]
    return ", ".join(parts)


@administrators_only
def worker_list(request: WorkerRequest) -> HttpResponse:
    """Every account, closed ones too."""
    form = SearchForm(request.GET, hint=_("Nimi, sähköposti, ammatti tai työpaikka."))
    workers = Worker.objects.visible_to(request.user).select_related("unit__municipality")
    page = _page_of(request, found_with_account(workers, form.words).order_by(*by_name()))
    return _list_page(
        request,
        title=_("Työntekijät"),
        form=form,
        page=page,
        add_label=_("Lisää työntekijä"),
        add_url=reverse("worker_create"),
        head=[{"text": text} for text in (_("Nimi"), _("Työpaikka"), _("Sähköposti"), _("Tunnus"))],
        rows=[
            {
                "cells": [
                    {"text": worker.name, "url": reverse("worker_edit", args=[worker.pk])},
                    {"text": f"{worker.unit}, {worker.unit.municipality}"},
                    {"text": worker.email},
                    {"text": _account_words(worker)},
                ]
            }
            for worker in page
        ],
    )


@administrators_only
def worker_create(request: WorkerRequest) -> HttpResponse:
    """A new account."""
    back = reverse("worker_list")
    form = WorkerForm(_sent(request), cancel_url=back)
    return _form_page(
        request,
        form,
        lambda: actions.create_worker(by=request.user, card=form.cleaned_data),
        done=_(
            "Tunnus on luotu. Kerro työntekijälle, että hän voi valita salasanan kirjautumissivun kohdasta"
            " ”Unohditko salasanasi?”. Järjestelmä ei vielä lähetä hänelle viestiä."
        ),
        back=back,
        template="network/worker_edit.html",
        title=_("Uusi työntekijä"),
        breadcrumb=_trail((_("Työntekijät"), back), (_("Uusi työntekijä"), "")),
    )


@administrators_only
def worker_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """An account, and what its owner has in hand."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
    back, name, in_hand_now = reverse("worker_list"), worker.name, in_hand(worker)
    former = worker.email
    form = WorkerForm(_sent(request), instance=worker, cancel_url=back)

    def save() -> None:
        changed = actions.change_worker(worker=worker, by=request.user, card=form.cleaned_data)
        if changed.email != former:
            messages.info(
                request,
                _(
                    "Osoite vaihtui, ja entinen salasana lakkasi. Molempiin osoitteisiin lähtee tieto. Uuden"
                    " salasanan voi valita kirjautumissivun kohdasta ”Unohditko salasanasi?”."
                ),
            )
        if in_hand_now and not changed.works_with_families:
            messages.warning(
                request,
                _("Hänellä on vielä: %(duties)s. Ne eivät siirtyneet kenellekään.")
                % {"duties": words.listed(in_hand_now)},
            )

    return _form_page(
        request,
        form,
        save,
        done=_("Tunnuksen tiedot on tallennettu."),
        back=back,
        template="network/worker_edit.html",
        title=name,
        in_hand=words.listed(in_hand_now),
        looks_url=reverse("look_list", args=[pk]),
        breadcrumb=_trail((_("Työntekijät"), back), (name, "")),
    )


@administrators_only
def look_list(request: WorkerRequest, pk: int) -> HttpResponse:
    """What a worker has looked at: when, what, on which ground; never whose."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
    page = _page_of(request, looks_by(worker))
    return render(
        request,
        "network/administration_looks.html",
        {
            "name": worker.name,
            "page": page,
            "head": [
                {"text": text} for text in (_("Milloin"), _("Mistä"), _("Mitä"), _("Millä perusteella"))
            ],
            "rows": [
                {
                    "cells": [
                        {"text": words.moment(look["at"])},
                        {"text": look["organisation"]},
                        {"text": look["what"]},
                        {"text": look["ground"]},
                    ]
                }
                for look in page
            ],
            "breadcrumb": _trail(
                (_("Työntekijät"), reverse("worker_list")),
                (worker.name, reverse("worker_edit", args=[pk])),
                (_("Mitä hän on katsonut"), ""),
            ),
        },
    )


# --- municipalities ------------------------------------------------------------------------------


@administrators_only
def municipality_list(request: WorkerRequest) -> HttpResponse:
    """Every municipality of Finland."""
    form = SearchForm(request.GET, hint=_("Kunnan tai hyvinvointialueen nimi, tai kuntanumero."))
    page = _page_of(request, municipalities_found(form.words).order_by(finnish("name_fi")))
    return _list_page(
        request,
        title=_("Kunnat"),
        form=form,
        page=page,
        add_label=_("Lisää kunta"),
        add_url=reverse("municipality_create"),
        head=[{"text": text} for text in (_("Kunta"), _("Numero"), _("Hyvinvointialue"), _("Kielet"))],
        rows=[
            {
                "cells": [
                    {"text": one.name_fi, "url": reverse("municipality_edit", args=[one.code])},
                    {"text": one.code},
                    {"text": one.county_fi},
                    {"text": one.languages},
                ]
            }
            for one in page
        ],
    )


def _municipality_form(request: WorkerRequest, municipality: Municipality, title: str) -> HttpResponse:
    back = reverse("municipality_list")
    form = MunicipalityForm(_sent(request), instance=municipality, cancel_url=back)
    return _form_page(
        request,
        form,
        lambda: actions.save_municipality(
            municipality=municipality, by=request.user, fields=form.cleaned_data
        ),
        done=_("Kunnan tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=_trail((_("Kunnat"), back), (title, "")),
    )


@administrators_only
def municipality_create(request: WorkerRequest) -> HttpResponse:
    """A municipality that is not on the list, as after a merger."""
    return _municipality_form(request, Municipality(), _("Uusi kunta"))


@administrators_only
def municipality_edit(request: WorkerRequest, code: str) -> HttpResponse:
    """The facts of a municipality."""
    municipality = get_object_or_404(Municipality, code=code)
    return _municipality_form(request, municipality, municipality.name_fi)


# --- areas ---------------------------------------------------------------------------------------


@administrators_only
def area_list(request: WorkerRequest) -> HttpResponse:
    """Every area of family-centre work."""
    form = SearchForm(request.GET, hint=_("Alueen tai kunnan nimi."))
    page = _page_of(request, areas_found(form.words).order_by(finnish("name")))
    return _list_page(
        request,
        title=_("Alueet"),
        form=form,
        page=page,
        add_label=_("Lisää alue"),
        add_url=reverse("area_create"),
        head=[{"text": text} for text in (_("Alue"), _("Kunnat"))],
        rows=[
            {
                "cells": [
                    {"text": one.name, "url": reverse("area_edit", args=[one.pk])},
                    {"text": words.listed(one.municipalities.all())},
                ]
            }
            for one in page
        ],
    )


def _area_form(request: WorkerRequest, area: Area, title: str) -> HttpResponse:
    back = reverse("area_list")
    form = AreaForm(_sent(request), instance=area, cancel_url=back)
    return _form_page(
        request,
        form,
        lambda: actions.save_area(area=area, by=request.user, fields=form.cleaned_data),
        done=_("Alue on tallennettu."),
        back=back,
        title=title,
        breadcrumb=_trail((_("Alueet"), back), (title, "")),
    )


@administrators_only
def area_create(request: WorkerRequest) -> HttpResponse:
    """A new area."""
    return _area_form(request, Area(), _("Uusi alue"))


@administrators_only
def area_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """An area and its municipalities."""
    area = get_object_or_404(Area, pk=pk)
    return _area_form(request, area, area.name)


# --- organisations and units ---------------------------------------------------------------------


@administrators_only
def organisation_list(request: WorkerRequest) -> HttpResponse:
    """Every organisation of the network."""
    form = SearchForm(request.GET, hint=_("Organisaation tai yksikön nimi."))
    organisations = organisations_found(form.words)
    page = _page_of(request, organisations.order_by(finnish("name"), "pk"))
    return _list_page(
        request,
        title=_("Organisaatiot ja yksiköt"),
        form=form,
        page=page,
        add_label=_("Lisää organisaatio"),
        add_url=reverse("organisation_create"),
        head=[
            {"text": _("Organisaatio")},
            {"text": _("Toimiala")},
            {"text": _("Julkinen palvelu")},
            {"text": _("Yksiköitä"), "number": True},
        ],
        rows=[
            {
                "cells": [
                    {"text": one.name, "url": reverse("organisation_edit", args=[one.pk])},
                    {"text": one.get_sector_display()},
                    {"text": _("kyllä") if one.is_public_service else _("ei")},
                    {"text": one.unit_count, "number": True},
                ]
            }
            for one in page
        ],
    )


def _organisation_form(
    request: WorkerRequest, organisation: Organisation, title: str, **context: Any
) -> HttpResponse:
    back = reverse("organisation_list")
    form = OrganisationForm(_sent(request), instance=organisation, cancel_url=back)
    return _form_page(
        request,
        form,
        lambda: actions.save_organisation(
            organisation=organisation, by=request.user, fields=form.cleaned_data
        ),
        done=_("Organisaation tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=_trail((_("Organisaatiot ja yksiköt"), back), (title, "")),
        **context,
    )


@administrators_only
def organisation_create(request: WorkerRequest) -> HttpResponse:
    """A new organisation in the network."""
    return _organisation_form(request, Organisation(), _("Uusi organisaatio"))


@administrators_only
def organisation_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """An organisation and its units."""
    organisation = get_object_or_404(Organisation, pk=pk)
    units = organisation.units.select_related("municipality").order_by(
        finnish("name"), finnish("municipality__name_fi")
    )
    return _organisation_form(
        request,
        organisation,
        organisation.name,
        units=[
            {"text": f"{unit.name}, {unit.municipality}", "url": reverse("unit_edit", args=[unit.pk])}
            for unit in units
        ],
        unit_create_url=reverse("unit_create", args=[pk]),
    )


def _unit_form(request: WorkerRequest, unit: Unit, title: str) -> HttpResponse:
    back = reverse("organisation_edit", args=[unit.organisation_id])
    form = UnitForm(_sent(request), instance=unit, cancel_url=back)
    return _form_page(
        request,
        form,
        lambda: actions.save_unit(unit=unit, by=request.user, fields=form.cleaned_data),
        done=_("Yksikön tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=_trail(
            (_("Organisaatiot ja yksiköt"), reverse("organisation_list")),
            (str(unit.organisation), back),
            (title, ""),
        ),
    )


@administrators_only
def unit_create(request: WorkerRequest, pk: int) -> HttpResponse:
    """A new unit of an organisation."""
    organisation = get_object_or_404(Organisation, pk=pk)
    return _unit_form(request, Unit(organisation=organisation), _("Uusi yksikkö"))


@administrators_only
def unit_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """The facts of a unit."""
    unit = get_object_or_404(Unit, pk=pk)
    return _unit_form(request, unit, unit.name)
