"""The places of work: by municipality and sector, one unit's page, and keeping it."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import cards as actions
from ..cards import rows_of_unit
from ..forms.cards import UnitCardForm
from ..forms.units import UnitListForm
from ..models import Unit, Worker
from ..requests import WorkerRequest
from ..rules.cards import why_not_keep_unit
from ..sorting import by_name, finnish
from ..states import Sector


def unit_list(request: WorkerRequest) -> HttpResponse:
    """The organisations and units of a municipality or an area, sector by sector: also who is missing."""
    form = UnitListForm(request.GET, municipality=request.user.unit.municipality_id)
    units = form.chosen(
        Unit.objects.visible_to(request.user)
        .select_related("organisation", "municipality")
        .order_by(finnish("organisation__name"), finnish("name"), "pk")
    )
    by_sector: dict[str, list[Unit]] = {}
    for unit in units:
        by_sector.setdefault(unit.organisation.sector, []).append(unit)
    return render(
        request,
        "network/unit_list.html",
        {
            "form": form,
            "sectors": [
                {
                    "name": label[:1].upper() + label[1:],
                    "organisations": [
                        {"name": organisation, "units": [_unit_row(unit) for unit in rows]}
                        for organisation, rows in groupby(
                            by_sector.get(sector, []), key=lambda unit: unit.organisation.name
                        )
                    ],
                }
                for sector, label in ((one.value, str(one.label)) for one in Sector)
            ],
        },
    )


def _unit_row(unit: Unit) -> dict[str, str]:
    return {
        "name": unit.name,
        "url": reverse("unit_detail", args=[unit.pk]),
        "note": ", ".join(filter(None, (str(unit.municipality), words.telephone(unit.phone)))),
    }


def unit_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One unit: what is done there, how to reach it, and who works there."""
    unit = get_object_or_404(
        Unit.objects.visible_to(request.user).select_related("organisation", "municipality", "area"), pk=pk
    )
    workers = list(Worker.objects.visible_to(request.user).active().filter(unit=unit).order_by(*by_name()))
    may_keep = why_not_keep_unit(request.user, unit) is None
    return render(
        request,
        "network/unit_detail.html",
        {
            "title": unit.name,
            "lead": f"{unit.organisation}, {unit.municipality}",
            "update_url": reverse("unit_update", args=[pk]) if may_keep else "",
            "description": unit.description,
            "contact": _contact(unit),
            "people_title": ngettext("%(count)d työntekijä", "%(count)d työntekijää", len(workers))
            % {"count": len(workers)},
            "people": [
                {
                    "initials": words.initials(worker.name),
                    "name": worker.name,
                    "note": worker.title,
                    "url": reverse("worker_detail", args=[worker.pk]),
                }
                for worker in workers
            ],
            "breadcrumb": [
                {"label": _("Verkosto"), "url": reverse("directory")},
                {"label": _("Yksiköt"), "url": f"{reverse('unit_list')}?municipality={unit.municipality_id}"},
                {"label": unit.name},
            ],
        },
    )


def _contact(unit: Unit) -> list[dict]:
    rows = [
        {
            "term": _("Puhelin"),
            "text": words.telephone(unit.phone),
            "url": unit.phone and unit.phone.as_rfc3966,
        },
        {"term": _("Auki"), "text": unit.opening_hours},
        {"term": _("Sähköposti"), "text": unit.email, "url": f"mailto:{unit.email}"},
        {"term": _("Osoite"), "text": unit.address},
        {"term": _("Verkkosivu"), "text": unit.website, "url": unit.website},
        {
            "term": _("Sähköinen yhteydenotto"),
            "text": unit.electronic_contact,
            "url": unit.electronic_contact,
        },
        {"term": _("Alue"), "text": str(unit.area or "")},
        {"term": _("Toimiala"), "text": unit.organisation.get_sector_display()},
        *({"term": row.term, "text": row.text, "url": row.url} for row in rows_of_unit(unit)),
    ]
    return [row for row in rows if row["text"]]


def unit_update(request: WorkerRequest, pk: int) -> HttpResponse:
    """What the unit tells of itself, for the one who keeps it."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("municipality"), pk=pk)
    if why_not_keep_unit(request.user, unit):
        raise Http404
    back, name = reverse("unit_detail", args=[pk]), unit.name
    form = UnitCardForm(request.POST if request.method == "POST" else None, instance=unit, cancel_url=back)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_unit(
                unit=unit, by=request.user, fields=form.cleaned_data, seen=form.cleaned_data["seen"]
            )
        except Refused as refused:
            form.refuse(str(refused))
        else:
            messages.success(request, _("Yksikön tiedot on tallennettu."))
            return redirect(back)
    return render(
        request,
        "network/unit_update.html",
        {
            "form": form,
            "title": name,
            "breadcrumb": [
                {"label": _("Verkosto"), "url": reverse("directory")},
                {"label": name, "url": back},
                {"label": _("Muuta tietoja")},
            ],
        },
    )
