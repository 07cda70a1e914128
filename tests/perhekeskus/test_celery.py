"""What beat asks for exists, and a task knows the request that asked for it."""

import json
import uuid

import pytest
import redis
import structlog
from django.conf import settings

from perhekeskus.celery import app


def test_beat_asks_only_for_tasks_that_there_are():
    app.loader.import_default_modules()
    schedule = app.conf.beat_schedule
    assert set(schedule) == {
        "drain_outbox",
        "heartbeat",
        "refresh_calendars",
        "resume_imports",
        *settings.PERIODIC_TASKS,
    }
    assert schedule["drain_outbox"]["schedule"] == settings.OUTBOX_BEAT_SECONDS
    for entry in schedule.values():
        assert entry["task"] in app.tasks


@pytest.fixture
def queue():
    """A queue of the real broker that no worker reads."""
    name = f"test-{uuid.uuid4()}"
    key = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] + name
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        yield name, lambda: [json.loads(message) for message in broker.lrange(key, 0, -1)]
        broker.delete(key)


def test_the_request_id_goes_with_the_task(queue):
    name, messages = queue
    with structlog.contextvars.bound_contextvars(request_id="pyyntö-1"):
        app.send_task("perhekeskus.tasks.heartbeat", queue=name)
    assert messages()[0]["headers"]["__django_structlog__"]["request_id"] == "pyyntö-1"
