"""Pages that a link opens to somebody without an account."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise

from network.models import Family
from perhekeskus.languages import spoken

from ..looks import open_family

FamilyView = Callable[..., HttpResponse]


def link_gone(request: HttpRequest) -> HttpResponse:
    """One page for every link that opens nothing: unknown, run out and revoked look alike."""
    return render(request, "meetings/family_link_gone.html", status=404)


def family_page(what: str | Promise) -> Callable[[FamilyView], FamilyView]:
    """A view of the family's own page: view(request, family, token, …), in its language, looks on record.

    Nothing is decided there by a worker who is signed in: what the family says to a worker is written down as
    that, by name.
    """

    def decorator(view: FamilyView) -> FamilyView:
        @login_not_required
        @wraps(view)
        def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
            family: Family | None = open_family(request, token, what)
            if family is None:
                return link_gone(request)
            # In the demonstration nobody is real, and one visitor plays them all.
            if request.method == "POST" and request.user.is_authenticated and not settings.DEMONSTRATION:
                return render(request, "meetings/family_by_worker.html", status=403)
            with translation.override(spoken(family.language)):
                response = view(request, family, token, **kwargs)
            # Never from a cache, also when a middleware is taken away one day.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return opened

    return decorator
