"""The county's counts for anybody: the page that tells what they are, and the files.

The same for everybody: neither the session nor the reader is looked at, and nothing is counted when asked.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from perhekeskus import words
from perhekeskus.public import public_page, public_response

from ... import dashboard
from ...dashboard.open_data import what_is_published

# The numbers change once a month; a licence or a correction is seen in an hour.
KEPT_SECONDS = 3600
JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"
SCHEMA = Path(dashboard.__file__).with_name("open_data.schema.json")


def _if_open() -> None:
    if not settings.OPEN_DATA:
        raise Http404


def _file(request: HttpRequest, content: str, content_type: str, changed: float | None) -> HttpResponseBase:
    """The file for any page of any site to fetch, or only that it has not changed since."""
    body = content.encode()
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    response = public_response(body, content_type, kept_seconds=KEPT_SECONDS)
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    last = int(changed) if changed is not None else None
    answer = get_conditional_response(request, etag=etag, last_modified=last, response=response) or response
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@login_not_required
@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What is published, what each field means, by what licence."""
    _if_open()
    published = what_is_published()
    facts = {
        "updated": words.day(published.made_at) if published else "",
        "through": words.month(published.through) if published else "",
        "limit": settings.SMALL_NUMBER_LIMIT,
        "largest_hidden": settings.SMALL_NUMBER_LIMIT - 1,
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": settings.OPEN_DATA_LICENCE_URL,
        "base_url": settings.BASE_URL,
    }
    return public_response(public_page("meetings/open_data_page.html", facts), kept_seconds=KEPT_SECONDS)


@login_not_required
@require_safe
def open_data_json(request: HttpRequest) -> HttpResponseBase:
    """The counts as JSON."""
    return _published(request, "json", JSON)


@login_not_required
@require_safe
def open_data_csv(request: HttpRequest) -> HttpResponseBase:
    """The counts of the municipalities as CSV."""
    return _published(request, "csv", CSV)


def _published(request: HttpRequest, form: str, content_type: str) -> HttpResponseBase:
    _if_open()
    published = what_is_published()
    if published is None:
        raise Http404
    return _file(request, getattr(published, form), content_type, published.made_at.timestamp())


@login_not_required
@require_safe
def open_data_schema(request: HttpRequest) -> HttpResponseBase:
    """What the JSON holds, for a machine."""
    _if_open()
    return _file(request, SCHEMA.read_text(), "application/schema+json; charset=utf-8", None)
