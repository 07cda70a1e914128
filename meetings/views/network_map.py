"""The map of the network: who works with whom, and who is missing."""

from itertools import combinations
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.requests import WorkerRequest
from network.states import Sector
from perhekeskus import words
from perhekeskus.web_picture import Link, Point, Web, web

from ..dashboard.published import Shown
from ..forms.network_map import MapForm
from ..network_map import NetworkMap
from ..network_map import network_map as map_of


def _name(sector: str) -> str:
    label = str(Sector(sector).label)
    return label[:1].upper() + label[1:]


def _words(number: Shown) -> str:
    return number.words if number.high else _("ei yhtään")


def _pairs(one: NetworkMap) -> list[tuple[str, str, Shown]]:
    """Each two sectors that sat together, the most frequent first."""
    found = [(a, b, one.together(a, b)) for a, b in combinations(Sector.values, 2)]
    return sorted(
        (pair for pair in found if pair[2].high), key=lambda pair: (-pair[2].high, pair[0], pair[1])
    )


def _description(one: NetworkMap) -> str:
    """What the picture says, in words."""
    sentences = [
        _("%(one)s ja %(other)s: %(number)s.")
        % {"one": _name(a), "other": Sector(b).label, "number": number.words}
        for a, b, number in _pairs(one)[:3]
    ]
    if one.missing:
        sentences.append(_missing(one))
    return " ".join(sentences)


def _missing(one: NetworkMap) -> str:
    missing = words.listed(Sector(sector).label for sector in one.missing)
    return _("Ei yhtään yhteistä aikaa: %(sectors)s.") % {"sectors": missing}


def _picture(one: NetworkMap) -> Web:
    numbers = {sector: number for number, sector in enumerate(Sector.values)}
    points: list[Point] = [
        {"name": _name(sector), "note": _words(one.sectors[sector]), "size": one.sectors[sector].high}
        for sector in Sector.values
    ]
    links: list[Link] = [
        {"ends": (numbers[a], numbers[b]), "size": number.low, "is_rough": not number.is_exact}
        for a, b, number in _pairs(one)
    ]
    return web(points, links, title=_("Toimialat yhdessä"), description=_description(one))


def _sector_rows(one: NetworkMap) -> list[dict[str, Any]]:
    rows = []
    for sector in Sector.values:
        never = [
            Sector(other).label
            for other in Sector.values
            if other != sector and not one.together(sector, other).high
        ]
        rows.append(
            {
                "head": _name(sector),
                "cells": [
                    {"text": words.listed(never) if one.sectors[sector].high else _("kenenkään kanssa")},
                    {"text": _words(one.sectors[sector]), "number": True},
                ],
            }
        )
    return rows


def network_map(request: WorkerRequest) -> HttpResponse:
    """Which sectors have sat down together in the latest whole half-year, as a picture and as tables."""
    form = MapForm(request.GET if "municipality" in request.GET else {"municipality": ""})
    municipality = form.cleaned_data["municipality"] if form.is_valid() else None
    one = map_of(words.today(), municipality)
    any_held = any(number.high for number in one.sectors.values())
    span = f"{date_format(one.first, 'F Y')} – {date_format(one.last, 'F Y')}"
    return render(
        request,
        "meetings/network_map.html",
        {
            "form": form,
            "lead": f"{municipality or _('Koko verkosto')}, {span}.",
            "web": _picture(one) if any_held else None,
            "missing": _missing(one) if any_held and one.missing else "",
            "limit": settings.SMALL_NUMBER_LIMIT,
            "largest_hidden": settings.SMALL_NUMBER_LIMIT - 1,
            "sector_caption": _("Toimialat"),
            "sector_head": [
                {"text": _("Toimiala")},
                {"text": _("Ei kertaakaan yhdessä")},
                {"text": _("Yhteisiä aikoja"), "number": True},
            ],
            "sector_rows": _sector_rows(one),
            "pair_caption": _("Kaksi toimialaa samassa yhteisessä ajassa"),
            "pair_head": [
                {"text": _("Toimialat")},
                {"text": _("Yhteisiä aikoja"), "number": True},
            ],
            "pair_rows": [
                {
                    "head": _("%(one)s ja %(other)s") % {"one": _name(a), "other": Sector(b).label},
                    "cells": [{"text": number.words, "number": True}],
                }
                for a, b, number in _pairs(one)
            ],
        },
    )
