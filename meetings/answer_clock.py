"""When a family that has contacted us is to be answered: hours that run on working days only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus.words import HELSINKI, day
from perhekeskus.words import moment as in_words

from .slots import FREE_DAYS


@dataclass(frozen=True)
class Times:
    """When a contact becomes urgent, when it is late, and when the supervisor is told."""

    urgent_at: datetime
    answer_by: datetime
    supervisor_at: datetime


def times_from(start: datetime) -> Times:
    """The times of a contact that came, or was written to again, at the start."""
    whole = timedelta(hours=settings.CONTACT_ANSWER_HOURS)
    return Times(
        urgent_at=after_working_time(start, whole / 2),
        answer_by=after_working_time(start, whole),
        supervisor_at=after_working_time(start, whole * 1.5),
    )


def is_working_day(on: date) -> bool:
    return on.weekday() < 5 and on not in FREE_DAYS


def after_working_time(start: datetime, length: timedelta) -> datetime:
    """The moment when so much time has gone by on Helsinki's working days, from midnight to midnight."""
    moment = start.astimezone(UTC)
    while True:
        today = moment.astimezone(HELSINKI).date()
        midnight = datetime.combine(today + timedelta(days=1), time(0), tzinfo=HELSINKI).astimezone(UTC)
        if is_working_day(today):
            left = midnight - moment
            if length <= left:
                return moment + length
            length -= left
        moment = midnight


def answer_time_in_words() -> str:
    """kahden arkipäivän kuluessa: what the family is told before it writes."""
    hours = settings.CONTACT_ANSWER_HOURS
    if hours % 24:
        return ngettext("%(hours)d tunnin kuluessa arkisin", "%(hours)d tunnin kuluessa arkisin", hours) % {
            "hours": hours
        }
    days = hours // 24
    if days == 1:
        return _("yhden arkipäivän kuluessa")
    if days == 2:
        return _("kahden arkipäivän kuluessa")
    return _("%(days)s arkipäivän kuluessa") % {"days": days}


def latest_in_words(moment: datetime) -> str:
    """ti 24.11.2026 klo 15.00; what is due at midnight is due on the day that ends then."""
    here = moment.astimezone(HELSINKI)
    return day(here - timedelta(minutes=1)) if here.time() == time(0) else in_words(moment)


def age_in_words(since: datetime, now: datetime) -> str:
    """3 t: how long somebody has waited, by the clock on the wall."""
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        return _("%(hours)d t") % {"hours": minutes // 60}
    return _("%(days)d pv") % {"days": minutes // (24 * 60)}
