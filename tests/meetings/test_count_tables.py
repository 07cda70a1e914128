"""The tables of the dashboard as files: the same numbers as on the page, and nothing that calculates."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from meetings.dashboard.compared import Change
from meetings.dashboard.files import as_csv, as_workbook
from meetings.dashboard.published import Shown
from meetings.dashboard.tables import MAKERS, Table, makes, words_of
from tests.factories import WorkerFactory

A_TABLE = Table(
    "esimerkki",
    "Esimerkki, tammikuu 2026",
    ("Kunta", "Luku", "Muutos", "Osuus", "Päivä", "Mitä"),
    (
        ("Äänekoski", Shown(12, 12), Change(4, 4), Decimal("12.5"), date(2026, 1, 5), "=1+1"),
        ("=cmd|' /C calc'!A0", Shown(1, 4), Change(1, 4), -3, date(2026, 1, 31), "a;b\nc"),
    ),
    (("Luku", "Näin moni."),),
)


def test_csv_is_what_a_finnish_spreadsheet_reads():
    text = "".join(as_csv(A_TABLE))
    assert text.startswith("\ufeffKunta;Luku;Muutos;Osuus;Päivä;Mitä\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert rows[1] == ["Äänekoski", "12", "4", "12,5", "5.1.2026", "'=1+1"]
    assert rows[2] == ["'=cmd|' /C calc'!A0", "alle 5", "1…4", "-3", "31.1.2026", "a;b\nc"]


def test_a_workbook_has_numbers_to_count_with_and_what_they_mean():
    book = CalamineWorkbook.from_filelike(as_workbook(A_TABLE))
    assert book.sheet_names == ["Luvut", "Mitä tässä lasketaan"]
    head, first, second = book.get_sheet_by_index(0).to_python()
    assert head == list(A_TABLE.head)
    assert first == ["Äänekoski", 12.0, 4.0, 12.5, date(2026, 1, 5), "=1+1"]
    # A small number is words in the file as well, and what begins as a formula stays words.
    assert second == ["=cmd|' /C calc'!A0", "alle 5", "+1…+4", -3.0, date(2026, 1, 31), "a;b\nc"]
    assert book.get_sheet_by_index(1).to_python() == [
        ["Esimerkki, tammikuu 2026", ""],
        ["Luku", "Näin moni."],
    ]


def test_thousands_have_a_space_for_those_who_read_and_none_for_a_spreadsheet():
    numbers = (Shown(1234567, 1234567), Shown(998, 1002), Change(-1200, -3), 12345)
    assert [words_of(number) for number in numbers] == [
        "1\u00a0234\u00a0567",
        "998–1\u00a0002",
        "\u22121\u00a0200…\u22123",
        "12\u00a0345",
    ]
    table = Table("suuret", "Suuret", ("Kunta", "A", "B", "C", "D"), (("Enontekiö", *numbers),))
    *_head, row = csv.reader(io.StringIO("".join(as_csv(table)), newline=""), delimiter=";")
    assert row == ["Enontekiö", "1234567", "998–1002", "\u22121200…\u22123", "12345"]
    sheet = CalamineWorkbook.from_filelike(as_workbook(table)).get_sheet_by_index(0).to_python()
    assert sheet[1] == ["Enontekiö", 1234567.0, "998–1002", "\u22121200…\u22123", 12345.0]


@pytest.mark.django_db
def test_a_table_is_read_as_a_file_by_those_who_may_count(client, monkeypatch):
    monkeypatch.setattr("meetings.dashboard.tables.MAKERS", dict(MAKERS))
    asked = []

    @makes("esimerkki")
    def _maker(_worker, months, choices):
        asked.append((months.first, months.last, dict(choices)))
        return [A_TABLE]

    def get(form: str, name: str = "esimerkki"):
        return client.get(
            reverse("count_table", args=[name, form]), {"first": "2026-01", "last": "2026-02", "tila": "auki"}
        )

    client.force_login(WorkerFactory())
    assert get("csv").status_code == 404
    client.force_login(WorkerFactory(coordinator=True))
    answer = get("csv")
    assert answer["Content-Disposition"] == 'attachment; filename="esimerkki-2026-01--2026-02.csv"'
    assert answer.content.decode() == "".join(as_csv(A_TABLE))
    excel = get("xlsx")
    assert 'filename="esimerkki-2026-01--2026-02.xlsx"' in excel["Content-Disposition"]
    read = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(excel.streaming_content)))
    assert read.get_sheet_by_index(0).to_python()[1][1] == 12.0
    assert asked == [(date(2026, 1, 1), date(2026, 2, 1), {"tila": "auki"})] * 2
    assert get("pdf").status_code == get("csv", "toinen").status_code == 404
