"""The directory as a file: CSV row by row, and Excel. What is written reads back as it was."""

import csv
import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils.translation import override

from .cells import guarded
from .kinds import Kind

CHUNK = 1000
CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
WIDTHS = {"Mitä teen": 50, "Mitä täällä tehdään": 50, "Sähköposti": 34, "Nimi": 34}


class _Echo:
    """What csv writes into: it hands the line on."""

    def write(self, line: str) -> str:
        return line


def rows_of(kind: Kind) -> Iterator[list[str]]:
    """The headings, and a row of cells for each row of the directory."""
    yield kind.headings
    # Only here, not around the yield: a response is written between others of the same thread.
    for thing in kind.rows().iterator(chunk_size=CHUNK):
        with override("fi"):
            cells = [guarded(text) for column in kind.columns for text in column.texts_of(thing)]
        yield cells


def csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """The file piece by piece: semicolons, and the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    for row in rows:
        yield str(writer.writerow(row))


def workbook(kind: Kind) -> io.BytesIO:
    """A file at its beginning. Every cell is text: 045 stays 045, and nothing is calculated."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(kind.file_name[:31])
    text = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"bold": True, "num_format": "@"})
    for place, heading in enumerate(kind.headings):
        sheet.set_column(place, place, WIDTHS.get(heading, 22), text)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows_of(kind)):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, text if number else head)
    book.close()
    file.seek(0)
    return file
