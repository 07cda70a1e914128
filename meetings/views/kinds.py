"""The kinds of meeting: everybody reads them, the coordinator words them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions.kinds import change_kind
from ..agenda import why_not_in_time
from ..forms.kinds import PARTS, ROLES, KindEditForm, named_flags
from ..kinds import history
from ..models import Kind
from ..rules.kinds import why_not_keep_kinds

PAGE_SIZE = 20


@require_safe
def kind_list(request: WorkerRequest) -> HttpResponse:
    """What kinds of meeting there are, what is done in each and for how long."""
    keeps = not why_not_keep_kinds(request.user)
    kinds = Kind.objects.visible_to(request.user).prefetch_related("agenda")
    rows = [_row(kind, keeps=keeps) for kind in kinds if keeps or kind.is_active]
    return render(request, "meetings/kind_list.html", {"rows": rows, "keeps": keeps})


def _row(kind: Kind, *, keeps: bool) -> dict[str, Any]:
    agenda = list(kind.agenda.all())
    return {
        "code": kind.code,
        "title": kind.title,
        "explanation": kind.explanation,
        "chip": "" if kind.is_active else _("ei käytössä"),
        "facts": [
            {"term": _("Kesto"), "text": words.duration(kind.minutes)},
            {"term": _("Mitä käytetään"), "text": _flags(kind, PARTS)},
            {"term": _("Sovittavat tehtävät"), "text": _flags(kind, ROLES)},
        ],
        "agenda": [{"title": row.title, "length": words.duration(row.minutes)} for row in agenda],
        "warning": why_not_in_time(agenda, kind.minutes) if keeps else "",
        "edit_url": reverse("kind_edit", args=[kind.code]) if keeps else "",
        "history_url": reverse("kind_history", args=[kind.code]) if keeps else "",
    }


def _flags(kind: Kind, names: tuple[str, ...]) -> str:
    said = [words_ for name, words_ in named_flags(names) if getattr(kind, name)]
    return words.listed(word if number == 0 else _lower(word) for number, word in enumerate(said)) or "–"


def _lower(word: str) -> str:
    """Hyvinvoinnin tähti keeps its capital: it is a name."""
    return word if word.startswith("Hyvinvoinnin") else word[:1].lower() + word[1:]


def _kept(request: WorkerRequest, code: str) -> Kind:
    """For those who don't keep the kinds the page does not exist."""
    if why_not_keep_kinds(request.user):
        raise Http404
    return get_object_or_404(Kind.objects.visible_to(request.user), code=code)


def _trail(kind: Kind, last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Tapaamislajit"), "url": reverse("kind_list")},
        {"label": f"{kind.title}: {last}", "url": ""},
    ]


def kind_edit(request: WorkerRequest, code: str) -> HttpResponse:
    """Word a kind of meeting."""
    kind = _kept(request, code)
    data = request.POST if request.method == "POST" else None
    form = KindEditForm(data, kind=kind, cancel_url=reverse("kind_list"))
    if form.is_bound and form.is_valid():
        try:
            changed = change_kind(
                kind=kind,
                by=request.user,
                card=form.card,
                agenda=form.agenda,
                seen_version=form.cleaned_data["seen_version"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Tallennettiin. Koolle kutsutut tapaamiset pitävät oman asialistansa.")
            )
            if warning := why_not_in_time(form.agenda, changed.minutes):
                messages.warning(request, warning)
            return redirect("kind_list")
    return render(
        request,
        "meetings/kind_edit.html",
        {"form": form, "title": kind.title, "breadcrumb": _trail(kind, _("muokkaus"))},
        status=422 if form.is_bound else 200,
    )


@require_safe
def kind_history(request: WorkerRequest, code: str) -> HttpResponse:
    """Who has changed the kind, what and when."""
    kind = _kept(request, code)
    page = Paginator(history(kind), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/kind_history.html",
        {"page": page, "title": kind.title, "breadcrumb": _trail(kind, _("muutokset"))},
    )
