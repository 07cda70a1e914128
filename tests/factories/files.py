"""Files on their way into the directory, in the states that the real actions lead to."""

from network.actions import importing
from network.actions import imports as actions
from network.exchange.offered import KINDS
from network.exchange.writing import csv_lines, rows_of
from network.models import DirectoryImport, Worker
from network.states import ImportState

ORGANISATIONS = "Nimi;Toimiala;Julkinen palvelu\r\n"
WORKERS = "Sähköposti;Etunimi;Sukunimi;Ammattinimike;Organisaatio;Yksikkö;Yksikön kunta;Tehtävät;Tunnus\r\n"


def uploaded(by: Worker, kind: str, text: str, name: str = "tiedosto.csv") -> DirectoryImport:
    return actions.upload(by=by, kind=kind, file_name=name, content=text.encode())


def checked(by: Worker, kind: str, text: str) -> DirectoryImport:
    row = uploaded(by, kind, text)
    importing.check(row.pk)
    row.refresh_from_db()
    return row


def applied(by: Worker, kind: str, text: str) -> DirectoryImport:
    row = checked(by, kind, text)
    actions.apply(directory_import=row, by=by, seen=row.digest)
    importing.apply(row.pk)
    row.refresh_from_db()
    return row


def found(row: DirectoryImport) -> list[tuple]:
    """Of each row its line, what becomes of it, and the changes or reasons."""
    return [(one.line, one.outcome, one.reasons or one.changes) for one in row.rows.order_by("line")]


def exported(kind: str) -> str:
    return "".join(csv_lines(rows_of(KINDS[kind])))


def line_of(worker: Worker, **cells: str) -> str:
    unit = worker.unit
    known = {
        "email": worker.email,
        "first": worker.first_name,
        "last": worker.last_name,
        "title": worker.title,
        "organisation": unit.organisation.name,
        "unit": unit.name,
        "town": unit.municipality.name_fi,
        "duties": "",
        "account": "",
    }
    return ";".join((known | cells).values()) + "\r\n"


def reached(state: ImportState, by: Worker) -> DirectoryImport:
    """An import in the state, by the way that leads there."""
    text = ORGANISATIONS + "Uusi;poliisi;kyllä\r\n"
    if state == ImportState.FAILED:
        return checked(by, "organisations", "")
    row = uploaded(by, "organisations", text)
    if state == ImportState.CHECKING:
        assert importing._taken_up(row.pk, [ImportState.UPLOADED], ImportState.CHECKING)
    if state in {ImportState.CHECKED, ImportState.APPLYING, ImportState.APPLIED}:
        importing.check(row.pk)
        row.refresh_from_db()
    if state in {ImportState.APPLYING, ImportState.APPLIED}:
        actions.apply(directory_import=row, by=by, seen=row.digest)
    if state == ImportState.APPLIED:
        importing.apply(row.pk)
    if state == ImportState.CANCELLED:
        actions.cancel(directory_import=row, by=by)
    row.refresh_from_db()
    assert row.state == state
    return row
