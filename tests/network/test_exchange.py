"""The directory as files: every way of writing them is read, every row is told apart, and nothing is lost."""

import csv
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from network.exchange import reading
from network.exchange.cells import clean, guarded, unguarded
from network.exchange.columns import split_names
from network.exchange.comparing import Entry, compare
from network.exchange.offered import KINDS
from network.exchange.reading import Unreadable, read
from network.exchange.workbook_process import MOST_CHARACTERS
from network.exchange.writing import csv_lines, rows_of, workbook
from network.models import Area, ContactRule
from network.states import ImportKind, RowOutcome
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)

ADDED, CHANGED, UNCHANGED, BAD = RowOutcome


def a_csv(*rows: list[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def an_excel(*rows: list[object], more_sheets: int = 0) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Taulukko")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for _number in range(more_sheets):
        book.add_worksheet().write(0, 0, "toinen")
    book.close()
    return file.getvalue()


def exported(kind: str, file: str = "csv") -> bytes:
    if file == "xlsx":
        return workbook(KINDS[kind]).read()
    return "".join(csv_lines(rows_of(KINDS[kind]))).encode()


def compared(kind: str, content: bytes) -> list[Entry]:
    return compare(KINDS[kind], read(content, KINDS[kind].headings)).entries


def outcomes(entries: list[Entry]) -> list[RowOutcome]:
    return [entry.outcome for entry in entries]


# --- the reader ----------------------------------------------------------------------------------

HEADINGS = ["Nimi", "Toimiala", "Julkinen palvelu"]
PARISH = ["Seurakunta ”Ääni & Öljy”", "seurakunta", "ei"]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_habit_of_csv_is_read(separator, encoding):
    sheet = read(a_csv(HEADINGS, PARISH, separator=separator, encoding=encoding), HEADINGS)
    assert sheet.headings == HEADINGS
    assert [(row.line, row.cells) for row in sheet.rows] == [(2, PARISH)]


def test_the_separator_is_told_by_the_headings_not_by_what_stands_in_the_cells():
    content = 'Nimi,Toimiala,"Julkinen palvelu; siis kunnan"\r\n"a;b;c;d;e",järjestöt,ei\r\n'.encode()
    assert read(content, HEADINGS).rows[0].cells == ["a;b;c;d;e", "järjestöt", "ei"]


def test_excel_may_name_its_separator_on_the_first_line():
    sheet = read(b"sep=,\r\nNimi,Toimiala\r\nA,B\r\n", HEADINGS)
    assert (sheet.headings, sheet.rows[0].line) == (["Nimi", "Toimiala"], 3)


def test_a_row_is_named_by_the_line_that_it_begins_on():
    content = b'\r\nNimi;Toimiala\r\n"eka\r\nja toka";x\r\n\r\n;\r\nkolmas;y\r\n'
    assert [(row.line, row.cells) for row in read(content, HEADINGS).rows] == [
        (3, ["eka\nja toka", "x"]),
        (7, ["kolmas", "y"]),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tyhj"),
        (b"\r\n;;;\r\n\r\n", "tyhj"),
        (b'Nimi;"Toimiala\r\nA;B', "rikki riviltä 1"),
        (b'Nimi;Toimiala\r\n"A"x;B\r\n', "rikki riviltä 2"),
        (b"Nimi;Toimiala\r\n" + b"a" * 200_000 + b";B\r\n", "liian pitk"),
        (b"\x00\x01\x02\x81" * 50, "ei voi lukea"),
        (b"\xd0\xcf\x11\xe0 vanha Excel", r"\.xls"),
        (b"PK\x03\x04 rikki", "rikki tai liian suuri"),
        (b"Nimi\r\n" + b"a\r\n" * (reading.MOST_ROWS + 1), "liikaa rivej"),
        (b"x" * (reading.MOST_BYTES + 1), "liian suuri"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_whole_with_a_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(content, HEADINGS)


def test_excel_is_read_with_the_numbers_of_its_rows():
    sheet = read(an_excel([], HEADINGS, [], ["A", 401234567, True], ["B", 1.5, "045"]), HEADINGS)
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (4, ["A", "401234567", "kyllä"]),
        (5, ["B", "1,5", "045"]),
    ]


def test_what_excel_made_a_date_is_named_instead_of_guessed():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nimi", "Auki"])
    sheet.write_string(1, 0, "Neuvola")
    # 8.12. is what Excel makes of "8-12".
    sheet.write_number(1, 1, 46364, book.add_format({"num_format": "d.m."}))
    book.close()
    (row,) = read(file.getvalue(), ["Nimi", "Auki"]).rows
    assert row.cells == ["Neuvola", ""] and "päiväksi" in row.faults[1]


def test_of_many_sheets_the_first_is_read_and_that_is_said():
    sheet = read(an_excel(HEADINGS, PARISH, more_sheets=1), HEADINGS)
    assert len(sheet.rows) == 1 and "Taulukko" in sheet.notes[0]


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Unreadable, match="ei ole Excel"):
        read(file.getvalue(), HEADINGS)


def test_a_workbook_that_says_it_unfolds_too_large_is_refused():
    file = io.BytesIO(an_excel(HEADINGS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros", b"\0" * (reading.MOST_UNPACKED_BYTES + 1))
    assert len(file.getvalue()) < 500_000
    with pytest.raises(Unreadable, match="liian suuri"):
        read(file.getvalue(), HEADINGS)


def test_a_small_workbook_that_unfolds_in_memory_ends_only_its_own_process():
    """One cell in the last corner of a sheet of 17 thousand million cells."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(an_excel(["Nimi"]))) as good, zipfile.ZipFile(file, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                end = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", end)
            bad.writestr(name, content)
    with pytest.raises(Unreadable, match="liian suuri"):
        read(file.getvalue(), ["Nimi"])


def test_a_small_workbook_with_one_long_text_in_every_cell_is_not_handed_on():
    file = an_excel(["Nimi"], *[["ä" * 32_000]] * (MOST_CHARACTERS // 32_000 + 1))
    assert len(file) < 500_000
    with pytest.raises(Unreadable, match="liian suuri"):
        read(file, ["Nimi"])


# --- nothing is lost on the way ------------------------------------------------------------------

cells_of_any_kind = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean)
    | st.sampled_from(["=1+1", "'=x", "''-", "+358 40", "@", '"', 'a"b', ";", "a\nb", "045", "😀", "Å"]),
    min_size=2,
    max_size=2,
).filter(any)


@given(st.lists(cells_of_any_kind, max_size=8), st.sampled_from(";,\t"))
def test_any_text_comes_back_from_csv_as_it_was(rows, separator):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([["Nimi", "Toimiala"], *([guarded(cell) for cell in row] for row in rows)])
    sheet = read(text.getvalue().encode("utf-8-sig"), HEADINGS)
    assert [row.cells for row in sheet.rows] == rows


@given(st.text(st.characters(exclude_categories=["Cs"])).map(clean))
def test_no_cell_that_is_written_is_calculated_and_each_comes_back(text):
    written = guarded(text)
    assert not written.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert unguarded(written) == text


def test_names_with_commas_are_known_as_a_whole():
    known = {"uni", "ero, riidat ja sovinto", "raha"}
    text = "uni, ero, riidat ja sovinto; raha\ntaika"
    assert split_names(text, known.__contains__) == ["uni", "ero, riidat ja sovinto", "raha", "taika"]


NASTY = [
    '=cmd|"/c calc"!A1',
    "-2+3",
    "+358",
    "@SUM(A1)",
    "'=jo suojattu",
    'Lain"ausmerkki',
    "a;b,c\td",
    "Ä 😀 Š",
]


def a_nasty_directory() -> None:
    """A row of every kind for every text that a spreadsheet or a reader could spoil."""
    town = MunicipalityFactory(code="045", name_fi="Öster;botten, Å")
    area = Area.objects.create(name="=Alue, 1")
    known = [ExpertiseFactory(name=name) for name in ("ero, riidat", "=uni", "-raha")]
    team = TeamFactory(area=area, name="+Tiimi")
    for number, text in enumerate(NASTY):
        organisation = OrganisationFactory(name=text)
        unit = UnitFactory(
            organisation=organisation,
            name=f"{text} yksikkö",
            municipality=town,
            area=area if number % 2 else None,
            address=text,
            phone="+46 8 123 456 78" if number % 2 else "+358451234567",
            opening_hours="8-12",
            description=f"{text}\n\nToinen kappale;\n{text}",
        )
        worker = WorkerFactory(
            first_name=text,
            last_name="Mäki-Övermark",
            unit=unit,
            what_i_do=f"{text}\n- ranskalainen viiva",
            languages=["sv", "fi"],
            reachable="0",
            is_active=bool(number % 3),
            is_coordinator=number == 1,
            is_administrator=number == 2,
        )
        worker.expertise.set(known[: number % 4])
        need = NeedFactory(name=f"{text}?")
        ContactRule.objects.create(
            need=need, municipality=town, position=2, unit=unit, how=text, is_public=True
        )
        ContactRule.objects.create(
            need=need, municipality=town, position=5, worker=worker, without_meeting=text
        )
        ContactRule.objects.create(need=need, municipality=town, position=9, team=team, family_how=f"{text}!")


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ImportKind.values)
def test_an_exported_file_imports_again_as_no_change(kind, file):
    a_nasty_directory()
    entries = compared(kind, exported(kind, file))
    assert len(entries) >= len(NASTY)
    assert [
        (entry.name, entry.changes, entry.reasons) for entry in entries if entry.outcome != UNCHANGED
    ] == []
