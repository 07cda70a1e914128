"""What Celery does on this floor: what is late climbs, and what passed by itself is told of."""

from celery import shared_task

from . import late_letters
from .actions.responsibility import settle_handings


@shared_task
def tell_of_late_promises() -> None:
    """Tell pairs, supervisors and substitutes. May run twice, and many at once, harmlessly."""
    late_letters.tell_of_late()


@shared_task
def settle_responsibilities() -> None:
    """Tell of what moved by itself, give back what nobody can take. May run twice, and many at once."""
    settle_handings()
