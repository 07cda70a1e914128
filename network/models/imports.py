"""Files that are taken into the directory: the file itself while it is needed, and what it would do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import only_moves, paired

from ..querysets import DirectoryImportQuerySet
from ..states import IMPORT_MOVES, IMPORTS_UNDER_WAY, ImportKind, ImportState, RowOutcome

MOST_BYTES = 10_000_000


class DirectoryImport(models.Model):
    """One file on its way into the directory, and whose hands it is in.

    While a worker reads or writes it, the worker keeps this row locked: a row under way that nobody has
    locked is one that nobody works on.
    """

    kind = models.CharField(max_length=20, choices=ImportKind)
    file_name = models.CharField(max_length=200)
    # Forgotten when it has been taken in or given up.
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploaded_imports")
    # Who pressed the button after the check, and when. Kept while it is written and afterwards.
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="applied_imports"
    )
    # When somebody last took it up or moved it, and how many times it was taken up since it was moved.
    touched_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # What the check found; the rows are in ImportRow.
    headings = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # A sentence for the one who waits: why it could not be done, or why it was checked anew.
    message = models.CharField(max_length=500, blank=True)

    objects = DirectoryImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            paired("applied_at", "applied_by", name="import_applied_paired"),
            models.CheckConstraint(
                condition=Q(state__in=[ImportState.APPLYING, ImportState.APPLIED], applied_at__isnull=False)
                | Q(applied_at__isnull=True) & ~Q(state__in=[ImportState.APPLYING, ImportState.APPLIED]),
                name="import_applied_by_somebody",
                violation_error_message=_("Tiedoston vie hakemistoon joku, jonka nimi jää talteen."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    models.Func(F("content"), function="octet_length", output_field=models.IntegerField()),
                    MOST_BYTES,
                ),
                name="import_not_too_large",
                violation_error_message=_("Tiedosto on liian suuri."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.APPLIED, ImportState.CANCELLED]) | Q(content=b""),
                name="import_file_forgotten",
                violation_error_message=_("Valmiin tai perutun tuonnin tiedosto poistetaan."),
            ),
        ]
        triggers = [only_moves("state", IMPORT_MOVES, "import_moves")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in IMPORTS_UNDER_WAY

    def count(self, outcome: RowOutcome) -> int:
        return self.counts.get(outcome, 0)

    @property
    def written_count(self) -> int:
        """How many rows of the directory it changes or adds."""
        return self.count(RowOutcome.ADDED) + self.count(RowOutcome.CHANGED)


class ImportRow(models.Model):
    """One row of the file as the last check found it."""

    directory_import = models.ForeignKey(DirectoryImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    name = models.CharField(max_length=500)
    # The row of the directory that it changes.
    target_id = models.BigIntegerField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    # As they stood in the file; kept of a row that is left out, to be mended.
    cells = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["directory_import", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["directory_import", "line"],
                name="importrow_line_once",
                violation_error_message=_("Tiedoston rivi on tarkistuksessa vain kerran."),
            ),
        ]
        indexes = [models.Index(fields=["directory_import", "outcome", "line"], name="importrow_by_outcome")]

    def __str__(self) -> str:
        return f"{self.directory_import_id}:{self.line}"
