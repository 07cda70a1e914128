"""Pages that a link opens to somebody without an account."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from perhekeskus.door import is_open
from perhekeskus.kept import give_pages_to_link, keep
from perhekeskus.languages import spoken_on_pages

from ..looks import family_of, open_family

FamilyView = Callable[..., HttpResponse]


def link_gone(request: HttpRequest) -> HttpResponse:
    """One page for every link that opens nothing: unknown, run out and revoked look alike."""
    return render(request, "meetings/family_link_gone.html", status=404)


def by_family_link(view: FamilyView) -> FamilyView:
    """A page before the door: view(request, family, token) by the link alone. It shows nothing of theirs."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        family = family_of(token)
        if family is None:
            return link_gone(request)
        with translation.override(spoken_on_pages(family.language)):
            response = view(request, family, token)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return opened


def family_page(what: str | Promise) -> Callable[[FamilyView], FamilyView]:
    """A view of the family's own page: view(request, family, token, …), in its language, looks on record.

    The link leads to the door; the one-time code opens it. Nothing is decided there by a worker who is signed
    in: what the family says to a worker is written down as that, by name.
    """

    def decorator(view: FamilyView) -> FamilyView:
        @login_not_required
        @wraps(view)
        def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
            family = family_of(token)
            if family is None or family.link is None:
                return link_gone(request)
            if not is_open(request, family.link):
                return _to_the_door(request, token)
            give_pages_to_link(request, family.link)
            open_family(request, family, what)
            # In the demonstration nobody is real, and one visitor plays them all.
            if request.method == "POST" and request.user.is_authenticated and not settings.DEMONSTRATION:
                return render(request, "meetings/family_by_worker.html", status=403)
            # The base template shows the way out on every page behind the door.
            request.leave_url = reverse("family_leave", args=[token])  # type: ignore[attr-defined]
            with translation.override(spoken_on_pages(family.language)):
                response = view(request, family, token, **kwargs)
            # Never from a cache, also when a middleware is taken away one day.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        opened.is_behind_the_door = True  # type: ignore[attr-defined]
        return opened

    return decorator


def _to_the_door(request: HttpRequest, token: str) -> HttpResponse:
    if keep(request) is not None:
        target = reverse("family_kept", args=[token])
        return redirect(f"{reverse('family_code', args=[token])}?{urlencode({'sivu': target})}")
    url, home = reverse("family_code", args=[token]), reverse("family_home", args=[token])
    if request.path == home:
        return redirect(url)
    return redirect(f"{url}?{urlencode({'sivu': request.get_full_path()})}")
