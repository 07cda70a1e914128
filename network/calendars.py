"""Calendar entries (iCalendar, RFC 5545 and 5546): when and where, never who is helped or why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from perhekeskus.languages import shared_time_name

PRODUCT = "-//Yhteinen aika//Perhekeskus//FI"


@dataclass(frozen=True)
class Entry:
    """One event of a worker's own calendar."""

    uid: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    place: str = ""
    is_tentative: bool = False
    # The name of a meeting of colleagues; without it the event is the shared time.
    summary: str = ""


def calendar(
    *,
    method: str,
    uid: UUID,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    stamp: datetime,
    place: str = "",
    attendee: str = "",
    answer_to: str = "",
    summary: str = "",
) -> bytes:
    """One event as bytes, the same at every try.

    `method` is REQUEST (to a worker, with the one attendee), PUBLISH (to the family and its close
    people, without any) or CANCEL. `answer_to` is where the calendar of the attendee sends its answer;
    left out, our own sender's address. `summary` is the name of a meeting of colleagues. Times are in
    UTC; `stamp` is when the message was written.
    """
    event = _event(Entry(uid, sequence, starts_at, ends_at, stamp, place, summary=summary))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer(answer_to))
    if attendee:
        event.add("attendee", _attendee(attendee, is_asked=method == "REQUEST"))
    whole = _whole(method)
    whole.add_component(event)
    return whole.to_ical()


def feed(entries: Iterable[Entry]) -> bytes:
    """A calendar to be subscribed to, the same for the same events: nobody is named in it."""
    whole = _whole("PUBLISH")
    whole.add("x-wr-calname", shared_time_name())
    # How often it is worth asking again: one calendar believes the one, another the other.
    whole.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    for entry in entries:
        event = _event(entry)
        event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
        whole.add_component(event)
    return whole.to_ical()


def _whole(method: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", method)
    return whole


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.summary or shared_time_name())
    if entry.place:
        event.add("location", entry.place)
    # A shared calendar shows colleagues that the time is taken, and no more.
    event.add("class", "PRIVATE")
    return event


def _organizer(answer_to: str) -> vCalAddress:
    """The service itself: a worker's own address is nobody's to collect."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{answer_to or address}")
    organizer.params["CN"] = shared_time_name()
    return organizer


def _attendee(address: str, *, is_asked: bool) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    if is_asked:
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
    return attendee
