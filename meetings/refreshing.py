"""Fetching workers' calendars elsewhere: when each is due, a batch at once, none waiting for another."""

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from perhekeskus.fetching import Fetched, NotFetched, Trouble, fetch

from .calendar_messages import queue_calendar_failing
from .expansion import Unreadable
from .models import BusyTime, ExternalCalendar
from .reading import Reader
from .states import CalendarFailure

log = logging.getLogger(__name__)

BATCH = 20
MOST_AT_ONCE = 2_000
DAYS_AHEAD = 120
# An unchanged feed is counted anew before the days that were counted run short.
COUNTED_FOR = timedelta(days=7)
TELL_AFTER = timedelta(hours=24)
# One that has failed for a day is tried once an hour.
PAUSE_WHEN_FAILING = timedelta(hours=1)

TYPES = (
    "text/calendar",
    "text/plain",
    "text/x-vcalendar",
    "application/ics",
    "application/octet-stream",
    "application/calendar",
)


def claim_due() -> list[list[int]]:
    """The keys of the calendars that are due, in batches; from now on nobody else finds them due."""
    with transaction.atomic():
        due = list(
            ExternalCalendar.objects.due()
            .order_by("due_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))[:MOST_AT_ONCE]
            .values_list("pk", flat=True)
        )
        ExternalCalendar.objects.filter(pk__in=due).update(
            due_at=timezone.now() + timedelta(minutes=settings.CALENDAR_REFRESH_MINUTES)
        )
    return [due[start : start + BATCH] for start in range(0, len(due), BATCH)]


def refresh(keys: list[int]) -> None:
    """Fetch these calendars at once and keep what each says. May run twice, and beside itself, harmlessly."""
    calendars = list(ExternalCalendar.objects.filter(pk__in=keys, worker__is_active=True).order_by("pk"))
    if not calendars:
        return
    # A thread for each: a slow server keeps no other calendar waiting. They touch no database.
    with closing(Reader()) as reader, ThreadPoolExecutor(len(calendars)) as pool:
        asked = {pool.submit(_fetched, calendar): calendar for calendar in calendars}
        for future in as_completed(asked):
            _keep(asked[future], future.result(), reader)


# --- fetching, in a thread ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Came:
    """What came of one fetch: an answer or a failure."""

    answer: Fetched | None = None
    failure: CalendarFailure | None = None


def _fetched(calendar: ExternalCalendar) -> _Came:
    address = calendar.address
    if not address:
        return _Came(failure=CalendarFailure.SEALED)
    known = _is_counted(calendar, timezone.now())
    try:
        return _Came(
            fetch(
                address,
                types=TYPES,
                etag=calendar.etag if known else "",
                last_modified=calendar.last_modified if known else "",
            )
        )
    except NotFetched as not_fetched:
        if not_fetched.trouble == Trouble.WRONG_TYPE:
            return _Came(failure=CalendarFailure.NO_CALENDAR)
        return _Came(failure=CalendarFailure(not_fetched.trouble.value))


def _is_counted(calendar: ExternalCalendar, now: datetime) -> bool:
    """Whether the busy times still reach far enough to be left as they are."""
    return calendar.expanded_at is not None and now - calendar.expanded_at < COUNTED_FOR


# --- keeping, one after another ----------------------------------------------------------------------


def _keep(calendar: ExternalCalendar, came: _Came, reader: Reader) -> None:
    if came.answer is None:
        _failed(calendar.pk, came.failure or CalendarFailure.BROKEN)
        return
    now = timezone.now()
    body = came.answer.body
    if body is None and not _is_counted(calendar, now):
        # "Not changed", though nobody asked whether it had.
        _failed(calendar.pk, CalendarFailure.BROKEN)
        return
    content_hash = hashlib.sha256(body).hexdigest() if body is not None else calendar.content_hash
    if body is None or (content_hash == calendar.content_hash and _is_counted(calendar, now)):
        _succeeded(calendar.pk, came.answer, content_hash, periods=None)
        return
    first = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        periods = reader.busy_periods(body, first, first + timedelta(days=DAYS_AHEAD))
    except Unreadable as unreadable:
        _failed(calendar.pk, CalendarFailure(unreadable.why))
        return
    _succeeded(calendar.pk, came.answer, content_hash, periods)


def _locked(key: int) -> ExternalCalendar | None:
    """The calendar, unless it was removed meanwhile."""
    return ExternalCalendar.objects.select_for_update(of=("self",)).filter(pk=key).first()


@transaction.atomic
def _succeeded(
    key: int, answer: Fetched, content_hash: str, periods: list[tuple[datetime, datetime]] | None
) -> None:
    """Keep the new busy times; with None those that there are."""
    calendar = _locked(key)
    if calendar is None:
        return
    now = timezone.now()
    calendar.asked_at = None
    calendar.tried_at = calendar.fetched_at = now
    calendar.failing_since, calendar.failure, calendar.owner_told_at = None, "", None
    calendar.etag, calendar.last_modified = answer.etag, answer.last_modified
    calendar.content_hash = content_hash
    if periods is not None:
        calendar.expanded_at = now
        calendar.busy_times.all().delete()
        BusyTime.objects.bulk_create(
            BusyTime(calendar=calendar, period=DateTimeTZRange(start, end)) for start, end in periods
        )
    calendar.save()


@transaction.atomic
def _failed(key: int, failure: CalendarFailure) -> None:
    """Leave the busy times as they were, say why on the page, and after a day by a letter, once."""
    calendar = _locked(key)
    if calendar is None:
        return
    now = timezone.now()
    calendar.asked_at = None
    calendar.tried_at = now
    calendar.failing_since = calendar.failing_since or now
    calendar.failure = failure
    if now - calendar.failing_since >= TELL_AFTER:
        calendar.due_at = max(calendar.due_at, now + PAUSE_WHEN_FAILING)
        if calendar.owner_told_at is None:
            calendar.owner_told_at = now
            queue_calendar_failing(calendar)
    calendar.save()
    log.info("calendar not read: %s", failure.value)
