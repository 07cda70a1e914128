"""Questions about many plans, and the only door through which people see them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from meetings.querysets import Ground
from network.states import ConsentPurpose

from .states import PlanStatus

if TYPE_CHECKING:
    from network.models import Worker

    from .models import Plan


class PlanQuerySet(models.QuerySet["Plan"]):
    def agreed(self) -> "PlanQuerySet":
        return self.filter(status=PlanStatus.AGREED)

    def current(self) -> "PlanQuerySet":
        return self.exclude(status=PlanStatus.SUPERSEDED)

    def visible_to(self, worker) -> "PlanQuerySet":
        """Plans of the situations opened to the worker, and agreed ones that the family shares with them."""
        from meetings.models import Situation
        from network.models import Consent

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        shared = Consent.objects.in_force().filter(
            purpose=ConsentPurpose.COPY, worker=worker, family=OuterRef("situation__family")
        )
        return self.filter(
            Q(situation__in=Situation.objects.opened_to(worker))
            | (Exists(shared) & Q(status=PlanStatus.AGREED))
        )


def _is_responsible(worker: "Worker") -> Exists:
    from .models import ResponsibleWorker

    return Exists(
        ResponsibleWorker.objects.filter(worker=worker, plan__situation=OuterRef("pk")).exclude(
            plan__status=PlanStatus.SUPERSEDED
        )
    )


RESPONSIBLE = Ground("responsible", _("on perheen vastuutyöntekijä"), True, _is_responsible)
