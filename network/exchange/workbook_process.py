"""Reads a workbook in a process of its own, whose memory and time have an end.

A small file can unfold into more than any machine holds, or stop the reader itself: then only this
process ends. Nothing of ours is imported here. On standard input the file, on standard output JSON:
{"sheets": [name], "rows": [[cell]]}, where a cell is text, or null when the spreadsheet made it a date or
a clock time; or {"error": "password" | "broken" | "rows" | "large"}.
"""

import io
import json
import resource
import sys
from datetime import date, time, timedelta

MEMORY_BYTES = 1_000_000_000
SECONDS = 60
# One long text may stand in every cell. What is handed on is read without these limits, so it has its own.
MOST_CHARACTERS = 40_000_000


def text_of(cell: object) -> str | None:
    if isinstance(cell, date | time | timedelta):
        return None
    if isinstance(cell, bool):
        return "kyllä" if cell else "ei"
    if isinstance(cell, float):
        # Excel makes numbers of telephone and municipality numbers: 401234567, not 401234567.0.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace(".", ",")
    return str(cell)


def rows_of(content: bytes, most_rows: int) -> dict[str, object]:
    """The first sheet's rows, empty ones too, so that their numbers are the spreadsheet's."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows: list[list[str | None]] = []
        filled = characters = 0
        for row in book.get_sheet_by_index(0).iter_rows():
            cells = [text_of(cell) for cell in row]
            rows.append(cells)
            filled += any(cell is None or cell.strip() for cell in cells)
            if filled > most_rows:
                return {"error": "rows"}
            characters += sum(len(cell) for cell in cells if cell)
            if characters > MOST_CHARACTERS:
                return {"error": "large"}
        return {"sheets": book.sheet_names, "rows": rows}
    except python_calamine.PasswordError:
        return {"error": "password"}
    except (python_calamine.CalamineError, ValueError, OSError):
        return {"error": "broken"}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(rows_of(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)
