"""Who reads the counts when nobody in person asks for them."""

from network.models import Worker


def the_house() -> Worker:
    """Who counts for the monthly report and the open data, which nobody in person asks for."""
    return Worker(is_coordinator=True)
