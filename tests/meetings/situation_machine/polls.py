"""A poll of times: asked of those whom the family lets come, answered, booked by the family's word."""

from datetime import timedelta
from itertools import product

from django.utils import timezone

from meetings.actions import polls
from meetings.models import PollTime, PollVoice, TimePoll
from meetings.states import PollChoice

from .holds import Holds
from .model import Poll, Time
from .walk import PERIODS, TWO_PERIODS, step


class Polls(Holds):
    @step(when=lambda self: self.looking(), periods=TWO_PERIODS)
    def ask_by_poll(self, chance, periods):
        matter = self.one_of(chance, self.looking())
        by, meeting = self.somebody(chance, matter), matter.meeting
        may = matter.books(meeting, by) and not any(one.is_open for one in meeting.polls)

        def act():
            return polls.ask(
                meeting=self.row(meeting),
                by=self.worker(by),
                periods=[PERIODS[one] for one in periods],
                closes_at=timezone.now() + timedelta(days=4),
            )

        made = self.tries(act, may)
        if made is None:
            return
        keys = {seat.pk: seat.key for seat in meeting.seats.values()} | {None: "family"}
        voices = {keys[seat]: pk for pk, seat in made.voices.values_list("pk", "participation")}
        assert set(voices) == {
            "family",
            *(one.key for one in meeting.seats.values() if one.decision == "yes"),
        }
        times = {PERIODS.index(one.period): one.pk for one in made.times.all()}
        meeting.polls.append(Poll(made.pk, times, voices))

    @step(
        when=lambda self: any(one.meeting and one.meeting.polls for one in self.matters),
        choices=list(product(PollChoice.values, repeat=2)),
        is_family=[False, True],
        is_written_down=[False, False, True],
        weight=6,
    )
    def answer_poll(self, chance, choices, is_family, is_written_down):
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.polls])
        meeting, poll = matter.meeting, matter.meeting.polls[-1]
        key = "family" if is_family else self.one_of(chance, sorted(poll.voices))
        by = self.somebody(chance, matter) if is_written_down else None
        may = poll.is_open and key not in poll.silenced
        if by is not None:
            may = may and key == "family" and matter.prepares(meeting, by)
        said = dict(zip(poll.times, choices, strict=True))

        def act():
            return polls.answer(
                voice=PollVoice.objects.select_related("poll").get(pk=poll.voices[key]),
                answers={poll.times[period]: PollChoice(choice) for period, choice in said.items()},
                by=None if by is None else self.worker(by),
            )

        if self.tries(act, may) is not None:
            poll.said |= {(key, period): choice for period, choice in said.items()}

    @step(
        when=lambda self: any(one.meeting and one.meeting.polls for one in self.matters),
        closes=[False, False, True],
        weight=4,
    )
    def end_poll(self, chance, closes):
        """It is closed, or the time that suits the family is booked, with whichever room is free."""
        matter = self.one_of(chance, [one for one in self.matters if one.meeting and one.meeting.polls])
        meeting, poll, by = matter.meeting, matter.meeting.polls[-1], self.somebody(chance, matter)
        if closes:
            row = TimePoll.objects.select_related("meeting").get(pk=poll.pk)
            if self.tries(lambda: polls.close(poll=row, by=self.worker(by)), matter.prepares(meeting, by)):
                poll.is_open = False
            return
        period = self.one_of(chance, sorted(poll.times))
        rooms = self.free_rooms(meeting, period)
        may = (
            matter.books(meeting, by)
            and poll.said.get(("family", period)) in {"yes", "if_needed"}
            and meeting.convener not in self.busy(meeting, period)
            and bool(rooms)
        )

        def act():
            return polls.book_time(time=PollTime.objects.get(pk=poll.times[period]), by=self.worker(by))

        if self.tries(act, may) is not None:
            meeting.time = Time(period, rooms[0])
            meeting.goes_to("booked")
