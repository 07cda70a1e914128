"""Structural grievances: what stands in many families' way, told without any family's data."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import only_moves, sealed

from ..states import ANSWERED_GRIEVANCES, GRIEVANCE_MOVES, GrievanceState, GrievanceTheme
from .directory import Municipality


class GrievanceQuerySet(models.QuerySet["StructuralGrievance"]):
    def visible_to(self, worker) -> "GrievanceQuerySet":
        """All for the coordinators; one's own to handle; for everybody in the network what has an answer."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        if worker.is_coordinator:
            return self
        return self.filter(Q(state__in=ANSWERED_GRIEVANCES) | Q(owner=worker))

    def with_people(self) -> "GrievanceQuerySet":
        """With what a page shows of each."""
        return self.select_related("municipality", "owner")

    def unfinished(self) -> "GrievanceQuerySet":
        return self.exclude(state__in=[GrievanceState.DONE, GrievanceState.PUT_ASIDE])


class StructuralGrievance(models.Model):
    """Something beyond one meeting's reach: where, about what, whose it is now, and the answer.

    Who wrote it and on which day is not kept: in a small municipality that would lead to the meeting where it
    came up, and so to a family.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="grievances", verbose_name=_("kunta")
    )
    theme = models.CharField(_("aihe"), max_length=12, choices=GrievanceTheme)
    text = models.TextField(_("mikä on vialla"), max_length=2000)
    # The first day of the month.
    recorded_month = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grievances",
        verbose_name=_("kuka hoitaa"),
    )
    state = models.CharField(max_length=10, choices=GrievanceState, default=GrievanceState.RECORDED)
    answer = models.TextField(_("vastaus"), max_length=2000, blank=True)
    # What came of it in the end, or why it was put aside.
    outcome = models.TextField(max_length=2000, blank=True)
    # The form that told it: sending the same form twice tells it once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = GrievanceQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_month", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_month__day=1),
                name="grievance_month_only",
                violation_error_message=_("Epäkohdasta kirjataan vain kuukausi."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[GrievanceState.RECORDED, GrievanceState.PUT_ASIDE])
                | Q(owner__isnull=False),
                name="grievance_handled_has_owner",
                violation_error_message=_("Kun epäkohtaa käsitellään, joku hoitaa sitä."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED_GRIEVANCES) | ~Q(answer=""),
                name="grievance_answered_has_answer",
                violation_error_message=_("Kirjoita vastaus."),
            ),
            models.CheckConstraint(
                condition=~Q(state=GrievanceState.PUT_ASIDE) | ~Q(outcome=""),
                name="grievance_put_aside_says_why",
                violation_error_message=_("Kirjoita, miksi epäkohta jätetään."),
            ),
        ]
        triggers = [
            only_moves("state", GRIEVANCE_MOVES, "grievance_moves"),
            # What was told stays as it was told; only how it is handled changes.
            pgtrigger.Trigger(
                name="grievance_told_once",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text", "theme", "municipality_id", "recorded_month"),
                condition=pgtrigger.AnyChange("text", "theme", "municipality_id", "recorded_month"),
                func="""
                    RAISE EXCEPTION 'Kirjattu epäkohta ei muutu. Kirjaa uusi.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_told_once';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("grievance_detail", args=[self.pk])

    @staticmethod
    def month_of(day: date) -> date:
        return day.replace(day=1)


class GrievanceStep(models.Model):
    """One step in handling a grievance, kept for good: to which state, by whom, when; recording is none."""

    grievance = models.ForeignKey(StructuralGrievance, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=GrievanceState)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        triggers = [
            sealed(
                "grievance_step_stays",
                condition=pgtrigger.Condition("TRUE"),
                sentence="Käsittelyn vaihe on jo kirjattu.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grievance_id} {self.state}"
