"""What Celery does on this floor: fetch workers' calendars elsewhere."""

from celery import shared_task

from . import refreshing


@shared_task
def refresh_calendars() -> None:
    """Share out the calendars that are due, in batches. May run twice harmlessly."""
    for keys in refreshing.claim_due():
        refresh_batch.delay(keys)


@shared_task
def refresh_batch(keys: list[int]) -> None:
    """Fetch these calendars. May run twice, and many at once, harmlessly."""
    refreshing.refresh(keys)
