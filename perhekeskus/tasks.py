"""What Celery does: drain the outbox, forget what has run out, and show that it is alive."""

from celery import shared_task
from django.utils import timezone

from . import outbox
from .models import Heartbeat, KeptForm


@shared_task
def drain_outbox() -> None:
    """Send what is due. May run twice, and many at once, harmlessly."""
    outbox.drain()


@shared_task
def heartbeat() -> None:
    """Write down that a worker lives."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task
def forget_kept_forms() -> None:
    """What was typed too late and not sent again in its time is gone for good."""
    KeptForm.objects.run_out().delete()
