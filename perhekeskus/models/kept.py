"""What was typed into a form that could not be taken in, kept sealed for its writer for a while."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from ..sealing import InvalidToken, sealed, unsealed
from .links import AccessLink

PURPOSE = "kept-form"
# Of what was typed, in bytes; sealed it is a third longer.
MOST_TYPED = 200_000
MOST_SEALED = 300_000


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    def live(self) -> "KeptFormQuerySet":
        return self.filter(kept_at__gt=timezone.now() - timedelta(minutes=settings.KEPT_FORM_MINUTES))

    def run_out(self) -> "KeptFormQuerySet":
        return self.exclude(pk__in=self.live().values("pk"))


class KeptForm(models.Model):
    """One sending: where it was going and what was in it. Only its writer ever sees it."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="kept_forms"
    )
    link = models.ForeignKey(AccessLink, models.CASCADE, null=True, blank=True, related_name="kept_forms")
    sealed = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False, link__isnull=True)
                | models.Q(worker__isnull=True, link__isnull=False),
                name="kept_form_one_writer",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("sealed"), models.Value(MOST_SEALED)),
                name="kept_form_not_too_long",
            ),
        ]
        indexes = [models.Index(fields=["kept_at"], name="kept_form_kept_at")]

    def __str__(self) -> str:
        return str(self.pk)

    def seal(self, contents: dict[str, Any]) -> None:
        self.sealed = sealed(json.dumps(contents), PURPOSE)

    def unseal(self) -> dict[str, Any] | None:
        """What `seal` was given; None when the key that sealed it is gone."""
        try:
            return json.loads(unsealed(self.sealed, PURPOSE))
        except InvalidToken:
            return None
