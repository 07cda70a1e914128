"""Busy times out of calendars of all kinds, as a second implementation finds them too; and bad calendars."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject

from meetings.expansion import MOST_DATES, Unreadable, busy_periods, merged
from meetings.reading import Reader
from perhekeskus.words import HELSINKI

FIRST = datetime(2026, 10, 5, tzinfo=HELSINKI)
LAST = FIRST + timedelta(days=120)

# As Outlook and others send it along: Helsinki's, under a name that nobody else knows.
ZONE = """BEGIN:VTIMEZONE
TZID:Oma aika
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""


def ics(*events, head=""):
    """A calendar of these events, each given as its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//koe//FI", *head.strip().splitlines()]
    for number, event in enumerate(events):
        own = [] if "UID:" in event else [f"UID:{number}@koe.example"]
        lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *own, *event.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def busy(content, first=FIRST, last=LAST):
    """The stretches, as Helsinki's clock shows them: "5.10. 9.00–10.00"."""
    return [shown(period) for period in busy_periods(content, first, last, "perhekeskus.example")]


def shown(period):
    start, end = (moment.astimezone(HELSINKI) for moment in period)
    text = f"{start.day}.{start.month}. {start.hour}.{start.minute:02}–{end.hour}.{end.minute:02}"
    return text if start.date() == end.date() else f"{text} {end.day}.{end.month}."


MEETING = "DTSTART:20261006T060000Z\nDTEND:20261006T070000Z"


@pytest.mark.parametrize(
    ("event", "times"),
    [
        (MEETING, ["6.10. 9.00–10.00"]),
        (f"{MEETING}\nTRANSP:OPAQUE\nSTATUS:TENTATIVE", ["6.10. 9.00–10.00"]),
        (f"{MEETING}\nTRANSP:TRANSPARENT", []),
        (f"{MEETING}\nSTATUS:CANCELLED", []),
        (f"{MEETING}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        (f"{MEETING}\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", ["6.10. 9.00–10.00"]),
        # Without a zone: Helsinki's clock.
        ("DTSTART:20261006T090000\nDTEND:20261006T100000", ["6.10. 9.00–10.00"]),
        ("DTSTART:20261006T060000Z\nDURATION:PT45M", ["6.10. 9.00–9.45"]),
        # Neither end nor length: no time at all.
        ("DTSTART:20261006T060000Z", []),
        # Whole days are Helsinki's days; the end is the first day that is free again.
        ("DTSTART;VALUE=DATE:20261006\nDTEND;VALUE=DATE:20261008", ["6.10. 0.00–0.00 8.10."]),
        ("DTSTART;VALUE=DATE:20261006", ["6.10. 0.00–0.00 7.10."]),
        # The names that Windows has for the zones.
        (
            "DTSTART;TZID=FLE Standard Time:20261006T090000\nDTEND;TZID=FLE Standard Time:20261006T100000",
            ["6.10. 9.00–10.00"],
        ),
        (
            "DTSTART;TZID=Europe/London:20261006T090000\nDTEND;TZID=Europe/London:20261006T100000",
            ["6.10. 11.00–12.00"],
        ),
        ("DTSTART;TZID=Mars:20261006T090000\nDTEND;TZID=Mars:20261006T100000", ["6.10. 9.00–10.00"]),
        # Long ago, to come later than we look, and over the edges.
        ("DTSTART:20200101T060000Z\nDTEND:20200101T070000Z", []),
        ("DTSTART:20270601T060000Z\nDTEND:20270601T070000Z", []),
        ("DTSTART:20261004T200000Z\nDTEND:20261004T220000Z", ["5.10. 0.00–1.00"]),
        ("DTSTART:20261003T060000Z\nDTEND:20261006T060000Z", ["5.10. 0.00–9.00 6.10."]),
        # Our own invitation, which came back by way of the worker's own calendar.
        (f"UID:5b1d6f0e@perhekeskus.example\n{MEETING}", []),
    ],
)
def test_one_event(event, times):
    assert busy(ics(event)) == times


@pytest.mark.parametrize(
    ("events", "times"),
    [
        (
            ["DTSTART:20261006T060000Z\nDTEND:20261006T070000Z\nRRULE:FREQ=WEEKLY;COUNT=3"],
            ["6.10. 9.00–10.00", "13.10. 9.00–10.00", "20.10. 9.00–10.00"],
        ),
        (
            [f"{MEETING}\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261013T060000Z"],
            ["6.10. 9.00–10.00", "20.10. 9.00–10.00"],
        ),
        (
            [f"{MEETING}\nRDATE:20261008T060000Z\nRDATE;VALUE=PERIOD:20261009T060000Z/PT2H"],
            ["6.10. 9.00–10.00", "8.10. 9.00–10.00", "9.10. 9.00–11.00"],
        ),
        # One of the series was moved, one cancelled, one made free.
        (
            [
                f"UID:1\n{MEETING}\nRRULE:FREQ=DAILY;COUNT=4",
                "UID:1\nRECURRENCE-ID:20261007T060000Z\nDTSTART:20261007T110000Z\nDTEND:20261007T113000Z",
                "UID:1\nRECURRENCE-ID:20261008T060000Z\nDTSTART:20261008T060000Z\n"
                "DTEND:20261008T070000Z\nSTATUS:CANCELLED",
                "UID:1\nRECURRENCE-ID:20261009T060000Z\nDTSTART:20261009T060000Z\n"
                "DTEND:20261009T070000Z\nTRANSP:TRANSPARENT",
            ],
            ["6.10. 9.00–10.00", "7.10. 14.00–14.30"],
        ),
        # From this one on, all of them.
        (
            [
                f"UID:1\n{MEETING}\nRRULE:FREQ=DAILY;COUNT=3",
                "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261007T060000Z\n"
                "DTSTART:20261007T070000Z\nDTEND:20261007T090000Z",
            ],
            ["6.10. 9.00–10.00", "7.10. 10.00–12.00", "8.10. 10.00–12.00"],
        ),
        # Nine o'clock stays nine o'clock when the clocks are changed; in UTC it does not.
        (
            [
                "DTSTART;TZID=Oma aika:20261024T090000\nDTEND;TZID=Oma aika:20261024T100000\n"
                "RRULE:FREQ=DAILY;COUNT=2",
                "DTSTART:20261024T100000Z\nDTEND:20261024T103000Z\nRRULE:FREQ=DAILY;COUNT=2",
            ],
            ["24.10. 9.00–10.00", "24.10. 13.00–13.30", "25.10. 9.00–10.00", "25.10. 12.00–12.30"],
        ),
        # Overlapping and touching times are one.
        (
            [
                MEETING,
                "DTSTART:20261006T063000Z\nDTEND:20261006T073000Z",
                "DTSTART:20261006T073000Z\nDURATION:PT1H",
            ],
            ["6.10. 9.00–11.30"],
        ),
        # What cannot be read costs itself only.
        (["DTSTART:eilen\nDTEND:20261006T070000Z", MEETING], ["6.10. 9.00–10.00"]),
        ([f"{MEETING}\nRRULE:FREQ=WEEKLY;BYDAY=XX", MEETING], ["6.10. 9.00–10.00"]),
        (["DTEND:20261006T070000Z", MEETING], ["6.10. 9.00–10.00"]),
    ],
)
def test_series(events, times):
    assert busy(ics(*events, head=ZONE)) == times


def test_the_hour_that_autumn_doubles_and_the_one_that_spring_leaves_out():
    spring = datetime(2027, 3, 20, tzinfo=HELSINKI)
    autumn = ics("DTSTART:20261025T023000\nDTEND:20261025T043000")
    assert busy_periods(autumn, FIRST, LAST, "x")[0] == (
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
    )
    missing = ics("DTSTART:20270328T023000\nDTEND:20270328T043000")
    assert busy_periods(missing, spring, spring + timedelta(days=20), "x") == [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    ]


def test_a_calendar_that_publishes_only_its_busy_times():
    content = ics(
        head="BEGIN:VFREEBUSY\nFREEBUSY:20261006T060000Z/PT1H,20261007T060000Z/20261007T080000Z\n"
        "FREEBUSY;FBTYPE=FREE:20261008T060000Z/PT1H\nEND:VFREEBUSY"
    )
    assert busy(content) == ["6.10. 9.00–10.00", "7.10. 9.00–11.00"]


def test_a_zone_that_one_feed_explains_is_not_known_to_the_next():
    """Two feeds may mean two zones by one name; each is read by its own."""
    event = "DTSTART;TZID=Oma aika:20261201T090000\nDTEND;TZID=Oma aika:20261201T100000"
    tokyo = ZONE.replace("+0200", "+0900").replace("+0300", "+0900")
    assert busy(ics(event, head=ZONE)) == ["1.12. 9.00–10.00"]
    assert busy(ics(event, head=tokyo)) == ["1.12. 2.00–3.00"]


def test_alarms_and_tasks_are_no_meetings():
    inner = "BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5H\nEND:VALARM"
    task = "BEGIN:VTODO\nUID:9\nDTSTART:20261008T060000Z\nDUE:20261008T070000Z\nEND:VTODO"
    assert busy(ics(f"{MEETING}\n{inner}", head=task)) == ["6.10. 9.00–10.00"]


def test_what_is_written_of_an_event_is_never_parsed():
    """A line of text that would break a parser is left out before there is anything to break."""
    nasty = 'SUMMARY;X="ä:VUOROPALAVERI\nDESCRIPTION:Aada\\, 5 v\nATTENDEE:::;;;\nGEO:minne\n\x01\x02'
    assert busy(ics(f"{nasty}\n{MEETING}")) == ["6.10. 9.00–10.00"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no_calendar"),
        (b"<!doctype html><html>", "no_calendar"),
        (b"\xff\xfe\x00B", "no_calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no_calendar"),
        (ics(MEETING)[:-30], "unreadable"),
        (ics("DTSTART:eilen"), "unreadable"),
        (ics(f"{MEETING}\nRRULE:FREQ=SECONDLY"), "too_dense"),
        (ics(f"{MEETING}\nRRULE:FREQ=MINUTELY;COUNT=1000000000"), "too_dense"),
        (ics(f"{MEETING}\nRRULE:INTERVAL=1;freq=secondly"), "too_dense"),
        (ics(f"{MEETING}\nRRULE:FREQ=HOURLY;BYMINUTE=0,10,20,30,40,50"), "too_dense"),
        (
            ics(f"{MEETING}\nRRULE:FREQ=YEARLY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=1,2,3,4,5,6,7"),
            "too_dense",
        ),
        (ics(head=ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY")), "too_dense"),
        (ics(f"{MEETING}\nRDATE:" + ",".join(["20261006T060000Z"] * (MOST_DATES + 2))), "too_many"),
    ],
)
def test_what_is_refused(content, why):
    with pytest.raises(Unreadable) as caught:
        busy(content)
    assert caught.value.why == why


def test_a_billion_recurrences_are_counted_no_further_than_we_look():
    content = ics(f"{MEETING}\nRRULE:FREQ=DAILY;COUNT=1000000000", f"{MEETING}\nRRULE:FREQ=WEEKLY")
    assert len(busy(content)) == 119


def test_twenty_thousand_events_long_past_cost_next_to_nothing():
    old = (
        "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20200101T060000Z\r\nDTEND:20200101T070000Z\r\nEND:VEVENT\r\n"
        * 20_000
    )
    content = ics(MEETING).replace(b"BEGIN:VEVENT", old.encode() + b"BEGIN:VEVENT", 1)
    assert busy(content) == ["6.10. 9.00–10.00"]


# --- in a process of its own -------------------------------------------------------------------------


@pytest.fixture
def reader():
    one = Reader(most_seconds=1)
    yield one
    one.close()


def test_the_process_gives_the_same_answer(reader):
    content = ics(MEETING, "DTSTART;VALUE=DATE:20261008")
    for _time in range(2):
        found = reader.busy_periods(content, FIRST, LAST)
        assert found == busy_periods(content, FIRST, LAST, "perhekeskus.example")


def test_a_refusal_comes_through(reader):
    with pytest.raises(Unreadable) as caught:
        reader.busy_periods(b"<html>", FIRST, LAST)
    assert caught.value.why == "no_calendar"


def test_a_feed_that_runs_wild_is_ended_and_the_next_one_is_read(reader):
    """A rule that never comes true is searched for until the year 9999."""
    wild = "DTSTART:20200101T060000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"
    assert len(reader.busy_periods(ics(MEETING), FIRST, LAST)) == 1
    with pytest.raises(Unreadable) as caught:
        reader.busy_periods(ics(wild), FIRST, LAST)
    assert caught.value.why == "too_heavy"
    assert len(reader.busy_periods(ics(MEETING), FIRST, LAST)) == 1


def test_the_process_knows_no_secret(reader, monkeypatch, settings):
    """What is set in our environment is not in its."""
    monkeypatch.setenv("SECRET_KEY", "salainen")
    reader.busy_periods(ics(MEETING), FIRST, LAST)
    with open(f"/proc/{reader._process.pid}/environ", "rb") as environment:
        assert b"SECRET_KEY" not in environment.read()


# --- a second implementation -------------------------------------------------------------------------


def by_vobject(content, first, last):
    """The same times out of vobject: its own parser, its own time zones."""
    events = vobject.readOne(content.decode()).vevent_list
    moved = {}
    for event in events:
        if hasattr(event, "recurrence_id"):
            moved.setdefault(event.uid.value, set()).add(moment(event.recurrence_id.value))
    found = []
    for event in events:
        if getattr(event, "transp", None) and event.transp.value == "TRANSPARENT":
            continue
        if getattr(event, "status", None) and event.status.value == "CANCELLED":
            continue
        start = event.dtstart.value
        length = event.duration.value if hasattr(event, "duration") else event.dtend.value - start
        starts = event.getrruleset(addRDate=True) if hasattr(event, "rrule") else [start]
        for one in starts:
            if isinstance(one, datetime) and one.replace(tzinfo=UTC) > last + timedelta(days=2):
                break
            if not isinstance(start, datetime) and isinstance(one, datetime):
                one = one.date()
            begins = moment(one)
            if not hasattr(event, "recurrence_id") and begins in moved.get(event.uid.value, ()):
                continue
            found.append((begins, moment(one + length)))
    return merged(found, first, last)


def moment(value):
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=HELSINKI)).astimezone(UTC)


def a_calendar(dice):
    """Events of all kinds round the clock change, as different programs would write them."""
    events = []
    for number in range(dice.randint(1, 8)):
        day = date(2026, 9, 15) + timedelta(days=dice.randrange(90))
        clock, minutes = time(dice.randrange(5, 20), dice.choice([0, 15, 30])), dice.choice([15, 45, 60, 600])
        at = datetime.combine(day, clock)
        kind = dice.choice(["utc", "zone", "floating", "day"])

        def written(name, value, kind=kind):
            if kind == "day":
                return f"{name};VALUE=DATE:{value:%Y%m%d}"
            return {
                "utc": f"{name}:{value:%Y%m%dT%H%M%S}Z",
                "zone": f"{name};TZID=Oma aika:{value:%Y%m%dT%H%M%S}",
                "floating": f"{name}:{value:%Y%m%dT%H%M%S}",
            }[kind]

        end = at + timedelta(days=dice.randint(1, 3)) if kind == "day" else at + timedelta(minutes=minutes)
        lines = [f"UID:{number}@koe.example", written("DTSTART", at), written("DTEND", end)]
        lines += [f"SUMMARY:{'Hyvää päivää ' * 12}"]
        lines += dice.choice([[], [], ["TRANSP:TRANSPARENT"], ["STATUS:CANCELLED"]])
        override = []
        if dice.random() < 0.7:
            step = dice.choice([("DAILY", 1), ("WEEKLY", 7)])
            interval = dice.randint(1, 3)
            count = dice.randint(2, 30)
            lines.append(f"RRULE:FREQ={step[0]};INTERVAL={interval};COUNT={count}")
            later = [at + timedelta(days=step[1] * interval * turn) for turn in range(1, count)]
            if dice.random() < 0.5:
                lines.append(written("EXDATE", later[0]))
            if dice.random() < 0.5 and len(later) > 1:
                changed = at.replace(hour=21) + (later[1] - at)
                override = [
                    f"UID:{number}@koe.example",
                    written("RECURRENCE-ID", later[1]),
                    written("DTSTART", changed),
                    written("DTEND", changed + (end - at)),
                    *dice.choice([[], ["STATUS:CANCELLED"]]),
                ]
        events.append("\n".join(lines))
        if override and "STATUS:CANCELLED" not in lines and "TRANSP:TRANSPARENT" not in lines:
            events.append("\n".join(override))
    return ics(*events, head=ZONE)


def test_a_second_implementation_finds_the_same_times():
    dice = random.Random(20261005)
    found_any = 0
    for _number in range(60):
        content = a_calendar(dice)
        ours = busy_periods(content, FIRST, LAST, "perhekeskus.example")
        assert ours == by_vobject(content, FIRST, LAST), content.decode()
        found_any += bool(ours)
    assert found_any > 40
