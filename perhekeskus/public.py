"""Answers for anybody: the same for everybody, kept by browsers and proxies, found by search engines."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string


def public_response(
    content: str | bytes, content_type: str = "text/html; charset=utf-8", *, kept_seconds: int
) -> HttpResponse:
    """An answer that browsers and proxies may keep and search engines may list."""
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={kept_seconds}"
    response["X-Robots-Tag"] = "all"
    return response


def public_page(template: str, facts: dict[str, Any]) -> str:
    """The page without its request, so that nothing of the reader can be on it."""
    house = {
        "shared_time_name": settings.SHARED_TIME_NAME,
        "demonstration": settings.DEMONSTRATION,
        "guidance_phone": "",
    }
    return render_to_string(template, house | facts)
