"""The directory as files: choose one, see what it would do, take it in; and get one out."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import imports as actions
from ..exchange.cells import guarded
from ..exchange.comparing import LINE, REASON
from ..exchange.offered import KINDS
from ..exchange.progress import progress_of
from ..exchange.writing import CSV_TYPE, EXCEL_TYPE, csv_lines, rows_of, workbook
from ..forms.imports import ApplyForm, ImportForm
from ..models import DirectoryImport, ImportRow
from ..requests import WorkerRequest
from ..rules.imports import kinds_of, why_not_apply, why_not_cancel, why_not_check_again
from ..states import ImportState, RowOutcome

PAGE_SIZE = 50

View = Callable[..., HttpResponseBase]

TONES = {
    ImportState.APPLIED: "ok",
    ImportState.CHECKED: "wait",
    ImportState.FAILED: "alert",
    ImportState.CANCELLED: "neutral",
}

OUTCOME_WORDS = {
    RowOutcome.BAD: lambda: _("Virheelliset"),
    RowOutcome.ADDED: lambda: _("Uudet"),
    RowOutcome.CHANGED: lambda: _("Muuttuvat"),
    RowOutcome.UNCHANGED: lambda: _("Ennallaan"),
}


def importers_only(view: View) -> View:
    """For those who take no kind of file in the page does not exist."""

    @wraps(view)
    def guarded_view(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not kinds_of(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded_view


def _trail(request: WorkerRequest, *rows: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (label, URL) up to the page itself, whose URL is empty."""
    begin = [(_("Ylläpito"), reverse("administration"))] if request.user.is_administrator else []
    return [{"label": label, "url": url} for label, url in [*begin, *rows]]


def _import_of(request: WorkerRequest, pk: int) -> DirectoryImport:
    rows = DirectoryImport.objects.visible_to(request.user).without_file()
    return get_object_or_404(rows.select_related("uploaded_by", "applied_by"), pk=pk)


# --- the list, and a new file --------------------------------------------------------------------


@require_GET
@importers_only
def import_list(request: WorkerRequest) -> HttpResponse:
    """What can be taken in and out, and the files that have been."""
    rows = DirectoryImport.objects.visible_to(request.user).without_file().select_related("uploaded_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "network/import_list.html",
        {
            "kinds": [
                {
                    "label": KINDS[kind].label,
                    "about": KINDS[kind].about,
                    "excel_url": reverse("directory_export", args=[kind, "xlsx"]),
                    "csv_url": reverse("directory_export", args=[kind, "csv"]),
                }
                for kind in kinds_of(request.user)
            ],
            "page": page,
            "caption": ngettext("%(count)d tiedosto", "%(count)d tiedostoa", page.paginator.count)
            % {"count": page.paginator.count},
            "head": [
                {"text": text} for text in (_("Tiedosto"), _("Mitä"), _("Milloin"), _("Kuka"), _("Tila"))
            ],
            "rows": [
                {
                    "cells": [
                        {"text": one.file_name, "url": reverse("import_detail", args=[one.pk])},
                        {"text": KINDS[one.kind].label},
                        {"text": words.moment(one.uploaded_at)},
                        {"text": one.uploaded_by.name},
                        {"text": one.get_state_display()},
                    ]
                }
                for one in page
            ],
            "breadcrumb": _trail(request, (_("Tuonti ja vienti"), "")),
        },
    )


@importers_only
def import_create(request: WorkerRequest) -> HttpResponse:
    """Choose a file; nothing of the directory changes yet."""
    back = reverse("import_list")
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        kinds=kinds_of(request.user),
        cancel_url=back,
    )
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.upload(
                by=request.user, kind=form.chosen_kind, file_name=file.name, content=file.read()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("import_detail", pk=row.pk)
    return render(
        request,
        "network/import_create.html",
        {"form": form, "breadcrumb": _trail(request, (_("Tuonti ja vienti"), back), (_("Tuo tiedosto"), ""))},
    )


# --- one file ------------------------------------------------------------------------------------


@importers_only
def import_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """How far the file is; when it is checked, what it would do, and the press that takes it in."""
    row = _import_of(request, pk)
    if row.is_under_way and request.method == "GET":
        return _under_way(request, row)
    if request.htmx:
        # The page that waited is drawn anew with the result.
        return HttpResponseClientRefresh()
    form = None
    if not why_not_apply(request.user, row):
        form = ApplyForm(request.POST if request.method == "POST" else None, directory_import=row)
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals_as_messages(request):
            seen = form.cleaned_data["seen"] if form else ""
            actions.apply(directory_import=row, by=request.user, seen=seen)
        return redirect("import_detail", pk=pk)
    return render(request, "network/import_detail.html", _facts(request, row) | {"form": form})


def _under_way(request: WorkerRequest, row: DirectoryImport) -> HttpResponse:
    told = progress_of(row.pk) if row.attempts else None
    is_applying = row.state == ImportState.APPLYING
    facts = {
        "title": _("Tietoja viedään hakemistoon") if is_applying else _("Tiedostoa tarkistetaan"),
        "phase": told[0] if told else _("Odottaa vuoroaan"),
        "percent": told[1] if told else None,
        "url": request.path,
    }
    if request.htmx:
        return render(request, "network/_import_progress.html", facts)
    return render(
        request,
        "network/import_progress.html",
        facts
        | {
            "lead": _described(row),
            "is_applying": is_applying,
            "cancel_url": _cancel_url(request, row),
            "breadcrumb": _trail(
                request, (_("Tuonti ja vienti"), reverse("import_list")), (row.file_name, "")
            ),
        },
    )


def _cancel_url(request: WorkerRequest, row: DirectoryImport) -> str:
    """Empty when it is too late."""
    return "" if why_not_cancel(request.user, row) else reverse("import_cancel", args=[row.pk])


def _described(row: DirectoryImport) -> str:
    return f"{KINDS[row.kind].label}: {row.file_name}"


def _titles() -> dict[str, str]:
    return {
        ImportState.CHECKED: _("Tarkista ja vie"),
        ImportState.APPLIED: _("Tiedot on viety hakemistoon"),
        ImportState.FAILED: _("Tiedostoa ei voitu viedä"),
        ImportState.CANCELLED: _("Tuonti on peruttu"),
    }


def _facts(request: WorkerRequest, row: DirectoryImport) -> dict[str, Any]:
    outcome = _chosen_outcome(request, row)
    page = Paginator(row.rows.filter(outcome=outcome), PAGE_SIZE).get_page(request.GET.get("page"))
    label = OUTCOME_WORDS[outcome]()
    return {
        "title": _titles()[row.state],
        "lead": _described(row),
        "state": row.state,
        "message": row.message,
        "tone": "wait" if row.state == ImportState.CHECKED else "alert",
        "notes": row.notes,
        "told": _told(row),
        "counts": [
            {
                "label": name(),
                "number": words.counted(row.count(one)),
                "url": f"?rivit={one}#rivit",
                "current": one == outcome,
                "has_rows": row.count(one) > 0,
                "alert": one == RowOutcome.BAD and row.count(one) > 0,
            }
            for one, name in OUTCOME_WORDS.items()
        ]
        if row.counts and row.state != ImportState.CANCELLED
        else [],
        "caption": f"{label}: {words.counted(row.count(outcome))}",
        "outcome": outcome,
        "head": [{"text": text} for text in _head(outcome)],
        "rows": [{"cells": [{"text": one.line}, *_cells(one)]} for one in page],
        "page": page,
        "bad_rows_url": reverse("import_bad_rows", args=[row.pk])
        if row.count(RowOutcome.BAD) and row.headings
        else "",
        "nothing_to_do": row.state == ImportState.CHECKED and not row.written_count,
        "tells_new_workers": row.state == ImportState.APPLIED
        and row.kind == "workers"
        and row.count(RowOutcome.ADDED) > 0,
        "check_url": "" if why_not_check_again(request.user, row) else reverse("import_check", args=[row.pk]),
        "cancel_url": _cancel_url(request, row),
        "breadcrumb": _trail(request, (_("Tuonti ja vienti"), reverse("import_list")), (row.file_name, "")),
    }


def _told(row: DirectoryImport) -> list[dict[str, str]]:
    """Who did what and when."""
    rows = [
        {"term": _("Tuonut"), "text": f"{row.uploaded_by.name}, {words.moment(row.uploaded_at)}"},
    ]
    if row.applied_by is not None and row.applied_at is not None:
        rows.append(
            {
                "term": _("Vienyt hakemistoon"),
                "text": f"{row.applied_by.name}, {words.moment(row.applied_at)}",
            }
        )
    return rows


def _chosen_outcome(request: WorkerRequest, row: DirectoryImport) -> RowOutcome:
    """What the reader asks for; else the first of bad, new, changed and unchanged that has rows."""
    asked = request.GET.get("rivit", "")
    if asked in RowOutcome.values:
        return RowOutcome(asked)
    return next((one for one in OUTCOME_WORDS if row.count(one)), RowOutcome.UNCHANGED)


def _head(outcome: RowOutcome) -> list[str]:
    head = [_("Rivi"), _("Mikä")]
    if outcome == RowOutcome.BAD:
        return [*head, _("Miksi jää pois")]
    return [*head, _("Mikä muuttuu")] if outcome == RowOutcome.CHANGED else head


def _cells(one: ImportRow) -> Iterator[dict[str, Any]]:
    yield {"text": one.name}
    if one.outcome == RowOutcome.BAD:
        yield {"lines": one.reasons}
    elif one.outcome == RowOutcome.CHANGED:
        yield {"changes": [{"heading": name, "was": was, "now": now} for name, was, now in one.changes]}


@require_POST
@importers_only
def import_check(request: WorkerRequest, pk: int) -> HttpResponse:
    """Compare the file with the directory once more."""
    row = _import_of(request, pk)
    with refusals_as_messages(request):
        actions.check_again(directory_import=row, by=request.user)
    return redirect("import_detail", pk=pk)


@require_POST
@importers_only
def import_cancel(request: WorkerRequest, pk: int) -> HttpResponse:
    """Give the file up."""
    row = _import_of(request, pk)
    with refusals_as_messages(request):
        actions.cancel(directory_import=row, by=request.user)
        messages.success(request, _("Tuonti on peruttu. Hakemisto on ennallaan."))
        return redirect("import_list")
    return redirect("import_detail", pk=pk)


# --- files out -----------------------------------------------------------------------------------


@require_GET
@importers_only
def import_bad_rows(request: WorkerRequest, pk: int) -> HttpResponseBase:
    """The rows that are left out, each with its reason, to be mended and brought back."""
    row = _import_of(request, pk)
    bad = row.rows.filter(outcome=RowOutcome.BAD).order_by("line")
    table: list[list[str]] = [[*map(guarded, row.headings), LINE, REASON]]
    for one in bad:
        table.append([*map(guarded, one.cells), str(one.line), guarded(" ".join(one.reasons))])
    return _as_csv(iter(table), f"virheelliset-rivit-{row.pk}.csv")


@require_GET
@importers_only
def directory_export(request: WorkerRequest, kind: str, file: str) -> HttpResponseBase:
    """Every row of the kind as CSV or Excel."""
    if kind not in kinds_of(request.user) or file not in {"csv", "xlsx"}:
        raise Http404
    name = f"{KINDS[kind].file_name}-{words.today().isoformat()}.{file}"
    if file == "csv":
        return _as_csv(rows_of(KINDS[kind]), name)
    return FileResponse(workbook(KINDS[kind]), as_attachment=True, filename=name, content_type=EXCEL_TYPE)


def _as_csv(rows: Iterator[list[str]], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type=CSV_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
