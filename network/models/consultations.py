"""A consultation: advice asked of somebody under the family's permission, and what came of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import only_moves, paired, sealed
from perhekeskus.history import keeps_history

from ..counting import Count, counted, month_of_moment
from ..querysets import ConsultationQuerySet
from ..states import CONSULTATION_MOVES, ConsultationResult, ConsultationStatus
from .consents import Consent
from .directory import Municipality

# What the asker wrote stays as it was asked.
_ASKED = ["is_anonymous", "question", "asked_at", "asked_by_id", "situation_number", "municipality_id"]
LONGEST_QUESTION = 4000


@keeps_history()
class Consultation(models.Model):
    """A question about a family to one worker, to a unit or to a team; somebody of them picks it up.

    An anonymous one tells the receiver nothing of the family; of a named one they see the first names.
    """

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="consultations")
    # The number of the family's situation. This floor knows none, so it is not a foreign key.
    situation_number = models.BigIntegerField(db_index=True)
    # Where it is counted: kept as it was, even if the family moves later.
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    is_anonymous = models.BooleanField(_("nimettömästi"), default=True)
    question = models.TextField(_("kysymys"), max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consultations_asked")
    status = models.CharField(max_length=10, choices=ConsultationStatus, default=ConsultationStatus.ASKED)
    picked_up_at = models.DateTimeField(null=True, blank=True)
    picked_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations_picked_up",
    )
    answer = models.TextField(_("vastaus"), max_length=LONGEST_QUESTION, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField(_("mitä siitä seurasi"), max_length=12, choices=ConsultationResult, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Without a person when the family's withdrawal did it.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the one who had it left; emptied when those who can take it, or the asker, have been told.
    left_waiting_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The form that asked it: sending the same form twice asks once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            # What waits on the front pages, however many there have been.
            models.Index(
                fields=["consent"],
                name="consultation_open",
                condition=Q(status__in=[ConsultationStatus.ASKED, ConsultationStatus.PICKED_UP]),
            ),
            models.Index(
                fields=["situation_number"],
                name="consultation_answered",
                condition=Q(status=ConsultationStatus.ANSWERED),
            ),
            models.Index(
                fields=["left_waiting_at"],
                name="consultation_left_waiting",
                condition=Q(left_waiting_at__isnull=False),
            ),
        ]
        constraints = [
            paired("picked_up_at", "picked_up_by", name="consultation_picked_up_paired"),
            paired("answered_at", "answered_by", name="consultation_answered_paired"),
            paired("closed_at", "closed_by", name="consultation_closed_paired"),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="consultation_has_question",
                violation_error_message=_("Kirjoita, mitä kysyt."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ConsultationStatus.ASKED], picked_up_at__isnull=True)
                | Q(status=ConsultationStatus.WITHDRAWN)
                | Q(
                    status__in=[
                        ConsultationStatus.PICKED_UP,
                        ConsultationStatus.ANSWERED,
                        ConsultationStatus.CLOSED,
                    ],
                    picked_up_at__isnull=False,
                ),
                name="consultation_picked_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=[ConsultationStatus.ANSWERED, ConsultationStatus.CLOSED])
                    & Q(answered_at__isnull=False)
                    & ~Q(answer="")
                )
                | (
                    ~Q(status__in=[ConsultationStatus.ANSWERED, ConsultationStatus.CLOSED])
                    & Q(answered_at__isnull=True, answer="")
                ),
                name="consultation_answered_in_words",
                violation_error_message=_("Kirjoita vastaus."),
            ),
            models.CheckConstraint(
                condition=(Q(status=ConsultationStatus.CLOSED, closed_at__isnull=False) & ~Q(result=""))
                | (~Q(status=ConsultationStatus.CLOSED) & Q(closed_at__isnull=True, result="")),
                name="consultation_closed_says_result",
                violation_error_message=_("Valitse, mitä neuvosta seurasi."),
            ),
            models.CheckConstraint(
                condition=Q(status=ConsultationStatus.WITHDRAWN, withdrawn_at__isnull=False)
                | (
                    ~Q(status=ConsultationStatus.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                ),
                name="consultation_withdrawn_has_time",
            ),
        ]
        triggers = [
            only_moves("status", CONSULTATION_MOVES, "consultation_moves"),
            pgtrigger.Protect(
                name="consultation_asked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_ASKED),
            ),
            # What was answered stays, whatever came of it.
            sealed(
                "consultation_answer_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("answer", "answered_at", "answered_by_id", "picked_up_by_id"),
                sentence="Annettu vastaus ei muutu.",
                only_if="OLD.status IN ('answered', 'closed')",
            ),
            # Under a permission in force, of the family for this very receiver. The lock makes a withdrawal
            # at the same moment wait, or come first: never in between.
            pgtrigger.Trigger(
                name="consultation_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("consent_id", "status", "picked_up_by_id", "answered_by_id", "answer"),
                condition=pgtrigger.Q(new__status__in=["asked", "picked_up", "answered"]),
                declare=[("permission", "record"), ("helper", "bigint")],
                func="""
                    SELECT purpose = 'consult' AND withdrawn_at IS NULL
                           AND given_at <= clock_timestamp() + interval '1 minute'
                           AND (valid_until IS NULL OR valid_until > clock_timestamp()) AS in_force,
                           family_id, worker_id, unit_id, team_id
                        INTO permission FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF permission.in_force IS DISTINCT FROM TRUE
                        OR coalesce(permission.worker_id, permission.unit_id, permission.team_id) IS NULL THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten neuvoa ei voi kysyä eikä antaa.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_needs_consent';
                    END IF;
                    IF TG_OP = 'UPDATE' AND NEW.consent_id <> OLD.consent_id AND NOT EXISTS (
                        SELECT FROM network_consent former
                        WHERE former.id = OLD.consent_id
                          AND former.family_id = permission.family_id
                          AND former.worker_id IS NOT DISTINCT FROM permission.worker_id
                          AND former.unit_id IS NOT DISTINCT FROM permission.unit_id
                          AND former.team_id IS NOT DISTINCT FROM permission.team_id
                    ) THEN
                        RAISE EXCEPTION 'Lupa on annettu toiselle tai toisesta perheestä.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_own_consent';
                    END IF;
                    FOREACH helper IN ARRAY ARRAY[NULLIF(NEW.picked_up_by_id, OLD.picked_up_by_id),
                                                  NULLIF(NEW.answered_by_id, OLD.answered_by_id)] LOOP
                        -- One who is leaving at this moment is let go first, or leaves the question behind.
                        PERFORM FROM network_worker WHERE id = helper FOR SHARE;
                        PERFORM FROM network_team_members
                            WHERE team_id = permission.team_id AND worker_id = helper FOR SHARE;
                        IF helper IS NOT NULL AND NOT EXISTS (
                            SELECT FROM network_worker worker WHERE worker.id = helper
                              AND worker.is_active AND NOT worker.is_coordinator
                              AND NOT worker.is_administrator
                              AND (worker.id = permission.worker_id OR worker.unit_id = permission.unit_id
                                   OR EXISTS (SELECT FROM network_team_members
                                              WHERE team_id = permission.team_id AND worker_id = worker.id))
                        ) THEN
                            RAISE EXCEPTION 'Perheen lupa on annettu toiselle.'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_own_receiver';
                        END IF;
                    END LOOP;
                    RETURN NEW;
                """,
            ),
            *counted(
                "network_consultation",
                Count(
                    "advice",
                    only="row.status IN ('answered', 'closed')",
                    part="row.result",
                    month=month_of_moment("row.answered_at"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("consultation_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.status in {ConsultationStatus.ASKED, ConsultationStatus.PICKED_UP}
