"""A wish for an earlier time than the booked one: told to the convener once, when one has come free."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import paired, sealed

from .meetings import Meeting


class EarlierWish(models.Model):
    """One wish of the family's or the convener's; it ends when the meeting moves or is called off."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="earlier_wishes")
    wished_at = models.DateTimeField(default=timezone.now)
    # Who wrote it down; nobody when the family wished it on its own page.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_period = DateTimeRangeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-wished_at", "-pk"]
        constraints = [
            paired("found_period", "told_at", name="earlier_wish_told_of_a_time"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(ended_at__isnull=True),
                name="earlier_wish_one_open",
                violation_error_message=_("Aikaisempaa aikaa toivotaan jo."),
            ),
        ]
        triggers = [
            sealed(
                "earlier_wish_told_once",
                condition=pgtrigger.Q(
                    old__told_at__isnull=False, new__told_at__df=pgtrigger.F("old__told_at")
                ),
                sentence="Vapautuneesta ajasta on jo kerrottu.",
                operation=pgtrigger.Update,
            ),
            pgtrigger.Trigger(
                name="earlier_wish_of_booked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("found_period"),
                declare=[("booked", "record")],
                func="""
                    SELECT status, period INTO booked
                        FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
                    IF booked.status NOT IN ('booked', 'invited') THEN
                        RAISE EXCEPTION 'Aikaisempaa aikaa voi toivoa vain varatun tilalle.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'earlier_wish_of_booked';
                    END IF;
                    IF NEW.found_period IS NOT NULL AND upper(NEW.found_period) > lower(booked.period) THEN
                        RAISE EXCEPTION 'Löydetty aika ei ole aikaisempi.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'earlier_wish_is_earlier';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"
