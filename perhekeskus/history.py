"""The history of consequential rows, written by the database's triggers, and who made each change."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db.models import Model
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

M = TypeVar("M", bound=Model)


def keeps_history(**options: Any) -> Callable[[type[M]], type[M]]:
    """Every insert, update and delete of the model's rows leaves a copy, also those by raw SQL."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )


class HistoryMiddleware(BaseHistoryMiddleware):
    """Note the worker and the page's name with each change; never the URL, which can hold a token."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return {"worker": None, "page": ""}
        page = match.view_name
        if request.method in {"GET", "HEAD"} and not getattr(match.func, "login_required", True):
            # A page for anybody changes nothing when it is looked at, and need not know who looks.
            return {"worker": None, "page": page}
        user = request.user
        return {"worker": user.pk if user.is_authenticated else None, "page": page}
