"""The Celery application and what beat asks for, how often."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init, worker_ready
from django_structlog.celery.steps import DjangoStructLogInitStep

from .embedded.process import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perhekeskus.settings")

HEARTBEAT_SECONDS = 30
# Each calendar has its own time; this is how often it is asked whose has come.
CALENDAR_TICK_SECONDS = 60

app = Celery("perhekeskus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@app.on_after_configure.connect
def set_beat_schedule(sender: Celery, **kwargs: Any) -> None:
    from django.conf import settings

    # A tick that nobody took before the next one is worth nothing: it expires, no queue piles up.
    outbox_seconds = settings.OUTBOX_BEAT_SECONDS
    sender.conf.beat_schedule = {
        "drain_outbox": {
            "task": "perhekeskus.tasks.drain_outbox",
            "schedule": outbox_seconds,
            "options": {"expires": max(outbox_seconds, 5)},
        },
        "resume_imports": {
            "task": "network.tasks.resume_imports",
            "schedule": settings.IMPORT_BEAT_SECONDS,
            "options": {"expires": max(settings.IMPORT_BEAT_SECONDS, 5)},
        },
        "heartbeat": {
            "task": "perhekeskus.tasks.heartbeat",
            "schedule": HEARTBEAT_SECONDS,
            "options": {"expires": HEARTBEAT_SECONDS},
        },
        "refresh_calendars": {
            "task": "meetings.tasks.refresh_calendars",
            "schedule": CALENDAR_TICK_SECONDS,
            "options": {"expires": CALENDAR_TICK_SECONDS},
        },
        # The upper floors' own, named as strings so that the ground imports nobody.
        **{
            task: {"task": task, "schedule": schedule, "options": {"expires": 3600}}
            for task, schedule in settings.PERIODIC_TASKS.items()
        },
    }


@setup_logging.connect
def keep_django_logging(**kwargs: Any) -> None:
    """Celery leaves logging as settings.LOGGING has it: a connected receiver is all it takes."""


@worker_ready.connect
def begin_at_once(**kwargs: Any) -> None:
    """After a start, what waited while nobody was here is not made to wait for the next tick."""
    app.send_task("perhekeskus.tasks.heartbeat", expires=HEARTBEAT_SECONDS)
    app.send_task("perhekeskus.tasks.drain_outbox", expires=60)
    from django.conf import settings

    for task in settings.AT_START:
        app.send_task(task, expires=3600)


@worker_process_init.connect
def end_with_the_worker(**kwargs: Any) -> None:
    """A pool process never outlives a killed worker: it would go on sending with nobody watching."""
    die_with_parent()
