"""A time and a room: booked, given back, moved."""

from meetings.actions import booking, rescheduling
from meetings.models import TimeChange
from network.states import ConsentMethod

from .model import UPCOMING, Time
from .walk import NUMBERS_OF_PERIODS, PERIODS, Walk, step


class Times(Walk):
    @step(
        when=lambda self: self.looking(),
        leaves_alone=[False, True],
    )
    def book(self, chance, leaves_alone):
        matter, meeting = self.one_meeting(chance, "decided")
        self.books(matter, meeting, self.somebody(chance, matter), self.some_time(chance), leaves_alone)

    def books(self, matter, meeting, by, time, leaves_alone=False):
        is_done = matter.prepares(meeting, by) and meeting.status == "booked" and meeting.time == time
        busy = self.busy(meeting, time.period)
        without = [self.worker(one).pk for one in busy] if leaves_alone else []
        may = matter.books(meeting, by) and not (self.is_taken(meeting, time) or (busy and not leaves_alone))

        def act():
            return booking.book(
                meeting=self.row(meeting),
                by=self.worker(by),
                period=PERIODS[time.period],
                room=self.town.rooms[time.room],
                seen_version=None,
                without=without,
            )

        if self.tries(act, is_done or may) is not None:
            meeting.time = time
            meeting.goes_to("booked")

    @step(when=lambda self: any(one.meeting and one.meeting.time for one in self.matters))
    def release(self, chance):
        matter, meeting = self.one_meeting(chance, "booked")
        by = self.somebody(chance, matter)
        may = matter.prepares(meeting, by) and meeting.status in {"booked", "decided"}

        def act():
            return booking.release(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, may) is not None and meeting.status == "booked":
            meeting.time = None
            meeting.goes_to("decided")

    @step(
        when=lambda self: any(one.meeting and one.meeting.time for one in self.matters),
        period=NUMBERS_OF_PERIODS,
        room=[0, 1],
        asks=[False, True],
    )
    def reschedule(self, chance, period, room, asks):
        matter, meeting = self.one_meeting(chance, *UPCOMING)
        by = self.somebody(chance, matter)
        time = Time(period, room)
        is_asked = meeting.change is not None and meeting.change[1] == time
        may = matter.prepares(meeting, by) and meeting.status in UPCOMING
        may = may and (is_asked or meeting.time != time)
        if not asks:
            may = may and self.is_free_to_move(meeting, time)
        more = {} if asks else {"method": ConsentMethod.FACE_TO_FACE}

        def act():
            return (rescheduling.propose if asks else rescheduling.move)(
                meeting=self.row(meeting),
                by=self.worker(by),
                period=PERIODS[period],
                room=self.town.rooms[room],
                **more,
            )

        made = self.tries(act, may)
        if made is None:
            return
        if asks:
            meeting.change = (made.pk, time)
        else:
            self.moves(meeting, time)

    @step(
        when=lambda self: any(one.meeting and one.meeting.change for one in self.matters),
        is_yes=[False, True],
        is_own_page=[False, True],
    )
    def answer_change(self, chance, is_yes, is_own_page):
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.change])
        meeting = matter.meeting
        key, time = meeting.change
        by = None if is_own_page else self.somebody(chance, matter)
        may = meeting.status in UPCOMING and (by is None or matter.prepares(meeting, by))

        def act():
            return (rescheduling.say_yes if is_yes else rescheduling.say_no)(
                change=TimeChange.objects.select_related("meeting__situation", "room").get(pk=key),
                by=None if by is None else self.worker(by),
                method=ConsentMethod.OWN_LINK if by is None else ConsentMethod.FACE_TO_FACE,
            )

        if may and is_yes and not self.is_free_to_move(meeting, time):
            # The old time stays, and the question is closed: a refusal that is written down.
            self.comes_too_late(act)
            meeting.change = None
        elif self.tries(act, may) is None:
            return
        elif is_yes:
            self.moves(meeting, time)
        else:
            meeting.change = None

    def moves(self, meeting, time):
        is_other_time = meeting.time.period != time.period
        meeting.time, meeting.change = time, None
        if meeting.status != "invited" or not is_other_time:
            return
        for seat in meeting.seats.values():
            if seat.asked is not None and seat.asked.status != "revoked":
                seat.asked.is_asked_anew()

    def is_free_to_move(self, meeting, time):
        if self.is_taken(meeting, time):
            return False
        is_same_time = meeting.time is not None and meeting.time.period == time.period
        return is_same_time or not self.busy(meeting, time.period)
