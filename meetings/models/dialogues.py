"""Tulevaisuuden muistelu: everybody in turn looks back from a good future, in their own words."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import FamilyMember
from perhekeskus.constraints import exactly_one, paired
from perhekeskus.history import keeps_history

from ..querysets import DialogueTurnQuerySet
from ..states import DialogueQuestion
from .meetings import Meeting
from .participations import Participation

MOST_MINUTES = 60


@keeps_history()
class Dialogue(models.Model):
    """One dialogue at one meeting: the day of the good future, and how long each has in turn."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="dialogue")
    future_on = models.DateField(_("mihin päivään katsotaan"))
    # Only told, never enforced.
    minutes = models.PositiveSmallIntegerField(_("minuutteja kullekin"), default=10)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            paired("begun_at", "begun_by", name="dialogue_begun_paired"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)),
                name="dialogue_minutes_sensible",
                violation_error_message=_("Aikaa on kullekin 1–60 minuuttia."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


@keeps_history()
class DialogueTurn(models.Model):
    """One speaker: somebody of the family, one who was invited, or the convener. The family comes first."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    participation = models.ForeignKey(Participation, models.CASCADE, null=True, blank=True, related_name="+")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_skipped = models.BooleanField(default=False)

    objects = DialogueTurnQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            exactly_one(
                "member",
                "participation",
                "worker",
                name="dialogue_turn_of_one",
                sentence=_("Vuoro on yhden ihmisen."),
            ),
            models.UniqueConstraint(fields=["dialogue", "member"], name="dialogue_turn_member_once"),
            models.UniqueConstraint(
                fields=["dialogue", "participation"], name="dialogue_turn_participation_once"
            ),
            models.UniqueConstraint(fields=["dialogue", "worker"], name="dialogue_turn_worker_once"),
        ]
        triggers = [
            # Only those whom this family has at this meeting speak in it.
            pgtrigger.Trigger(
                name="dialogue_turn_of_this_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("dialogue_id", "member_id", "participation_id", "worker_id"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM meetings_dialogue dialogue
                        JOIN meetings_meeting meeting ON meeting.id = dialogue.meeting_id
                        JOIN meetings_situation situation ON situation.id = meeting.situation_id
                        WHERE dialogue.id = NEW.dialogue_id AND (
                            EXISTS (SELECT FROM network_familymember
                                    WHERE id = NEW.member_id AND family_id = situation.family_id)
                            OR EXISTS (SELECT FROM meetings_participation
                                       WHERE id = NEW.participation_id AND meeting_id = meeting.id
                                         AND decision = 'yes' AND member_id IS NULL)
                            OR NEW.worker_id = meeting.convener_id)
                    ) THEN
                        RAISE EXCEPTION 'Vuoron saa vain tässä tapaamisessa mukana oleva.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'dialogue_turn_of_this_meeting';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue_id} {self.position}"

    @property
    def name(self) -> str:
        if self.participation is not None:
            return self.participation.name
        return self.member.first_name if self.member is not None else str(self.worker)

    @property
    def from_where(self) -> str:
        """Who the speaker is, in a word or two."""
        if self.participation is not None:
            return self.participation.from_where
        if self.member is not None:
            return str(self.member.get_role_display())
        return self.worker.title if self.worker is not None else ""


@keeps_history()
class DialogueAnswer(models.Model):
    """What one answered to one question, in the speaker's own words."""

    turn = models.ForeignKey(DialogueTurn, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=8, choices=DialogueQuestion)
    text = models.TextField(max_length=3000, blank=True)
    # Grows with every saving: a line that was proposed to the plan is of the text that was seen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["turn", "pk"]
        constraints = [models.UniqueConstraint(fields=["turn", "question"], name="dialogue_answer_once")]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.question}"
