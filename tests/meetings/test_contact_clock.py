"""The clock of families' contacts: working days only, and each late one told of once."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.actions import contacts
from meetings.answer_clock import (
    after_working_time,
    age_in_words,
    is_working_day,
    latest_in_words,
    times_from,
)
from meetings.contact_messages import tell_of_late
from meetings.incoming import contacts_waiting
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.words import HELSINKI
from tests.factories import WorkerFactory
from tests.factories.contacts import WORDS, a_contact, a_guidance_service, a_guide

TWO_DAYS = timedelta(hours=48)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # An ordinary Monday; over a week-end; begun on a week-end.
        ("2026-11-02 10:15", "2026-11-04 10:15"),
        ("2026-11-06 15:00", "2026-11-10 15:00"),
        ("2026-11-07 12:00", "2026-11-11 00:00"),
        # Over both changes of the clock, on Sundays 29.3. and 25.10.2026.
        ("2026-03-27 15:00", "2026-03-31 15:00"),
        ("2026-10-23 15:00", "2026-10-27 15:00"),
        # Easter, Christmas and Midsummer; Independence Day on a Sunday, and in 2027 on a Monday.
        ("2026-04-02 12:00", "2026-04-08 12:00"),
        ("2026-12-23 12:00", "2026-12-29 12:00"),
        ("2026-06-18 12:00", "2026-06-23 12:00"),
        ("2027-12-03 12:00", "2027-12-08 12:00"),
    ],
)
def test_two_working_days(start, end):
    found = after_working_time(at(start), TWO_DAYS)
    # Until midnight is until the working day's end: the next one has not begun.
    assert found.astimezone(HELSINKI) == at(end)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31)),
    st.integers(min_value=0, max_value=23),
    st.integers(min_value=1, max_value=240),
)
def test_the_same_as_counting_hour_by_hour_would_give(day, hour, hours):
    start = datetime.combine(day, time(hour), tzinfo=HELSINKI)
    found = after_working_time(start, timedelta(hours=hours))
    moment, counted = start.timestamp(), 0
    while moment < found.timestamp():
        counted += is_working_day(datetime.fromtimestamp(moment, HELSINKI).date())
        moment += 3600
    assert counted == hours and moment == found.timestamp()


def test_half_of_it_is_urgent_and_half_more_goes_to_the_supervisor(settings):
    settings.CONTACT_ANSWER_HOURS = 24
    times = times_from(at("2026-11-02 10:00"))
    assert times.urgent_at == at("2026-11-02 22:00")
    assert times.answer_by == at("2026-11-03 10:00")
    assert times.supervisor_at == at("2026-11-03 22:00")


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (-5, "0 min"),
        (20, "20 min"),
        (180, "3 t"),
        (47 * 60, "47 t"),
        (48 * 60, "2 pv"),
        (6 * 24 * 60, "6 pv"),
    ],
)
def test_how_long_is_told_shortly(waited, words):
    now = at("2026-11-02 10:00")
    assert age_in_words(now - timedelta(minutes=waited), now) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [("2026-11-24 15:00", "ti 24.11.2026 klo 15.00"), ("2026-11-25 00:00", "ti 24.11.2026")],
)
def test_midnight_is_told_as_the_day_that_ends(moment, words):
    assert latest_in_words(at(moment)) == words


@pytest.fixture
def service(db):
    unit = a_guidance_service()
    guides = [a_guide(unit), a_guide(unit)]
    boss = WorkerFactory(unit=unit, is_supervisor=True)
    with time_machine.travel(at("2026-11-02 10:00"), tick=False) as clock:
        yield unit, guides, boss, clock


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.filter(kind__startswith="incoming").values_list("kind", "recipient"))


def test_the_guidance_service_is_told_once_and_then_its_supervisor(service):
    unit, guides, boss, clock = service
    a_contact(unit=unit)
    for moment, expected in (
        ("2026-11-04 09:59", []),
        ("2026-11-04 10:00", [("incoming_late", guide.email) for guide in guides]),
        ("2026-11-05 09:59", [("incoming_late", guide.email) for guide in guides]),
        (
            "2026-11-05 10:00",
            [("incoming_late", guide.email) for guide in guides] + [("incoming_late_supervisor", boss.email)],
        ),
        (
            "2026-11-16 10:00",
            [("incoming_late", guide.email) for guide in guides] + [("incoming_late_supervisor", boss.email)],
        ),
    ):
        clock.move_to(at(moment))
        for _tick in range(2):
            tell_of_late()
        assert told() == sorted(expected)


def test_what_was_answered_in_time_is_told_to_nobody(service):
    unit, guides, _boss, clock = service
    contact = contacts.pick_up(contact=a_contact(unit=unit), by=guides[0])
    contacts.answer(contact=contact, by=guides[0], text="Hei!")
    contacts.withdraw(contact=a_contact(unit=unit))
    clock.move_to(at("2026-11-16 10:00"))
    assert tell_of_late() == 0 and told() == []


def test_one_that_was_taken_and_forgotten_is_late_all_the_same(service):
    unit, guides, _boss, clock = service
    contacts.pick_up(contact=a_contact(unit=unit), by=guides[0])
    clock.move_to(at("2026-11-04 10:00"))
    assert tell_of_late() == 1


def test_where_nobody_is_left_to_answer_the_supervisor_hears_at_once(service):
    unit, guides, boss, clock = service
    for guide in guides:
        guide.is_active = False
        guide.save()
    a_contact(unit=unit)
    clock.move_to(at("2026-11-04 10:00"))
    tell_of_late()
    assert told() == [("incoming_late", boss.email)]


def test_the_letter_holds_a_count_and_an_age_and_nothing_of_the_family(service, post):
    unit, _guides, _boss, clock = service
    for _one in range(2):
        a_contact(unit=unit, email="perhe@demo.example")
    outbox.drain()
    post.raw.clear()
    clock.move_to(at("2026-11-04 11:00"))
    tell_of_late()
    outbox.drain()
    assert len(post.letters) == 2
    text = "\n".join(
        f"{one['Subject']} {one.get_body(('plain',)).get_content()} {one.get_body(('html',)).get_content()}"
        for one in post.letters
    )
    for word in (WORDS, "Kaisa", "040", "perhe@demo.example"):
        assert word not in text
    assert "2 yhteydenottoa odottaa yhä vastausta" in text and "2 pv" in text


def test_on_the_home_page_it_is_urgent_after_half_of_the_time(service):
    unit, guides, _boss, clock = service
    a_contact(unit=unit)
    [row] = contacts_waiting(guides[0])
    assert row.title == "Perhe on ottanut yhteyttä" and not row.is_promise
    clock.move_to(at("2026-11-03 10:00"))
    [row] = contacts_waiting(guides[0])
    assert row.is_promise and row.at == at("2026-11-04 10:00") and "odottanut 24 t" in row.text
    assert not list(contacts_waiting(WorkerFactory(unit=unit)))
