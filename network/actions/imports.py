"""What a person does to a file on its way into the directory. What a worker process does: importing.py."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from perhekeskus.celery import app
from perhekeskus.refusals import Refused, require

from ..models import DirectoryImport, Worker
from ..models.imports import MOST_BYTES
from ..rules.imports import why_not_apply, why_not_cancel, why_not_check_again, why_not_import
from ..states import ImportState

log = logging.getLogger(__name__)

CHECK, APPLY = "network.tasks.check_import", "network.tasks.apply_import"


@transaction.atomic
def upload(*, by: Worker, kind: str, file_name: str, content: bytes) -> DirectoryImport:
    """Take the file and have it checked; nothing of the directory changes yet."""
    require(why_not_import(by, kind))
    if len(content) > MOST_BYTES:
        raise Refused(
            _("Tiedosto on liian suuri: saa olla enintään %(size)d megatavua. Jaa se osiin.")
            % {"size": MOST_BYTES // 1_000_000}
        )
    row = DirectoryImport.objects.create(
        kind=kind, file_name=file_name[:200], content=content, uploaded_by=by
    )
    ask_for(CHECK, row.pk)
    return row


@transaction.atomic
def apply(*, directory_import: DirectoryImport, by: Worker, seen: str) -> DirectoryImport:
    """Have the file taken into the directory as the check of the digest `seen` showed it."""
    row = _locked(directory_import)
    require(why_not_apply(by, row))
    if row.digest != seen:
        raise Refused(
            _("Tiedosto on tarkistettu uudelleen sen jälkeen, kun avasit sivun. Katso ensin uusi tarkistus.")
        )
    row.applied_at, row.applied_by = timezone.now(), by
    _move(row, ImportState.APPLYING)
    ask_for(APPLY, row.pk)
    return row


@transaction.atomic
def check_again(*, directory_import: DirectoryImport, by: Worker) -> DirectoryImport:
    """Compare the file with the directory as it is now."""
    row = _locked(directory_import)
    require(why_not_check_again(by, row))
    _move(row, ImportState.UPLOADED)
    ask_for(CHECK, row.pk)
    return row


@transaction.atomic
def cancel(*, directory_import: DirectoryImport, by: Worker) -> DirectoryImport:
    """Give the file up and forget what was in it."""
    row = _locked(directory_import)
    require(why_not_cancel(by, row))
    forget(row)
    _move(row, ImportState.CANCELLED)
    return row


def forget(row: DirectoryImport) -> None:
    """Leave nothing of the file but its name and how many rows there were."""
    row.rows.all().delete()
    row.content, row.headings = b"", []


def ask_for(task: str, pk: int) -> None:
    """Have a worker take it up after the commit; without a broker the next tick of beat does."""

    def send() -> None:
        try:
            app.send_task(task, args=[pk], retry=False)
        except (KombuError, OSError) as error:
            log.warning("import not asked for: %s", type(error).__name__)

    transaction.on_commit(send, robust=True)


def _locked(directory_import: DirectoryImport) -> DirectoryImport:
    """The row as it is now, held; refused at once while a worker has it in its hands."""
    row = (
        DirectoryImport.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=directory_import.pk)
        .first()
    )
    if row is None:
        raise Refused(_("Tiedostoa käsitellään juuri nyt. Odota hetki."))
    return row


def _move(row: DirectoryImport, state: ImportState) -> None:
    row.state, row.attempts, row.touched_at, row.message = state, 0, timezone.now(), ""
    row.save()
