"""A table of the dashboard on its page, and the same as a file."""

from html import escape
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from network.exchange.writing import CSV_TYPE, EXCEL_TYPE
from network.requests import WorkerRequest
from perhekeskus.words import counter

from ...dashboard.files import as_csv, as_workbook
from ...dashboard.ranges import Range
from ...dashboard.tables import Table, table_called, words_of
from .frame import asked_range

FORMS = ("csv", "xlsx")


def shown_table(table: Table, query: str = "") -> dict[str, Any]:
    """What `meetings/dashboard/_table.html` writes: all cells as one string, and where the files are."""
    are_numbers = _columns_of_numbers(table)
    urls = {form: reverse("count_table", args=[table.name, form]) for form in FORMS}
    return {
        "caption": table.caption,
        "head": [
            {"text": text, "number": number} for text, number in zip(table.head, are_numbers, strict=True)
        ],
        "body": _body(table, are_numbers),
        "has_total_row": table.has_total_row,
        "has_total_column": table.has_total_column,
        **{f"{form}_url": f"{url}?{query}" if query else url for form, url in urls.items()},
    }


def _columns_of_numbers(table: Table) -> list[bool]:
    """Which columns stand to the right: those that hold anything else than words."""
    return [
        place > 0 and any(not isinstance(row[place], str) for row in table.rows)
        for place in range(len(table.head))
    ]


def _body(table: Table, are_numbers: list[bool]) -> SafeString:
    """The rows in HTML. There can be thousands of cells: too many for a template's nodes."""
    opens = ['<td class="number">' if number else "<td>" for number in are_numbers[1:]]
    # The same small numbers stand in cell after cell, as the very same objects (`published.shown`).
    written: dict[int, str] = {}
    number = counter()
    lines = []
    for head, *values in table.rows:
        cells = []
        for begins, value in zip(opens, values, strict=True):
            if (words := written.get(id(value))) is None:
                words = written[id(value)] = f"{escape(words_of(value, number))}</td>"
            cells.append(begins + words)
        lines.append(f'<tr><th scope="row">{escape(words_of(head, number))}</th>{"".join(cells)}</tr>')
    return mark_safe("".join(lines))  # every cell is escaped


@require_safe
def count_table(request: WorkerRequest, name: str, form: str) -> HttpResponseBase:
    """A table of the dashboard as CSV or Excel: the same numbers as on its page; 404 as the page."""
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
