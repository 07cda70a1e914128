"""Another time or room for a booked meeting: asked of the family first, taken when it says yes."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.states import ConsentMethod
from perhekeskus.constraints import has_ends, sealed

from ..states import TimeChangeAnswer
from .meetings import Meeting
from .rooms import Room


class TimeChange(models.Model):
    """One proposal of another time or room. Until the family's yes the meeting is where it was."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="time_changes")
    period = DateTimeRangeField()
    # Empty when the meeting is in no room of ours.
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    # The workers who were seen to be busy then: they are told like the others.
    without = ArrayField(models.BigIntegerField(), default=list, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=TimeChangeAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # How the family said it; empty when it was nothing of the family's.
    method = models.CharField(max_length=12, choices=ConsentMethod, blank=True)
    # Who wrote it down; nobody when the family said it on its own page.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    word = models.CharField(_("milloin sopisi"), max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            has_ends("period", name="time_change_has_ends"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(answer=""),
                name="time_change_one_waits",
                violation_error_message=_("Perheeltä kysytään jo toista aikaa."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, recorded_by__isnull=True, method="", word="")
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="time_change_answer_has_time",
            ),
            # It is the family that says yes or no, in one way or another.
            models.CheckConstraint(
                condition=~Q(answer__in=[TimeChangeAnswer.YES, TimeChangeAnswer.NO])
                | (Q(method=ConsentMethod.OWN_LINK) & Q(recorded_by__isnull=True))
                | (~Q(method__in=["", ConsentMethod.OWN_LINK]) & Q(recorded_by__isnull=False)),
                name="time_change_said_by_family",
                violation_error_message=_(
                    "Perheen vastaukseen kuuluu, miten se saatiin ja kuka sen kirjasi."
                ),
            ),
        ]
        triggers = [
            sealed(
                "time_change_answered_stays",
                condition=~pgtrigger.Q(old__answer=""),
                sentence="Vastattu ehdotus ei muutu.",
                operation=pgtrigger.Update,
            ),
            # The lock makes a proposal and a cancellation at the same moment come one after the other.
            pgtrigger.Trigger(
                name="time_change_of_booked_and_ahead",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("meeting_id", "period"),
                declare=[("now_at", "text")],
                func="""
                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
                    IF now_at NOT IN ('booked', 'invited') THEN
                        RAISE EXCEPTION 'Vain varattua aikaa voi siirtää.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_change_of_booked';
                    END IF;
                    IF lower(NEW.period) <= clock_timestamp() THEN
                        RAISE EXCEPTION 'Uusi aika on jo mennyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_change_ahead';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"
