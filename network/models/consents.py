"""The family's permission (lupa): what opens a door, and what closes it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import exactly_one
from perhekeskus.history import keeps_history

from ..querysets import ConsentQuerySet
from ..states import ConsentMethod, ConsentPurpose
from .directory import Unit
from .families import ClosePerson, Family, FamilyMember


@keeps_history()
class Consent(models.Model):
    """One permission: who gave it, to whom, for what, about which topics, when, until when.

    A row never changes but for its one withdrawal; a change of mind is a new row.
    """

    family = models.ForeignKey(Family, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=ConsentPurpose)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="consents")
    close_person = models.ForeignKey(
        ClosePerson, models.CASCADE, null=True, blank=True, related_name="consents"
    )
    topics = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    given_by = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=12, choices=ConsentMethod)
    given_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Who wrote the withdrawal down; nobody when the family did it on its own page.
    withdrawn_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            exactly_one(
                "worker",
                "unit",
                "close_person",
                name="consent_one_receiver",
                sentence=_("Lupa annetaan yhdelle vastaanottajalle kerrallaan."),
            ),
            models.CheckConstraint(
                condition=models.Q(method=ConsentMethod.OWN_LINK, recorded_by__isnull=True)
                | (~models.Q(method=ConsentMethod.OWN_LINK) & models.Q(recorded_by__isnull=False)),
                name="consent_recorded_by_somebody",
                violation_error_message=_(
                    "Luvalla on kirjaaja, paitsi kun perhe antaa sen omalta sivultaan."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_recorded_by__isnull=True) | models.Q(withdrawn_at__isnull=False),
                name="consent_withdrawal_has_time",
            ),
        ]
        triggers = [
            # Only the withdrawal may be written, and only once.
            pgtrigger.Protect(
                name="consent_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "withdrawn_recorded_by"]),
            ),
            pgtrigger.Protect(
                name="consent_withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            # Withdrawing closes the door in the same statement: open invitations and waiting messages.
            pgtrigger.Trigger(
                name="consent_withdrawn",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("withdrawn_at"),
                condition=pgtrigger.Q(old__withdrawn_at__isnull=True, new__withdrawn_at__isnull=False),
                func="""
                    UPDATE network_invitation SET status = 'revoked'
                        WHERE consent_id = NEW.id AND status <> 'revoked';
                    UPDATE perhekeskus_message SET state = 'dropped'
                        WHERE permission_id = NEW.id AND state = 'waiting';
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.pk}"

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return (
            self.withdrawn_at is None
            and self.given_at <= now
            and (self.valid_until is None or self.valid_until > now)
        )

    @property
    def receiver(self) -> str:
        """The name of the one who was let in."""
        if self.worker is not None:
            return self.worker.name
        return str(self.unit or self.close_person)
