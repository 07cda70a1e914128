"""To the supervisor, by worker: for how many families, and how many contacts are late. Numbers only."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from meetings.supervising import Column
from network.models import Unit
from perhekeskus.words import today

from .late_letters import awaited
from .models import ResponsibleWorker


def families_of(unit: Unit) -> Mapping[int, int]:
    """For how many families each is responsible."""
    rows = ResponsibleWorker.objects.in_force().filter(worker__unit=unit).order_by().values("worker")
    return dict(rows.annotate(number=Count("pk")).values_list("worker", "number"))


def late_of(unit: Unit) -> Mapping[int, int]:
    """How many contacts of each are late: promised ones, and those that families have asked for."""
    firsts = ResponsibleWorker.objects.in_force().filter(worker__unit=unit, position=1)
    late = awaited(
        contacts=Q(on__lt=today(), plan__in=firsts.values("plan")),
        requests=Q(answer_by__lt=today(), situation__in=firsts.values("plan__situation")),
    )
    return Counter(one.first.worker_id for one in late if one.first is not None)


FAMILIES = Column(_("Perheitä, joista vastaa"), families_of)
LATE = Column(_("Myöhässä olevia yhteydenottoja"), late_of)
