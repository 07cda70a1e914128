"""How a shared time was felt to be: who has been asked, and apart from that, what was answered.

Nothing joins an answer to the one who gave it: an answer has no time, no person and a key without an order.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import OutsideProfessional
from perhekeskus.constraints import sealed
from perhekeskus.models import AccessLink

from ..querysets import FeedbackAnswerQuerySet, FeedbackReceiptQuerySet
from ..states import FeedbackSide, FeedbackStep
from .meetings import Meeting


class FeedbackReceipt(models.Model):
    """One who is asked once: the family together, or a professional who was there. It holds no answer."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback_receipts")
    side = models.CharField(max_length=12, choices=FeedbackSide)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outside_professional = models.ForeignKey(
        OutsideProfessional, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The family's and an outside professional's way to the questions, and to nothing else.
    link = models.OneToOneField(AccessLink, models.PROTECT, null=True, blank=True, related_name="+")
    is_answered = models.BooleanField(default=False)

    objects = FeedbackReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side=FeedbackSide.FAMILY, worker=None, outside_professional=None)
                | Q(side=FeedbackSide.PROFESSIONAL, worker__isnull=False, outside_professional=None)
                | Q(side=FeedbackSide.PROFESSIONAL, worker=None, outside_professional__isnull=False),
                name="feedback_receipt_of_one",
                violation_error_message=_("Palautetta kysytään perheeltä tai yhdeltä ammattilaiselta."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(side=FeedbackSide.FAMILY),
                name="feedback_receipt_family_once",
            ),
            models.UniqueConstraint(fields=["meeting", "worker"], name="feedback_receipt_worker_once"),
            models.UniqueConstraint(
                fields=["meeting", "outside_professional"], name="feedback_receipt_outside_once"
            ),
        ]
        triggers = [
            sealed(
                "feedback_receipt_answered_stays",
                condition=pgtrigger.Q(old__is_answered=True),
                sentence="Palaute on jo annettu.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.side}"


class FeedbackAnswer(models.Model):
    """What somebody of one side answered. The three steps stand in the order of the side's questions."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback_answers")
    side = models.CharField(max_length=12, choices=FeedbackSide)
    first = models.CharField(max_length=6, choices=FeedbackStep)
    second = models.CharField(max_length=6, choices=FeedbackStep)
    third = models.CharField(max_length=6, choices=FeedbackStep)
    words = models.TextField(max_length=500, blank=True)
    holder_may_read = models.BooleanField(default=False)

    objects = FeedbackAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__in=FeedbackStep.values)
                & Q(second__in=FeedbackStep.values)
                & Q(third__in=FeedbackStep.values),
                name="feedback_answer_has_steps",
            ),
            # What nobody may read is not kept.
            models.CheckConstraint(
                condition=Q(words="") | Q(side=FeedbackSide.PROFESSIONAL) | Q(holder_may_read=True),
                name="feedback_words_may_be_read",
                violation_error_message=_("Terveisiä, joita kukaan ei saa lukea, ei säilytetä."),
            ),
        ]
        triggers = [
            sealed(
                "feedback_answer_unchanged",
                condition=pgtrigger.Condition("TRUE"),
                sentence="Annettu palaute ei muutu.",
                operation=pgtrigger.Update,
            ),
            # As many answers as there are receipts that say "answered", and not one more.
            pgtrigger.Trigger(
                name="feedback_answer_of_asked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    -- Those who answer of one meeting at the same moment come one after the other.
                    PERFORM pg_advisory_xact_lock(hashtextextended('feedback:' || NEW.meeting_id, 0));
                    IF (SELECT count(*) FROM meetings_feedbackanswer
                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side)
                       >= (SELECT count(*) FROM meetings_feedbackreceipt
                           WHERE meeting_id = NEW.meeting_id AND side = NEW.side AND is_answered) THEN
                        RAISE EXCEPTION 'Palautetta antaa vain se, jolta sitä on kysytty, ja vain kerran.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_answer_of_asked';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # A row knows the transaction that wrote it, and a copy of the database has rows in the order of
            # writing. So each answer writes all of its side anew, by their keys: neither leads to a giver.
            pgtrigger.Trigger(
                name="feedback_answers_mixed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("given", "meetings_feedbackanswer[]")],
                func="""
                    IF pg_trigger_depth() > 1 THEN
                        RETURN NULL;
                    END IF;
                    SELECT array_agg(answer ORDER BY answer.key) INTO given
                        FROM meetings_feedbackanswer answer
                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side;
                    DELETE FROM meetings_feedbackanswer
                        WHERE meeting_id = NEW.meeting_id AND side = NEW.side;
                    INSERT INTO meetings_feedbackanswer SELECT * FROM unnest(given);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.side}"
