"""A worker's own working week."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from network.models import Worker

from ..models import WorkingHours


@transaction.atomic
def set_working_hours(*, by: Worker, week: Mapping[int, tuple[time, time]]) -> None:
    """Replace one's own week: weekday (Monday is 1) → begins and ends. A day that is left out is free."""
    # The row of the worker is what two open tabs wait for each other at.
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=by.pk)
    WorkingHours.objects.filter(worker=worker).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(worker=worker, weekday=weekday, starts=starts, ends=ends)
        for weekday, (starts, ends) in sorted(week.items())
    )
