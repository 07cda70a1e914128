"""How the installation is, for whoever watches over it: no sign-in, and nothing about anybody."""

from datetime import datetime
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..heartbeat import is_silent, worker_silent_seconds
from ..models import Message

OVERDUE_SECONDS = 900
BROKER_TIMEOUT_SECONDS = 1


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """JSON with `status` ok (200) or degraded (503) and the state of each part; ages in seconds."""
    report = _database_report() | {"broker": _broker_state()}
    silent = is_silent(report["worker"])
    late = (report["oldest_overdue_seconds"] or 0) > OVERDUE_SECONDS
    well = report["database"] == "ok" and report["broker"] == "ok" and not silent and not late
    return JsonResponse({"status": "ok" if well else "degraded", **report}, status=200 if well else 503)


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Plain liveness: this process answers."""
    return HttpResponse("elossa\n", content_type="text/plain; charset=utf-8")


def _database_report() -> dict[str, Any]:
    try:
        silent = worker_silent_seconds()
        due_at = Message.objects.overdue().order_by("due_at").values_list("due_at", flat=True).first()
    except DatabaseError:
        return {"database": "unreachable", "worker": None, "oldest_overdue_seconds": None}
    return {"database": "ok", "worker": silent, "oldest_overdue_seconds": _age(due_at)}


def _broker_state() -> str:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=BROKER_TIMEOUT_SECONDS,
            socket_connect_timeout=BROKER_TIMEOUT_SECONDS,
        ) as broker:
            broker.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


def _age(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((timezone.now() - moment).total_seconds()))
