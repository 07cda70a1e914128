"""What a worker has in hand on this floor: families whose responsible worker they are."""

from django.utils.translation import ngettext

from meetings.states import OPEN_STAGES
from network.duties import Duty, register

from .models import ResponsibleWorker
from .states import PlanStatus

register(
    Duty(
        "responsible",
        lambda worker: ResponsibleWorker.objects.filter(
            worker=worker, plan__status=PlanStatus.AGREED, plan__situation__stage__in=OPEN_STAGES
        ).count(),
        lambda count: (
            ngettext("vastuu %(count)d perheestä", "vastuu %(count)d perheestä", count) % {"count": count}
        ),
    )
)
