"""Pages for what went wrong, in plain Finnish: what happened and what can be done."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ..kept import keep
from ..middleware import to_kept_forms

log = logging.getLogger(__name__)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when what was sent is too big."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a sentence given with the refusal is shown."""
    return render(request, "403.html", {"sentence": str(exception or "")}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same whether the thing does not exist or is not the reader's to see."""
    return render(request, "404.html", status=404)


@login_not_required
def too_big(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413"""
    return render(request, "413.html", status=413)


@login_not_required
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429"""
    return render(request, "429.html", status=429)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, without the request: neither the session nor the database is asked for anything."""
    try:
        page = render_to_string("500.html")
    except Exception:
        log.exception("error page failed")
        sentence = _("Jotakin meni vikaan meidän päässämme. Yritä hetken kuluttua uudelleen.")
        return HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from a page that had been open too long, or from another site.

    What was typed on a page of ours is kept for its writer; whoever else is signed in sees nothing of it.
    """
    kept = keep(request)
    if kept is None:
        return render(request, "csrf.html", status=403)
    if kept.link_id is not None:
        assert request.resolver_match is not None
        return redirect("family_kept", request.resolver_match.kwargs["token"])
    if request.user.is_authenticated and request.user.pk != kept.worker_id:
        return render(request, "csrf.html", {"is_anothers": True}, status=403)
    return to_kept_forms(request)
