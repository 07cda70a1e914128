"""The shared plan, version by version."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Situation
from network.models import Municipality
from perhekeskus.constraints import only_moves, paired, sealed
from perhekeskus.history import keeps_history

from ..querysets import PlanQuerySet
from ..states import PLAN_MOVES, PlanStatus
from .counted import PLAN_COUNTED, PLAN_KEPT

# What the family got on paper stays as it was: a change is a new version.
_WORDS = [
    "situation_id",
    "meeting_id",
    "version",
    "wish",
    "strengths",
    "follow_up",
    "contact_to_family",
    "contact_from_family",
]


@keeps_history(exclude=["municipality", "new_measures"])
class Plan(models.Model):
    """What was agreed together: the recording frame (kirjausrunko) in the family's words."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="plans")
    # Where it is counted: kept as it was, even if the family moves later. The database finds it.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, editable=False
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="plans")
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    wish = models.TextField(_("tätä toivomme"), blank=True)
    strengths = models.TextField(_("voimavaramme"), blank=True)
    follow_up = models.TextField(_("miten seurataan"), blank=True)
    contact_to_family = models.TextField(_("miten työntekijä ottaa yhteyttä perheeseen"), blank=True)
    contact_from_family = models.TextField(_("miten perhe saa työntekijään yhteyden"), blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the situation of an agreed plan ended: its promises are over, also when the situation opens again.
    ended_at = models.DateTimeField(null=True, blank=True)
    # Grows with every saving and agreeing, on from version to version of the same situation; a page that
    # shows an older number is refused and shown both texts.
    edition = models.PositiveIntegerField(default=1)
    # Kept by the database for the counts: on how many new measures it agreed.
    new_measures = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["situation", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["situation", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["situation"],
                condition=Q(status=PlanStatus.DRAFT),
                name="plan_one_draft",
                violation_error_message=_("Suunnitelmasta on jo luonnos."),
            ),
            models.UniqueConstraint(
                fields=["situation"],
                condition=Q(status=PlanStatus.AGREED),
                name="plan_one_agreed",
                violation_error_message=_("Voimassa on yksi suunnitelma kerrallaan."),
            ),
            paired("written_at", "written_by", name="plan_written_paired"),
            paired("agreed_at", "agreed_by", name="plan_agreed_paired"),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.DRAFT, agreed_at__isnull=True)
                | (~Q(status=PlanStatus.DRAFT) & Q(agreed_at__isnull=False)),
                name="plan_agreed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(agreed_at__isnull=False), name="plan_ended_was_agreed"
            ),
        ]
        triggers = [
            only_moves("status", PLAN_MOVES, "plan_moves"),
            *PLAN_KEPT,
            *PLAN_COUNTED,
            pgtrigger.Trigger(
                name="plan_agreed_unchanged",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(*_WORDS),
                condition=pgtrigger.AnyChange(*_WORDS),
                func="""
                    IF OLD.status <> 'draft' THEN
                        RAISE EXCEPTION 'Sovittu suunnitelma ei muutu. Muutoksesta tehdään uusi versio.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_unchanged';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # What was agreed holds until something newer is agreed, and never just ends.
            pgtrigger.Trigger(
                name="plan_superseded_by_newer",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__status="superseded"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM plans_plan WHERE situation_id = NEW.situation_id
                        AND version > NEW.version AND status <> 'draft'
                    ) THEN
                        RAISE EXCEPTION 'Sovitun suunnitelman korvaa vain uudempi sovittu versio.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_superseded_by_newer';
                    END IF;
                    RETURN NULL;
                """,
            ),
            # Checked when the transaction ends: an agreed plan is carried, somebody of the family was there,
            # and no row of it is half written. A draft saves itself word by word, and its rows may be.
            pgtrigger.Trigger(
                name="plan_agreed_is_carried",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "ended_at"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__status="agreed", new__ended_at__isnull=True),
                # A closing of an account waits, or comes first. `agree` locks the workers before the plans.
                func="""
                    PERFORM FROM network_worker WHERE id IN (
                        SELECT worker_id FROM plans_responsibleworker WHERE plan_id = NEW.id
                    ) ORDER BY id FOR SHARE;
                    PERFORM plans_check_carried(NEW.id);
                    IF TG_OP = 'UPDATE' AND OLD.status = 'agreed' THEN
                        RETURN NULL;
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM plans_presence WHERE plan_id = NEW.id AND member_id IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'Suunnitelmasta sovitaan niin, että perheestä joku on mukana.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_carried';
                    END IF;
                    IF EXISTS (
                        SELECT FROM plans_measure WHERE plan_id = NEW.id
                        AND (
                            what = '' OR (place = 'elsewhere' AND "where" = '')
                            OR (who = '' AND num_nonnulls(member_id, close_person_id, worker_id) = 0)
                            OR ("when" = '' AND "by" IS NULL)
                        )
                    ) THEN
                        RAISE EXCEPTION 'Jokainen kohta sanoo, mitä tehdään ja missä, kuka tekee ja milloin.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_carried';
                    END IF;
                    RETURN NULL;
                """,
            ),
            sealed(
                "plan_ended_stays",
                operation=pgtrigger.UpdateOf("ended_at"),
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                sentence="Päättynyt suunnitelma ei ala uudelleen. Sopikaa uusi versio.",
                only_if="NEW.ended_at IS DISTINCT FROM OLD.ended_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} v{self.version}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("plan_detail", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        """Agreed on, and its situation has not ended since."""
        return self.status == PlanStatus.AGREED and self.ended_at is None
