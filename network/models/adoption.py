"""How far each municipality is in taking the common way of working into use."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import paired, sealed
from perhekeskus.history import keeps_history

from ..states import Adoption
from .directory import Municipality

# Nothing was taken into use before this: a year typed with a wrong digit would draw centuries.
FIRST_SINCE = date(2000, 1, 1)
LONGEST_NOTE = 1000


class AdoptionStageQuerySet(models.QuerySet["AdoptionStage"]):
    def visible_to(self, worker) -> "AdoptionStageQuerySet":
        """For those who read the counts."""
        if worker.is_authenticated and (worker.is_coordinator or worker.is_administrator):
            return self
        return self.none()

    def in_force(self) -> "AdoptionStageQuerySet":
        """Those that nobody has taken back."""
        return self.filter(taken_back_at=None)

    def with_people(self) -> "AdoptionStageQuerySet":
        """With what a page shows of each."""
        return self.select_related("municipality", "recorded_by", "taken_back_by")


@keeps_history()
class AdoptionStage(models.Model):
    """From this day on a municipality has been in this stage, until the next row says otherwise.

    A row is never changed: a mistake is taken back, and what is right is a row of its own.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="adoption_stages", verbose_name=_("kunta")
    )
    stage = models.CharField(_("vaihe"), max_length=16, choices=Adoption)
    since = models.DateField(_("mistä päivästä alkaen"))
    note = models.TextField(_("lisätieto"), max_length=LONGEST_NOTE, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The form that recorded it: sending the same form twice records it once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = AdoptionStageQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "since"],
                condition=Q(taken_back_at=None),
                name="adoption_stage_one_a_day",
                violation_error_message=_("Kunnalla on samana päivänä vain yksi vaihe."),
            ),
            paired("taken_back_at", "taken_back_by", name="adoption_stage_taken_back_paired"),
            models.CheckConstraint(
                condition=Q(
                    since__lte=Cast(
                        Func(Value("Europe/Helsinki"), F("recorded_at"), function="timezone"),
                        models.DateField(),
                    )
                ),
                name="adoption_stage_not_ahead",
                violation_error_message=_("Vaihe kirjataan vasta, kun se on alkanut."),
            ),
            models.CheckConstraint(
                condition=Q(since__gte=FIRST_SINCE),
                name="adoption_stage_since_2000",
                violation_error_message=_("Tarkista vuosi: päivä on aikaisintaan 1.1.2000."),
            ),
        ]
        triggers = [
            # Only a taking back may be written on a row, and once.
            sealed(
                "adoption_stage_taken_back_once",
                condition=pgtrigger.Q(old__taken_back_at__isnull=False),
                sentence="Vaihe on jo peruttu.",
                operation=pgtrigger.Update,
            ),
            pgtrigger.Trigger(
                name="adoption_stage_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["taken_back_at", "taken_back_by"]),
                func="""
                    RAISE EXCEPTION 'Kirjattu vaihe ei muutu. Peru se ja kirjaa oikea.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_stage_stays';
                """,
            ),
            sealed(
                "adoption_stage_kept",
                condition=pgtrigger.Condition("TRUE"),
                sentence="Kirjattua vaihetta ei poisteta. Peru se.",
                operation=pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.stage} {self.since}"

    def get_absolute_url(self) -> str:
        return reverse("adoption_municipality", args=[self.municipality_id])
