"""A worker's own calendars: the address that is given out, and the calendars elsewhere that are read."""

import logging
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import KombuError

from network.models import Worker
from perhekeskus.celery import app
from perhekeskus.refusals import Refused, require
from perhekeskus.sealing import hashed

from ..models import CalendarFeed, ExternalCalendar
from ..rules import calendars as rules

log = logging.getLogger(__name__)

TOKEN_BYTES = 24
KICK_EXPIRES_SECONDS = 60


@transaction.atomic
def open_feed(*, by: Worker) -> str:
    """A new address for one's own calendar; the former one closes. The token is told here and never again."""
    worker = _locked(by)
    require(rules.why_not_open(worker))
    close_feed(by=worker)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(worker=worker, token_hash=hashed(token, 64))
    return token


@transaction.atomic
def close_feed(*, by: Worker) -> None:
    """Close the address of one's own calendar. Closing twice is closing once."""
    CalendarFeed.objects.open().filter(worker=by).update(revoked_at=timezone.now())


@transaction.atomic
def add_calendar(*, by: Worker, address: str) -> ExternalCalendar:
    """Begin to read a calendar of one's own elsewhere, at once."""
    worker = _locked(by)
    require(rules.why_not_add(worker))
    require(rules.why_not_read(address))
    calendar = ExternalCalendar(worker=worker, asked_at=timezone.now())
    calendar.address = address
    if ExternalCalendar.objects.filter(worker=worker, address_hash=calendar.address_hash).exists():
        raise Refused(_("Tämä kalenteri on jo lisätty."))
    calendar.save()
    transaction.on_commit(lambda: _kick(calendar), robust=True)
    return calendar


@transaction.atomic
def remove_calendar(*, calendar: ExternalCalendar, by: Worker) -> None:
    """Forget the calendar, its address and its busy times for good."""
    require(rules.why_not_keep(by, calendar))
    ExternalCalendar.objects.filter(pk=calendar.pk).delete()


@transaction.atomic
def fetch_now(*, calendar: ExternalCalendar, by: Worker) -> ExternalCalendar:
    """Ask for the calendar to be fetched now instead of when its time comes."""
    calendar = ExternalCalendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    require(rules.why_not_fetch_now(by, calendar))
    calendar.asked_at = calendar.due_at = timezone.now()
    calendar.save(update_fields=["asked_at", "due_at"])
    transaction.on_commit(lambda: _kick(calendar), robust=True)
    return calendar


def _locked(worker: Worker) -> Worker:
    """The row of the worker is what two open tabs wait for each other at."""
    return Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)


def _kick(calendar: ExternalCalendar) -> None:
    """Ask for it now. Without a broker nothing is lost: it is due, and the next tick of beat finds it."""
    try:
        app.send_task(
            "meetings.tasks.refresh_batch", [[calendar.pk]], expires=KICK_EXPIRES_SECONDS, retry=False
        )
    except (KombuError, OSError) as error:
        log.warning("calendar not asked for: %s", type(error).__name__)
