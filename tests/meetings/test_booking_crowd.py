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
from meetings.models import Booking, Meeting, Participation, Situation, Topic
from meetings.slots import best_slots
from meetings.states import Decision, MeetingStatus, Stage, WayIn
from network.models import Consent, Family, Municipality
from network.states import ConsentMethod, ConsentPurpose
from tests.factories import FamilyFactory, RoomFactory, WorkerFactory, next_weekday
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


def decided_meetings(count: int, municipality: Municipality) -> list[Meeting]:
    """What so many families have decided, each with a convener and an invited worker of its own."""
    now, conveners, others = (
        timezone.now(),
        WorkerFactory.create_batch(count),
        WorkerFactory.create_batch(count),
    )
    families = FamilyFactory.build_batch(count, municipality=municipality)
    situations = [
        Situation(family=family, holder=by, opened_by=by, stage=Stage.CONVENING, way_in=WayIn.CLOSE_WORKER)
        for family, by in zip(Family.objects.bulk_create(families), conveners, strict=True)
    ]
    meetings = Meeting.objects.bulk_create(
        Meeting(
            situation=situation,
            kind_id="shared_time",
            status=MeetingStatus.DECIDED,
            municipality=municipality,
            convener=situation.holder,
            decided_at=now,
        )
        for situation in Situation.objects.bulk_create(situations)
    )
    consents = Consent.objects.bulk_create(
        Consent(
            family=meeting.situation.family,
            purpose=ConsentPurpose.INVITE,
            worker=worker,
            method=ConsentMethod.FACE_TO_FACE,
            given_at=now,
            recorded_by=meeting.convener,
        )
        for meeting, worker in zip(meetings, others, strict=True)
    )
    said = {"decision": Decision.YES, "decided_at": now}
    Participation.objects.bulk_create(
        Participation(meeting=meeting, worker_id=consent.worker_id, consent=consent, **said)
        for meeting, consent in zip(meetings, consents, strict=True)
    )
    Topic.objects.bulk_create(Topic(meeting=meeting, title="Aamut", **said) for meeting in meetings)
    return meetings


@pytest.fixture
def crowd(transactional_db):
    crowd = Crowd()
    yield crowd
    crowd.close()


def test_two_hundred_at_once_twenty_times_over(crowd):
    room, period = RoomFactory(), next_weekday()
    meetings = decided_meetings(THREADS, room.unit.municipality)
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
