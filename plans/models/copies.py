"""A copy of the agreed plan, given to somebody by separate agreement with the family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from network.models import Consent
from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history

from .plans import Plan


@keeps_history()
class Copy(models.Model):
    """Who was given which version, under which permission. What it opens ends with the permission."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="copies")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="copies")
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "consent"], name="copy_once"),
            paired("given_at", "given_by", name="copy_given_paired"),
        ]
        triggers = [
            # The lock makes a withdrawal at the same moment wait, or come first: never in between.
            pgtrigger.Trigger(
                name="copy_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "consent_id"),
                declare=[("permission", "record")],
                func="""
                    SELECT purpose = 'copy' AND withdrawn_at IS NULL
                           AND given_at <= clock_timestamp() + interval '1 minute'
                           AND (valid_until IS NULL OR valid_until > clock_timestamp()) AS in_force,
                           family_id
                        INTO permission FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF permission.in_force IS DISTINCT FROM TRUE THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten suunnitelmaa ei voi antaa.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_needs_consent';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM plans_plan plan
                        JOIN meetings_situation situation ON situation.id = plan.situation_id
                        WHERE plan.id = NEW.plan_id AND plan.status <> 'draft'
                          AND situation.family_id = permission.family_id
                    ) THEN
                        RAISE EXCEPTION 'Kopion voi antaa vain perheen omasta, sovitusta suunnitelmasta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'copy_of_agreed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.consent_id}"
