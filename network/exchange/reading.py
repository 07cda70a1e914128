"""A file as rows of texts with their line numbers: CSV in its many habits, and Excel."""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from ..models.imports import MOST_BYTES
from . import workbook_process
from .cells import clean, unguarded

MOST_ROWS = 20_000
# A workbook is packed text; this is what may come out of it.
MOST_UNPACKED_BYTES = 200_000_000
LONGEST_CELL = 100_000

SEPARATORS = ";,\t"
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Unreadable(Exception):
    """A file that can't be taken as a whole; str() says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row: the line that it begins on, its cells, and what is wrong with some of them, by column."""

    line: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.faults and not any(self.cells)


@dataclass(frozen=True)
class Sheet:
    """The headings, the rows below them, and what the reader of the result should know of the file."""

    headings: list[str]
    rows: list[Row]
    notes: list[str]


def folded(text: str) -> str:
    """The same for headings and names that differ in capitals or spaces only."""
    return " ".join(text.split()).casefold()


def read(content: bytes, known: Collection[str]) -> Sheet:
    """The sheet in the file; `known` are the headings that are looked for. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _("Tiedosto on liian suuri: saa olla enintään %(size)d megatavua. Jaa se osiin.")
            % {"size": MOST_BYTES // 1_000_000}
        )
    notes: list[str] = []
    if content.startswith(ZIP):
        rows = iter(_workbook_rows(content, notes))
    elif content.startswith(OLD_EXCEL):
        raise Unreadable(
            _(
                "Tämä on vanhan Excelin tiedosto (.xls) tai salasanalla suojattu."
                " Tallenna se ilman salasanaa muotoon .xlsx tai .csv."
            )
        )
    else:
        rows = _csv_rows(_decoded(content), {folded(heading) for heading in known})
    filled = (row for row in rows if not row.is_empty)
    first = next(filled, None)
    if first is None:
        raise Unreadable(_("Tiedosto on tyhjä."))
    found = list(filled)
    if len(found) > MOST_ROWS:
        raise _too_many_rows()
    return Sheet(first.cells, found, notes)


def _too_many_rows() -> Unreadable:
    return Unreadable(
        _("Tiedostossa on liikaa rivejä: saa olla enintään %(most)d. Jaa se osiin.") % {"most": MOST_ROWS}
    )


# --- CSV -----------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """The text: by its mark, else UTF-8, else Windows-1252 as Excel of Finland writes."""
    encodings = [name for mark, name in MARKS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(
        _("Tiedostoa ei voi lukea. Tallenna se muotoon .xlsx tai .csv (UTF-8) ja valitse se uudelleen.")
    )


def _csv_rows(text: str, known: set[str]) -> Iterator[Row]:
    skipped = 0
    # Excel's own first line that names the separator.
    if named := re.match(r"sep=(.)(\r\n|\r|\n)", text):
        separator, skipped, text = named[1], 1, text[named.end() :]
    else:
        separator = max(SEPARATORS, key=lambda one: _headings_known(text, one, known))
    reader = _reader(text, separator)
    line = 0
    try:
        for cells in reader:
            yield Row(line + 1 + skipped, [unguarded(clean(cell)) for cell in cells])
            line = reader.line_num
    except csv.Error as error:
        raise Unreadable(
            _(
                "Tiedosto on rikki riviltä %(line)d alkaen: lainausmerkit eivät täsmää tai solu on liian"
                " pitkä. Korjaa rivi ja valitse tiedosto uudelleen."
            )
            % {"line": line + 1 + skipped}
        ) from error


def _reader(text: str, separator: str):
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _headings_known(text: str, separator: str, known: set[str]) -> int:
    """How many of the known headings the first line with any text gives when it is cut at the separator."""
    first = next((line for line in text.splitlines() if line.strip(f"{SEPARATORS} ")), "")
    return sum(folded(clean(cell).strip('"')) in known for cell in first.split(separator))


# --- Excel ---------------------------------------------------------------------------------------


def _workbook_rows(content: bytes, notes: list[str]) -> list[Row]:
    _look_inside(content)
    answer = _asked_of_process(content)
    error = answer.get("error")
    if error == "rows":
        raise _too_many_rows()
    if error == "password":
        raise Unreadable(_("Tiedosto on suojattu salasanalla. Poista suojaus ja valitse tiedosto uudelleen."))
    if error:
        raise _broken()
    if len(answer["sheets"]) > 1:
        notes.append(
            _("Tiedostossa on monta taulukkoa. Luettiin vain ensimmäinen: %(name)s.")
            % {"name": answer["sheets"][0]}
        )
    changed = _("Excel on muuttanut solun päiväksi tai kellonajaksi. Muotoile sarake tekstiksi.")
    return [
        Row(
            number,
            ["" if cell is None else unguarded(clean(cell)) for cell in cells],
            {place: changed for place, cell in enumerate(cells) if cell is None},
        )
        for number, cells in enumerate(answer["rows"], start=1)
    ]


def _broken() -> Unreadable:
    return Unreadable(
        _("Excel-tiedostoa ei voi lukea: se on rikki tai liian suuri. Tallenna se uudelleen tai CSV-muotoon.")
    )


def _look_inside(content: bytes) -> None:
    """Refuse what is no Excel workbook, and what says itself that it unfolds too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _broken() from error
    if "xl/workbook.xml" not in {one.filename for one in inside}:
        raise Unreadable(_("Tämä ei ole Excel-tiedosto. Tallenna taulukko muotoon .xlsx tai .csv."))
    if sum(one.file_size for one in inside) > MOST_UNPACKED_BYTES:
        raise _broken()


def _asked_of_process(content: bytes) -> dict:
    script = Path(workbook_process.__file__)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(script), str(MOST_ROWS + 1)],
            input=content,
            capture_output=True,
            timeout=workbook_process.SECONDS + 30,
            env={"PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise _broken() from error
    if done.returncode != 0:
        raise _broken()
    return json.loads(done.stdout)
