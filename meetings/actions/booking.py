"""Booking a time and a room for a meeting, and giving them back."""

from collections.abc import Callable, Collection

import psycopg
import psycopg.errors
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from perhekeskus.refusals import Refused, Sentence, require

from ..models import Booking, Hold, Meeting, Room
from ..rules import bookings as booking_rules
from ..rules import meetings as rules
from ..slots import seats_needed, workers_coming
from ..states import MeetingStatus, PlaceKind
from .convening import changed, locked

GUARDS = {"booking_worker_once", "booking_room_once"}


class Taken(Refused):
    """Somebody was faster: a person or the room is no longer free at that time."""

    def __init__(
        self, sentence: Sentence = _("Joku ehti varata tämän ajan. Tässä seuraavat vapaat.")
    ) -> None:
        super().__init__(sentence)


def book(
    *,
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    seen_version: int | None,
    without: Collection[int] = (),
) -> Meeting:
    """Take the time from everybody who comes, and the room. Booking the same twice is booking it once.

    `period` has aware bounds; `without` are the keys of those whom the booker saw to be busy then: they are
    invited like the others, but their calendars are left alone. Raises `Taken` when somebody was faster.
    """
    return one_winner(lambda: _book(meeting, by, period, room, seen_version, without))


def one_winner(take: Callable[[], Meeting]) -> Meeting:
    """What `take` takes in a transaction of its own, or `Taken` when somebody was faster."""
    for is_last_try in (False, True):
        try:
            return take()
        except IntegrityError as error:
            if _constraint(error) in GUARDS:
                raise Taken from error
            raise
        except OperationalError as error:
            # The locks are taken in one order, so this is for those who lock the same rows for other reasons.
            if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected) or connection.in_atomic_block:
                raise
            if is_last_try:
                raise Taken from error
    raise AssertionError("Both tries end above.")


@transaction.atomic
def _book(
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    seen_version: int | None,
    without: Collection[int],
) -> Meeting:
    meeting = locked(meeting)
    require(rules.why_not_prepare(by, meeting))
    # A home, a school and a remote connection take no room of ours.
    taken = room if meeting.place_kind == PlaceKind.ROOM else None
    if meeting.status == MeetingStatus.BOOKED and meeting.room == taken and meeting.period == period:
        return meeting
    require(rules.why_not_book(by, meeting))
    require(rules.why_not_fresh(meeting, seen_version))
    require(booking_rules.why_not_at(period.lower, period.upper))
    leave_to_the_winner(meeting, taken, period)
    workers = workers_coming(meeting)
    require(booking_rules.why_not_held_in(meeting, taken, seats_needed(meeting, workers)))
    stand_in_line(workers, taken)
    let_go(meeting)
    Booking.objects.bulk_create(
        [
            *(
                Booking(worker=worker, meeting=meeting, period=period)
                for worker in workers
                if worker.pk not in without
            ),
            *([Booking(room=taken, meeting=meeting, period=period)] if taken is not None else []),
        ]
    )
    meeting.period = period
    meeting.room = taken
    meeting.status = MeetingStatus.BOOKED
    changed(meeting, "period", "room", "status")
    return meeting


def rebook(
    meeting: Meeting, *, period: DateTimeTZRange, room: Room | None, without: Collection[int] = ()
) -> None:
    """Take the new time and room of a locked meeting in place of the old: both, or neither.

    For the same time in another room the people's own bookings stay as they are.
    """
    workers = workers_coming(meeting)
    if room is not None:
        require(booking_rules.why_not_in(room, seats_needed(meeting, workers)))
    stand_in_line(workers, room)
    bookings = meeting.bookings.all()
    if meeting.period == period:
        bookings.filter(room__isnull=False).delete()
        workers = []
    else:
        bookings.delete()
    people = [worker for worker in workers if worker.pk not in without]
    Booking.objects.bulk_create(
        [
            *(Booking(worker=worker, meeting=meeting, period=period) for worker in people),
            *([Booking(room=room, meeting=meeting, period=period)] if room is not None else []),
        ]
    )


@transaction.atomic
def release(*, meeting: Meeting, by: Worker) -> Meeting:
    """Give the time and the room back. Giving back twice is giving back once."""
    meeting = locked(meeting)
    require(rules.why_not_prepare(by, meeting))
    if meeting.status == MeetingStatus.DECIDED:
        return meeting
    require(booking_rules.why_not_release(by, meeting))
    meeting.bookings.all().delete()
    meeting.period = None
    meeting.room = None
    meeting.status = MeetingStatus.DECIDED
    changed(meeting, "period", "room", "status")
    return meeting


def let_go(meeting: Meeting) -> None:
    """Give back what is held for a locked meeting, if anything is."""
    Booking.objects.filter(hold__meeting=meeting).delete()
    Hold.objects.filter(meeting=meeting).delete()


def leave_to_the_winner(meeting: Meeting, room: Room | None, period: DateTimeTZRange) -> None:
    """Whoever comes when another already has the room is told so at once, and keeps nobody in the line.

    Those who come at the same moment see nothing yet: the constraint decides between them.
    """
    others = Booking.objects.in_force().filter(room=room, period__overlap=period).exclude(meeting=meeting)
    if room is not None and others.exists():
        raise Taken


def stand_in_line(workers: list[Worker], room: Room | None) -> None:
    """Lock the people by key, then the room; a room that was closed meanwhile is as good as taken.

    Two inserts that meet in an exclusion constraint wait for each other, which is a deadlock; with their
    owners locked first, in one order for all, the second finds the first one's row instead.
    """
    people = Worker.objects.filter(pk__in=[worker.pk for worker in workers])
    list(people.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    if room is None:
        return
    waited = Room.objects.filter(pk=room.pk).select_for_update(no_key=True, of=("self",))
    if any(closed_at is not None for (closed_at,) in waited.values_list("closed_at")):
        raise Taken(_("Tila ei ole enää käytössä. Tässä seuraavat vapaat ajat."))


def _constraint(error: IntegrityError) -> str:
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""
