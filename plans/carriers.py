"""Questions about who carries the plans, and about the contacts that families ask for."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from meetings.states import OPEN_STAGES

from .states import HandingStatus, PlanStatus

if TYPE_CHECKING:
    from .models import (  # noqa: F401  (mypy reads them in base classes)
        ContactRequest,
        ResponsibilityHandover,
        ResponsibleWorker,
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
