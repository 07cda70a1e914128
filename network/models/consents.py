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
from ..states import ConsentMethod, ConsentPurpose, MemberRole
from .directory import Unit
from .families import ClosePerson, Family, FamilyMember
from .outside import OutsideProfessional
from .teams import Team

# Whom a permission can let in; one of them on each row.
RECEIVERS = ("worker", "unit", "team", "outside_professional", "close_person")


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
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="consents")
    outside_professional = models.ForeignKey(
        OutsideProfessional, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    close_person = models.ForeignKey(
        ClosePerson, models.CASCADE, null=True, blank=True, related_name="consents"
    )
    topics = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    given_by = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    # The other guardian, where both are asked.
    given_with = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
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
                *RECEIVERS,
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
            models.CheckConstraint(
                condition=models.Q(given_with__isnull=True)
                | (models.Q(given_by__isnull=False) & ~models.Q(given_by=models.F("given_with"))),
                name="consent_given_by_two",
                violation_error_message=_("Luvan antavat kaksi eri huoltajaa."),
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
            # Given by a guardian of this family or a minor who decides alone; by both where both are asked.
            pgtrigger.Trigger(
                name="consent_given_by_family",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("both_asked", "boolean"), ("giver", "record"), ("other", "record")],
                func="""
                    SELECT both_guardians_asked INTO both_asked FROM network_family WHERE id = NEW.family_id;
                    SELECT family_id, role, is_mature INTO giver
                        FROM network_familymember WHERE id = NEW.given_by_id;
                    SELECT family_id, role INTO other FROM network_familymember WHERE id = NEW.given_with_id;
                    IF (NEW.given_by_id IS NOT NULL AND (giver.family_id IS DISTINCT FROM NEW.family_id
                            OR NOT (giver.role = 'guardian' OR giver.is_mature)))
                        OR (NEW.given_with_id IS NOT NULL AND (other.family_id IS DISTINCT FROM NEW.family_id
                            OR other.role <> 'guardian' OR giver.role <> 'guardian')) THEN
                        RAISE EXCEPTION 'Luvan antaa perheen huoltaja tai nuori, joka päättää itse.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_given_by_family';
                    END IF;
                    IF both_asked AND NEW.given_with_id IS NULL
                        AND (NEW.given_by_id IS NULL OR giver.role = 'guardian') THEN
                        RAISE EXCEPTION 'Lupa kysytään kummaltakin huoltajalta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_given_by_both';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # The same for a question that still waits for an answer; the messages go with the invitations'.
            pgtrigger.Trigger(
                name="consent_withdrawn_advice",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("withdrawn_at"),
                condition=pgtrigger.Q(
                    old__withdrawn_at__isnull=True, new__withdrawn_at__isnull=False, new__purpose="consult"
                ),
                func="""
                    UPDATE network_consultation
                        SET status = 'withdrawn', withdrawn_at = NEW.withdrawn_at,
                            withdrawn_by_id = NEW.withdrawn_recorded_by_id
                        WHERE consent_id = NEW.id AND status IN ('asked', 'picked_up');
                    RETURN NULL;
                """,
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
    def minor_alone(self) -> FamilyMember | None:
        """The minor who gave the permission alone, also when they are not marked as deciding so any more."""
        giver = self.given_by
        return giver if giver is not None and giver.role == MemberRole.CHILD else None

    @property
    def receiver_ids(self) -> dict[str, int | None]:
        """The receiver as field → key, all kinds, to find the other permissions of the same receiver."""
        return {field: getattr(self, f"{field}_id") for field in RECEIVERS}

    @property
    def receiver(self) -> str:
        """The name of the one who was let in."""
        return str(self.worker or self.unit or self.team or self.outside_professional or self.close_person)
