"""A family's situation: the thread from puheeksiotto to everyday life, and who has the koppi."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Consultation, Family, Municipality
from perhekeskus.constraints import only_moves, paired, sealed
from perhekeskus.history import keeps_history

from ..querysets import SituationQuerySet
from ..states import (
    OPEN_STAGES,
    STAGE_MOVES,
    ConversationKind,
    ConversationResult,
    Ending,
    Stage,
    WayIn,
)
from .counted import (
    CONVERSATION_COUNTED,
    CONVERSATION_KEPT,
    SITUATION_COUNTED,
    SITUATION_KEPT,
)


@keeps_history(exclude=["touched_at", "municipality", "ended_from"])
class Situation(models.Model):
    """One family's matter, with exactly one holder: the one who has the koppi."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="situations")
    # Where it is counted: kept as it was, even if the family moves later. The database finds it.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, editable=False
    )
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.RAISED)
    stage_since = models.DateTimeField(default=timezone.now)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="situations_held")
    way_in = models.CharField(max_length=12, choices=WayIn, default=WayIn.CLOSE_WORKER)
    # The question that a colleague had asked, when the family then turned to the one who answered.
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, blank=True, related_name="situation_of_answerer"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ending = models.CharField(max_length=14, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When anything of it was last changed, in whichever table; kept by the database (meetings_touches).
    touched_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    # The form that opened it: sending the same form twice opens one situation.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Kept by the database for the counts: the stage that it ended in.
    ended_from = models.CharField(max_length=12, blank=True, default="", db_default="", editable=False)

    objects = SituationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["holder", "stage_since"],
                name="situation_open_of_holder",
                condition=Q(stage__in=OPEN_STAGES),
            ),
            # Who waits where, for the coordinator.
            models.Index(
                fields=["municipality", "stage"],
                name="situation_open_where",
                condition=Q(stage__in=OPEN_STAGES),
            ),
        ]
        constraints = [
            paired("ended_at", "ended_by", name="situation_ended_paired"),
            models.CheckConstraint(
                condition=Q(way_in=WayIn.COLLEAGUE, consultation__isnull=False)
                | (~Q(way_in=WayIn.COLLEAGUE) & Q(consultation__isnull=True)),
                name="situation_colleague_asked",
                violation_error_message=_("Työkaverin kysymyksestä avatulla tilanteella on se kysymys."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN_STAGES, ended_at__isnull=True, ending="")
                | (Q(stage__in=[Stage.EVERYDAY, Stage.ENDED], ended_at__isnull=False) & ~Q(ending="")),
                name="situation_ended_says_how",
                violation_error_message=_("Päättyneestä tilanteesta kirjataan, miten se päättyi."),
            ),
        ]
        triggers = [
            only_moves("stage", STAGE_MOVES, "situation_moves"),
            *SITUATION_KEPT,
            *SITUATION_COUNTED,
            pgtrigger.Trigger(
                name="situation_touched",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.touched_at = OLD.touched_at AND NEW IS DISTINCT FROM OLD THEN
                        NEW.touched_at := now();
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="situation_of_own_answer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("consultation_id", "way_in"),
                condition=pgtrigger.Q(new__consultation_id__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM network_consultation
                        WHERE id = NEW.consultation_id AND answered_by_id = NEW.opened_by_id
                          AND status = 'closed' AND result = 'direct'
                    ) THEN
                        RAISE EXCEPTION 'Tilanteen avaa neuvosta se, jonka kanssa perhe haluaa jatkaa.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'situation_of_own_answer';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="situation_holder_accepted",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("holder_id"),
                condition=pgtrigger.Q(old__holder_id__df=pgtrigger.F("new__holder_id")),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM (
                            SELECT from_worker_id, coalesce(to_worker_id, caught_by_id) AS taker_id, status
                            FROM meetings_handover WHERE situation_id = NEW.id ORDER BY id DESC LIMIT 1
                        ) latest
                        WHERE latest.status = 'accepted' AND latest.taker_id = NEW.holder_id
                          AND latest.from_worker_id = OLD.holder_id
                    ) THEN
                        RAISE EXCEPTION 'Koppi siirtyy vasta, kun vastaanottaja ottaa sen.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'situation_holder_accepted';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("situation_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES


@keeps_history(exclude=["municipality"])
class Conversation(models.Model):
    """A talk with the family: strengths first, the family's words apart from the worker's."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="conversations")
    # Where it is counted: kept as it was, even if the family moves later. The database finds it.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, editable=False
    )
    kind = models.CharField(
        _("keskustelu"),
        max_length=15,
        choices=ConversationKind,
        default=ConversationKind.PUHEEKSIOTTO,
    )
    held_on = models.DateField(_("milloin puhuitte"))
    noticed_where = models.CharField(_("missä huoli huomattiin"), max_length=200, blank=True)
    strengths = models.TextField(_("mikä on hyvin"), blank=True)
    family_words = models.TextField(_("perheen omin sanoin"), blank=True)
    child_view = models.TextField(_("lapsen näkemys"), blank=True)
    worries = models.TextField(_("huoli työntekijän sanoin"), blank=True)
    tried = models.TextField(_("mitä on jo kokeiltu"), blank=True, db_default="")
    result = models.CharField(_("mitä sovittiin"), max_length=12, choices=ConversationResult)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Grows with every correction; a page that shows an older number is refused.
    version = models.PositiveIntegerField(default=1, db_default=1)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            paired("recorded_at", "recorded_by", name="conversation_recorded_paired"),
            paired("corrected_at", "corrected_by", name="conversation_corrected_paired"),
        ]
        triggers = [
            # The words may be corrected; what came of the talk has been acted on.
            sealed(
                "conversation_result_stays",
                operation=pgtrigger.UpdateOf("kind", "situation_id", "result"),
                condition=pgtrigger.AnyChange("kind", "situation_id", "result"),
                sentence="Keskustelun lajia ja sitä, mitä sovittiin, ei muuteta jälkikäteen.",
            ),
            CONVERSATION_KEPT,
            *CONVERSATION_COUNTED,
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.held_on}"
