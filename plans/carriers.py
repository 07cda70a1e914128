"""Questions about who carries the plans, and about the contacts that families ask for."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from meetings.states import OPEN_STAGES
from network.states import ConsentPurpose

from .states import HandingStatus, PlanStatus

if TYPE_CHECKING:
    from .models import (  # noqa: F401  (mypy reads them in base classes)
        ContactRequest,
        ResponsibilityHandover,
        ResponsibleWorker,
    )
    from .querysets import PlanQuerySet


def without_named() -> "PlanQuerySet":
    """Plans in force that nobody carries whom the family has named and lets see its matters.

    Each with when that came to be so, and with what is on its way.
    """
    from network.models import Consent

    from .models import Plan, ResponsibilityHandover, ResponsibleWorker

    permission = Consent.objects.in_force().filter(
        purpose=ConsentPurpose.COPY,
        worker=OuterRef("worker"),
        family=OuterRef("plan__situation__family"),
    )
    named = ResponsibleWorker.objects.filter(Exists(permission), plan=OuterRef("pk"), stands_in=False)
    passed = ResponsibilityHandover.objects.filter(plan=OuterRef("pk"), offered_by=None).order_by("-pk")
    offers = Prefetch(
        "responsibility_handovers", ResponsibilityHandover.objects.offered(), to_attr="open_offers"
    )
    return (
        Plan.objects.in_force()
        .filter(~Exists(named))
        .annotate(passed_at=Subquery(passed.values("answered_at")[:1]))
        .select_related("situation")
        .prefetch_related(offers)
    )


class ResponsibleWorkerQuerySet(models.QuerySet["ResponsibleWorker"]):
    def in_force(self) -> "ResponsibleWorkerQuerySet":
        """Of the plans that go on."""
        return self.filter(
            plan__status=PlanStatus.AGREED,
            plan__ended_at=None,
            plan__situation__stage__in=OPEN_STAGES,
        )


class ResponsibilityHandoverQuerySet(models.QuerySet["ResponsibilityHandover"]):
    def offered(self) -> "ResponsibilityHandoverQuerySet":
        return self.filter(status=HandingStatus.OFFERED)

    def stranded(self) -> "ResponsibilityHandoverQuerySet":
        """Offered to one who can't take it any more."""
        living = Q(
            to_worker__is_active=True,
            to_worker__is_coordinator=False,
            to_worker__is_administrator=False,
            to_worker__unit__organisation__is_public_service=True,
        )
        return self.offered().exclude(living)

    def unsettled(self) -> "ResponsibilityHandoverQuerySet":
        """What the database gave back or passed on, and nobody has been told of."""
        return self.filter(status__in=[HandingStatus.RETURNED, HandingStatus.PASSED], told_at=None)

    def visible_to(self, worker) -> "ResponsibilityHandoverQuerySet":
        """What is offered to the worker, and what happened in the situations opened to them."""
        from meetings.models import Situation

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return self.filter(
            Q(to_worker=worker, consent__isnull=False)
            | Q(plan__situation__in=Situation.objects.opened_to(worker))
        )


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def open(self) -> "ContactRequestQuerySet":
        """Asked for and neither answered nor taken back, in a situation that goes on."""
        return self.filter(answered_at=None, withdrawn_at=None, situation__stage__in=OPEN_STAGES)
