"""A table of the dashboard as a file: CSV as Finnish spreadsheets read it, Excel with what is counted."""

import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from network.exchange.cells import guarded
from network.exchange.writing import csv_lines

from .published import Shown
from .tables import Table, Value, number_of, words_of

HEAD_WIDTH, CELL_WIDTH, SENTENCE_WIDTH = 30, 14, 90


def as_csv(table: Table) -> Iterator[str]:
    """The file line by line: semicolons, Finnish decimals, and the mark by which Excel knows UTF-8."""
    return csv_lines(
        [[guarded(head) for head in table.head], *([_text(cell) for cell in row] for row in table.rows)]
    )


def _text(value: Value) -> str:
    """A number with a Finnish decimal comma, or words that no spreadsheet calculates from."""
    number = number_of(value)
    if number is not None:
        return str(number).replace(".", ",")
    words = _plain(value)
    # A change, +10…+16, would be a formula. It is the house's own words: without the signs it needs no guard.
    return words.replace("+", "") if isinstance(value, Shown) else guarded(words)


def _plain(value: Value) -> str:
    """Thousands without the spaces by which a page is read: a program reads these."""
    return value.said(str) if isinstance(value, Shown) else words_of(value)


def as_workbook(table: Table) -> io.BytesIO:
    """A file at its beginning: the numbers to count with, and on a second sheet what each of them means."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": table.caption})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    right = book.add_format({"align": "right", "valign": "top"})
    day = book.add_format({"num_format": "d.m.yyyy", "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("Luvut"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_column(0, 0, HEAD_WIDTH)
    sheet.set_column(1, max(len(table.head) - 1, 1), CELL_WIDTH)
    sheet.freeze_panes(1, 1)
    for place, text in enumerate(table.head):
        sheet.write_string(0, place, text, head)
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            amount = number_of(value)
            if amount is not None:
                sheet.write_number(number, place, amount, plain)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            else:
                sheet.write_string(number, place, _plain(value), plain if isinstance(value, str) else right)
    meanings = book.add_worksheet(_("Mitä tässä lasketaan"))
    meanings.set_column(0, 0, HEAD_WIDTH)
    meanings.set_column(1, 1, SENTENCE_WIDTH)
    meanings.write_string(0, 0, table.caption, head)
    for number, (what, sentence) in enumerate(table.counted, start=1):
        meanings.write_string(number, 0, what, head)
        meanings.write_string(number, 1, sentence, wrapped)
    book.close()
    file.seek(0)
    return file
