"""An invitation: sent under a permission, answered by the one who was let in."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import only_moves
from perhekeskus.history import keeps_history
from perhekeskus.models import AccessLink

from ..querysets import InvitationQuerySet
from ..states import INVITATION_MOVES, InvitationStatus
from .consents import Consent


@keeps_history(exclude=["link"])
class Invitation(models.Model):
    """An invitation of one person to one event: when and where, and nothing of why.

    It holds the event's calendar facts itself, so that this floor need not know the meeting.
    """

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="invitations")
    event_name = models.CharField(max_length=60)
    event_uid = models.UUIDField(default=uuid.uuid4)
    sequence = models.PositiveIntegerField(default=0)
    period = DateTimeRangeField()
    place = models.CharField(max_length=300, blank=True)
    # What is expected of the invited, without a word about the family.
    expectation = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=InvitationStatus, default=InvitationStatus.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="invitation")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__isempty=False)
                & models.Q(period__lower_inf=False)
                & models.Q(period__upper_inf=False),
                name="invitation_period_has_ends",
                violation_error_message=_("Ajalla on alku ja loppu."),
            ),
        ]
        triggers = [
            only_moves("status", INVITATION_MOVES, "invitation_moves"),
            # The lock makes a withdrawal at the same moment wait, or come first: never in between.
            # The time is this moment's, not the transaction's beginning: a permission given and used in one
            # transaction counts, also when the web server's clock is a little ahead of the database's.
            pgtrigger.Trigger(
                name="invitation_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("consent_id", "status", "period"),
                condition=pgtrigger.Q(new__status__in=["pending", "accepted", "tentative"]),
                declare=[("allowed", "boolean")],
                func="""
                    SELECT purpose = 'invite' AND withdrawn_at IS NULL
                           AND given_at <= clock_timestamp() + interval '1 minute'
                           AND (valid_until IS NULL OR valid_until > clock_timestamp())
                        INTO allowed FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF allowed IS DISTINCT FROM TRUE THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten kutsua ei voi tehdä.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'invitation_needs_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_name} {self.pk}"

    @property
    def email(self) -> str:
        """Where the invitation goes; empty when the person has no e-mail."""
        if self.consent.worker is not None:
            return self.consent.worker.email
        if self.consent.close_person is not None:
            return self.consent.close_person.email
        return ""
