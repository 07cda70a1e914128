"""For whom the counts exist."""

from network.models import Worker


def may_count(worker: Worker) -> bool:
    """Whether the counts exist for this person at all."""
    return worker.is_authenticated and (worker.is_coordinator or worker.is_administrator)
