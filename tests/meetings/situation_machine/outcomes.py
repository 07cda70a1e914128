"""What became of a meeting: cancelled, held or not, called together again."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from meetings.actions import cancelling, convening, recording
from meetings.called_off import Reason
from meetings.states import Attendance, WhoCancelled

from .model import COORDINATOR, Seat, Shared
from .walk import PERIODS, Walk, step


class Outcomes(Walk):
    @step(when=lambda self: any(one.meetings for one in self.matters), weight=1)
    def cancel(self, chance):
        matter = self.one_of(chance, [one for one in self.matters if one.meetings])
        meeting = self.one_of(chance, matter.meetings)
        by = self.somebody(chance, matter)
        is_done = meeting.status == "cancelled"

        def act():
            return convening.cancel(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, is_done or matter.prepares(meeting, by)) is not None and not is_done:
            matter.cancels(meeting)

    @step(when=lambda self: any(one.meetings and not one.meeting for one in self.matters))
    def convene_again(self, chance):
        matter = self.one_of(chance, [one for one in self.matters if one.meetings and not one.meeting])
        old = self.one_of(chance, matter.meetings)
        by = self.somebody(chance, matter)
        may = old.status in {"cancelled", "not_held"} and matter.convenes(by)

        def act():
            return cancelling.convene_again(meeting=self.row(old), by=self.worker(by))

        made = self.tries(act, may)
        if made is None:
            return
        new = Shared(made.pk, by)
        for row in made.participations.filter(member=None).order_by("pk"):
            key = next(one for one in old.seats if self.receiver(matter, one) == row.receiver)
            new.seats[key] = Seat(row.pk, key, "yes", has_consent=True)
        assert set(new.seats) == {
            key
            for key, seat in old.seats.items()
            if seat.decision == "yes" and seat.has_consent and matter.let_in[key]
        }
        new.topics = {row.title: [row.pk, "yes"] for row in made.topics.all()}
        assert set(new.topics) == {title for title, (_pk, said) in old.topics.items() if said == "yes"}
        new.status = "decided" if new.seats and new.topics else "draft"
        matter.meetings.append(new)
        matter.stage = "convening"

    # --- what came of it --------------------------------------------------------------------------------

    @step(
        when=lambda self: any(one.meeting and one.meeting.status == "invited" for one in self.matters),
        is_held=[False, True],
        has_begun=[True, True, False],
    )
    def record(self, chance, is_held, has_begun):
        met = [one for one in self.matters if one.meetings]
        invited = [one for one in met if one.meeting and one.meeting.status == "invited"]
        matter = self.one_of(chance, self.mostly(chance, invited, met))
        meeting = matter.meeting if matter in invited else self.one_of(chance, matter.meetings)
        by = chance.choice([matter.holder, matter.holder, COORDINATOR])
        self.records(matter, meeting, by, is_held=is_held, has_begun=has_begun)

    def records(self, matter, meeting, by, *, is_held, has_begun=True):
        is_done = not is_held and meeting.status == "not_held"
        may = matter.records(meeting, by, has_begun=has_begun)
        may = is_done or (may and (is_held or meeting.status == "invited"))

        def act():
            row = self.row(meeting)
            there = {seat.pk: Attendance.PRESENT for seat in meeting.seats.values() if seat.is_coming}
            if is_held:
                record = recording.Record(attendance=there, notes="Puhuttiin aamuista.")
                return recording.record(meeting=row, by=self.worker(by), record=record)
            reason = Reason(WhoCancelled.FAMILY)
            return cancelling.leave_unheld(meeting=row, by=self.worker(by), reason=reason)

        at = PERIODS[meeting.time.period].lower + timedelta(minutes=10) if meeting.time else timezone.now()
        if has_begun:
            with time_machine.travel(at, tick=False):
                done = self.tries(act, may)
        else:
            done = self.tries(act, may)
        if done is None or is_done:
            return
        meeting.goes_to("held" if is_held else "not_held")
        if not is_held:
            matter.stage = "convening"
