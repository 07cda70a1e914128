"""Who may take a file into the directory, and when."""

from django.utils.translation import gettext as _

from perhekeskus.refusals import Sentence

from ..models import DirectoryImport, Worker
from ..states import KINDS_OF_COORDINATORS, ImportKind, ImportState


def kinds_of(by: Worker) -> list[ImportKind]:
    """What this person may take in and out as a file."""
    if not by.is_active:
        return []
    if by.is_administrator:
        return list(ImportKind)
    return list(KINDS_OF_COORDINATORS) if by.is_coordinator else []


def why_not_import(by: Worker, kind: str) -> Sentence | None:
    if kind in kinds_of(by):
        return None
    if kind in KINDS_OF_COORDINATORS:
        return _("Vain koordinaattori ja pääkäyttäjä voivat tuoda yhteydenottolistan tiedostosta.")
    return _("Vain pääkäyttäjä voi tuoda hakemistoon tiedoston.")


def why_not_apply(by: Worker, row: DirectoryImport) -> Sentence | None:
    if refusal := why_not_import(by, row.kind):
        return refusal
    if row.state in {ImportState.APPLYING, ImportState.APPLIED}:
        return _("Tiedosto on jo viety tai sitä viedään parhaillaan.")
    if row.state != ImportState.CHECKED:
        return _("Tiedoston voi viedä hakemistoon, kun se on tarkistettu.")
    if not row.written_count:
        return _("Tiedostossa ei ole mitään vietävää.")
    return None


def why_not_check_again(by: Worker, row: DirectoryImport) -> Sentence | None:
    if refusal := why_not_import(by, row.kind):
        return refusal
    if row.state not in {ImportState.CHECKED, ImportState.FAILED}:
        return _("Tiedostoa ei voi nyt tarkistaa uudelleen.")
    return None


def why_not_cancel(by: Worker, row: DirectoryImport) -> Sentence | None:
    if refusal := why_not_import(by, row.kind):
        return refusal
    if row.state == ImportState.APPLYING:
        return _("Tiedostoa viedään parhaillaan hakemistoon, joten tuontia ei voi enää perua.")
    if row.state in {ImportState.APPLIED, ImportState.CANCELLED}:
        return _("Tuonti on jo päättynyt.")
    return None
