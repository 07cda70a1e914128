"""Calendar entries, parsed back by another's eyes."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from network.calendars import Entry, calendar, feed
from perhekeskus.words import HELSINKI

UID = uuid.UUID("5b1d6f0e-6d7c-4a8e-9d2c-0a6f6b7f9f10")
FACTS = {
    "method": "REQUEST",
    "uid": UID,
    "sequence": 0,
    "starts_at": datetime(2027, 3, 15, 9, 30, tzinfo=HELSINKI),
    "ends_at": datetime(2027, 3, 15, 11, 0, tzinfo=HELSINKI),
    "stamp": datetime(2027, 3, 1, 8, 0, tzinfo=UTC),
    "place": "Perhekeskus; 2. kerros, Pihlaja",
    "attendee": "olli@kuopio.example",
}


def parsed(**changes):
    whole = Calendar.from_ical(calendar(**(FACTS | changes)))
    (event,) = whole.walk("VEVENT")
    return whole, event


def test_a_request_asks_its_one_receiver(settings):
    settings.DEFAULT_FROM_EMAIL = "Yhteinen aika <aika@perhekeskus.example>"
    whole, event = parsed()
    assert whole["METHOD"] == "REQUEST" and whole["VERSION"] == "2.0"
    assert event["ORGANIZER"] == "mailto:aika@perhekeskus.example"
    assert event["ATTENDEE"] == "mailto:olli@kuopio.example"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["STATUS"] == "CONFIRMED" and event["CLASS"] == "PRIVATE"
    assert event["LOCATION"] == "Perhekeskus; 2. kerros, Pihlaja"


def test_times_are_in_utc_on_both_sides_of_the_clock_change():
    winter = calendar(**FACTS)
    assert b"DTSTART:20270315T073000Z" in winter and b"DTEND:20270315T090000Z" in winter
    summer = calendar(
        **(
            FACTS
            | {
                "starts_at": datetime(2027, 3, 29, 9, 30, tzinfo=HELSINKI),
                "ends_at": datetime(2027, 3, 29, 11, 0, tzinfo=HELSINKI),
            }
        )
    )
    assert b"DTSTART:20270329T063000Z" in summer


def test_a_publication_names_nobody():
    _whole, event = parsed(method="PUBLISH", attendee="")
    assert "ATTENDEE" not in event


def test_a_cancellation_is_of_the_same_event():
    _whole, first = parsed()
    whole, event = parsed(method="CANCEL", sequence=1, place="")
    assert whole["METHOD"] == "CANCEL" and event["STATUS"] == "CANCELLED"
    assert event["UID"] == first["UID"] and event["SEQUENCE"] == 1 > first["SEQUENCE"]
    assert "RSVP" not in event["ATTENDEE"].params and "LOCATION" not in event


def test_it_is_the_same_at_every_try():
    assert calendar(**FACTS) == calendar(**FACTS)


@pytest.mark.parametrize("name", ["DESCRIPTION", "COMMENT", "CONTACT", "CATEGORIES", "URL", "ATTACH"])
def test_there_is_no_room_for_a_reason(name):
    _whole, event = parsed()
    assert name not in event


def test_its_title_is_the_name_of_the_house(settings):
    settings.SHARED_TIME_NAME = "Yhdessä aika"
    _whole, event = parsed()
    assert event["SUMMARY"] == "Yhdessä aika"


def test_a_line_break_in_a_place_is_no_new_property():
    entry = calendar(**(FACTS | {"place": "Huone\r\nATTENDEE:mailto:muu@x.example"}))
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    assert event["ATTENDEE"] == "mailto:olli@kuopio.example"


# --- read by a second implementation, which shares no code with ours -----------------------------------

WHERE = "Perhekeskus Pöytä; Hyvän mielen käytävä 3 C, ”Sähkökäyttöinen ovi”, ääni ja öljy, åäö ÅÄÖ, sisäpiha"


def by_vobject(content: bytes):
    return vobject.readOne(content.decode())


@pytest.mark.parametrize("method", ["REQUEST", "PUBLISH", "CANCEL"])
def test_vobject_reads_what_was_meant(settings, method):
    settings.SHARED_TIME_NAME = "Yhdessä aika"
    attendee = "" if method == "PUBLISH" else "olli@kuopio.example"
    whole = by_vobject(calendar(**(FACTS | {"method": method, "place": WHERE, "attendee": attendee})))
    event = whole.vevent
    assert (whole.method.value, whole.version.value) == (method, "2.0")
    assert event.uid.value == f"{UID}@{settings.MAIL_DOMAIN}"
    assert (event.sequence.value, event.summary.value) == ("0", "Yhdessä aika")
    assert event.location.value == WHERE
    assert event.status.value == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    # Moments, not clock times: the same whatever the receiver's zone.
    assert event.dtstart.value == FACTS["starts_at"] and event.dtend.value == FACTS["ends_at"]
    assert event.dtstart.value.utcoffset() == timedelta(0)
    assert hasattr(event, "attendee") == bool(attendee)


def test_vobject_reads_the_feed(settings):
    entries = [
        Entry(uuid.uuid4(), number, FACTS["starts_at"], FACTS["ends_at"], FACTS["stamp"], WHERE, number == 1)
        for number in range(2)
    ]
    whole = by_vobject(feed(entries))
    assert whole.method.value == "PUBLISH"
    assert [event.uid.value for event in whole.vevent_list] == [
        f"{entry.uid}@{settings.MAIL_DOMAIN}" for entry in entries
    ]
    assert [event.status.value for event in whole.vevent_list] == ["CONFIRMED", "TENTATIVE"]
    assert {event.location.value for event in whole.vevent_list} == {WHERE}
    assert not any(hasattr(event, name) for event in whole.vevent_list for name in ("attendee", "organizer"))


def test_an_empty_feed_is_a_calendar():
    assert by_vobject(feed([])).contents.get("vevent", []) == []


@pytest.mark.parametrize("content", [calendar(**(FACTS | {"place": WHERE})), None])
def test_no_line_is_longer_than_a_calendar_may_have(content):
    """75 bytes, folded between letters: an ä is never cut in two."""
    if content is None:
        content = feed([Entry(UID, 0, FACTS["starts_at"], FACTS["ends_at"], FACTS["stamp"], WHERE)])
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()
