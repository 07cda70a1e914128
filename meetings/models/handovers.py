"""The koppi on its way: to somebody, or to a unit where the first who catches it gets it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Unit
from perhekeskus.constraints import exactly_one, only_moves

from ..querysets import HandoverQuerySet
from ..states import HANDOVER_MOVES, HandoverStatus
from .situations import Situation

# The lock makes a closing of the account wait until the koppi is taken, and the other way round.
TAKEN_BY_ONE_WHO_MAY = pgtrigger.Trigger(
    name="handover_taken_by_one_who_may",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "caught_by_id", "to_worker_id"),
    condition=pgtrigger.Q(new__status=HandoverStatus.ACCEPTED),
    declare=[("taker", "network_worker%ROWTYPE")],
    func="""
        SELECT * INTO taker FROM network_worker
            WHERE id = coalesce(NEW.to_worker_id, NEW.caught_by_id) FOR SHARE;
        IF taker.id IS NULL OR NOT taker.is_active OR taker.is_coordinator OR taker.is_administrator
           OR taker.id = NEW.from_worker_id
           OR (NEW.to_unit_id IS NOT NULL AND taker.unit_id <> NEW.to_unit_id) THEN
            RAISE EXCEPTION 'Kopin ottaa se, jolle sitä tarjottiin, tai joku siitä yksiköstä.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_taken_by_one_who_may';
        END IF;
        RETURN NEW;
    """,
)
# A closed account, and an absence that is going on, are the two reasons for which another offers it.
OFFERED_FOR_ONE_WHO_IS_AWAY = pgtrigger.Trigger(
    name="handover_offered_for_one_away",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("offered_by_id"),
    condition=pgtrigger.Q(new__offered_by_id__isnull=False),
    declare=[("away_unit", "bigint")],
    func="""
        SELECT unit_id INTO away_unit FROM network_worker AS holder
            WHERE holder.id = NEW.from_worker_id AND (
                NOT holder.is_active OR holder.is_coordinator OR holder.is_administrator
                OR EXISTS (SELECT FROM meetings_absence
                           WHERE worker_id = holder.id AND period @> clock_timestamp())
            );
        IF NOT EXISTS (
               SELECT FROM network_worker WHERE id = NEW.offered_by_id AND id <> NEW.from_worker_id
                  AND is_active AND is_supervisor AND unit_id = away_unit)
           OR away_unit IS DISTINCT FROM
              coalesce(NEW.to_unit_id, (SELECT unit_id FROM network_worker WHERE id = NEW.to_worker_id)) THEN
            RAISE EXCEPTION 'Poissa olevan koppia tarjoaa vain esihenkilö oman yksikkönsä työntekijälle.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_offered_for_one_away';
        END IF;
        RETURN NEW;
    """,
)


class Handover(models.Model):
    """An offer of the koppi to somebody or to a unit; it counts when it is caught."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="handovers")
    from_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers_offered"
    )
    # The supervisor, when the holder is away or has left; nobody when the holder offers it.
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="handovers_received"
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="handovers_received"
    )
    # Who of the unit caught it.
    caught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("viesti vastaanottajalle"), max_length=2000, blank=True)
    family_told = models.BooleanField(_("perhe tietää, kenelle koppia tarjotaan"), default=False)
    status = models.CharField(max_length=10, choices=HandoverStatus, default=HandoverStatus.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["situation"],
                condition=Q(status=HandoverStatus.OFFERED),
                name="handover_one_open",
                violation_error_message=_("Koppia tarjotaan jo toiselle."),
            ),
            exactly_one(
                "to_worker",
                "to_unit",
                name="handover_one_receiver",
                sentence=_("Koppia tarjotaan yhdelle työntekijälle tai yhdelle yksikölle."),
            ),
            models.CheckConstraint(
                condition=~Q(from_worker=F("to_worker")),
                name="handover_to_another",
                violation_error_message=_("Koppi tarjotaan jollekulle toiselle."),
            ),
            # The holder says it; a supervisor knows no family, so the family's own page tells it.
            models.CheckConstraint(
                condition=Q(family_told=True) | Q(offered_by__isnull=False),
                name="handover_family_told",
                violation_error_message=_("Kerro perheelle ensin, kenelle koppia tarjotaan."),
            ),
            models.CheckConstraint(
                condition=Q(status=HandoverStatus.OFFERED, answered_at__isnull=True)
                | (~Q(status=HandoverStatus.OFFERED) & Q(answered_at__isnull=False)),
                name="handover_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=HandoverStatus.ACCEPTED, to_unit__isnull=False, caught_by__isnull=False)
                | (
                    (~Q(status=HandoverStatus.ACCEPTED) | Q(to_unit__isnull=True)) & Q(caught_by__isnull=True)
                ),
                name="handover_caught_by_somebody",
                violation_error_message=_(
                    "Kun yksikölle tarjottu koppi on otettu, tiedetään, kuka sen otti."
                ),
            ),
        ]
        triggers = [
            only_moves("status", HANDOVER_MOVES, "handover_moves"),
            TAKEN_BY_ONE_WHO_MAY,
            OFFERED_FOR_ONE_WHO_IS_AWAY,
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.status}"

    @property
    def receiver_name(self) -> str:
        """Whom it is offered to: a name, or a unit."""
        return self.to_worker.name if self.to_worker is not None else str(self.to_unit)

    def receiver_shown(self, *, with_places: bool) -> str:
        """The same to one who may not know where a protected family's people work."""
        if self.to_unit is not None and not with_places:
            return str(_("Yksikkö, jonka nimeä ei näytetä turvakiellon vuoksi"))
        return self.receiver_name

    @property
    def taker_id(self) -> int | None:
        """Who took it, once it is taken."""
        if self.status != HandoverStatus.ACCEPTED:
            return None
        return self.to_worker_id or self.caught_by_id
