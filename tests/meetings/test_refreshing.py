"""Workers' calendars elsewhere: fetched from a real server, kept when it fails, and busy in the search."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import refreshing
from meetings.actions import calendars as actions
from meetings.calendar_messages import CALENDAR_FAILING
from meetings.models import BusyTime, ExternalCalendar
from meetings.slots import Question, best_slots, somebody_busy
from meetings.tasks import refresh_batch, refresh_calendars
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from perhekeskus.words import HELSINKI
from tests.factories import RoomFactory, WorkerFactory
from tests.meetings.test_expansion import ics
from tests.plugins.together import together

# Monday the week after the one in which time stands still.
DAY = datetime(2026, 11, 9, tzinfo=HELSINKI)


def meeting(hour, *, days=0, uid="1", **lines):
    start = DAY + timedelta(days=days, hours=hour)
    more = "".join(f"\n{name}:{value}" for name, value in lines.items())
    return (
        f"UID:{uid}@koe.example\nDTSTART;TZID=Europe/Helsinki:{start:%Y%m%dT%H%M%S}\nDURATION:PT1H"
        f"\nSUMMARY:Aadan palaveri{more}"
    )


def added(url, *, worker=None):
    calendar = actions.add_calendar(by=worker or WorkerFactory(), address=url)
    calendar.refresh_from_db()
    return calendar


def refreshed(calendar):
    refreshing.refresh([calendar.pk])
    calendar.refresh_from_db()
    return calendar


def hours(calendar):
    """The busy hours of the day, on Helsinki's clock."""
    periods = [one.period for one in calendar.busy_times.order_by("period")]
    return [(one.lower.astimezone(HELSINKI).hour, one.upper.astimezone(HELSINKI).hour) for one in periods]


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_busy_times_are_kept_and_nothing_else(website):
    calendar = refreshed(
        added(website.gives("/a.ics", ics(meeting(9), meeting(10, uid="2"), meeting(13, uid="3"))))
    )

    assert hours(calendar) == [(9, 11), (13, 14)]
    assert calendar.fetched_at == calendar.tried_at == timezone.now()
    assert calendar.failure == "" and calendar.asked_at is None
    with connection.cursor() as cursor:
        for table in ("meetings_externalcalendar", "meetings_busytime"):
            cursor.execute(f"SELECT to_json(kept)::text FROM {table} AS kept")
            assert not any("Aada" in text or "a.ics" in text for (text,) in cursor.fetchall())


def test_what_an_external_calendar_takes_is_not_offered(website):
    worker = WorkerFactory()
    RoomFactory(unit__municipality=worker.unit.municipality)
    question = Question(
        worker_ids=(worker.pk,),
        required_ids=(worker.pk,),
        municipality_code=worker.unit.municipality_id,
        seats=2,
        minutes=60,
        first_day=DAY.date(),
        last_day=DAY.date(),
    )
    assert best_slots(question)[0].starts_at == DAY + timedelta(hours=8)

    refreshed(added(website.gives("/a.ics", ics(meeting(8), meeting(9, uid="2"))), worker=worker))

    assert best_slots(question)[0].starts_at == DAY + timedelta(hours=10)
    (stretch,) = somebody_busy(question)
    assert (stretch.starts_at, stretch.ends_at) == (DAY + timedelta(hours=8), DAY + timedelta(hours=10))


def test_the_calendar_of_somebody_else_takes_no_time(website):
    refreshed(added(website.gives("/a.ics", ics(meeting(8)))))
    worker = WorkerFactory()
    RoomFactory(unit__municipality=worker.unit.municipality)
    question = Question(
        worker_ids=(worker.pk,),
        required_ids=(),
        municipality_code=worker.unit.municipality_id,
        seats=2,
        minutes=60,
        first_day=DAY.date(),
        last_day=DAY.date(),
    )
    assert best_slots(question)[0].starts_at == DAY + timedelta(hours=8)


# --- unchanged ---------------------------------------------------------------------------------------


def written_to_busy_times(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return [one["sql"] for one in queries if "meetings_busytime" in one["sql"]]


def test_the_same_bytes_again_write_no_busy_time(website):
    calendar = refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    assert written_to_busy_times(lambda: refreshed(calendar)) == []
    assert hours(calendar) == [(9, 10)]


def test_what_has_not_changed_is_not_sent_again(website):
    def answer(handler):
        known = handler.headers.get("If-None-Match") == '"1"'
        body = b"" if known else ics(meeting(9))
        handler.send_response(304 if known else 200)
        for name, value in (
            ("Content-Type", "text/calendar"),
            ("ETag", '"1"'),
            ("Content-Length", len(body)),
        ):
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(body)

    website.answers["/a.ics"] = answer
    calendar = refreshed(added(website.url("/a.ics")))
    assert written_to_busy_times(lambda: refreshed(calendar)) == []
    assert hours(calendar) == [(9, 10)] and calendar.failure == ""


def test_an_unchanged_calendar_is_counted_anew_before_its_days_run_short(website):
    """What recurs for ever is busy for ever, though its feed never changes."""
    weekly = meeting(9, RRULE="FREQ=WEEKLY")
    calendar = refreshed(added(website.gives("/a.ics", ics(weekly), ETag='"1"')))
    last = calendar.busy_times.latest("period").period.upper

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        refreshed(calendar)

    assert "If-None-Match" not in website.asked[-1].headers
    assert calendar.busy_times.latest("period").period.upper == last + timedelta(days=7)


def test_a_changed_calendar_takes_the_place_of_the_former(website):
    calendar = refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    website.gives("/a.ics", ics(meeting(13)))
    assert hours(refreshed(calendar)) == [(13, 14)]


# --- failing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ({"body": b"", "status": 404}, "refused"),
        ({"body": b"", "status": 500}, "broken"),
        ({"body": b"<html>", "type": "text/html"}, "no_calendar"),
        ({"body": b"<html>", "type": "text/calendar"}, "no_calendar"),
        ({"body": ics(meeting(9))[:-20]}, "unreadable"),
        ({"body": ics(meeting(9, RRULE="FREQ=SECONDLY"))}, "too_dense"),
        ({"body": b"", "status": 302, "Location": "https://localhost/"}, "forbidden"),
        ({"body": b"x" * 5_000_001}, "too_big"),
    ],
)
def test_a_calendar_that_fails_keeps_its_busy_times_and_says_why(website, answer, failure):
    calendar = refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    fetched = calendar.fetched_at
    website.gives("/a.ics", **answer)

    with time_machine.travel(fetched + timedelta(minutes=15), tick=False):
        refreshed(calendar)

    assert hours(calendar) == [(9, 10)]
    assert (calendar.failure, calendar.fetched_at) == (failure, fetched)
    assert calendar.failing_since == calendar.tried_at == fetched + timedelta(minutes=15)
    assert calendar.get_failure_display() != failure


def test_a_calendar_that_nobody_can_read_to_its_end_fails(website, monkeypatch):
    monkeypatch.setattr("meetings.reading.MOST_SECONDS", 1)
    wild = meeting(9, RRULE="FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")
    well = added(website.gives("/b.ics", ics(meeting(9))))
    calendar = added(website.gives("/a.ics", ics(wild)))
    refreshing.refresh([calendar.pk, well.pk])
    calendar.refresh_from_db()
    assert calendar.failure == "too_heavy"
    assert hours(well) == [(9, 10)]


def test_a_not_changed_that_nobody_asked_for_is_no_calendar(website):
    calendar = refreshed(added(website.gives("/a.ics", b"", status=304)))
    assert calendar.failure == "broken" and calendar.fetched_at is None


def test_an_address_that_no_key_opens_is_told_so(website, settings):
    calendar = added(website.gives("/a.ics", ics(meeting(9))))
    settings.SECRET_KEY = "x" * 50
    assert refreshed(calendar).failure == "sealed"
    assert calendar.host == ""


def letters(calendar):
    return list(Message.objects.filter(kind=CALENDAR_FAILING, about_id=calendar.pk))


def test_its_owner_is_written_to_once_when_it_has_failed_for_a_day(website, post):
    calendar = refreshed(added(website.gives("/salainen-a.ics", b"", status=404)))
    began = timezone.now()
    for hour in (12, 23.9):
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            refreshed(calendar)
    assert letters(calendar) == []
    for hour in (24, 25, 50):
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            refreshed(calendar)
            outbox.drain()

    (message,) = letters(calendar)
    assert message.recipient == calendar.worker.email
    (letter,) = post.letters
    text = letter.get_body(("plain",)).get_content()
    assert "Palvelin ei anna kalenteria" in text and "/oma-kortti/kalenterit/" in text
    assert "salainen" not in letter.as_string() and "127.0.0.1" not in letter.as_string()


def test_a_letter_that_has_not_left_is_dropped_when_the_calendar_works_again(website, post):
    calendar = refreshed(added(website.gives("/a.ics", b"", status=404)))
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        refreshed(calendar)
        website.gives("/a.ics", ics(meeting(9)))
        refreshed(calendar)
        outbox.drain()
        assert calendar.failure == "" and calendar.owner_told_at is None
    assert post.letters == [] and letters(calendar)[0].last_error == "works"


def test_another_failure_has_a_letter_of_its_own(website):
    calendar = refreshed(added(website.gives("/a.ics", b"", status=404)))
    began = timezone.now()
    for hour, status in ((25, 404), (26, 200), (27, 404), (52, 404)):
        body = ics(meeting(9)) if status == 200 else b""
        website.gives("/a.ics", body, status=status)
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            refreshed(calendar)
    assert len(letters(calendar)) == 2


# --- when --------------------------------------------------------------------------------------------


def test_a_calendar_is_due_again_in_a_quarter_of_an_hour(website):
    calendar = added(website.gives("/a.ics", ics(meeting(9))))
    assert refreshing.claim_due() == [[calendar.pk]]
    assert refreshing.claim_due() == []
    refreshed(calendar)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1), tick=False):
        assert refreshing.claim_due() == [[calendar.pk]]


def test_one_that_has_failed_for_a_day_is_tried_once_an_hour(website):
    calendar = refreshed(added(website.gives("/a.ics", b"", status=404)))
    with time_machine.travel(timezone.now() + timedelta(hours=24), tick=False):
        refreshing.claim_due()
        refreshed(calendar)
        assert calendar.due_at == timezone.now() + timedelta(hours=1)


def test_nobody_fetches_for_an_account_that_is_closed(website):
    calendar = added(website.gives("/a.ics", ics(meeting(9))), worker=WorkerFactory(is_active=False))
    assert refreshing.claim_due() == []
    refreshed(calendar)
    assert website.asked == []


def test_a_thousand_are_shared_out_in_batches(django_assert_num_queries):
    worker = WorkerFactory()
    ExternalCalendar.objects.bulk_create(
        ExternalCalendar(worker=worker, sealed_address="x", address_hash=str(number)) for number in range(45)
    )
    with django_assert_num_queries(4):
        batches = refreshing.claim_due()
    assert [len(batch) for batch in batches] == [20, 20, 5]


@pytest.mark.django_db(transaction=True)
def test_one_that_is_removed_while_it_is_being_sent_is_left_alone(website):
    calendar = added(website.url("/a.ics"))

    def remove_it_first(handler):
        try:
            actions.remove_calendar(calendar=calendar, by=calendar.worker)
        finally:
            connections.close_all()
        website.gives("/b.ics", ics(meeting(9)))
        website.answers["/b.ics"](handler)

    website.answers["/a.ics"] = remove_it_first
    refreshing.refresh([calendar.pk])
    assert not ExternalCalendar.objects.exists() and not BusyTime.objects.exists()


# --- the database itself -----------------------------------------------------------------------------

BUSY = "INSERT INTO meetings_busytime (calendar_id, period)"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE meetings_externalcalendar SET failure = 'broken'", "external_calendar_failure_has_time"),
        ("UPDATE meetings_externalcalendar SET failing_since = now()", "external_calendar_failure_has_time"),
        ("UPDATE meetings_externalcalendar SET owner_told_at = now()", "external_calendar_failure_has_time"),
        (
            "INSERT INTO meetings_externalcalendar (worker_id, sealed_address, address_hash, added_at,"
            " due_at, etag, last_modified, content_hash, failure)"
            " SELECT worker_id, 'x', address_hash, now(), now(), '', '', '', ''"
            " FROM meetings_externalcalendar",
            "external_calendar_once",
        ),
        (
            f"{BUSY} SELECT calendar_id, tstzrange(lower(period) + interval '30 min',"
            " upper(period) + interval '1 h') FROM meetings_busytime",
            "busy_time_once",
        ),
        (f"{BUSY} SELECT id, 'empty' FROM meetings_externalcalendar", "busy_time_has_ends"),
        (
            f"{BUSY} SELECT id, tstzrange(now() + interval '1 y', NULL) FROM meetings_externalcalendar",
            "busy_time_has_ends",
        ),
    ],
)
def test_what_the_database_refuses(website, statement, constraint):
    refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    with pytest.raises(IntegrityError, match=constraint), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_worker_has_one_open_address():
    worker = WorkerFactory()
    actions.open_feed(by=worker)
    with (
        pytest.raises(IntegrityError, match="calendar_feed_one_open"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO meetings_calendarfeed (worker_id, token_hash, created_at) VALUES (%s, 'x', now())",
            [worker.pk],
        )


# --- at the same time --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_at_once_keep_one_answer(website):
    calendar = added(website.gives("/a.ics", ics(meeting(9), meeting(13, uid="2"))))
    together(*[lambda: refreshing.refresh([calendar.pk])] * 3)
    assert hours(calendar) == [(9, 10), (13, 14)]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_claim_each_calendar_once(website):
    for number in range(30):
        added(website.gives(f"/{number}.ics", ics(meeting(9))))
    claimed = []
    together(*[lambda: claimed.extend(key for batch in refreshing.claim_due() for key in batch)] * 4)
    assert len(claimed) == len(set(claimed)) == 30


@pytest.mark.django_db(transaction=True)
def test_a_slow_calendar_keeps_no_other_waiting(website):
    """The others of the batch are there while the slow one still drips."""
    slow_has_begun, others_are_in = threading.Event(), threading.Event()

    def dawdle(handler):
        slow_has_begun.set()
        others_are_in.wait(15)
        website.gives("/later.ics", ics(meeting(15)))
        website.answers["/later.ics"](handler)

    website.answers["/slow.ics"] = dawdle
    slow = added(website.url("/slow.ics"))
    others = [added(website.gives(f"/{number}.ics", ics(meeting(9)))) for number in range(3)]

    def refresh():
        try:
            refreshing.refresh([slow.pk, *(one.pk for one in others)])
        finally:
            connections.close_all()

    batch = threading.Thread(target=refresh)
    batch.start()
    assert slow_has_begun.wait(10)
    for _attempt in range(100):
        if ExternalCalendar.objects.exclude(fetched_at=None).count() == 3:
            break
        threading.Event().wait(0.05)
    else:
        pytest.fail("the others waited for the slow one")
    assert batch.is_alive()
    others_are_in.set()
    batch.join(15)
    assert hours(slow) == [(15, 16)]


@pytest.mark.django_db(transaction=True)
def test_three_calendars_are_enough_also_from_two_tabs():
    worker = WorkerFactory()
    refusals = together(
        *[
            lambda number=number: actions.add_calendar(by=worker, address=f"https://k.example/{number}.ics")
            for number in range(5)
        ]
    )
    assert len(refusals) == 2 and worker.external_calendars.count() == 3


# --- tasks -------------------------------------------------------------------------------------------


def test_the_tasks_share_out_and_fetch(website, monkeypatch):
    """What beat asks for reaches the batches, with their keys."""
    calendar = added(website.gives("/a.ics", ics(meeting(9))))
    asked = []
    monkeypatch.setattr(refresh_batch, "delay", asked.append)
    refresh_calendars()
    assert asked == [[calendar.pk]]
    refresh_batch(*asked)
    assert hours(calendar) == [(9, 10)]


def test_fetching_now_is_for_its_owner_and_not_all_the_time(website):
    calendar = refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    with pytest.raises(Refused, match="toisen työntekijän"):
        actions.fetch_now(calendar=calendar, by=WorkerFactory())
    with pytest.raises(Refused, match="haettiin juuri"):
        actions.fetch_now(calendar=calendar, by=calendar.worker)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        actions.fetch_now(calendar=calendar, by=calendar.worker)
        with pytest.raises(Refused, match="haetaan juuri nyt"):
            actions.fetch_now(calendar=calendar, by=calendar.worker)
        assert refreshing.claim_due() == [[calendar.pk]]


def test_removing_is_for_its_owner_and_leaves_nothing(website):
    calendar = refreshed(added(website.gives("/a.ics", ics(meeting(9)))))
    with pytest.raises(Refused, match="toisen työntekijän"):
        actions.remove_calendar(calendar=calendar, by=WorkerFactory())
    actions.remove_calendar(calendar=calendar, by=calendar.worker)
    assert not ExternalCalendar.objects.exists() and not BusyTime.objects.exists()


def test_the_same_calendar_is_added_once():
    worker = WorkerFactory()
    actions.add_calendar(by=worker, address="https://k.example/a.ics")
    with pytest.raises(Refused, match="on jo lisätty"):
        actions.add_calendar(by=worker, address="https://k.example/a.ics")
    actions.add_calendar(by=WorkerFactory(), address="https://k.example/a.ics")


def test_the_busy_times_are_found_by_their_index():
    worker = WorkerFactory()
    calendar = ExternalCalendar.objects.create(worker=worker, sealed_address="x", address_hash="x")
    BusyTime.objects.bulk_create(
        BusyTime(
            calendar=calendar,
            period=DateTimeTZRange(DAY + timedelta(hours=2 * number), DAY + timedelta(hours=2 * number + 1)),
        )
        for number in range(-3000, 3000)
    )
    question = Question(
        worker_ids=(worker.pk,),
        required_ids=(),
        municipality_code=worker.unit.municipality_id,
        seats=2,
        minutes=60,
        first_day=DAY.date(),
        last_day=DAY.date(),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE meetings_busytime")
        with CaptureQueriesContext(connection) as queries:
            best_slots(question)
        cursor.execute("EXPLAIN " + queries[0]["sql"].replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "busy_time_once" in plan and "Seq Scan on meetings_busytime" not in plan
