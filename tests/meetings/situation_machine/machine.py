"""The whole machine: every step there is, and the ordinary way through them."""

from perhekeskus import outbox

from .invitations import Invitations
from .koppi import Koppi
from .model import KEYS, Time
from .outcomes import Outcomes
from .polls import Polls
from .proposals import Proposals
from .situations import Situations
from .times import Times
from .walk import PERIODS, step


class Machine(Situations, Koppi, Proposals, Times, Polls, Invitations, Outcomes):
    """One life of some families' matters. Everything that it wrote is rolled back at its end."""

    @step(key=KEYS, weight=10)
    def go_on(self, chance, key):
        """As things ought to go: by chance alone few would come to their meeting."""
        self.goes_on(chance, self.one_of(chance, self.matters), key)

    def goes_on(self, chance, matter, key):
        by, meeting, time = matter.holder, matter.meeting, self.some_time(chance)
        if not matter.is_open:
            self.reopens(matter, by)
        elif self.may_plan(matter):
            self.agrees(matter)
        elif matter.stage == "plan":
            self.ends(matter, by, "everyday")
        elif meeting is None:
            self.convenes(matter, by) if matter.talks else self.talks(matter, by, "accepted")
        elif not meeting.seats:
            self.proposes(matter, meeting, by, key)
        elif not meeting.topics:
            self.proposes_topic(matter, meeting, by, "Uni")
        elif meeting.status in {"draft", "with_family"}:
            self.decides(matter, meeting, None, set())
        elif meeting.status == "decided":
            self.finds_a_time(matter, meeting, by, key, time)
        elif meeting.status == "booked":
            self.invites(matter, meeting, by, meeting.convener)
        elif waiting := [
            one for one in meeting.seats.values() if one.asked and one.asked.status == "pending"
        ]:
            status = "declined" if key in {"close", "w0"} else "accepted"
            self.answers(matter, meeting, waiting[0], status, 3)
        else:
            self.records(matter, meeting, by, is_held=key not in {"unit", "w2"})

    def finds_a_time(self, matter, meeting, by, key, time):
        others = [Time(period, time.room) for period in range(len(PERIODS))]
        time = next((one for one in (time, *others) if self.is_free_to_move(meeting, one)), time)
        if meeting.offered and meeting.offered.times:
            self.chooses_time(matter, meeting, None, min(meeting.offered.times))
        elif key in {"close", "w1"}:
            self.holds(matter, meeting, by, time)
        else:
            self.books(matter, meeting, by, time)

    @step(weight=1)
    def send_what_waits(self, chance):
        outbox.drain(limit=20)
