"""Two hundred at once for one room and hour, twenty times: one gets it, the others are told what is free."""

import queue
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from meetings.actions import booking
from meetings.actions.booking import Taken
from meetings.asking import Wishes, asked
from meetings.models import Booking, Meeting
from meetings.slots import best_slots
from meetings.states import MeetingStatus
from tests.factories import RoomFactory, a_decided_meeting, next_weekday
from tests.meetings.test_booking import TAKEN, deadlocks

THREADS, ROUNDS = 200, 20
# As a pool in front of the database does: more threads than connections.
CONNECTIONS = 24


class Crowd:
    """Threads that live through every round and share some connections."""

    def __init__(self) -> None:
        self.pool: queue.Queue = queue.Queue()
        for _number in range(CONNECTIONS):
            shared = connections.create_connection("default")
            shared.inc_thread_sharing()
            self.pool.put(shared)

    def run(self, acts: list[Callable[[], object]]) -> Counter:
        """Every act at the same moment; what came of each."""
        ready = threading.Barrier(len(acts))
        outcomes: list[str] = []

        def one(act: Callable[[], object]) -> None:
            ready.wait(timeout=60)
            connections["default"] = shared = self.pool.get(timeout=60)
            try:
                act()
                outcomes.append("booked")
            except Taken as taken:
                outcomes.append(str(taken))
            except Exception as error:  # noqa: BLE001  whatever else comes is what the test is about
                outcomes.append(repr(error))
            finally:
                del connections["default"]
                self.pool.put(shared)

        threads = [threading.Thread(target=one, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return Counter(outcomes)

    def close(self) -> None:
        while not self.pool.empty():
            self.pool.get().close()


@pytest.fixture
def crowd(transactional_db):
    crowd = Crowd()
    yield crowd
    crowd.close()


def test_two_hundred_at_once_twenty_times_over(crowd):
    room, period = RoomFactory(), next_weekday()
    meetings = [a_decided_meeting(people=1, topics=1) for _number in range(THREADS)]
    before, day = deadlocks(), timezone.localtime(period.lower).date()

    def attempt(meeting: Meeting) -> Callable[[], object]:
        return lambda: booking.book(
            meeting=meeting, by=meeting.convener, period=period, room=room, seen_version=None
        )

    for _round in range(ROUNDS):
        assert crowd.run([attempt(meeting) for meeting in meetings]) == {"booked": 1, TAKEN: THREADS - 1}
        assert Booking.objects.filter(room=room).count() == 1
        winner = Meeting.objects.get(status=MeetingStatus.BOOKED)
        loser = next(meeting for meeting in meetings if meeting.pk != winner.pk)
        wishes = Wishes(90, day, day + timedelta(days=7))
        free = best_slots(asked(Meeting.objects.get(pk=loser.pk), wishes).question)
        assert free and not any(
            slot.starts_at < period.upper and period.lower < slot.ends_at and slot.room_id == room.pk
            for slot in free
        )
        booking.release(meeting=winner, by=winner.convener)

    assert deadlocks() == before
    assert connection.is_usable()
