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
            page = resolve(request.path_info).view_name
        except Resolver404:
            page = ""
        user = request.user
        return {"worker": user.pk if user.is_authenticated else None, "page": page}
