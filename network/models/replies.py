"""Answers that calendars have sent: each of them is taken once."""

from django.db import models

from ..states import ReplyOutcome
from .invitations import Invitation


class CalendarReply(models.Model):
    """One answer from a calendar and what became of it. Nothing of the mail itself is kept."""

    # Of the mail's Message-ID: the same mail fetched again is known by it, and tells nothing.
    key = models.CharField(max_length=64, unique=True)
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, blank=True, related_name="calendar_replies"
    )
    outcome = models.CharField(max_length=10, choices=ReplyOutcome)
    # When the calendar wrote it: what was written earlier does not undo what was written later.
    stamp = models.DateTimeField()
    handled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome=ReplyOutcome.TAKEN) | models.Q(invitation__isnull=False),
                name="reply_taken_by_an_invitation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"
