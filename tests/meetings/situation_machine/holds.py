"""While a time is looked for: held, offered to the family, let go, taken up."""

from meetings import tasks
from meetings.actions import holds, offers
from meetings.models import Hold as HoldRow
from meetings.models import OfferedTime, TimesOffer

from .model import KEYS, Hold, Offered, Time
from .questions import rows_of
from .walk import PERIODS, TWO_PERIODS, Walk, step

PASSES = """
    UPDATE meetings_hold
    SET held_at = held_at - interval '5 days', expires_at = expires_at - interval '5 days'
    WHERE id = %s RETURNING id"""


class Holds(Walk):
    @step(
        when=lambda self: self.looking(),
        weight=10,
        hours=[24, 72],
        leaves_alone=[False, True],
    )
    def hold(self, chance, hours, leaves_alone):
        matter, meeting = self.one_meeting(chance, "decided")
        self.holds(
            matter, meeting, self.somebody(chance, matter), self.some_time(chance), hours, leaves_alone
        )

    def holds(self, matter, meeting, by, time, hours=48, leaves_alone=False):
        held = meeting.hold
        is_done = matter.prepares(meeting, by) and held is not None and held.is_live and held.time == time
        busy = self.busy(meeting, time.period)
        may = matter.books(meeting, by) and not (self.is_taken(meeting, time) or (busy and not leaves_alone))

        def act():
            return holds.hold(
                meeting=self.row(meeting),
                by=self.worker(by),
                period=PERIODS[time.period],
                room=self.town.rooms[time.room],
                hours=hours,
                seen_version=None,
                without=[self.worker(one).pk for one in busy] if leaves_alone else [],
            )

        if self.tries(act, is_done or may) is None or is_done:
            return
        meeting.hold = Hold(HoldRow.objects.values_list("pk", flat=True).get(meeting=meeting.pk), time)
        self.is_offered(meeting, {time.period: (time, busy if leaves_alone else set())})

    def is_offered(self, meeting, chosen):
        offer = TimesOffer.objects.values_list("pk", flat=True).get(meeting=meeting.pk)
        times = dict(OfferedTime.objects.filter(offer=offer).values_list("pk", "period"))
        meeting.offered = Offered(offer, {pk: chosen[PERIODS.index(at)] for pk, at in times.items()})

    @step(
        when=lambda self: any(one.meeting and one.meeting.hold for one in self.matters),
        is_swept=[False, False, True],
        weight=16,
    )
    def hold_ends(self, chance, is_swept):
        """Time passes, and who comes next gets the time, whether or not the task has been round."""
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.hold])
        held = matter.meeting.hold
        if held.is_live:
            assert rows_of(PASSES, held.pk)
            held.is_live = False
        if is_swept:
            tasks.sweep_holds()
        other = self.one_of(chance, [one for one in self.matters if one is not matter])
        for _step in range(5):
            if other.is_open and (other.meeting is None or other.meeting.status in {"draft", "with_family"}):
                self.goes_on(chance, other, chance.choice(KEYS))
        if other.meeting and other.meeting.status == "decided":
            self.books(other, other.meeting, other.holder, held.time, leaves_alone=True)

    @step(when=lambda self: any(one.meeting and one.meeting.hold for one in self.matters))
    def hold_longer(self, chance):
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.hold])
        by, meeting = self.somebody(chance, matter), matter.meeting
        may = matter.prepares(meeting, by) and meeting.hold.is_live

        def act():
            return holds.hold_longer(meeting=self.row(meeting), by=self.worker(by), hours=80)

        self.tries(act, may)

    @step(
        when=lambda self: self.looking(),
        periods=TWO_PERIODS,
        room=[0, 1],
    )
    def offer_times(self, chance, periods, room):
        """Several are offered, and none of them held."""
        matter = self.one_of(chance, self.looking())
        by, meeting = self.somebody(chance, matter), matter.meeting

        def act():
            return offers.offer_times(
                meeting=self.row(meeting),
                by=self.worker(by),
                times=[offers.Time(PERIODS[one], self.town.rooms[room]) for one in periods],
            )

        if self.tries(act, matter.books(meeting, by)) is not None:
            meeting.hold = None
            self.is_offered(meeting, {one: (Time(one, room), set()) for one in periods})

    @step(
        when=lambda self: any(one.meeting and one.meeting.offered for one in self.matters),
        what=["choose", "refuse", "take_back"],
        weight=8,
        says=[False, True],
    )
    def answer_offered_times(self, chance, what, says):
        """The family answers on its own page, or says it to a worker; or the worker takes the offer back."""
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.offered])
        by, meeting = self.somebody(chance, matter), matter.meeting
        if what == "take_back":
            self.takes_back_times(matter, meeting, by)
        elif what == "refuse":
            self.refuses_times(matter, meeting, by if says else None)
        elif meeting.offered.times:
            time = self.one_of(chance, sorted(meeting.offered.times))
            self.chooses_time(matter, meeting, by if says else None, time)

    def takes_back_times(self, matter, meeting, by):
        def act():
            return offers.take_back(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, matter.prepares(meeting, by)) is not None:
            meeting.hold = meeting.offered = None

    def refuses_times(self, matter, meeting, by):
        def act():
            return offers.refuse_all(meeting=self.row(meeting), by=None if by is None else self.worker(by))

        if self.tries(act, by is None or matter.prepares(meeting, by)) is not None:
            meeting.hold, meeting.offered.is_refused = None, True

    def chooses_time(self, matter, meeting, by, pk):
        time, without = meeting.offered.times[pk]
        may = matter.books(meeting, meeting.convener if by is None else by)

        def act():
            return offers.choose(
                meeting=self.row(meeting), time=pk, by=None if by is None else self.worker(by)
            )

        if may and (self.is_taken(meeting, time) or self.busy(meeting, time.period) - without):
            # The time leaves the list: a refusal that is written down.
            self.comes_too_late(act)
            del meeting.offered.times[pk]
        elif self.tries(act, may) is not None:
            meeting.time = time
            meeting.goes_to("booked")
