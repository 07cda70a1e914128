"""When an iCalendar feed says that its owner is busy: recurring events with their exceptions, in UTC.

The feed is somebody else's and may be anything, so it is read by a process of its own (`python -m
meetings.expansion`, started by meetings/reading.py) without Django, the environment or the database, within
limits of memory and time. Only the lines that tell of time are kept before anything is parsed.
"""

import json
import re
import resource
import struct
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo, available_timezones

import recurring_ical_events
from icalendar import Calendar
from icalendar.prop import vPeriod
from icalendar.timezone import tzp

HELSINKI = ZoneInfo("Europe/Helsinki")
MOST_EVENTS = 20_000
MOST_OCCURRENCES = 50_000
MOST_DATES = 20_000
# Oftener than this a day nobody has a meeting; every second would be ten million of them.
MOST_A_DAY = 48
MEMORY_BYTES = 1_000_000_000
# For all feeds of one process together; each has its own limit in meetings/reading.py.
CPU_SECONDS = 240

PLACES = {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VFREEBUSY"}
KEPT = {
    "VCALENDAR": {"X-WR-TIMEZONE", "CALSCALE"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
    "VEVENT": {
        *("UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"),
    },
    "VFREEBUSY": {"FREEBUSY"},
}
KEPT["DAYLIGHT"] = KEPT["STANDARD"]
NAME = re.compile(r"[A-Za-z0-9-]+")
FOLD = re.compile(rb"\r?\n[ \t]")

# By what an event says that its time is free after all.
FREE_OR_NOT = ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
# What the libraries raise of data that is not what it should be.
BROKEN = (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError, RecursionError)

Period = tuple[datetime, datetime]
Lines = list[str]


class Unreadable(Exception):
    """The feed says nothing that could be used; `why` is a code of `CalendarFailure`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def busy_periods(content: bytes, first: datetime, last: datetime, own_domain: str) -> list[Period]:
    """The stretches between the two moments when the calendar's owner is busy: in UTC, in order, apart.

    All-day events are Helsinki's days, and so are times without a zone. Events of ours (their UID ends with
    `own_domain`) are left out: their times are booked here anyway. Raises Unreadable.
    """
    head, events, published = _sorted_out(content, first.date(), own_domain)
    found = _occurrences(head, events, first, last) if events else []
    return merged([*found, *_published(published)], first, last)


def merged(periods: Iterable[Period], first: datetime, last: datetime) -> list[Period]:
    """The same time as stretches that neither overlap nor touch, inside the two moments."""
    whole: list[Period] = []
    for start, end in sorted((max(start, first), min(end, last)) for start, end in periods):
        if start >= end:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


# --- the lines that tell of time ---------------------------------------------------------------------


def _sorted_out(content: bytes, first_day: date, own_domain: str) -> tuple[Lines, list[Lines], Lines]:
    """The lines of the calendar and its time zones, those of each event that counts, and FREEBUSY lines."""
    head: Lines = ["BEGIN:VCALENDAR"]
    events: list[Lines] = []
    published: Lines = []
    event: Lines = []
    path: list[str] = []
    ended = False
    for name, line in _lines(content):
        place = path[-1] if path else ""
        if name == "BEGIN":
            path.append(line.partition(":")[2].strip().upper())
            if len(path) == 1 and path[0] != "VCALENDAR":
                raise Unreadable("no_calendar")
            if path[-1] in {"VTIMEZONE", "STANDARD", "DAYLIGHT"}:
                head.append(line)
            if path == ["VCALENDAR", "VEVENT"]:
                event = []
        elif not path:
            raise Unreadable("unreadable" if ended else "no_calendar")
        elif name == "END":
            path.pop()
            if place in {"VTIMEZONE", "STANDARD", "DAYLIGHT"}:
                head.append(line)
            if place == "VEVENT" and path == ["VCALENDAR"] and _counts(event, first_day, own_domain):
                events.append(["BEGIN:VEVENT", *event, "END:VEVENT"])
            if len(events) > MOST_EVENTS:
                raise Unreadable("too_many")
            ended = not path
        elif set(path) <= PLACES and name in KEPT[place]:
            if name == "RRULE":
                _check_rule(line)
            if place == "VEVENT":
                event.append(line)
            elif place == "VFREEBUSY":
                published.append(line)
            elif name != "X-WR-TIMEZONE" or line.partition(":")[2].strip() in available_timezones():
                head.append(line)
    if path or not ended:
        raise Unreadable("unreadable" if path else "no_calendar")
    return head, events, published


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    """Each line, unfolded, with its name."""
    text = FOLD.sub(b"", content.removeprefix(b"\xef\xbb\xbf")).decode("utf-8", "replace").replace("\x00", "")
    for line in re.split(r"\r\n|\n|\r", text):
        if name := NAME.match(line):
            yield name[0].upper(), line
        elif line.strip():
            yield "", line


def _values(event: Lines, name: str) -> list[str]:
    return [line for line in event if line.upper().startswith((f"{name}:", f"{name};"))]


def _value(event: Lines, name: str) -> str:
    return "".join(line.rpartition(":")[2].strip() for line in _values(event, name)[:1])


def _is_free(status: str, shown: str, microsoft: str) -> bool:
    return (
        status.upper() == "CANCELLED"
        or shown.upper() == "TRANSPARENT"
        # Outlook's own word; working elsewhere is working, and out of the office is away.
        or microsoft.upper() == "FREE"
    )


def _counts(event: Lines, first_day: date, own_domain: str) -> bool:
    """Whether anything of the event can matter: it may be free time, ours, or long past."""
    if _value(event, "UID").lower().endswith(f"@{own_domain.lower()}"):
        return False
    if sum(line.count(",") for name in ("RDATE", "EXDATE") for line in _values(event, name)) > MOST_DATES:
        raise Unreadable("too_many")
    if _values(event, "RECURRENCE-ID"):
        # A cancelled occurrence takes its place in the series from the one it replaces.
        return True
    if _is_free(*(_value(event, name) for name in FREE_OR_NOT)):
        return False
    if any(_values(event, name) for name in ("RRULE", "RDATE", "DURATION")):
        return True
    day = (_value(event, "DTEND") or _value(event, "DTSTART"))[:8]
    # Two days are more than any time zone.
    return not (day.isdigit() and day < (first_day - timedelta(days=2)).strftime("%Y%m%d"))


def _check_rule(line: str) -> None:
    """Refuse a rule that would recur so often that nobody could count to its end."""
    rule = {}
    for part in line.partition(":")[2].strip().upper().split(";"):
        name, _equals, value = part.partition("=")
        rule[name] = value
    if rule.get("FREQ") in {"SECONDLY", "MINUTELY"}:
        raise Unreadable("too_dense")

    def number(name: str) -> int:
        return len(set(rule[name].split(","))) if rule.get(name) else 1

    a_day = number("BYMINUTE") * number("BYSECOND")
    if rule.get("FREQ") == "HOURLY":
        interval = rule.get("INTERVAL", "1")
        a_day *= 24 // max(int(interval) if interval.isdigit() else 1, 1) or 1
    else:
        a_day *= number("BYHOUR")
    if a_day > MOST_A_DAY:
        raise Unreadable("too_dense")


# --- from events to stretches of time ----------------------------------------------------------------


def _occurrences(head: Lines, events: list[Lines], first: datetime, last: datetime) -> list[Period]:
    """The stretches of all events; of a calendar with broken events, of those that can be read."""
    # Time zones that a feed explains itself are remembered by name: another feed may mean another zone.
    tzp.use_zoneinfo()
    try:
        return _expanded(head, events, first, last)
    except BROKEN:
        series: dict[str, list[Lines]] = {}
        for event in events:
            series.setdefault(_value(event, "UID"), []).append(event)
    found: list[Period] = []
    failed = 0
    for one in series.values():
        try:
            found += _expanded(head, one, first, last)
        except BROKEN:
            failed += 1
    if failed == len(series):
        raise Unreadable("unreadable")
    return found


def _expanded(head: Lines, events: list[Lines], first: datetime, last: datetime) -> list[Period]:
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR", ""]
    query = recurring_ical_events.of(Calendar.from_ical("\r\n".join(lines)), skip_bad_series=True)
    if not query.series:
        raise Unreadable("unreadable")
    # A day more on both sides: a time without a zone may be of any.
    occurrences = query.between(first - timedelta(days=1), last + timedelta(days=1))
    if len(occurrences) > MOST_OCCURRENCES:
        raise Unreadable("too_many")
    return [
        (_moment(one["DTSTART"].dt), _moment(one["DTEND"].dt))
        for one in occurrences
        if not _is_free(*(str(one.get(name, "")) for name in FREE_OR_NOT))
    ]


def _moment(value: date) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=HELSINKI)).astimezone(UTC)


def _published(lines: Lines) -> Iterator[Period]:
    """The busy times of a calendar that publishes nothing else (VFREEBUSY)."""
    for line in lines:
        what, _colon, periods = line.partition(":")
        if "FBTYPE=FREE" in what.upper():
            continue
        for period in periods.split(","):
            try:
                start, end = vPeriod.from_ical(period.strip())
                yield _moment(start), _moment(start + end if isinstance(end, timedelta) else end)
            except (ValueError, TypeError):
                raise Unreadable("unreadable") from None


# --- the process -------------------------------------------------------------------------------------


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer question after question until there are no more."""
    while question := read_frame(asked):
        content = read_frame(asked)
        facts = json.loads(question)
        first, last = (datetime.fromtimestamp(facts[name], UTC) for name in ("first", "last"))
        answer: dict[str, Any]
        try:
            found = busy_periods(content, first, last, facts["own_domain"])
            answer = {"periods": [(start.timestamp(), end.timestamp()) for start, end in found]}
        except Unreadable as unreadable:
            answer = {"why": unreadable.why}
        except MemoryError:
            answer = {"why": "too_heavy"}
        write_frame(answers, json.dumps(answer).encode())


def read_frame(source: BinaryIO) -> bytes:
    """The next piece; empty when there are no more."""
    head = source.read(4)
    return source.read(struct.unpack(">I", head)[0]) if len(head) == 4 else b""


def write_frame(target: BinaryIO, piece: bytes) -> None:
    target.write(struct.pack(">I", len(piece)) + piece)
    target.flush()


def main() -> None:
    """Read from standard input, answer to standard output, within the limits of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # Whoever waits ends us sooner; this is for when they are gone themselves.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
