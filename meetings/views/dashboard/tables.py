"""A table of the dashboard on its page, and the same as a file."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from network.exchange.writing import CSV_TYPE, EXCEL_TYPE
from network.requests import WorkerRequest

from ...dashboard.files import as_csv, as_workbook
from ...dashboard.ranges import Range
from ...dashboard.tables import Table, Value, table_called, words_of
from .frame import asked_range, let_in

FORMS = ("csv", "xlsx")


def shown_table(table: Table, query: str = "") -> dict[str, Any]:
    """What `meetings/dashboard/_table.html` writes: all cells as one string, and where the files are."""
    urls = {form: reverse("count_table", args=[table.name, form]) for form in FORMS}
    return {
        "caption": table.caption,
        "head": _head(table),
        "body": _body(table.rows),
        "has_total_row": table.has_total_row,
        "has_total_column": table.has_total_column,
        **{f"{form}_url": f"{url}?{query}" if query else url for form, url in urls.items()},
    }


def shown_tables(tables: Iterable[Table], query: str = "") -> dict[str, dict[str, Any]]:
    """Tables by their names, with lines below between the words, as a template asks for them."""
    return {table.name.replace("-", "_"): shown_table(table, query) for table in tables}


def _head(table: Table) -> list[dict[str, Any]]:
    """A heading stands over its numbers, to the right."""
    first = table.rows[0] if table.rows else ()
    are_numbers = [not isinstance(value, str) for value in first] or [False] * len(table.head)
    return [{"text": text, "number": number} for text, number in zip(table.head, are_numbers, strict=True)]


def _body(rows: Iterable[tuple[Value, ...]]) -> SafeString:
    """The rows in HTML. There can be thousands of cells: too many for a template's nodes."""
    lines = [f"<tr>{_head_cell(row[0])}{''.join(map(_cell, row[1:]))}</tr>" for row in rows]
    return mark_safe("".join(lines))


def _head_cell(value: Value) -> str:
    return f'<th scope="row">{escape(words_of(value))}</th>'


def _cell(value: Value) -> str:
    mark = "" if isinstance(value, str) else ' class="number"'
    return f"<td{mark}>{escape(words_of(value))}</td>"


@require_safe
def count_table(request: WorkerRequest, name: str, form: str) -> HttpResponseBase:
    """A table of the dashboard as CSV or Excel: the same numbers as on its page."""
    let_in(request)
    months = asked_range(request).range
    choices = {key: request.GET[key] for key in request.GET if key not in {"first", "last"}}
    table = table_called(name, request.user, months, choices) if form in FORMS else None
    if table is None:
        raise Http404
    file_name = f"{name}-{_span(months)}.{form}"
    if form == "csv":
        response = HttpResponse("".join(as_csv(table)), content_type=CSV_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response
    return FileResponse(as_workbook(table), as_attachment=True, filename=file_name, content_type=EXCEL_TYPE)


def _span(months: Range) -> str:
    """2026-01--2026-11"""
    return f"{months.first:%Y-%m}--{months.last:%Y-%m}"
