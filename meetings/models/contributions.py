"""What one who can't come wants to say: the family reads it first, and lets it be read out or not."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Consent
from perhekeskus.history import keeps_history

from ..querysets import ContributionQuerySet
from .participations import Participation


@keeps_history()
class Contribution(models.Model):
    """Words written beforehand by an invited person, under the permission on which the invitation stands.

    `may_be_read` is the family's word on reading it at the table; None while it has said nothing.
    """

    participation = models.OneToOneField(Participation, models.CASCADE, related_name="contribution")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+")
    text = models.TextField(_("mitä haluat sanoa"))
    # Who of an invited unit or team wrote it in its name; empty of those who were invited by name.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    may_be_read = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Who wrote the family's word down; nobody when the family said it on its own page.
    decided_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The permission was taken back: nobody reads it any more.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    may_be_read__isnull=True, decided_at__isnull=True, decided_recorded_by__isnull=True
                )
                | Q(may_be_read__isnull=False, decided_at__isnull=False),
                name="contribution_decision_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contribution_says_something",
                violation_error_message=_("Kirjoita, mitä haluat sanoa."),
            ),
        ]
        triggers = [
            # Under the seat's own permission in force; the lock makes a withdrawal wait, or come first.
            pgtrigger.Trigger(
                name="contribution_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("text", "consent_id", "participation_id"),
                declare=[("allowed", "boolean")],
                func="""
                    SELECT consent.withdrawn_at IS NULL
                           AND consent.given_at <= clock_timestamp() + interval '1 minute'
                           AND (consent.valid_until IS NULL OR consent.valid_until > clock_timestamp())
                        INTO allowed
                        FROM network_consent consent
                        JOIN meetings_participation seat ON seat.consent_id = consent.id
                        WHERE consent.id = NEW.consent_id AND seat.id = NEW.participation_id
                        FOR SHARE OF consent;
                    IF allowed IS DISTINCT FROM TRUE THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten osuutta ei voi kirjoittaa.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_needs_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # In the name of many somebody of them writes, whom the family then knows; in a person's name
            # nobody else does.
            pgtrigger.Trigger(
                name="contribution_writer_of_invited",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("text", "written_by_id", "participation_id"),
                declare=[("seat", "record")],
                func="""
                    SELECT unit_id, team_id INTO seat FROM meetings_participation
                        WHERE id = NEW.participation_id;
                    IF seat.unit_id IS NULL AND seat.team_id IS NULL THEN
                        IF NEW.written_by_id IS NULL THEN
                            RETURN NEW;
                        END IF;
                    ELSIF EXISTS (
                        SELECT FROM network_worker
                        WHERE id = NEW.written_by_id AND unit_id = seat.unit_id
                    ) OR EXISTS (
                        SELECT FROM network_team_members
                        WHERE worker_id = NEW.written_by_id AND team_id = seat.team_id
                    ) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Yksikön tai tiimin puolesta kirjoittaa joku heistä.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_writer_of_invited';
                """,
            ),
            # The family let the words be read that it had read itself: other words wait for its word again.
            pgtrigger.Trigger(
                name="contribution_words_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text"),
                condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text")),
                func="""
                    NEW.may_be_read := NULL;
                    NEW.decided_at := NULL;
                    NEW.decided_recorded_by_id := NULL;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}"
