"""The monthly report on paper, for the steering group."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from perhekeskus import words
from perhekeskus.paper import printed

from .dashboard.published import Shown
from .dashboard.report import Block, Part, counted, parts
from .dashboard.tables import Table, Value, words_of

FILE_NAMES = {"fi": "kuukausiraportti", "sv": "manadsrapport"}
# As many columns as an upright sheet has room for.
MOST_COLUMNS = 7
SHORT = 24
# A drawing stands on the same sheet with a table of so few rows.
WHOLE = 14
# A table of so few columns is not stretched over a sheet that lies on its side.
NARROW = 6
# What a table says where it has no number.
NONE = "–"
# A number or a range of them that is words already: −3…+5, 0,9–1,2.
IN_WORDS = r"[+\u2212]?[\d,\u00a0]+([–…][+\u2212]?[\d,\u00a0]+)?"
TEMPLATE = "meetings/report_paper.html"


def report_pdf(month: date, *, language: str) -> bytes:
    """The report of a month as a tagged PDF."""
    return printed(TEMPLATE, lambda: report_facts(month), language=language)


def report_facts(month: date) -> dict[str, Any]:
    """What the paper tells, in the language that is active."""
    told = parts(month)
    return {
        "title": _("Perhekeskusverkoston kuukausiraportti"),
        "month": words.month(month).capitalize(),
        "parts": [_laid_out(part) for part in told],
        "news": [sentence for part in told for sentence in part.news],
        "counted": counted(told),
        "limit": settings.SMALL_NUMBER_LIMIT,
        "largest_hidden": settings.SMALL_NUMBER_LIMIT - 1,
        "footer": _("Kuukausiraportti, %(month)s · tehty %(day)s")
        % {"month": words.month(month), "day": words.day(words.today())},
    }


def _laid_out(part: Part) -> dict[str, Any]:
    """A part with many months stands on sheets on their side."""
    widest = max((len(table.head) for block in part.blocks for table in block.tables), default=0)
    return {
        "title": part.title,
        "is_wide": widest > MOST_COLUMNS,
        "blocks": [_laid_block(block) for block in part.blocks],
    }


def _laid_block(block: Block) -> dict[str, Any]:
    """On a sheet on its side, a drawing has its table beside it when there is room."""
    tables = [_written(table) for table in block.tables]
    return {
        "title": block.title,
        "pictures": block.pictures,
        "is_whole": all(len(table.rows) <= WHOLE for table in block.tables),
        "is_beside": bool(block.pictures) and len(tables) == 1 and tables[0]["is_narrow"],
        "tables": tables,
    }


def _written(table: Table) -> dict[str, Any]:
    """Each cell in words; columns of numbers stand to the right, head and all."""
    columns = [_are_numbers([row[i] for row in table.rows]) for i in range(len(table.head))]
    return {
        "caption": table.caption,
        "head": list(zip(table.head, columns, strict=True)),
        "rows": [
            [(words_of(value), is_number) for value, is_number in zip(row, columns, strict=True)]
            for row in table.rows
        ],
        "has_total_row": table.has_total_row,
        # Few columns, most of them numbers.
        "is_narrow": len(columns) <= NARROW and columns.count(False) <= 2 and any(columns),
        # On one sheet, rather than its last rows on another.
        "is_short": len(table.rows) <= SHORT,
    }


def _are_numbers(values: list[Value]) -> bool:
    """Numbers, and lines where there is none."""
    numbers = [value for value in values if value != NONE]
    return bool(numbers) and all(
        isinstance(value, (Shown, int, Decimal)) or re.fullmatch(IN_WORDS, words_of(value))
        for value in numbers
    )


def file_name(month: date, language: str) -> str:
    """kuukausiraportti-2026-10.pdf"""
    return f"{FILE_NAMES[language]}-{month:%Y-%m}.pdf"
