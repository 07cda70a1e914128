"""Who is responsible for a family's plan, and how that goes from one to another."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Consent
from perhekeskus.constraints import only_moves
from perhekeskus.history import keeps_history

from ..carriers import ResponsibilityHandoverQuerySet, ResponsibleWorkerQuerySet
from ..states import HANDING_MOVES, HandingCause, HandingStatus, PlanStatus, ToldHow
from .plans import Plan

# The lock makes a closing of the account wait, or come first: never in between.
_FROM_PUBLIC_SERVICE = """
    PERFORM FROM network_worker WHERE id = NEW.{worker} FOR SHARE;
    IF NOT plans_is_living(NEW.{worker}) THEN
        RAISE EXCEPTION 'Vastuutyöntekijä nimetään julkisen palvelun työntekijöistä.'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
"""


@keeps_history()
class ResponsibleWorker(models.Model):
    """Vastuutyöntekijä as it is now: named by the family, of a public service; one, or a pair.

    Who it was before: `ResponsibilityHandover`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="responsible_workers")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="responsibilities")
    # 1 is the first contact, 2 the other of the pair.
    position = models.PositiveSmallIntegerField(default=1)
    # Not named by the family: takes care until it names somebody. It opens nothing by itself.
    stands_in = models.BooleanField(default=False, db_default=False)

    objects = ResponsibleWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "worker"], name="responsible_worker_once"),
            models.UniqueConstraint(fields=["plan", "position"], name="responsible_position_once"),
            models.CheckConstraint(
                condition=Q(position__in=[1, 2]),
                name="responsible_one_or_two",
                violation_error_message=_("Vastuutyöntekijöitä on yksi tai kaksi."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="responsible_from_public_service",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("worker_id"),
                func=_FROM_PUBLIC_SERVICE.format(worker="worker_id", name="responsible_from_public_service")
                + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="responsible_carries_on",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="PERFORM plans_check_carried(OLD.plan_id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.worker_id}"

    @property
    def may_have_photo(self) -> bool:
        """Whether there can be a photograph to ask for: `with_sheet` tells, else it isn't known."""
        return getattr(self, "known_photo", True)


@keeps_history()
class ResponsibilityHandover(models.Model):
    """From whom to whom within an agreed plan; it counts when it is caught.

    One that passed by itself has no offerer and no permission: nobody was let in by it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="responsibility_handovers")
    from_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="responsibilities_offered"
    )
    cause = models.CharField(max_length=10, choices=HandingCause, default=HandingCause.HANDED)
    why = models.CharField(_("miksi"), max_length=200, blank=True)
    family_told_on = models.DateField(_("milloin perheelle kerrottiin"), null=True, blank=True)
    family_told_how = models.CharField(
        _("miten perheelle kerrottiin"), max_length=8, choices=ToldHow, blank=True
    )
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=HandingStatus, default=HandingStatus.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    # When those whom it concerns were told of one that passed by itself.
    told_at = models.DateTimeField(null=True, blank=True)
    # The mark of the form that it was offered with: one sending is one offer.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = ResponsibilityHandoverQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(status=HandingStatus.OFFERED),
                name="handing_one_open",
                violation_error_message=_("Vastuuta tarjotaan jo toiselle."),
            ),
            models.CheckConstraint(
                condition=~Q(from_worker=F("to_worker")),
                name="handing_to_another",
                violation_error_message=_("Vastuu tarjotaan jollekulle toiselle."),
            ),
            models.CheckConstraint(
                condition=Q(status=HandingStatus.PASSED, consent__isnull=True, offered_by__isnull=True)
                & ~Q(cause=HandingCause.HANDED)
                | Q(
                    consent__isnull=False,
                    offered_by__isnull=False,
                    family_told_on__isnull=False,
                    cause=HandingCause.HANDED,
                )
                & ~Q(family_told_how="")
                & ~Q(why="")
                & ~Q(status=HandingStatus.PASSED),
                name="handing_family_lets",
                violation_error_message=_("Kerro perheelle ensin ja kysy sen lupa."),
            ),
            models.CheckConstraint(
                condition=Q(status=HandingStatus.OFFERED, answered_at__isnull=True)
                | (~Q(status=HandingStatus.OFFERED) & Q(answered_at__isnull=False)),
                name="handing_answer_has_time",
            ),
        ]
        triggers = [
            only_moves("status", HANDING_MOVES, "handing_moves"),
            pgtrigger.Trigger(
                name="handing_caught_by_one_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "to_worker_id"),
                condition=pgtrigger.Q(new__status__in=[HandingStatus.OFFERED, HandingStatus.ACCEPTED]),
                func=_FROM_PUBLIC_SERVICE.format(worker="to_worker_id", name="handing_caught_by_one_who_may")
                + f"""
                    PERFORM FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF NOT EXISTS (
                        SELECT FROM network_consent permission
                        JOIN meetings_situation situation ON situation.family_id = permission.family_id
                        JOIN plans_plan plan ON plan.situation_id = situation.id
                        WHERE permission.id = NEW.consent_id AND plan.id = NEW.plan_id
                          AND permission.purpose = 'copy' AND permission.worker_id = NEW.to_worker_id
                          AND permission.withdrawn_at IS NULL
                          AND (permission.valid_until IS NULL OR permission.valid_until > clock_timestamp())
                          AND plan.status = '{PlanStatus.AGREED}' AND plan.ended_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu tai on peruttu, joten vastuuta ei voi siirtää.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'handing_needs_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.status}"
