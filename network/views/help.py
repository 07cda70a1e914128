"""The pages for families that anybody may open, keep and find by a search engine.

They are the same for everybody: neither the session nor the reader is looked at.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perhekeskus import paper
from perhekeskus.languages import shared_time_name
from perhekeskus.public import public_page, public_response
from perhekeskus.words import day, finnish_sort_key, today

from ..contacts import municipality_at
from ..forms.help import MunicipalityNameForm
from ..help import answers, guidance_of, helped_municipalities, is_helped
from ..models import Municipality

# A change of the list is seen by families in ten minutes.
KEPT_SECONDS = 600
# As many papers as there are municipalities: each is made once in a process for what it says.
PAPERS = 320


def _public(content: str | bytes, content_type: str = "text/html; charset=utf-8") -> HttpResponse:
    return public_response(content, content_type, kept_seconds=KEPT_SECONDS)


def _municipality(word: str) -> Municipality:
    municipality = municipality_at(word)
    if municipality is None or not is_helped(municipality):
        raise Http404
    return municipality


def _facts(municipality: Municipality) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "guidance": guidance_of(municipality),
        "answers": answers(municipality),
    }


@login_not_required
@require_safe
def help(request: HttpRequest) -> HttpResponse:
    """Choose the municipality where the family lives."""
    form = MunicipalityNameForm(request.GET if "name" in request.GET else None)
    text = form.cleaned_data["name"] if form.is_bound and form.is_valid() else ""
    found = list(helped_municipalities(text))
    if text and len(found) == 1:
        return redirect("help_municipality", found[0].address_word)
    counties: dict[str, list[Municipality]] = {}
    for one in found:
        counties.setdefault(one.county_fi, []).append(one)
    facts = {
        "form": form,
        "text": text,
        "counties": sorted(counties.items(), key=lambda row: finnish_sort_key(row[0])),
    }
    return _public(public_page("network/help.html", facts))


@login_not_required
@require_safe
def help_municipality(request: HttpRequest, word: str) -> HttpResponse:
    """Whom a family can ask in this municipality, for each need; the one number on top."""
    municipality = _municipality(word)
    facts = _facts(municipality) | {"pdf_url": reverse("help_pdf", args=[word])}
    return _public(public_page("network/help_municipality.html", facts))


@lru_cache(maxsize=PAPERS)
def _printed(page: str) -> bytes:
    return paper.pdf_of(page)


@login_not_required
@require_safe
def help_pdf(request: HttpRequest, word: str) -> HttpResponse:
    """The same as a paper to be given or put on a wall."""
    municipality = _municipality(word)
    address = settings.BASE_URL + reverse("help_municipality", args=[word])
    title = _("Apua perheelle")
    footer = [shared_time_name(), title, str(municipality), day(today())]
    facts = _facts(municipality) | {"title": title, "footer": " · ".join(footer), "address": address}
    page = paper.page_of("network/help_paper.html", lambda: facts, language=settings.LANGUAGE_CODE)
    response = _public(_printed(page), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="apua-perheelle-{word}.pdf"'
    return response
