"""The administrator's pages of places: municipalities, areas, organisations and their units."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from perhekeskus import words

from ..actions import administration as actions
from ..directory import areas_found, municipalities_found, organisations_found
from ..forms.administration import (
    AreaForm,
    MunicipalityForm,
    OrganisationForm,
    PopulationForm,
    SearchForm,
    UnitForm,
)
from ..models import Area, Municipality, Organisation, Population, Unit
from ..requests import WorkerRequest
from ..sorting import finnish
from .administration import administrators_only, form_page, list_page, page_of, sent, trail_of

# --- municipalities ------------------------------------------------------------------------------


@administrators_only
def municipality_list(request: WorkerRequest) -> HttpResponse:
    """Every municipality of Finland."""
    form = SearchForm(request.GET, hint=_("Kunnan tai hyvinvointialueen nimi, tai kuntanumero."))
    page = page_of(request, municipalities_found(form.words).order_by(finnish("name_fi")))
    return list_page(
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


def _municipality_form(
    request: WorkerRequest, municipality: Municipality, title: str, **context: Any
) -> HttpResponse:
    back = reverse("municipality_list")
    form = MunicipalityForm(sent(request), instance=municipality, cancel_url=back)
    return form_page(
        request,
        form,
        lambda: actions.save_municipality(
            municipality=municipality, by=request.user, fields=form.cleaned_data
        ),
        done=_("Kunnan tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=trail_of((_("Kunnat"), back), (title, "")),
        **context,
    )


@administrators_only
def municipality_create(request: WorkerRequest) -> HttpResponse:
    """A municipality that is not on the list, as after a merger."""
    return _municipality_form(request, Municipality(), _("Uusi kunta"))


@administrators_only
def municipality_edit(request: WorkerRequest, code: str) -> HttpResponse:
    """The facts of a municipality."""
    municipality = get_object_or_404(Municipality, code=code)
    return _municipality_form(
        request,
        municipality,
        municipality.name_fi,
        populations=[
            {"term": str(one.year), "text": words.counted(one.under_18)}
            for one in municipality.populations.all()
        ],
        population_url=reverse("municipality_population", args=[code]),
    )


@administrators_only
def municipality_population(request: WorkerRequest, code: str) -> HttpResponse:
    """The under-18s of a municipality in one year."""
    municipality = get_object_or_404(Municipality, code=code)
    back = reverse("municipality_edit", args=[code])
    # The municipality is known: of the same year an earlier number is corrected, not refused.
    form = PopulationForm(sent(request), instance=Population(), cancel_url=back)
    title = _("Alle 18-vuotiaat")
    return form_page(
        request,
        form,
        lambda: actions.save_population(municipality=municipality, by=request.user, **form.cleaned_data),
        done=_("Luku on tallennettu."),
        back=back,
        title=title,
        breadcrumb=trail_of(
            (_("Kunnat"), reverse("municipality_list")), (municipality.name_fi, back), (title, "")
        ),
    )


# --- areas ---------------------------------------------------------------------------------------


@administrators_only
def area_list(request: WorkerRequest) -> HttpResponse:
    """Every area of family-centre work."""
    form = SearchForm(request.GET, hint=_("Alueen tai kunnan nimi."))
    page = page_of(request, areas_found(form.words).order_by(finnish("name")))
    return list_page(
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
    form = AreaForm(sent(request), instance=area, cancel_url=back)
    return form_page(
        request,
        form,
        lambda: actions.save_area(area=area, by=request.user, fields=form.cleaned_data),
        done=_("Alue on tallennettu."),
        back=back,
        title=title,
        breadcrumb=trail_of((_("Alueet"), back), (title, "")),
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
    page = page_of(request, organisations.order_by(finnish("name"), "pk"))
    return list_page(
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
    form = OrganisationForm(sent(request), instance=organisation, cancel_url=back)
    return form_page(
        request,
        form,
        lambda: actions.save_organisation(
            organisation=organisation, by=request.user, fields=form.cleaned_data
        ),
        done=_("Organisaation tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=trail_of((_("Organisaatiot ja yksiköt"), back), (title, "")),
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
    form = UnitForm(sent(request), instance=unit, cancel_url=back)
    return form_page(
        request,
        form,
        lambda: actions.save_unit(unit=unit, by=request.user, fields=form.cleaned_data),
        done=_("Yksikön tiedot on tallennettu."),
        back=back,
        title=title,
        breadcrumb=trail_of(
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
