"""Booking a time and a room: who may, what is refused, and that nobody and nothing is ever booked twice."""

import re
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions import booking, convening, handovers, permissions
from meetings.actions.booking import Taken
from meetings.models import Booking, Meeting, Room
from meetings.states import MeetingStatus, Stage
from network.models import Worker
from perhekeskus.refusals import Refused
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    an_offered_handover,
    next_weekday,
)

TAKEN = "Joku ehti varata tämän ajan. Tässä seuraavat vapaat."


def book(meeting: Meeting, **changes) -> Meeting:
    facts = {
        "meeting": meeting,
        "by": meeting.convener,
        "period": next_weekday(),
        "seen_version": meeting.version,
    }
    return booking.book(**{**facts, **changes, "room": changes.get("room") or RoomFactory()})


@pytest.mark.django_db
class TestBook:
    def test_takes_the_time_of_everybody_let_in_of_the_convener_and_of_the_room(self):
        meeting = a_convened_meeting(people=3)
        refused = meeting.participations.exclude(worker=None).first()
        meeting = a_decided_meeting(meeting=meeting, no_to=[refused])
        room = RoomFactory()

        booked = book(meeting, room=room)

        assert booked.status == MeetingStatus.BOOKED
        assert booked.room == room
        assert booked.period == next_weekday()
        assert booked.version == meeting.version + 1
        assert booked.situation.stage == Stage.CONVENING
        allowed = {one.worker_id for one in meeting.participations.exclude(worker=None)} - {refused.worker_id}
        taken = Booking.objects.filter(meeting=meeting, period=next_weekday())
        assert {row.worker_id for row in taken if row.worker_id} == allowed | {meeting.convener_id}
        assert [row.room_id for row in taken if row.room_id] == [room.pk]

    def test_twice_is_once(self):
        meeting, room = a_decided_meeting(), RoomFactory()

        first = book(meeting, room=room)
        again = book(meeting, room=room)

        assert again.version == first.version
        assert Booking.objects.filter(meeting=meeting, room=room).count() == 1

    def test_leaves_the_calendar_of_somebody_known_to_be_busy_alone(self):
        meeting = a_decided_meeting()
        busy = meeting.participations.exclude(worker=None).first().worker
        Booking.objects.create(worker=busy, period=next_weekday())

        book(meeting, without=[busy.pk])

        assert not Booking.objects.filter(meeting=meeting, worker=busy).exists()

    def test_a_person_taken_meanwhile_is_refused_with_a_sentence_and_nothing_changes(self):
        meeting = a_decided_meeting()
        busy = meeting.participations.exclude(worker=None).first().worker
        Booking.objects.create(worker=busy, period=next_weekday(hour=10, minute=59, minutes=30))

        with pytest.raises(Taken, match=TAKEN):
            book(meeting)

        meeting.refresh_from_db()
        assert meeting.status == MeetingStatus.DECIDED
        assert not meeting.bookings.exists()

    def test_a_room_taken_meanwhile_is_refused_with_a_sentence(self):
        room = RoomFactory()
        a_booked_meeting(room=room)

        with pytest.raises(Taken, match=TAKEN):
            book(a_decided_meeting(), room=room)

    def test_the_next_meeting_may_begin_when_the_first_ends(self):
        room = RoomFactory()
        first = a_booked_meeting(room=room)
        after = DateTimeTZRange(first.period.upper, first.period.upper + timedelta(hours=1))

        assert book(a_decided_meeting(), room=room, period=after).status == MeetingStatus.BOOKED

    @pytest.mark.parametrize(
        ("from_now", "minutes", "sentence"),
        [
            (timedelta(minutes=-5), 60, "Aika on jo mennyt"),
            (timedelta(days=1), -30, "päättyy ennen alkamistaan"),
            (timedelta(days=1), 0, "päättyy ennen alkamistaan"),
            (timedelta(days=1), 14, "liian lyhyt"),
            (timedelta(days=1), 481, "liian pitkä"),
        ],
    )
    def test_a_time_that_makes_no_sense_is_refused(self, from_now, minutes, sentence):
        meeting = a_decided_meeting()
        start = timezone.now() + from_now
        period = DateTimeTZRange(start, start + timedelta(minutes=minutes))

        with pytest.raises(Refused, match=sentence):
            book(meeting, period=period)

    def test_a_room_too_small_is_refused(self):
        with pytest.raises(Refused, match="Tilassa on 4 paikkaa, mutta tulijoita on 5"):
            book(a_decided_meeting(people=2), room=RoomFactory(seats=4))

    def test_an_old_page_is_refused(self):
        meeting = a_decided_meeting()

        with pytest.raises(Refused, match="vanhentunut"):
            book(meeting, seen_version=meeting.version - 1)

    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (a_convened_meeting, "Perhe ei ole vielä päättänyt"),
            (a_booked_meeting, "Aika on jo varattu"),
            (an_invited_meeting, "Aika on jo varattu"),
        ],
    )
    def test_only_what_the_family_has_decided_on_is_booked(self, make, sentence):
        meeting = make()

        with pytest.raises(Refused, match=sentence):
            book(meeting, period=next_weekday(days=14))


@pytest.mark.django_db
class TestRelease:
    def test_frees_everybody_and_the_room(self):
        meeting = a_booked_meeting()

        released = booking.release(meeting=meeting, by=meeting.convener)

        assert (released.status, released.period, released.room) == (MeetingStatus.DECIDED, None, None)
        assert released.version == meeting.version + 1
        assert not Booking.objects.filter(meeting=meeting).exists()

    def test_twice_is_once_and_the_time_can_be_booked_again(self):
        meeting = a_booked_meeting()
        period, room = meeting.period, meeting.room
        booking.release(meeting=meeting, by=meeting.convener)

        meeting = booking.release(meeting=meeting, by=meeting.convener)

        assert book(meeting, period=period, room=room).status == MeetingStatus.BOOKED

    @pytest.mark.parametrize(
        ("make", "sentence"),
        [(an_invited_meeting, "Kutsut on jo lähetetty"), (a_convened_meeting, "Aikaa ei ole varattu")],
    )
    def test_only_what_is_booked_and_not_yet_sent(self, make, sentence):
        meeting = make()

        with pytest.raises(Refused, match=sentence):
            booking.release(meeting=meeting, by=meeting.convener)


ROLES = {
    "convener": True,
    "new holder": True,
    "let in by the family": False,
    "stranger": False,
    "guidance": False,
    "coordinator": False,
    "administrator": False,
}


def in_role(role: str, meeting: Meeting) -> Worker:
    if role == "convener":
        return meeting.convener
    if role == "new holder":
        colleague = WorkerFactory()
        handover = an_offered_handover(situation=meeting.situation, to=colleague)
        handovers.accept(handover=handover, by=colleague)
        return colleague
    if role == "let in by the family":
        return meeting.participations.exclude(worker=None).first().worker
    return WorkerFactory(**{} if role == "stranger" else {role: True})


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "may"), ROLES.items())
@pytest.mark.parametrize("verb", ["book", "release"])
def test_who_may_book_and_release(role, may, verb):
    meeting = a_decided_meeting() if verb == "book" else a_booked_meeting()
    by = in_role(role, meeting)
    meeting = Meeting.objects.get(pk=meeting.pk)

    def act() -> Meeting:
        if verb == "book":
            return book(meeting, by=by)
        return booking.release(meeting=meeting, by=by)

    if may:
        assert act().status == (MeetingStatus.BOOKED if verb == "book" else MeetingStatus.DECIDED)
    else:
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            act()


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["worker_id", "room_id"])
def test_the_database_itself_refuses_two_at_once(column):
    owner = WorkerFactory() if column == "worker_id" else RoomFactory()
    insert = f"INSERT INTO meetings_booking ({column}, period) VALUES (%s, tstzrange(%s, %s))"
    start = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(insert, [owner.pk, start, start + timedelta(hours=1)])
        cursor.execute(insert, [owner.pk, start + timedelta(hours=1), start + timedelta(hours=2)])
        with (
            pytest.raises(IntegrityError, match=f"booking_{column[:-3]}_once"),
            transaction.atomic(),
        ):
            cursor.execute(insert, [owner.pk, start + timedelta(minutes=59), start + timedelta(hours=3)])


@pytest.mark.django_db
def test_withdrawn_people_are_not_booked():
    meeting = a_decided_meeting(people=2)
    consent = meeting.participations.exclude(worker=None).first().consent
    permissions.withdraw(consent=consent)
    meeting.refresh_from_db()

    book(meeting)

    assert not Booking.objects.filter(worker=consent.worker).exists()


@pytest.mark.django_db
def test_a_permission_taken_back_before_the_invitations_frees_the_person():
    meeting = a_booked_meeting(people=2)
    consent = meeting.participations.exclude(worker=None).first().consent

    permissions.withdraw(consent=consent)

    assert not Booking.objects.filter(worker=consent.worker).exists()
    assert Booking.objects.filter(meeting=meeting).count() == 3


def deadlocks() -> int:
    """How many deadlocks this database has seen; a closed connection has told all of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def at_once(tries: list) -> Counter:
    """Run them all at the same moment, each on its own connection; count what came of each."""
    ready = threading.Barrier(len(tries))
    outcomes: list[str] = []

    def run(attempt) -> None:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            attempt()
            outcomes.append("booked")
        except Taken as taken:
            outcomes.append(str(taken))
        except Exception as error:  # noqa: BLE001  whatever else comes is what the test is about
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[attempt]) for attempt in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return Counter(outcomes)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_for_one_room_and_exactly_one_gets_it():
    room = RoomFactory()
    meetings = [a_decided_meeting(people=1, topics=1) for _number in range(50)]
    before = deadlocks()

    outcomes = at_once([lambda meeting=meeting: book(meeting, room=room) for meeting in meetings])

    assert outcomes == {"booked": 1, TAKEN: 49}
    assert Booking.objects.filter(room=room).count() == 1
    assert Meeting.objects.filter(status=MeetingStatus.BOOKED).count() == 1
    assert deadlocks() == before


@pytest.mark.django_db(transaction=True)
def test_the_same_people_in_any_order_never_lock_each_other_out():
    """Twenty meetings of the same two workers, in opposite orders, each in a room of its own."""
    people = [WorkerFactory(), WorkerFactory()]
    meetings = [
        a_decided_meeting(people=people if number % 2 else people[::-1], topics=1) for number in range(20)
    ]
    rooms: list[Room] = [RoomFactory() for _meeting in meetings]
    before = deadlocks()

    outcomes = at_once(
        [
            lambda meeting=meeting, room=room: book(meeting, room=room)
            for meeting, room in zip(meetings, rooms, strict=True)
        ]
    )

    assert outcomes == {"booked": 1, TAKEN: 19}
    assert deadlocks() == before


@pytest.mark.django_db
def test_who_comes_when_the_room_is_taken_is_told_at_once_and_locks_nobody():
    room, late = RoomFactory(), a_decided_meeting(people=1)
    book(a_decided_meeting(people=1), room=room)

    with CaptureQueriesContext(connection) as queries, pytest.raises(Taken):
        book(late, room=room)

    said = [query["sql"] for query in queries]
    assert not [sql for sql in said if "INSERT" in sql or ("network_worker" in sql and "FOR NO KEY" in sql)]


@pytest.mark.django_db
def test_the_locks_come_in_one_order_before_anything_is_booked():
    """The meeting, the people by key, the room; two inserts never wait for each other."""
    meeting, room = a_decided_meeting(people=3), RoomFactory()

    with CaptureQueriesContext(connection) as queries:
        book(meeting, room=room)

    steps = [
        (kind, table)
        for query in queries
        for kind, table in re.findall(
            r'(?:FROM|(INSERT) INTO) "(meetings_meeting|network_worker|meetings_room|meetings_booking)"',
            query["sql"],
        )
        if kind or "FOR NO KEY UPDATE" in query["sql"] or "FOR UPDATE" in query["sql"]
    ]
    assert steps == [
        ("", "meetings_meeting"),
        ("", "network_worker"),
        ("", "meetings_room"),
        ("INSERT", "meetings_booking"),
    ]
    people = next(query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"])
    assert "ORDER BY 1 ASC" in people  # its key


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_with_somebody_elses_work_is_tried_once_more():
    """A stranger holds the room and asks for the people: the database ends one of the two, us."""
    meeting, room = a_decided_meeting(people=1), RoomFactory()
    holds_room, went_through = threading.Event(), threading.Event()

    def stranger() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL deadlock_timeout = '30s'")
                cursor.execute("SELECT FROM meetings_room WHERE id = %s FOR UPDATE", [room.pk])
                holds_room.set()
                wait_until_somebody_waits(cursor)
                cursor.execute("SELECT FROM network_worker ORDER BY id FOR UPDATE")
            went_through.set()
        finally:
            connection.close()

    thread = threading.Thread(target=stranger)
    thread.start()
    holds_room.wait(timeout=10)

    booked = book(meeting, room=room)

    thread.join(timeout=10)
    assert went_through.is_set()
    assert booked.status == MeetingStatus.BOOKED


def wait_until_somebody_waits(cursor) -> None:
    for _attempt in range(500):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)")
    raise AssertionError("Nobody came to wait.")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_books_once():
    meeting, room = a_decided_meeting(), RoomFactory()

    outcomes = at_once([lambda: book(meeting, room=room)] * 5)

    assert outcomes == {"booked": 5}
    assert Booking.objects.filter(meeting=meeting, room=room).count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelling_while_booking_leaves_no_booking_behind():
    meeting, room = a_decided_meeting(), RoomFactory()

    at_once(
        [lambda: book(meeting, room=room), lambda: convening.cancel(meeting=meeting, by=meeting.convener)]
    )

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED
    assert not Booking.objects.filter(meeting=meeting).exists()
