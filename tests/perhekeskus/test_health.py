"""/terveys tells who watches over the installation how it is, and nobody about anybody."""

import json
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from perhekeskus.models import Heartbeat, Message

pytestmark = pytest.mark.django_db


def beat(**ago) -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now() - timedelta(**ago)})


def overdue(**ago) -> None:
    Message.objects.create(
        kind="test",
        occasion="test",
        channel="email",
        recipient="vastaanottaja@kuopio.example",
        about_id=1,
        due_at=timezone.now() - timedelta(**ago),
    )


def test_all_is_well(client):
    beat(seconds=10)
    overdue(seconds=70)
    response = client.get("/terveys")
    assert response.status_code == 200
    report = response.json()
    assert report == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "worker": pytest.approx(10, abs=2),
        "oldest_overdue_seconds": pytest.approx(70, abs=2),
    }


def test_a_silent_worker_is_told(client):
    beat(minutes=5)
    response = client.get("/terveys")
    assert response.status_code == 503
    assert response.json()["status"] == "degraded"
    assert response.json()["worker"] >= 300


def test_a_worker_that_never_was_is_told(client):
    response = client.get("/terveys")
    assert (response.status_code, response.json()["worker"]) == (503, None)


def test_a_message_that_does_not_leave_is_told(client):
    beat(seconds=1)
    overdue(hours=1)
    response = client.get("/terveys")
    assert (response.status_code, response.json()["status"]) == (503, "degraded")
    assert response.json()["oldest_overdue_seconds"] >= 3600


def test_a_message_for_tomorrow_is_not_overdue(client):
    beat(seconds=1)
    overdue(days=-1)
    assert client.get("/terveys").json()["oldest_overdue_seconds"] is None


def test_a_broker_that_is_gone_is_told(client, settings):
    beat(seconds=1)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/terveys")
    assert (response.status_code, response.json()["broker"]) == (503, "unreachable")


def test_a_database_that_is_gone_is_told(client):
    # The one part that cannot be taken away from under a test that runs on it.
    with mock.patch.object(connection, "cursor", side_effect=OperationalError):
        response = client.get("/terveys")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


def test_liveness_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/terveys/elossa")
    assert (response.status_code, response.content) == (200, b"elossa\n")


def test_nothing_else_than_the_state_is_told(client):
    beat(seconds=1)
    overdue(hours=1)
    text = json.dumps(client.get("/terveys").json())
    assert "kuopio.example" not in text
    assert settings.REDIS_URL not in text


@pytest.mark.parametrize("address", ["/terveys", "/terveys/elossa"])
def test_it_is_only_for_reading(client, address):
    assert client.post(address).status_code == 405
    assert client.get(address).headers["Cache-Control"] == "private, no-store"
