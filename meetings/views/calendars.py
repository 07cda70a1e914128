"""A worker's own calendars: the address that is given out, the calendars elsewhere, and the feed itself."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.requests import WorkerRequest
from perhekeskus import outbox
from perhekeskus.limits import asked_too_often
from perhekeskus.refusals import Refused, refusals_as_messages
from perhekeskus.words import moment

from ..actions import calendars as actions
from ..forms.calendars import ExternalCalendarForm
from ..models import CalendarFeed, ExternalCalendar
from ..own_calendar import own_calendar
from ..rules.calendars import is_being_fetched, why_not_add
from .by_link import link_gone

# A fresh address waits here, sealed, for the one page that shows it.
SHOWN_ONCE = "calendar_feed_token"
FETCHES_AN_HOUR = 60
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """A calendar elsewhere, as its owner sees it."""

    pk: int
    name: str
    chip: dict[str, str]
    text: str
    detail: str


@require_http_methods(["GET", "HEAD", "POST"])
def own_calendars(request: WorkerRequest) -> HttpResponse:
    """One's own calendars, and adding one."""
    form = ExternalCalendarForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_calendar(by=request.user, address=form.cleaned_data["address"])
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(request, _("Kalenteri on lisätty. Sitä haetaan nyt."))
            return redirect("own_calendars")
    calendars = list(ExternalCalendar.objects.visible_to(request.user))
    token = request.session.pop(SHOWN_ONCE, None)
    return render(
        request,
        "meetings/own_calendars.html",
        {
            "form": form,
            "refused": why_not_add(request.user),
            "feed": CalendarFeed.objects.visible_to(request.user).open().first(),
            "feed_url": outbox.site_url("calendar_feed", token) if token else "",
            "rows": [_row(calendar) for calendar in calendars],
            "is_fetching": any(is_being_fetched(calendar) for calendar in calendars),
            "breadcrumb": _breadcrumb(),
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed_open(request: WorkerRequest) -> HttpResponse:
    """A new address for one's own calendar; a second look when a former one closes."""
    if request.method == "POST":
        request.session[SHOWN_ONCE] = actions.open_feed(by=request.user)
        return redirect("own_calendars")
    return render(
        request, "meetings/calendar_feed_open.html", {"breadcrumb": _breadcrumb(_("Tee uusi osoite"))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed_close(request: WorkerRequest) -> HttpResponse:
    """Closing the address of one's own calendar."""
    if request.method == "POST":
        actions.close_feed(by=request.user)
        messages.success(request, _("Osoite on suljettu. Kalenterisi ei enää päivity sen kautta."))
        return redirect("own_calendars")
    return render(
        request, "meetings/calendar_feed_close.html", {"breadcrumb": _breadcrumb(_("Sulje osoite"))}
    )


@require_POST
def external_calendar_fetch(request: WorkerRequest, pk: int) -> HttpResponse:
    """Fetch now what would be fetched in a quarter of an hour."""
    calendar = get_object_or_404(ExternalCalendar.objects.visible_to(request.user), pk=pk)
    with refusals_as_messages(request):
        actions.fetch_now(calendar=calendar, by=request.user)
    return redirect("own_calendars")


@require_http_methods(["GET", "HEAD", "POST"])
def external_calendar_remove(request: WorkerRequest, pk: int) -> HttpResponse:
    """Forgetting a calendar elsewhere."""
    calendar = get_object_or_404(ExternalCalendar.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_calendar(calendar=calendar, by=request.user)
            messages.success(request, _("Kalenteri on poistettu. Sen varauksia ei enää oteta huomioon."))
        return redirect("own_calendars")
    return render(
        request,
        "meetings/external_calendar_remove.html",
        {"name": _name(calendar), "breadcrumb": _breadcrumb(_("Poista kalenteri"))},
    )


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a worker's secret address. Fetching it changes nothing."""
    feed = CalendarFeed.objects.opened_by(token)
    if feed is None:
        return link_gone(request)
    if asked_too_often(f"calendar-feed:{feed.pk}", most=FETCHES_AN_HOUR, seconds=int(HOUR.total_seconds())):
        response = HttpResponse(status=429)
        response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
        return response
    content = own_calendar(feed.worker)
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    answer = HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "ETag": etag},
    )
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _breadcrumb(here: str = "") -> list[dict[str, str]]:
    above = [{"label": _("Oma kortti"), "url": reverse("profile")}]
    if not here:
        return [*above, {"label": _("Kalenterit"), "url": ""}]
    return [*above, {"label": _("Kalenterit"), "url": reverse("own_calendars")}, {"label": here, "url": ""}]


def _name(calendar: ExternalCalendar) -> str:
    return calendar.host or _("Kalenteri, jonka osoitetta ei voi enää lukea")


def _row(calendar: ExternalCalendar) -> Row:
    fetched = (
        _("Luettu viimeksi %(when)s.") % {"when": moment(calendar.fetched_at)} if calendar.fetched_at else ""
    )
    if is_being_fetched(calendar):
        chip, text = {"text": _("haetaan"), "tone": "wait"}, _("Kalenteria haetaan juuri nyt.")
    elif calendar.failing_since is not None:
        chip = {"text": _("ei toimi"), "tone": "alert"}
        text = f"{calendar.get_failure_display()} {_failing_since(calendar)}"
    elif calendar.fetched_at is not None:
        chip, text = {"text": _("toimii"), "tone": "ok"}, ""
    else:
        chip, text = {"text": _("odottaa"), "tone": "wait"}, _("Kalenteri haetaan hetken kuluttua.")
    return Row(calendar.pk, _name(calendar), chip, text, fetched)


def _failing_since(calendar: ExternalCalendar) -> str:
    since = calendar.failing_since or timezone.now()
    if calendar.fetched_at is None:
        return _("Yritetty %(when)s lähtien.") % {"when": moment(since)}
    return _("Häiriö alkoi %(when)s. Siihen asti luetut varaukset ovat voimassa.") % {"when": moment(since)}
