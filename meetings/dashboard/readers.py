"""For whom the counts exist."""

from network.models import Worker


def the_house() -> Worker:
    """Who counts for the monthly report and the open data, which nobody in person asks for."""
    return Worker(is_coordinator=True)


def may_count(worker: Worker) -> bool:
    """Whether the counts exist for this person at all."""
    return worker.is_authenticated and (worker.is_coordinator or worker.is_administrator)
