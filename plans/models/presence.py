"""Who was there when the plan was agreed on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import ClosePerson, FamilyMember, OutsideProfessional, Worker
from perhekeskus.constraints import exactly_one
from perhekeskus.history import keeps_history

from .measures import of_own_family, rows_of_a_draft
from .plans import Plan

Attender = FamilyMember | ClosePerson | Worker | OutsideProfessional

PRESENT = ("member", "close_person", "worker", "outside_professional")


def kind_of(person: Attender) -> str:
    """By which key a person is referred to."""
    if isinstance(person, FamilyMember):
        return "member"
    if isinstance(person, ClosePerson):
        return "close_person"
    return "worker" if isinstance(person, Worker) else "outside_professional"


@keeps_history()
class Presence(models.Model):
    """One who was there: of the family, close to it, a worker, or a professional from outside."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="presences")
    member = models.ForeignKey(FamilyMember, models.RESTRICT, null=True, blank=True, related_name="presences")
    close_person = models.ForeignKey(
        ClosePerson, models.RESTRICT, null=True, blank=True, related_name="presences"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="presences"
    )
    outside_professional = models.ForeignKey(
        OutsideProfessional, models.PROTECT, null=True, blank=True, related_name="presences"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            exactly_one(*PRESENT, name="presence_of_one", sentence=_("Mukana ollut on yksi ihminen.")),
            *[models.UniqueConstraint(fields=["plan", one], name=f"presence_{one}_once") for one in PRESENT],
        ]
        triggers = [
            # Written down when it is agreed, and never changed after.
            rows_of_a_draft("presence_of_draft"),
            of_own_family("presence_of_own_family"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.pk}"

    @classmethod
    def of(cls, plan: Plan, person: Attender) -> "Presence":
        """The row that says that this one was there."""
        return cls(plan=plan, **{kind_of(person): person})

    @property
    def person(self) -> Attender:
        found = self.member or self.close_person or self.worker or self.outside_professional
        assert found is not None
        return found
