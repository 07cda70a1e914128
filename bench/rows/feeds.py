"""Free-busy refresh of 1 000 calendars: our task against the bare fetching, reading and writing of them.

Both fetch the same feeds from the same HTTPS server, which changes a line each time so that nobody may say
"unchanged". The bare way is the standard library, the two calendar libraries and COPY: no limits, no checked
addresses, no process of its own, nothing filtered before it is parsed, one feed after another.
"""

import http.client
import random
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import recurring_ical_events
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from icalendar import Calendar

from bench.pairs import compared
from meetings.expansion import HELSINKI, merged
from meetings.models import BusyTime, ExternalCalendar
from meetings.refreshing import BATCH, DAYS_AHEAD, refresh
from network.models import Worker

FEEDS = 1_000
GOAL = 1.5

Periods = list[tuple[datetime, datetime]]


def measure() -> dict[str, Any]:
    """The refresh of a batch, as the task does it; 50 batches are the 1 000 feeds."""
    with _server() as (address, authority):
        settings.FETCH_TEST_SERVER, settings.FETCH_TEST_CA = address, authority
        keys = _calendars(address)
        bare = _Bare(address, authority)
        return compared(
            what=f"varattujen aikojen haku, {FEEDS} kalenteria, {BATCH} kerrallaan",
            reference="samat kalenterit haetaan, luetaan ja kirjoitetaan ilman rajoja ja tarkistuksia",
            ours=refresh,
            theirs=bare.refresh,
            cases=[keys[start : start + BATCH] for start in range(0, FEEDS, BATCH)],
            goal=GOAL,
            agree=lambda batch: _after(refresh, batch) == _after(bare.refresh, batch),
        )


def _calendars(address: str) -> list[int]:
    # A closed account's calendars are not fetched.
    workers = Worker.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    rows = []
    for number in range(FEEDS):
        calendar = ExternalCalendar(worker_id=workers[number % len(workers)])
        calendar.address = f"https://{address}/{number}.ics"
        rows.append(calendar)
    return [row.pk for row in ExternalCalendar.objects.bulk_create(rows)]


def _after(way: Any, batch: list[int]) -> list[tuple[int, Any]]:
    """The busy times that the way leaves behind, having begun with none."""
    BusyTime.objects.filter(calendar__in=batch).delete()
    ExternalCalendar.objects.filter(pk__in=batch).update(expanded_at=None, content_hash="")
    way(batch)
    found = BusyTime.objects.filter(calendar__in=batch).order_by("calendar", "period")
    left = list(found.values_list("calendar", "period"))
    assert left
    return left


class _Bare:
    """The bare way."""

    def __init__(self, address: str, authority: str) -> None:
        self.address = address
        self.trust = ssl.create_default_context(cafile=authority)
        self.paths = {
            row.pk: row.address.removeprefix(f"https://{address}") for row in ExternalCalendar.objects.all()
        }

    def refresh(self, batch: list[int]) -> None:
        first = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        last = first + timedelta(days=DAYS_AHEAD)
        for key in batch:
            periods = self._read(self._fetched(self.paths[key]), first, last)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("DELETE FROM meetings_busytime WHERE calendar_id = %s", [key])
                with cursor.copy("COPY meetings_busytime (calendar_id, period) FROM STDIN") as copy:
                    for start, end in periods:
                        copy.write_row((key, f"[{start.isoformat()},{end.isoformat()})"))

    def _fetched(self, path: str) -> bytes:
        server = http.client.HTTPSConnection(self.address, context=self.trust)
        server.request("GET", path)
        body = server.getresponse().read()
        server.close()
        return body

    @staticmethod
    def _read(body: bytes, first: datetime, last: datetime) -> Periods:
        events = recurring_ical_events.of(Calendar.from_ical(body)).between(first, last)
        busy = [
            (_moment(event["DTSTART"].dt), _moment(event["DTEND"].dt))
            for event in events
            if event.get("TRANSP") != "TRANSPARENT" and event.get("STATUS") != "CANCELLED"
        ]
        return merged(busy, first, last)


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), HELSINKI)
    return value.astimezone(UTC)


# --- the feeds ---------------------------------------------------------------------------------------


@contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """The address of a running HTTPS server and its authority, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here, there = get_context("fork").Pipe()
        process = get_context("fork").Process(target=_serve, args=(there, folder), daemon=True)
        process.start()
        yield here.recv()
        process.kill()
        process.join()


def _serve(there: Connection, folder: str) -> None:
    from tests.plugins.https import Website

    website = Website(Path(folder))
    turn = count()
    for number in range(FEEDS):
        head, rest = _feed(number).split("\r\n", 1)

        def answer(handler: Any, head: str = head, rest: str = rest) -> None:
            body = f"{head}\r\nX-TURN:{next(turn)}\r\n{rest}".encode()
            website.asked.clear()
            handler.send_response(200)
            handler.send_header("Content-Type", "text/calendar; charset=utf-8")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        website.answers[f"/{number}.ics"] = answer
    there.send((f"127.0.0.1:{website.port}", str(website.authority)))
    website.thread.join()


def _feed(number: int) -> str:
    """What a working calendar holds: a year of past meetings, some weeks of coming ones, what recurs."""
    dice = random.Random(number)
    monday = datetime.combine(timezone.localdate() - timedelta(days=timezone.localdate().weekday()), time())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//koe//FI"]

    def event(start: datetime, *more: str, uid: str) -> None:
        end = start + timedelta(minutes=dice.choice([30, 60, 90]))
        lines.extend(
            [
                "BEGIN:VEVENT",
                f"UID:{uid}@koe.example",
                "DTSTAMP:20260101T000000Z",
                f"DTSTART;TZID=Europe/Helsinki:{start:%Y%m%dT%H%M%S}",
                f"DTEND;TZID=Europe/Helsinki:{end:%Y%m%dT%H%M%S}",
                f"SUMMARY:Palaveri {dice.randrange(1000)}",
                "DESCRIPTION:Käydään läpi viikon asiat ja sovitaan\\, kuka tekee mitä.",
                f"LOCATION:Huone {dice.randrange(20)}",
                "ORGANIZER;CN=Joku:mailto:joku@kuopio.example",
                "ATTENDEE;CN=Toinen;PARTSTAT=ACCEPTED:mailto:toinen@kuopio.example",
                *more,
                "END:VEVENT",
            ]
        )

    def somewhere(first_week: int, last_week: int) -> datetime:
        day = monday + timedelta(weeks=dice.randint(first_week, last_week), days=dice.randrange(5))
        return day + timedelta(hours=dice.randrange(8, 16))

    for one in range(12):
        event(somewhere(-50, -2), uid=f"past-{one}")
    for one in range(6):
        event(somewhere(0, 8), *dice.choice([[], [], ["TRANSP:TRANSPARENT"]]), uid=f"coming-{one}")
    for one in range(2):
        start = somewhere(-10, -1)
        left_out = start + timedelta(weeks=12)
        event(
            start,
            "RRULE:FREQ=WEEKLY",
            f"EXDATE;TZID=Europe/Helsinki:{left_out:%Y%m%dT%H%M%S}",
            uid=f"weekly-{one}",
        )
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
