"""Who is at a meeting: by the family's decision, or as a member of the family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import (
    ClosePerson,
    Consent,
    FamilyMember,
    Invitation,
    OutsideProfessional,
    Team,
    Unit,
)
from network.models.consents import RECEIVERS
from perhekeskus.constraints import exactly_one
from perhekeskus.history import keeps_history

from ..querysets import ParticipationQuerySet
from ..states import MISSING, Attendance, Decision, WasNeeded
from .counted import PARTICIPATION_KEPT
from .meetings import Meeting


@keeps_history(exclude=["seat"])
class Participation(models.Model):
    """One at one meeting: a worker, somebody of a unit or a team, a professional from outside, somebody close
    to the family, or a member of the family.

    Members of the family are there in their own right; everybody else by the family's decision.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participations")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="participations")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="participations")
    outside_professional = models.ForeignKey(
        OutsideProfessional, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    close_person = models.ForeignKey(
        ClosePerson, models.CASCADE, null=True, blank=True, related_name="participations"
    )
    member = models.ForeignKey(
        FamilyMember, models.CASCADE, null=True, blank=True, related_name="participations"
    )
    why = models.CharField(_("miksi juuri hän"), max_length=200, blank=True)
    # The invited person reads it behind the link, before answering: nothing of the family's matters.
    expectation = models.CharField(
        _("mitä häneltä toivotaan"), max_length=300, blank=True, default="", db_default=""
    )
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    decided_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="participations")
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="participation"
    )
    attendance = models.CharField(max_length=8, choices=Attendance, blank=True)
    # Of one who was missing: was it a pity.
    was_needed = models.CharField(
        _("olisiko häntä tarvittu"), max_length=7, choices=WasNeeded, blank=True, default="", db_default=""
    )
    needed_line = models.CharField(_("mihin"), max_length=200, blank=True, default="", db_default="")
    # Kept by the database for the counts: as whom the one who was there is counted.
    seat = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            exactly_one(
                *RECEIVERS,
                "member",
                name="participation_of_one",
                sentence=_("Osallistuja on yksi ihminen, yksikkö tai tiimi."),
            ),
            models.UniqueConstraint(fields=["meeting", "worker"], name="participation_worker_once"),
            models.UniqueConstraint(fields=["meeting", "unit"], name="participation_unit_once"),
            models.UniqueConstraint(fields=["meeting", "team"], name="participation_team_once"),
            models.UniqueConstraint(
                fields=["meeting", "outside_professional"], name="participation_outside_professional_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "close_person"], name="participation_close_person_once"
            ),
            models.UniqueConstraint(fields=["meeting", "member"], name="participation_member_once"),
            models.CheckConstraint(
                condition=Q(decision=Decision.UNDECIDED, decided_at__isnull=True)
                | (~Q(decision=Decision.UNDECIDED) & Q(decided_at__isnull=False)),
                name="participation_decision_has_time",
            ),
            models.CheckConstraint(
                condition=Q(was_needed="", needed_line="") | Q(attendance__in=MISSING),
                name="participation_needed_of_missing",
                violation_error_message=_("Vain poissa olleesta kirjataan, olisiko häntä tarvittu."),
            ),
            models.CheckConstraint(
                condition=Q(invitation__isnull=True) | Q(consent__isnull=False),
                name="participation_invited_by_consent",
                violation_error_message=_("Kutsun voi lähettää vain perheen luvalla."),
            ),
        ]
        triggers = [
            *PARTICIPATION_KEPT,
            # Whoever came after all is not missed.
            pgtrigger.Trigger(
                name="participation_missed_no_more",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("attendance"),
                func="""
                    IF NEW.attendance NOT IN ('excused', 'absent') THEN
                        NEW.was_needed := '';
                        NEW.needed_line := '';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # The permission is for this receiver and from this family, and the invitation stands on it.
            pgtrigger.Trigger(
                name="participation_own_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "meeting_id", "consent_id", "invitation_id", *[f"{name}_id" for name in RECEIVERS]
                ),
                condition=pgtrigger.Q(new__consent_id__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM network_consent consent
                        JOIN meetings_meeting meeting ON meeting.id = NEW.meeting_id
                        JOIN meetings_situation situation ON situation.id = meeting.situation_id
                        WHERE consent.id = NEW.consent_id
                          AND consent.family_id = situation.family_id
                          AND consent.worker_id IS NOT DISTINCT FROM NEW.worker_id
                          AND consent.unit_id IS NOT DISTINCT FROM NEW.unit_id
                          AND consent.team_id IS NOT DISTINCT FROM NEW.team_id
                          AND consent.outside_professional_id
                              IS NOT DISTINCT FROM NEW.outside_professional_id
                          AND consent.close_person_id IS NOT DISTINCT FROM NEW.close_person_id
                    ) OR (NEW.invitation_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM network_invitation WHERE id = NEW.invitation_id
                          AND consent_id = NEW.consent_id
                    )) THEN
                        RAISE EXCEPTION 'Lupa on annettu toiselle tai toisesta perheestä.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'participation_own_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def receiver(self):
        """The one whom the family lets in by its decision; None of a member of the family."""
        return self.worker or self.unit or self.team or self.outside_professional or self.close_person

    @property
    def receiver_ids(self) -> dict[str, int | None]:
        """The receiver as field → key, all kinds, as in `Consent`."""
        return {field: getattr(self, f"{field}_id") for field in RECEIVERS}

    @property
    def name(self) -> str:
        return str(self.receiver or self.member)

    @property
    def from_where(self) -> str:
        """Whom the person represents, in a word or two."""
        if self.worker is not None:
            return f"{self.worker.title}, {self.worker.unit.name}"
        if self.unit is not None:
            return _("joku heistä, %(organisation)s") % {"organisation": self.unit.organisation.name}
        if self.team is not None:
            return str(_("joku tiimistä"))
        if self.outside_professional is not None:
            return self.outside_professional.from_where
        if self.close_person is not None:
            return self.close_person.relation
        return str(self.member.get_role_display()) if self.member is not None else ""
