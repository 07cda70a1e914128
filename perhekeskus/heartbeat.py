"""Whether the background processes live: the worker writes down a beat every half a minute."""

from django.utils import timezone

from .models import Heartbeat

# Four silent beats are an illness.
WORKER_SILENT_SECONDS = 120


def worker_silent_seconds() -> int | None:
    """How long ago the worker beat; None when it never has."""
    seen_at = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
    return None if seen_at is None else max(0, int((timezone.now() - seen_at).total_seconds()))


def is_silent(seconds: int | None) -> bool:
    return seconds is None or seconds > WORKER_SILENT_SECONDS
