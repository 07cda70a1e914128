"""What every step stands on: the town, the rows compared with the model, acts that may be refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from django.db import IntegrityError, transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from meetings.actions.booking import Taken
from meetings.models import Meeting, Situation
from perhekeskus.refusals import Refused
from tests.factories import MunicipalityFactory, RoomFactory, UnitFactory, WorkerFactory, next_weekday

from .model import COORDINATOR, INVITED_UNIT, SUPERVISOR, UNIT_OF, WORKERS, Matter, Time, worker_of
from .questions import SENT_UNPERMITTED, rows_of

NO = (Refused, IntegrityError)

# The first two overlap; the others are apart, so that there is time for some meetings in one life.
PERIODS = [
    next_weekday(days=days, hour=hour, minute=0)
    for days, hour in [(14, 9), (14, 10), (14, 13), (21, 9), (21, 13), (28, 9)]
]
NUMBERS_OF_PERIODS = range(len(PERIODS))
TWO_PERIODS = [(0, 1), (0, 2), (1, 3), (4, 5)]


@dataclass(frozen=True)
class Step:
    when: Callable[[Any], object]
    weight: int
    draws: dict[str, Sequence[Any]]


def step(*, when: Callable[[Any], object] = lambda self: True, weight: int = 2, **draws: Sequence[Any]):
    """A method that is a step: taken `when` it can be, with one of each of what is named."""

    def marked(method):
        method.step = Step(when, weight, draws)
        return method

    return marked


class Town:
    """Everybody and everything that the situations share."""

    def __init__(self) -> None:
        self.town = MunicipalityFactory()
        self.units = [UnitFactory(email=f"yksikko{number}@kuopio.example") for number in (0, 1)]
        self.people = [
            WorkerFactory(
                unit=self.units[unit], is_supervisor=place == SUPERVISOR, is_coordinator=place == COORDINATOR
            )
            for place, unit in UNIT_OF.items()
        ]
        self.rooms = [RoomFactory(seats=20), RoomFactory(seats=20)]


class Walk(RuleBasedStateMachine):
    """One life. Everything that it wrote is rolled back at its end."""

    town: Town
    steps = 0
    seen: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.matters: list[Matter] = []
        self.active = dict.fromkeys(WORKERS, True)
        for one in self.town.people:
            one.is_active = True
        self.away: set[int] = set()
        self.quiet: set[str] = set()
        self.dice = 0
        self.sent: set[int] = set()
        # The rows are compared once before the first step.
        self.walked = -1
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self) -> None:
        type(self).steps += max(self.walked, 0)
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    # --- which step ------------------------------------------------------------------------------------

    @initialize(chance=st.randoms(use_true_random=True))
    def some_steps_are_never_taken(self, chance):
        """Lives differ: in each some things never happen."""
        names = [name for name in self.all_steps() if name != "go_on"]
        self.quiet = set(chance.sample(names, chance.randrange(len(names) // 4)))

    # One rule for all: with one for each, Hypothesis leaves half of them out of a life and takes the same
    # ones again and again, which suits many short lives. So it gives a number for each step, and the rest is
    # dice. The numbers before it count too: it makes new lives out of earlier ones by changing a step or two.
    @rule(number=st.integers(0, 2**32))
    def takes_a_step(self, number):
        self.dice = hash((self.dice, number))
        chance = Random(self.dice)
        steps = {name: one for name, one in self.all_steps().items() if name not in self.quiet}
        possible = [name for name, one in steps.items() if one.when(self)]
        (name,) = chance.choices(possible, [steps[one].weight for one in possible])
        drawn = {key: chance.choice(values) for key, values in steps[name].draws.items()}
        note(f"{name} {drawn}")
        getattr(self, name)(chance, **drawn)

    @classmethod
    @cache
    def all_steps(cls) -> dict[str, Step]:
        return {name: getattr(cls, name).step for name in dir(cls) if hasattr(getattr(cls, name), "step")}

    # --- what holds after every step --------------------------------------------------------------------

    @invariant()
    def all_is_as_it_ought_to_be(self):
        self.walked += 1
        found = {}
        faults = []
        for table, pk, state, who in rows_of("EXECUTE after_each_step"):
            if table == "fault":
                faults.append((state, pk))
            else:
                found[table, pk] = (state, who)
        assert not faults
        messages = {key: state for key, state in found.items() if key[0] == "message"}
        assert found == self.expected() | messages
        self.no_letter_has_left_without_a_permission(
            {pk for (_, pk), (now, _) in messages.items() if now == "sent"}
        )
        type(self).seen |= {
            f"{table} {state.split()[0]}" for (table, _pk), (state, _who) in found.items() if state
        }

    def expected(self):
        """The rows as the model believes them to be."""
        rows = {}
        for matter in self.matters:
            rows["situation", matter.pk] = (f"{matter.stage} {matter.ending}", self.key_of(matter.holder))
            for offer in matter.offers:
                rows["offer", offer.pk] = (offer.status, self.key_of(offer.to))
            for meeting in matter.meetings:
                rows["meeting", meeting.pk] = (meeting.status, self.key_of(meeting.convener))
                if meeting.hold is not None:
                    rows["hold", meeting.hold.pk] = ("live" if meeting.hold.is_live else "ended", None)
                if (offered := meeting.offered) is not None:
                    rows["times", offered.pk] = (
                        "refused" if offered.is_refused else "asked",
                        len(offered.times),
                    )
                for poll in meeting.polls:
                    rows["poll", poll.pk] = ("open" if poll.is_open else "closed", None)
                for seat in meeting.seats.values():
                    rows["seat", seat.pk] = (seat.decision, None)
            for asked in [one for many in matter.asked.values() for one in many]:
                rows["invitation", asked.pk] = (asked.status, self.key_of(asked.comer))
        return rows

    def no_letter_has_left_without_a_permission(self, sent):
        """What has left was permitted when it left: nothing else happens in the step that sends."""
        if just_sent := sorted(sent - self.sent):
            assert not rows_of(SENT_UNPERMITTED, just_sent)
        self.sent = sent

    # --- acts -------------------------------------------------------------------------------------------

    def tries(self, act, may):
        """What the act gives; None when it was refused: exactly when it may not be done, changing nothing."""
        before = None if may else rows_of("EXECUTE everything")
        try:
            done = act()
        except NO as refused:
            assert not may, f"It was refused, though it may be done: {refused}"
            assert rows_of("EXECUTE everything") == before, "A refused move has changed something."
            return None
        assert may, "It was done, though it may not be."
        return done if done is not None else True

    def comes_too_late(self, act):
        """Somebody was faster, and that is written down."""
        try:
            act()
        except Refused as refused:
            assert isinstance(refused.__cause__, Taken)
        else:
            raise AssertionError("Two have the same time.")

    # --- whom and what ----------------------------------------------------------------------------------

    def one_of(self, chance, rows):
        return chance.choice(list(rows))

    def one_meeting(self, chance, *statuses):
        """One that is being prepared or ahead; mostly of these statuses, where there are any."""
        all_ = [one for one in self.matters if one.meeting]
        fitting = [one for one in all_ if one.meeting.status in statuses]
        matter = self.one_of(chance, self.mostly(chance, fitting, all_))
        return matter, matter.meeting

    def looking(self):
        """Those whose meeting has no time yet, though the family has decided."""
        return [one for one in self.matters if one.meeting and one.meeting.status == "decided"]

    def some_time(self, chance):
        """Often one whose hold has ended: who comes next gets it."""
        holds = [one.meeting.hold for one in self.matters if one.meeting and one.meeting.hold]
        ended = [one.time for one in holds if not one.is_live]
        if ended and chance.random() < 0.7:
            return chance.choice(ended)
        return Time(chance.choice(NUMBERS_OF_PERIODS), chance.choice([0, 1]))

    def mostly(self, chance, fitting, others):
        """Where there is no sense in it, it is tried now and then only."""
        return fitting if fitting and chance.random() < 0.8 else others

    def somebody(self, chance, matter):
        """Mostly the one who has the koppi."""
        return chance.choice([*[matter.holder] * 12, *WORKERS, COORDINATOR])

    def works(self, who):
        return self.active.get(who, False)

    def worker(self, who):
        return self.town.people[who]

    def key_of(self, who):
        return None if who is None else self.worker(who).pk

    def receiver(self, matter, key):
        if key == "close":
            return self.row(matter).family.close_people.get()
        return self.town.units[INVITED_UNIT] if key == "unit" else self.worker(worker_of(key))

    def row(self, one):
        """What a page that was opened long ago has of it: whoever acts on it reads it again under a lock."""
        if one.row is None:
            if isinstance(one, Matter):
                one.row = Situation.objects.select_related("family", "holder").get(pk=one.pk)
            else:
                one.row = Meeting.objects.select_related("situation__family", "convener", "kind").get(
                    pk=one.pk
                )
        return one.row

    # --- calendars, asked by queries of the machine's own: an ended hold keeps nobody out ---------------

    def busy(self, meeting, period, workers=None):
        """Those whose time something else has already."""
        asked = {self.worker(one).pk: one for one in (meeting.workers if workers is None else workers)}
        taken = rows_of(
            f"SELECT b.worker_id FROM {TAKEN} AND b.worker_id = ANY(%s) AND b.meeting_id IS DISTINCT FROM %s",
            PERIODS[period].upper,
            PERIODS[period].lower,
            list(asked),
            meeting.pk if meeting is not None else None,
        )
        return {asked[pk] for (pk,) in taken}

    def free_rooms(self, meeting, period):
        taken = rows_of(
            f"SELECT b.room_id FROM {TAKEN} AND b.room_id IS NOT NULL AND b.meeting_id <> %s",
            PERIODS[period].upper,
            PERIODS[period].lower,
            meeting.pk,
        )
        return [number for number, room in enumerate(self.town.rooms) if (room.pk,) not in taken]

    def is_taken(self, meeting, time):
        return time.room not in self.free_rooms(meeting, time.period)


TAKEN = """
    meetings_booking b LEFT JOIN meetings_hold h ON h.id = b.hold_id
    WHERE (h.id IS NULL OR h.expires_at > clock_timestamp())
      AND lower(b.period) < %s AND upper(b.period) > %s"""
