"""Situations, their koppi and their meetings in any order, against a plain model of what ought to be.

Hypothesis makes up the steps; every step is a real action, and after each of them the rows are compared with
the model, and questions of their own are put to the database: is anybody in two places at once, is anything
on its way to one whom the family does not let in. `make test` walks at least `STEPS` steps; any number with
`pytest --hypothesis-profile=nightly tests/meetings/test_situation_machine.py`.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meetings.actions import (
    absences,
    answers,
    booking,
    cancelling,
    convening,
    handovers,
    permissions,
    recording,
    rescheduling,
    situations,
)
from meetings.called_off import Reason
from meetings.models import Absence, Conversation, Handover, Meeting, Participation, Situation, TimeChange
from meetings.states import Attendance, ConversationResult, Ending, Stage, WhoCancelled
from network.actions.invitations import NOBODY, Comer
from network.models import Consent, Invitation, Worker
from network.states import ConsentMethod, InvitationStatus
from perhekeskus import outbox
from perhekeskus.refusals import Refused
from tests.factories import (
    ChildFactory,
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    MunicipalityFactory,
    RoomFactory,
    UnitFactory,
    WorkerFactory,
    next_weekday,
)

from .situation_model import (
    COORDINATOR,
    ENDING_RESULTS,
    INVITED_UNIT,
    KEYS,
    OPEN_MEETINGS,
    PREPARING,
    SUPERVISOR,
    UNIT_OF,
    UPCOMING,
    WORKERS,
    Asked,
    Matter,
    Offer,
    Seat,
    Shared,
    Time,
    worker_of,
)

STEPS = 2_000
STEPS_OF_EXAMPLE = 100
MOST_SITUATIONS = 3
NO = (Refused, IntegrityError)
FACE_TO_FACE = ConsentMethod.FACE_TO_FACE

# Two that overlap, and one apart from them.
PERIODS = [
    next_weekday(days=14, hour=9, minute=0),
    next_weekday(days=14, hour=10, minute=0),
    next_weekday(days=14, hour=13, minute=0),
]

TABLES = [
    "meetings_situation",
    "meetings_conversation",
    "meetings_handover",
    "meetings_meeting",
    "meetings_participation",
    "meetings_topic",
    "meetings_booking",
    "meetings_timechange",
    "meetings_cancellation",
    "network_consent",
    "network_invitation",
    "perhekeskus_message",
]
EVERYTHING = "SELECT " + ", ".join(
    f"(SELECT md5(coalesce(string_agg(one::text, ' ' ORDER BY id), '')) FROM {table} one)" for table in TABLES
)

STATE = """
    SELECT 'situation', id, stage || ' ' || ending, holder_id FROM meetings_situation
    UNION ALL SELECT 'meeting', id, status, convener_id FROM meetings_meeting
    UNION ALL SELECT 'seat', id, decision, NULL FROM meetings_participation WHERE member_id IS NULL
    UNION ALL SELECT 'offer', id, status, coalesce(to_worker_id, caught_by_id) FROM meetings_handover
    UNION ALL SELECT 'invitation', id, status, coming_worker_id FROM network_invitation
    UNION ALL SELECT 'message', id, state, NULL FROM perhekeskus_message
"""

# What must never be found. Letters to the family and of the koppi have nobody's permission to ask for; one
# that tells of a cancellation closes a door, and goes only to those whom a letter had reached.
FAULTS = {
    "a person or a room in two places at once": """
        SELECT a.id FROM meetings_booking a JOIN meetings_booking b ON a.id < b.id
        WHERE lower(a.period) < upper(b.period) AND lower(b.period) < upper(a.period)
          AND (a.worker_id = b.worker_id OR a.room_id = b.room_id)""",
    "a booking of a meeting that has no time": """
        SELECT b.id FROM meetings_booking b JOIN meetings_meeting m ON m.id = b.meeting_id
        WHERE m.status IN ('draft', 'with_family', 'decided', 'cancelled') OR m.period <> b.period""",
    "the time of one who is not let in": """
        SELECT b.id FROM meetings_booking b JOIN meetings_meeting m ON m.id = b.meeting_id
        JOIN meetings_participation p ON p.meeting_id = m.id AND p.worker_id = b.worker_id
        LEFT JOIN network_invitation i ON i.id = p.invitation_id
        WHERE m.status IN ('booked', 'invited') AND b.worker_id <> m.convener_id
          AND (p.decision <> 'yes' OR i.status IN ('revoked', 'declined'))""",
    "two offers of one koppi": """
        SELECT situation_id AS id FROM meetings_handover WHERE status = 'offered'
        GROUP BY situation_id HAVING count(*) > 1""",
    "a cancellation to one who was told nothing": """
        SELECT m.id FROM perhekeskus_message m WHERE m.kind = 'invitation_cancelled' AND NOT EXISTS (
            SELECT FROM perhekeskus_message told WHERE told.occasion = m.occasion
              AND told.recipient = m.recipient AND told.state = 'sent' AND told.id < m.id)""",
}
ALL_FAULTS = " UNION ALL ".join(f"SELECT '{fault}', id FROM ({query}) one" for fault, query in FAULTS.items())
UNPERMITTED = """
    SELECT m.id FROM perhekeskus_message m
    WHERE m.state IN ('waiting', 'claimed', 'sent') AND m.kind <> 'invitation_cancelled'
      AND m.kind NOT LIKE 'handover%'
      AND m.recipient NOT IN (SELECT email FROM network_family)
      AND NOT EXISTS (
        SELECT FROM network_consent c
        LEFT JOIN network_worker w ON w.id = c.worker_id
        LEFT JOIN network_unit u ON u.id = c.unit_id
        LEFT JOIN network_closeperson p ON p.id = c.close_person_id
        WHERE c.purpose = 'invite' AND c.withdrawn_at IS NULL
          AND (m.recipient IN (w.email, u.email, p.email)
               OR EXISTS (SELECT FROM network_worker k WHERE k.unit_id = u.id AND k.email = m.recipient))
          AND c.family_id IN (
            SELECT own.family_id FROM network_invitation i JOIN network_consent own ON own.id = i.consent_id
            WHERE i.id = m.about_id AND m.kind LIKE 'invitation%'
            UNION ALL
            SELECT s.family_id FROM meetings_feedbackreceipt r JOIN meetings_meeting one
                ON one.id = r.meeting_id JOIN meetings_situation s ON s.id = one.situation_id
            WHERE r.id = m.about_id AND m.kind = 'professional_feedback'))
      -- How it was is asked of the convener too, who needs no permission.
      AND NOT (m.kind = 'professional_feedback' AND EXISTS (
        SELECT FROM meetings_feedbackreceipt r JOIN meetings_meeting one ON one.id = r.meeting_id
        JOIN network_worker w ON w.id = one.convener_id
        WHERE r.id = m.about_id AND w.email = m.recipient))
"""


def rows_of(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()


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


class Machine(RuleBasedStateMachine):
    """One life of some families' matters. Everything that it wrote is rolled back at its end."""

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
        self.sent: set[int] = set()
        # The rows are compared once before the first step.
        self.walked = -1
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self) -> None:
        type(self).steps += max(self.walked, 0)
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    # --- the situation ----------------------------------------------------------------------------------

    @initialize(holders=st.sampled_from([(0, 2), (2, 0), (1, 3), (3, 1)]))
    def two_have_been_raised(self, holders):
        for by in holders:
            self.opens(by)
            self.talks(self.matters[-1], by, "accepted")

    @precondition(lambda self: len(self.matters) < MOST_SITUATIONS)
    @rule(by=st.sampled_from([*WORKERS, COORDINATOR]))
    def open(self, by):
        self.opens(by)

    def opens(self, by):
        family = FamilyFactory.build(municipality=self.town.town)
        members = [GuardianFactory.build(family=None), ChildFactory.build(family=None)]

        def act():
            return situations.raise_matter(by=self.worker(by), family=family, members=members)

        made = self.tries(act, self.works(by))
        if made is not None:
            self.matters.append(Matter(made.pk, by))
            self.close_person(made.family)

    def close_person(self, family):
        return family.close_people.first() or ClosePersonFactory(family=family)

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), result=st.sampled_from(["accepted", "thinking", *sorted(ENDING_RESULTS)]))
    def talk(self, data, result):
        matter = self.one_of(data, self.matters)
        self.talks(matter, self.somebody(data, matter), result)

    def talks(self, matter, by, result):
        talk = Conversation(held_on=timezone.localdate(), result=ConversationResult(result))

        def act():
            return situations.record_conversation(
                situation=self.row(matter), by=self.worker(by), conversation=talk
            )

        if self.tries(act, matter.has_koppi(by)) is None:
            return
        matter.talks += 1
        if result in ENDING_RESULTS and not (matter.meeting and matter.meeting.status in UPCOMING):
            matter.ends(result)

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), ending=st.sampled_from(["everyday", "moved"]))
    def end(self, data, ending):
        matter = self.one_of(data, self.matters)
        self.ends(matter, self.somebody(data, matter), ending)

    def ends(self, matter, by, ending):
        is_ahead = matter.meeting is not None and matter.meeting.status in UPCOMING
        may = matter.has_koppi(by) and not is_ahead and (ending != "everyday" or matter.stage == "plan")

        def act():
            return situations.end(situation=self.row(matter), by=self.worker(by), ending=Ending(ending))

        if self.tries(act, may) is not None:
            matter.ends(ending)

    @precondition(lambda self: any(not one.is_open for one in self.matters))
    @rule(data=st.data())
    def reopen(self, data):
        matter = self.one_of(data, self.matters)
        self.reopens(matter, self.somebody(data, matter))

    def reopens(self, matter, by):
        def act():
            return situations.reopen(situation=self.row(matter), by=self.worker(by))

        if self.tries(act, not matter.is_open and matter.holder == by) is not None:
            matter.stage, matter.ending = "raised", ""

    @precondition(lambda self: any(self.may_plan(one) for one in self.matters))
    @rule(data=st.data())
    def agree_on_a_plan(self, data):
        """The upper floor's part: the plan is agreed after a meeting that was held."""
        self.agrees(self.one_of(data, [one for one in self.matters if self.may_plan(one)]))

    def agrees(self, matter):
        situations.move(self.row(matter), Stage.PLAN)
        matter.stage = "plan"

    def may_plan(self, matter):
        return matter.stage == "shared_time" and matter.meeting is None

    # --- the koppi --------------------------------------------------------------------------------------

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), to=st.sampled_from([*WORKERS, COORDINATOR, "unit0", "unit1"]))
    def offer_koppi(self, data, to):
        matter = self.one_of(data, self.matters)
        by = self.somebody(data, matter)
        may = matter.has_koppi(by) and matter.offered is None and self.may_receive(matter, to)
        self.offers(matter, to, may, by=None, act=handovers.offer, giver=by)

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), to=st.sampled_from([*WORKERS, "unit0", "unit1"]))
    def offer_for_one_away(self, data, to):
        matter = self.one_of(data, self.matters)
        holder = matter.holder
        unit = int(to[4]) if isinstance(to, str) else UNIT_OF[to]
        may = (
            matter.is_open
            and self.active[SUPERVISOR]
            and UNIT_OF[holder] == unit == UNIT_OF[SUPERVISOR]
            and holder != SUPERVISOR
            and (holder in self.away or not self.active[holder])
            and matter.offered is None
            and self.may_receive(matter, to)
        )
        self.offers(matter, to, may, by=SUPERVISOR, act=handovers.offer_for, giver=SUPERVISOR)

    def offers(self, matter, to, may, *, by, act, giver):
        receiver = self.town.units[int(to[4])] if isinstance(to, str) else self.worker(to)

        def offer():
            return act(situation=self.row(matter), by=self.worker(giver), to=receiver)

        made = self.tries(offer, may)
        if made is None:
            return
        is_unit = isinstance(to, str)
        matter.offers.append(
            Offer(made.pk, matter.holder, None if is_unit else to, int(to[4]) if is_unit else None, by)
        )

    def may_receive(self, matter, to):
        if isinstance(to, str):
            colleagues = [one for one in WORKERS if UNIT_OF[one] == int(to[4]) and self.active[one]]
            return bool(set(colleagues) - {matter.holder})
        return self.works(to) and to != matter.holder

    @precondition(lambda self: any(one.offers for one in self.matters))
    @rule(data=st.data(), what=st.sampled_from(["accept", "accept", "decline", "withdraw"]))
    def answer_offer(self, data, what):
        matter = self.one_of(data, [one for one in self.matters if one.offers])
        offer = matter.offered or self.one_of(data, matter.offers)
        right = self.receivers(offer)
        by = data.draw(st.sampled_from([*right * 4, *WORKERS, COORDINATOR]))
        getattr(self, what)(matter, offer, by)

    def accept(self, matter, offer, by):
        is_done = offer.status == "accepted" and matter.holder == by == offer.to
        if (
            self.tries(
                lambda: handovers.accept(handover=self.given(offer), by=self.worker(by)),
                (is_done or self.may_answer(offer, by)),
            )
            is None
            or is_done
        ):
            return
        offer.status, offer.to = "accepted", by
        matter.holder = by
        if matter.meeting is not None:
            matter.meeting.convener = by

    def decline(self, matter, offer, by):
        is_done = offer.status == "declined" and offer.to == by
        may = is_done or (self.may_answer(offer, by) and offer.unit is None)
        if self.tries(lambda: handovers.decline(handover=self.given(offer), by=self.worker(by)), may):
            offer.status = "declined"

    def withdraw(self, matter, offer, by):
        holder = matter.holder
        is_supervisor = by == SUPERVISOR and UNIT_OF[holder] == UNIT_OF[by]
        may = offer.status == "withdrawn" or (
            offer.status == "offered"
            and (
                by in {offer.giver, offer.by, holder}
                or (is_supervisor and (holder in self.away or not self.active[holder]))
            )
        )
        if self.tries(lambda: handovers.withdraw_offer(handover=self.given(offer), by=self.worker(by)), may):
            offer.status = "withdrawn"

    def may_answer(self, offer, by):
        is_asked = by == offer.to if offer.unit is None else UNIT_OF[by] == offer.unit and by != offer.giver
        return offer.status == "offered" and is_asked and self.works(by)

    @rule(who=st.sampled_from(WORKERS), is_away=st.booleans())
    def be_away(self, who, is_away):
        """An absence moves no koppi by itself."""
        today = timezone.localdate()
        if is_away:
            absences.add_absence(by=self.worker(who), first=today, last=today)
            self.away.add(who)
        else:
            Absence.objects.filter(worker=self.worker(who)).delete()
            self.away.discard(who)

    @rule(who=st.sampled_from(WORKERS), closes=st.sampled_from([True, *[False] * 4]))
    def close_account(self, who, closes):
        """Nor does a closed account; it may be opened again."""
        Worker.objects.filter(pk=self.worker(who).pk).update(is_active=not closes)
        self.worker(who).is_active = self.active[who] = not closes
        for offer, matter in [(one.offered, one) for one in self.matters if one.offered]:
            to = offer.to if offer.unit is None else f"unit{offer.unit}"
            if closes and who in self.receivers(offer) and not self.may_receive(matter, to):
                offer.status = "returned"

    def receivers(self, offer):
        return [one for one in WORKERS if one == offer.to or UNIT_OF[one] == offer.unit]

    # --- convening --------------------------------------------------------------------------------------

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), key=st.sampled_from(KEYS))
    def convene(self, data, key):
        matter = self.one_of(data, self.matters)
        self.convenes(matter, self.somebody(data, matter))

    def convenes(self, matter, by):
        def act():
            return convening.convene(situation=self.row(matter), by=self.worker(by))

        made = self.tries(act, matter.convenes(by))
        if made is None:
            return
        if matter.meeting is None:
            matter.meetings.append(Shared(made.pk, by))
            matter.stage = "convening"
        assert matter.meeting.pk == made.pk

    @precondition(lambda self: any(one.meeting for one in self.matters))
    @rule(data=st.data(), key=st.sampled_from(KEYS))
    def propose(self, data, key):
        matter, meeting = self.one_meeting(data)
        self.proposes(matter, meeting, self.somebody(data, matter), key)

    def proposes(self, matter, meeting, by, key):
        worker = worker_of(key)
        may = matter.proposes(meeting, by)
        if worker is not None:
            may = may and worker != meeting.convener and self.works(worker)

        def act():
            person = self.receiver(matter, key)
            return convening.propose_person(meeting=self.row(meeting), by=self.worker(by), person=person)

        made = self.tries(act, may)
        if made is not None and key not in meeting.seats:
            meeting.seats[key] = Seat(made.pk, key)
            self.goes_to_the_family_again(meeting)

    @precondition(lambda self: any(one.meeting for one in self.matters))
    @rule(data=st.data(), title=st.sampled_from(["Uni", "Arki"]))
    def propose_topic(self, data, title):
        matter, meeting = self.one_meeting(data)
        self.proposes_topic(matter, meeting, self.somebody(data, matter), title)

    def proposes_topic(self, matter, meeting, by, title):
        def act():
            return convening.propose_topic(meeting=self.row(meeting), by=self.worker(by), title=title)

        made = self.tries(act, matter.proposes(meeting, by))
        if made is not None and title not in meeting.topics:
            meeting.topics[title] = [made.pk, "undecided"]
            self.goes_to_the_family_again(meeting)

    def goes_to_the_family_again(self, meeting):
        if meeting.status == "decided":
            meeting.status = "with_family"

    @precondition(lambda self: any(one.meeting for one in self.matters))
    @rule(data=st.data())
    def ask_family(self, data):
        matter, meeting = self.one_meeting(data)
        by = self.somebody(data, matter)
        may = matter.proposes(meeting, by) and meeting.is_decidable

        def act():
            return convening.ask_family(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, may) is not None and meeting.status in PREPARING:
            meeting.status = "with_family"

    @precondition(lambda self: any(one.meeting and one.meeting.seats for one in self.matters))
    @rule(data=st.data(), is_own_page=st.booleans())
    def decide(self, data, is_own_page):
        matter, meeting = self.one_meeting(data)
        both = [*meeting.seats, *meeting.topics]
        noes = set(data.draw(st.lists(st.sampled_from(both), max_size=1))) if both else set()
        self.decides(matter, meeting, None if is_own_page else self.somebody(data, matter), noes)

    def decides(self, matter, meeting, by, noes):
        leaving = [worker_of(key) for key in meeting.seats if key not in noes]
        may = (by is None or matter.prepares(meeting, by)) and meeting.is_decidable
        may = may and all(one is None or self.works(one) for one in leaving)

        def act():
            row = self.row(meeting)
            return convening.decide(
                meeting=row,
                decision=convening.FamilyDecision(
                    people={seat.pk: key not in noes for key, seat in meeting.seats.items()},
                    topics={topic[0]: title not in noes for title, topic in meeting.topics.items()},
                ),
                method=ConsentMethod.OWN_LINK if by is None else FACE_TO_FACE,
                given_by=row.situation.family.members.get(role="guardian"),
                by=None if by is None else self.worker(by),
            )

        if self.tries(act, may) is not None:
            matter.decides(meeting, noes)

    @precondition(lambda self: any(one.let_in for one in self.matters))
    @rule(data=st.data())
    def withdraw_permission(self, data):
        matter = self.one_of(data, [one for one in self.matters if one.let_in])
        key = self.one_of(data, sorted(matter.let_in))
        receiver = {self.field_of(key): self.receiver(matter, key)}
        consent = Consent.objects.filter(family=self.row(matter).family, **receiver).latest("pk")
        self.tries(lambda: permissions.withdraw(consent=consent), may=True)
        matter.takes_permission_back(key)
        seat = matter.meeting.seats.get(key) if matter.meeting is not None else None
        if seat is not None and seat.has_consent:
            seat.decision = "no"

    # --- a time and a room ------------------------------------------------------------------------------

    @precondition(lambda self: any(one.meeting for one in self.matters))
    @rule(data=st.data(), period=st.integers(0, 2), room=st.integers(0, 1), leaves_alone=st.booleans())
    def book(self, data, period, room, leaves_alone):
        matter, meeting = self.one_meeting(data)
        self.books(matter, meeting, self.somebody(data, matter), Time(period, room), leaves_alone)

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
            meeting.time, meeting.status = time, "booked"

    @precondition(lambda self: any(one.meeting for one in self.matters))
    @rule(data=st.data())
    def release(self, data):
        matter, meeting = self.one_meeting(data)
        by = self.somebody(data, matter)
        may = matter.prepares(meeting, by) and meeting.status in {"booked", "decided"}

        def act():
            return booking.release(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, may) is not None and meeting.status == "booked":
            meeting.status, meeting.time = "decided", None

    @precondition(lambda self: any(one.meeting and one.meeting.time for one in self.matters))
    @rule(data=st.data(), period=st.integers(0, 2), room=st.integers(0, 1), asks=st.booleans())
    def reschedule(self, data, period, room, asks):
        matter, meeting = self.one_meeting(data)
        by = self.somebody(data, matter)
        time = Time(period, room)
        is_asked = meeting.change is not None and meeting.change[1] == time
        may = matter.prepares(meeting, by) and meeting.status in UPCOMING
        may = may and (is_asked or meeting.time != time)
        if not asks:
            may = may and self.is_free_to_move(meeting, time)
        more = {} if asks else {"method": FACE_TO_FACE}

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

    @precondition(lambda self: any(one.meeting and one.meeting.change for one in self.matters))
    @rule(data=st.data(), is_yes=st.booleans())
    def answer_change(self, data, is_yes):
        matter = self.one_of(data, [one for one in self.matters if one.meeting and one.meeting.change])
        meeting = matter.meeting
        key, time = meeting.change
        change = TimeChange.objects.select_related("meeting__situation", "room").get(pk=key)
        may, by = meeting.status in UPCOMING, self.worker(matter.holder)
        if not is_yes:
            if (
                self.tries(lambda: rescheduling.say_no(change=change, method=FACE_TO_FACE, by=by), may)
                is not None
            ):
                meeting.change = None
            return
        if may and not self.is_free_to_move(meeting, time):
            # The old time stays, and the question is closed: the one refusal that is written down.
            with pytest.raises(Refused):
                rescheduling.say_yes(change=change, method=FACE_TO_FACE, by=by)
            meeting.change = None
        elif (
            self.tries(lambda: rescheduling.say_yes(change=change, method=FACE_TO_FACE, by=by), may)
            is not None
        ):
            self.moves(meeting, time)

    def moves(self, meeting, time):
        is_other_time = meeting.time.period != time.period
        meeting.time, meeting.change = time, None
        if meeting.status != "invited" or not is_other_time:
            return
        for seat in meeting.seats.values():
            if seat.asked is not None and seat.asked.status != "revoked":
                seat.asked.status, seat.asked.comer = "pending", None

    # --- invitations ------------------------------------------------------------------------------------

    @precondition(lambda self: any(one.meeting and one.meeting.time for one in self.matters))
    @rule(data=st.data(), is_led_by_stranger=st.sampled_from([False, False, True]))
    def invite(self, data, is_led_by_stranger):
        matter, meeting = self.one_meeting(data)
        by = self.somebody(data, matter)
        self.invites(matter, meeting, by, COORDINATOR if is_led_by_stranger else meeting.convener)

    def invites(self, matter, meeting, by, chair):
        new = meeting.uninvited
        is_done = meeting.status == "invited" and not new
        may = matter.prepares(meeting, by) and meeting.status in UPCOMING and chair == meeting.convener

        def act():
            return convening.send_invitations(
                meeting=self.row(meeting),
                by=self.worker(by),
                chair=self.worker(chair),
                recorder=self.worker(meeting.convener),
            )

        if self.tries(act, is_done or may) is None or is_done:
            return
        keys = dict(Participation.objects.filter(meeting=meeting.pk).values_list("pk", "invitation"))
        for seat in new:
            assert keys[seat.pk] is not None
            seat.asked = Asked(keys[seat.pk])
            matter.asked.setdefault(seat.key, []).append(seat.asked)
        meeting.status = "invited"
        matter.stage = "shared_time"

    @precondition(lambda self: self.invitations())
    @rule(
        data=st.data(),
        status=st.sampled_from(["accepted", "tentative", "declined"]),
        comer=st.sampled_from([None, 1, 2, 3]),
    )
    def answer(self, data, status, comer):
        self.answers(*self.one_of(data, self.invitations()), status, comer)

    def answers(self, matter, meeting, seat, status, comer):
        asked, worker = seat.asked, worker_of(seat.key)
        may = asked.status != "revoked" and matter.let_in[seat.key] and (worker is None or self.works(worker))
        comes = None
        if seat.key == "unit" and status != "declined":
            comes = asked.comer if comer is None else comer
            if comer is not None:
                may = may and UNIT_OF[comer] == INVITED_UNIT and self.works(comer)
            may = may and (status != "accepted" or comes is not None)
            if comes is not None and comes != asked.comer:
                its_own = meeting.seats.get(f"w{comes}")
                may = may and comes != meeting.convener and not (its_own and its_own.asked)
                may = may and comes not in self.busy(None, meeting.time.period, [comes])

        def act():
            return answers.answer(
                invitation=Invitation.objects.get(pk=asked.pk),
                status=InvitationStatus(status),
                comer=NOBODY if comer is None else Comer(self.worker(comer)),
            )

        if self.tries(act, may) is not None:
            asked.status, asked.comer = status, comes

    @precondition(lambda self: self.invitations())
    @rule(data=st.data())
    def take_out(self, data):
        """One does not come; the meeting stays."""
        matter, meeting, seat = self.one_of(data, self.invitations())
        self.takes_out(matter, meeting, seat, self.somebody(data, matter))

    def takes_out(self, matter, meeting, seat, by):
        may = seat.asked.status == "revoked" or matter.prepares(meeting, by)
        reason = Reason(WhoCancelled.PROFESSIONAL)

        def act():
            row = Participation.objects.select_related("meeting__situation").get(pk=seat.pk)
            return cancelling.take_out(participation=row, by=self.worker(by), reason=reason)

        if self.tries(act, may) is not None:
            seat.asked.status = "revoked"

    @precondition(lambda self: any(one.meetings for one in self.matters))
    @rule(data=st.data())
    def cancel(self, data):
        matter = self.one_of(data, [one for one in self.matters if one.meetings])
        meeting = self.one_of(data, matter.meetings)
        by = self.somebody(data, matter)
        is_done = meeting.status == "cancelled"

        def act():
            return convening.cancel(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, is_done or matter.prepares(meeting, by)) is not None and not is_done:
            matter.cancels(meeting)

    @precondition(lambda self: any(one.meetings and not one.meeting for one in self.matters))
    @rule(data=st.data())
    def convene_again(self, data):
        matter = self.one_of(data, [one for one in self.matters if one.meetings and not one.meeting])
        old = self.one_of(data, matter.meetings)
        by = self.somebody(data, matter)
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

    @precondition(lambda self: any(one.meetings for one in self.matters))
    @rule(data=st.data(), is_held=st.booleans(), has_begun=st.sampled_from([True, True, False]))
    def record(self, data, is_held, has_begun):
        matter = self.one_of(data, [one for one in self.matters if one.meetings])
        meeting = self.one_of(data, matter.meetings)
        by = data.draw(st.sampled_from([matter.holder, COORDINATOR]))
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
        meeting.status = "held" if is_held else "not_held"
        if not is_held:
            matter.stage = "convening"

    # --- the ordinary way, and the post -----------------------------------------------------------------

    @precondition(lambda self: self.matters)
    @rule(
        data=st.data(),
        key=st.sampled_from(KEYS),
        time=st.builds(Time, st.integers(0, 2), st.integers(0, 1)),
        steps=st.integers(1, 2),
    )
    def go_on(self, data, key, time, steps):
        """As things ought to go: by chance alone few would come to their meeting."""
        matter = self.one_of(data, self.matters)
        for _step in range(steps):
            self.take_the_next_step(matter, key, time)

    def take_the_next_step(self, matter, key, time):
        by, meeting = matter.holder, matter.meeting
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
            self.books(matter, meeting, by, time)
        elif meeting.status == "booked":
            self.invites(matter, meeting, by, meeting.convener)
        elif waiting := [
            one for one in meeting.seats.values() if one.asked and one.asked.status == "pending"
        ]:
            status = "declined" if key in {"close", "w0"} else "accepted"
            self.answers(matter, meeting, waiting[0], status, 3)
        else:
            self.records(matter, meeting, by, is_held=key not in {"unit", "w2"})

    @rule()
    def send_what_waits(self):
        outbox.drain(limit=20)

    # --- what holds after every step --------------------------------------------------------------------

    @invariant()
    def all_is_as_it_ought_to_be(self):
        self.walked += 1
        self.nothing_is_found_that_must_not_be()
        self.no_message_goes_to_one_without_a_permission()
        self.the_rows_are_as_the_model()

    def the_rows_are_as_the_model(self):
        found = {(table, pk): (state, who) for table, pk, state, who in rows_of(STATE)}
        expected = {}
        for matter in self.matters:
            expected["situation", matter.pk] = (f"{matter.stage} {matter.ending}", self.key_of(matter.holder))
            for offer in matter.offers:
                expected["offer", offer.pk] = (offer.status, self.key_of(offer.to))
            for meeting in matter.meetings:
                expected["meeting", meeting.pk] = (meeting.status, self.key_of(meeting.convener))
                for seat in meeting.seats.values():
                    expected["seat", seat.pk] = (seat.decision, None)
            for asked in [one for many in matter.asked.values() for one in many]:
                expected["invitation", asked.pk] = (asked.status, self.key_of(asked.comer))
        letters = {key: state for key, (state, _who) in found.items() if key[0] == "message"}
        assert found == expected | {key: (state, None) for key, state in letters.items()}
        self.sent = {pk for (_table, pk), state in letters.items() if state == "sent"}
        type(self).seen |= {f"{table} {state.split()[0]}" for (table, _pk), (state, _who) in found.items()}

    def nothing_is_found_that_must_not_be(self):
        assert not rows_of(ALL_FAULTS)

    def no_message_goes_to_one_without_a_permission(self):
        """What was sent was permitted when it left: nothing else happens in the step that sends."""
        unpermitted = {pk for (pk,) in rows_of(UNPERMITTED)}
        assert not unpermitted - self.sent, "A message is on its way to one whom the family does not let in."

    # --- the model's own --------------------------------------------------------------------------------

    def tries(self, act, may):
        """What the act gives; None when it was refused: exactly when it may not be done, changing nothing."""
        before = None if may else rows_of(EVERYTHING)
        try:
            done = act()
        except NO as refused:
            assert not may, f"It was refused, though it may be done: {refused}"
            assert rows_of(EVERYTHING) == before, "A refused move has changed something."
            return None
        assert may, "It was done, though it may not be."
        return done if done is not None else True

    def one_of(self, data, rows):
        return rows[-1 - data.draw(st.integers(0, len(rows) - 1))]

    def one_meeting(self, data):
        matter = self.one_of(data, [one for one in self.matters if one.meeting])
        return matter, matter.meeting

    def invitations(self):
        return [
            (matter, meeting, seat)
            for matter in self.matters
            for meeting in matter.meetings
            for seat in meeting.seats.values()
            if seat.asked is not None and meeting.status in OPEN_MEETINGS
        ]

    def somebody(self, data, matter):
        """Mostly the one who has the koppi."""
        return data.draw(st.sampled_from([*[matter.holder] * 6, *WORKERS, COORDINATOR]))

    def works(self, who):
        return self.active.get(who, False)

    def worker(self, who):
        return self.town.people[who]

    def key_of(self, who):
        return None if who is None else self.worker(who).pk

    def field_of(self, key):
        return {"unit": "unit", "close": "close_person"}.get(key, "worker")

    def receiver(self, matter, key):
        if key == "close":
            return self.row(matter).family.close_people.get()
        return self.town.units[INVITED_UNIT] if key == "unit" else self.worker(worker_of(key))

    def row(self, one):
        if isinstance(one, Matter):
            return Situation.objects.select_related("family", "holder").get(pk=one.pk)
        return Meeting.objects.select_related("situation__family", "convener", "kind").get(pk=one.pk)

    def given(self, offer):
        return Handover.objects.select_related("situation").get(pk=offer.pk)

    def busy(self, meeting, period, workers=None):
        """Those whose time something else has already, asked by a query of the machine's own."""
        asked = {self.worker(one).pk: one for one in (meeting.workers if workers is None else workers)}
        taken = rows_of(
            "SELECT worker_id FROM meetings_booking WHERE worker_id = ANY(%s)"
            " AND meeting_id IS DISTINCT FROM %s AND lower(period) < %s AND upper(period) > %s",
            list(asked),
            meeting.pk if meeting is not None else None,
            PERIODS[period].upper,
            PERIODS[period].lower,
        )
        return {asked[pk] for (pk,) in taken}

    def is_taken(self, meeting, time):
        return bool(
            rows_of(
                "SELECT id FROM meetings_booking WHERE room_id = %s AND meeting_id <> %s"
                " AND lower(period) < %s AND upper(period) > %s",
                self.town.rooms[time.room].pk,
                meeting.pk,
                PERIODS[time.period].upper,
                PERIODS[time.period].lower,
            )
        )

    def is_free_to_move(self, meeting, time):
        if self.is_taken(meeting, time):
            return False
        is_same_time = meeting.time is not None and meeting.time.period == time.period
        return is_same_time or not self.busy(meeting, time.period)


@pytest.mark.django_db
def test_the_koppi_the_time_and_the_permission_hold_in_whatever_order(settings_of_machine):
    Machine.town = Town()
    Machine.steps, Machine.seen = 0, set()
    # Once: a second time would walk the very same walks. So each of them is walked to its end.
    run_state_machine_as_test(Machine, settings=settings_of_machine, _min_steps=STEPS_OF_EXAMPLE)
    assert Machine.steps >= STEPS
    # It has been everywhere.
    assert Machine.seen >= {
        *[f"situation {stage}" for stage in Stage.values],
        *[f"meeting {status}" for status in (*OPEN_MEETINGS, "held", "not_held", "cancelled")],
        *[f"offer {status}" for status in ("offered", "accepted", "declined", "withdrawn", "returned")],
        *[f"invitation {status}" for status in ("pending", "accepted", "declined", "revoked")],
        *[f"message {state}" for state in ("waiting", "sent", "dropped")],
    }


@pytest.fixture
def settings_of_machine():
    """As many lives as `make test` needs for its steps; in the nightly profile as many as that says."""
    is_nightly = settings.get_current_profile_name() == "nightly"
    return settings(
        max_examples=settings.default.max_examples if is_nightly else STEPS // STEPS_OF_EXAMPLE + 1,
        stateful_step_count=STEPS_OF_EXAMPLE,
        # The same walks each day; new ones are the night's.
        derandomize=not is_nightly,
        # In the morning's tests a failure ends the run at once; the night has time to make it small.
        phases=tuple(Phase) if is_nightly else (Phase.reuse, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
