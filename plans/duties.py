"""What a worker has in hand on this floor: families whose responsible worker they are."""

from django.utils.translation import ngettext

from network.duties import HOLDS, Duty, register

from .models import ResponsibleWorker

HOLDS.add("responsible_leaves_nobody_without")
register(
    Duty(
        "responsible",
        lambda worker: ResponsibleWorker.objects.in_force().filter(worker=worker).count(),
        lambda count: (
            ngettext("vastuu %(count)d perheestä", "vastuu %(count)d perheestä", count) % {"count": count}
        ),
    )
)
