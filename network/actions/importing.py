"""What a worker process does with a file: checks it, takes it in, takes up what was left half done.

The row of the import is locked for as long as somebody works on it, and the lock goes when its holder does:
a file that is under way and not locked has been left, and is begun again. Its progress is told outside.
"""

import logging
from collections import Counter
from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from perhekeskus.refusals import Refused, require

from ..duties import held_by_duties
from ..exchange.applying import write
from ..exchange.comparing import Comparison, compare
from ..exchange.offered import KINDS
from ..exchange.progress import COMPARING, KEEPING, READING, WRITING, Progress
from ..exchange.reading import Unreadable, read
from ..models import DirectoryImport, ImportRow
from ..rules.imports import why_not_import
from ..states import ImportState, RowOutcome
from .imports import APPLY, CHECK, ask_for, forget

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
KEPT_DAYS = 14
BATCH = 1000
# One file at a time: two that name each other's rows never wait for one another.
ONE_AT_A_TIME = 733_001


def check(pk: int) -> None:
    """Read the file and keep what it would do. May run twice, and many at once, harmlessly."""
    if not _taken_up(pk, [ImportState.UPLOADED, ImportState.CHECKING], ImportState.CHECKING):
        return
    with transaction.atomic(), translation.override("fi"):
        row = _held(pk, ImportState.CHECKING)
        if row is None:
            return
        progress = Progress(pk)
        progress.say(READING, 0)
        try:
            sheet = read(bytes(row.content), KINDS[row.kind].headings)
            compared = compare(KINDS[row.kind], sheet, progress.part(COMPARING, 10, 85))
        except Unreadable as unreadable:
            _end(row, ImportState.FAILED, str(unreadable))
        else:
            progress.say(KEEPING, 90)
            _keep(row, compared)
            _end(row, ImportState.CHECKED)


def apply(pk: int) -> None:
    """Take the file in: all of what was seen, or nothing. May run twice, and many at once, harmlessly."""
    if not _taken_up(pk, [ImportState.APPLYING], ImportState.APPLYING):
        return
    with translation.override("fi"):
        try:
            with held_by_duties(), transaction.atomic():
                _apply(pk)
        except (Refused, IntegrityError) as error:
            log.warning("import %s not taken in: %s", pk, type(error).__name__)
            sentence = str(error) if isinstance(error, Refused) else ""
            with transaction.atomic():
                if row := _held(pk, ImportState.APPLYING):
                    _end(row, ImportState.FAILED, sentence or _changed_meanwhile())


def _changed_meanwhile() -> str:
    return _("Joku muutti hakemistoa samaan aikaan, joten mitään ei viety. Tarkista tiedosto uudelleen.")


def _apply(pk: int) -> None:
    row = _held(pk, ImportState.APPLYING)
    if row is None:
        return
    by, kind, progress = row.applied_by, KINDS[row.kind], Progress(pk)
    assert by is not None
    require(why_not_import(by, row.kind))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    targets = row.rows.filter(outcome=RowOutcome.CHANGED).values_list("target_id", flat=True)
    kind.lock([pk for pk in targets.order_by("target_id") if pk is not None])
    progress.say(READING, 0)
    sheet = read(bytes(row.content), kind.headings)
    compared = compare(kind, sheet, progress.part(COMPARING, 5, 40))
    if compared.digest != row.digest:
        _keep(row, compared)
        _end(
            row,
            ImportState.CHECKED,
            _(
                "Hakemisto on muuttunut tarkistuksen jälkeen, joten mitään ei viety."
                " Tässä on uusi tarkistus. Katso se ja vie tiedot sitten."
            ),
        )
        return
    with pghistory.context(worker=by.pk, page="import_apply"):
        write(kind, compared.entries, progress.part(WRITING, 40, 99))
    row.content = b""
    _end(row, ImportState.APPLIED)


def resume() -> None:
    """Have taken up what nobody works on, and forget files that nobody has come back to."""
    now = timezone.now()
    stale = now - timedelta(seconds=settings.IMPORT_BEAT_SECONDS)
    with transaction.atomic():
        left = DirectoryImport.objects.under_way().filter(touched_at__lt=stale).without_file()
        for row in left.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
            ask_for(APPLY if row.state == ImportState.APPLYING else CHECK, row.pk)
    with transaction.atomic():
        old = DirectoryImport.objects.filter(touched_at__lt=now - timedelta(days=KEPT_DAYS)).without_file()
        waiting = old.filter(state__in=[ImportState.CHECKED, ImportState.FAILED])
        for row in waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
            forget(row)
            _end(row, ImportState.CANCELLED)
        ImportRow.objects.filter(directory_import__in=old.filter(state=ImportState.APPLIED)).delete()


def _taken_up(pk: int, states: list[ImportState], state: ImportState) -> bool:
    """Mark, before the work, that it is begun once more; False when it is in hand, done, or given up now."""
    with transaction.atomic():
        rows = DirectoryImport.objects.filter(pk=pk, state__in=states).without_file()
        row = rows.select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return False
        row.state = state
        row.touched_at = timezone.now()
        row.attempts += 1
        row.save(update_fields=["state", "touched_at", "attempts"])
        if row.attempts <= MOST_ATTEMPTS:
            return True
        with translation.override("fi"):
            _end(
                row,
                ImportState.FAILED,
                _("Työ keskeytyi monta kertaa. Hakemistoon ei viety mitään. Yritä myöhemmin uudelleen."),
            )
        return False


def _held(pk: int, state: ImportState) -> DirectoryImport | None:
    """The row, locked until the transaction ends; None when another process has it or it has moved on."""
    rows = DirectoryImport.objects.filter(pk=pk, state=state).select_related("applied_by")
    return rows.select_for_update(of=("self",), skip_locked=True).first()


def _end(row: DirectoryImport, state: ImportState, message: str = "") -> None:
    row.state, row.message = state, message[:500]
    row.touched_at, row.attempts = timezone.now(), 0
    if state != ImportState.APPLIED:
        row.applied_at = row.applied_by = None
    row.save()


def _keep(row: DirectoryImport, compared: Comparison) -> None:
    """What the check found, in place of what an earlier one did."""
    row.rows.all().delete()
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                directory_import=row,
                line=entry.line,
                outcome=entry.outcome,
                name=entry.name[:500],
                target_id=entry.thing.pk if entry.outcome == RowOutcome.CHANGED and entry.thing else None,
                changes=entry.changes if entry.is_good else [],
                reasons=entry.reasons,
                cells=entry.cells if entry.outcome == RowOutcome.BAD else [],
            )
            for entry in compared.entries
        ],
        batch_size=BATCH,
    )
    row.headings, row.notes, row.digest = compared.headings, compared.notes, compared.digest
    row.counts = dict(Counter(str(entry.outcome) for entry in compared.entries))
