"""What was called off, by whom and why: a meeting, one person's coming, a meeting that was not held."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import sealed

from ..querysets import CancellationQuerySet
from ..states import CalledOff, CancelReason, LeadRole, WhoCancelled
from .counted import CANCELLATION_KEPT
from .meetings import Meeting
from .participations import Participation


class Cancellation(models.Model):
    """One thing called off. Letters tell only that; who and why are for the convener, and counted by who."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="cancellations")
    what = models.CharField(max_length=8, choices=CalledOff, default=CalledOff.MEETING)
    # Whose coming, when it is not the whole meeting.
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, blank=True, related_name="cancellations"
    )
    who = models.CharField(max_length=12, choices=WhoCancelled)
    why = models.CharField(max_length=12, choices=CancelReason, blank=True)
    words = models.TextField(_("omat sanat"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    # Who wrote it down; nobody when the family took a permission back on its own page.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CancellationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what=CalledOff.PERSON, participation__isnull=False)
                | (Q(participation__isnull=True) & Q(what__in=[CalledOff.MEETING, CalledOff.NOT_HELD])),
                name="cancellation_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(participation__isnull=True),
                name="cancellation_meeting_once",
                violation_error_message=_("Yhteinen aika on jo peruttu."),
            ),
            models.CheckConstraint(condition=Q(who__in=WhoCancelled.values), name="cancellation_says_who"),
        ]
        triggers = [
            sealed(
                "cancellation_stays",
                condition=pgtrigger.Condition("TRUE"),
                sentence="Kirjattu peruminen ei muutu.",
                operation=pgtrigger.Update,
            ),
            pgtrigger.Trigger(
                name="cancellation_is_true",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("now_at", "text")],
                func="""
                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id;
                    IF (NEW.what = 'meeting' AND now_at <> 'cancelled')
                        OR (NEW.what = 'not_held' AND now_at <> 'not_held') THEN
                        RAISE EXCEPTION 'Yhteistä aikaa ei ole peruttu.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_is_true';
                    END IF;
                    IF NEW.participation_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM meetings_participation
                        WHERE id = NEW.participation_id AND meeting_id = NEW.meeting_id
                    ) THEN
                        RAISE EXCEPTION 'Osallistuja on toisesta tapaamisesta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_of_own_person';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *CANCELLATION_KEPT,
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.what}"


class OpenRole(models.Model):
    """A task whose holder does not come after all: the convener has it until somebody is named anew."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="open_roles")
    role = models.CharField(max_length=10, choices=LeadRole)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "role"], name="open_role_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.role}"
