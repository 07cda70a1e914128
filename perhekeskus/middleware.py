"""What every page answers with, whichever view made it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .kept import forget_sent, keep

# Nothing here needs the camera, the place or a payment; passkeys need their own two.
PERMISSIONS_POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "autoplay",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


class PrivateByDefaultMiddleware:
    """No page is kept by a browser or a proxy, or listed by a search engine, unless its view says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Cache-Control", "private, no-store")
        headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Every page asks to sign in, but for those for anybody, which don't even ask who is looking."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> Any:
        """The sign-in page; what was typed while the session ended is kept for the one who typed it."""
        if keep(request) is not None:
            return to_kept_forms(request)
        return super().handle_no_permission(request, view_func)


class KeptFormsMiddleware:
    """Once a kept form has been sent again and taken in, it is kept no longer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        forget_sent(request, response.status_code)
        return response


def to_kept_forms(request: HttpRequest) -> HttpResponse:
    """To the writer's kept forms, and by way of signing in when nobody is signed in."""
    url = reverse("kept_forms")
    if not request.user.is_authenticated:
        messages.info(request, _("Kirjoittamasi on tallessa. Näet sen, kun olet kirjautunut."))
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)
    return redirect(url)
