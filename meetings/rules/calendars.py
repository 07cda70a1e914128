"""Which calendars of one's own a worker may add, and when one may be fetched at once."""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from perhekeskus.fetching import is_local, why_not_address

from ..models import ExternalCalendar
from ..states import CalendarFailure

Sentence = str | Promise | None

MOST_CALENDARS = 3
PAUSE = timedelta(minutes=1)


def why_not_open(worker: Worker) -> Sentence:
    """A closed account gives no address out. The same as the trigger says."""
    if not worker.is_active:
        return _("Tunnus on suljettu, joten kalenterilla ei voi olla osoitetta.")
    return None


def why_not_add(worker: Worker) -> Sentence:
    """A few calendars are enough for one person."""
    if worker.external_calendars.count() >= MOST_CALENDARS:
        return _("Sinulla on jo kolme kalenteria. Poista niistä yksi, niin voit lisätä uuden.")
    return None


def why_not_read(address: str) -> Sentence:
    """Is it an address that can be read at all? Asked without fetching; the fetch checks where names lead."""
    if trouble := why_not_address(address):
        return CalendarFailure(trouble.value).label
    if is_local(address):
        return _(
            "Osoite toimii vain omalla koneellasi tai työpaikkasi verkossa. Kopioi kalenteristasi osoite,"
            " joka toimii myös muualla."
        )
    return None


def why_not_keep(worker: Worker, calendar: ExternalCalendar) -> Sentence:
    """A calendar is its owner's business only."""
    if calendar.worker_id != worker.pk:
        return _("Kalenteri on toisen työntekijän.")
    return None


def why_not_fetch_now(worker: Worker, calendar: ExternalCalendar) -> Sentence:
    """Once a minute is enough: the server is somebody else's."""
    if refused := why_not_keep(worker, calendar):
        return refused
    if is_being_fetched(calendar):
        return _("Kalenteria haetaan juuri nyt.")
    if calendar.tried_at is not None and timezone.now() - calendar.tried_at < PAUSE:
        return _("Kalenteri haettiin juuri. Odota hetki ja yritä uudelleen.")
    return None


def is_being_fetched(calendar: ExternalCalendar) -> bool:
    """Whether somebody asked for it a moment ago and the answer has not come yet."""
    return calendar.asked_at is not None and timezone.now() - calendar.asked_at < 2 * PAUSE
