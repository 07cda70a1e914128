"""Random histories of the rows that are counted, and what they count for, worked out in plain Python.

What was true when something happened (where the family lived, of which sector the unit was, in which stage
the situation was) is remembered here, apart from what the database keeps of it.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pgtrigger
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from meetings.models import Cancellation, Conversation, Kind, Meeting, Participation, Situation
from meetings.states import (
    OPEN_STAGES,
    Attendance,
    CalledOff,
    ConversationResult,
    Ending,
    MeetingKind,
    MeetingStatus,
    Stage,
    WayIn,
    WhoCancelled,
)
from network.folding import fold
from network.models import Consultation, Organisation
from network.recount import wrong_numbers, wrong_rows
from network.states import ConsultationResult, Sector
from perhekeskus.words import HELSINKI
from plans.actions.agreeing import _carry_states
from plans.models import Matter, MatterOutcome, Measure, MeasureState, NextContact, OutcomeReview, Plan
from plans.states import MEASURE_MOVES, MeasureStatus, OutcomeChange, PlanStatus, ReviewSide
from tests.factories import (
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    MunicipalityFactory,
    OutsideProfessionalFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.factories.consultations import a_closed_consultation, an_answered_consultation
from tests.tallied import tallied

# Thick around midnights at which months change, in winter's and in summer's time and where the clock changes.
MOMENTS = [
    datetime(2025, 12, 31, 21, 59, tzinfo=UTC),
    datetime(2025, 12, 31, 22, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    datetime(2026, 3, 31, 20, 59, tzinfo=UTC),
    datetime(2026, 3, 31, 21, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 31, 21, 59, tzinfo=UTC),
    datetime(2026, 10, 31, 22, 0, tzinfo=UTC),
    datetime(2026, 6, 15, 9, 0, tzinfo=UTC),
]
moments = st.sampled_from(MOMENTS)
picks = st.integers(0, 10_000)
RESULTS = [ConversationResult.ACCEPTED, ConversationResult.DECLINED, ConversationResult.GUIDANCE]
OFFERED = {"accepted", "declined", "thinking"}


def month(moment: datetime) -> date:
    return day(moment).replace(day=1)


def day(moment: datetime) -> date:
    return moment.astimezone(HELSINKI).date()


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class Machine(RuleBasedStateMachine):
    """One life of the county's numbers. Everything that it wrote is rolled back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.towns = [MunicipalityFactory(code=code) for code in ("263", "297", "140")]
        self.workers = [
            WorkerFactory(unit=UnitFactory(organisation__sector=sector))
            for sector in (Sector.EDUCATION, Sector.THIRD_SECTOR, Sector.PARISH)
        ]
        self.outsider = OutsideProfessionalFactory()
        # Situation → where it was opened, and in which stage it was when it ended.
        self.opened_in: dict[int, str] = {}
        self.ended_from: dict[int, str] = {}
        # Meeting → its convener's sector when it was convened; participation → as whom it was marked present.
        self.convened_from: dict[int, str] = {}
        self.seats: dict[int, str] = {}
        # Each rule finds something to do from the first step on.
        for pick in range(3):
            self._open(pick, MOMENTS[8], WayIn.PHONE)
            self._meet(pick, MOMENTS[-1], MeetingKind.SHARED_TIME, True)
            self._seat(pick, "worker", True)
            self._seat(pick, "close", True)
            self._agree(pick, MOMENTS[-1], 2)
            self._mark_measure(2 * pick, MOMENTS[-1], MeasureStatus.DONE)

    def teardown(self) -> None:
        try:
            self.is_as_counted_by_hand()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    # --- situations and talks -------------------------------------------------------------------

    @rule(pick=picks, moment=moments, way=st.sampled_from([WayIn.CLOSE_WORKER, WayIn.PHONE]))
    def open(self, pick, moment, way):
        self._open(pick, moment, way)

    def _open(self, pick, moment, way):
        family = FamilyFactory(municipality=self.one(self.towns, pick))
        GuardianFactory(family=family)
        ClosePersonFactory(family=family)
        worker = self.one(self.workers, pick)
        situation = Situation.objects.create(
            family=family, holder=worker, opened_by=worker, opened_at=moment, way_in=way
        )
        self.opened_in[situation.pk] = family.municipality_id

    @rule(pick=picks, town=picks)
    def move_family(self, pick, town):
        if situation := self.some(Situation, pick):
            sql(
                "UPDATE network_family SET municipality_id = %s WHERE id = %s",
                self.one(self.towns, town).pk,
                situation.family_id,
            )

    @rule(pick=picks, moment=moments, result=st.sampled_from(RESULTS))
    def talk(self, pick, moment, result):
        if situation := self.some(Situation, pick):
            Conversation.objects.create(
                situation=situation, held_on=day(moment), result=result, recorded_by=situation.holder
            )

    @rule(pick=picks, moment=moments)
    def correct_talk(self, pick, moment):
        if talk := self.some(Conversation, pick):
            Conversation.objects.filter(pk=talk.pk).update(held_on=day(moment))

    @rule(pick=picks, moment=moments, stage=st.sampled_from([Stage.CONVENING, Stage.ENDED, Stage.RAISED]))
    def move(self, pick, moment, stage):
        situation = self.some(Situation, pick)
        if situation is None or (situation.stage, stage) not in {
            (Stage.RAISED, Stage.CONVENING),
            (Stage.RAISED, Stage.ENDED),
            (Stage.CONVENING, Stage.ENDED),
            (Stage.ENDED, Stage.RAISED),
        }:
            return
        if stage == Stage.ENDED:
            self.ended_from[situation.pk] = situation.stage
        is_over = stage == Stage.ENDED
        situation.stage = stage
        situation.ending = Ending.GUIDANCE if is_over else ""
        situation.ended_at, situation.ended_by = (moment, situation.holder) if is_over else (None, None)
        # All of the row, as it was read: what the database keeps stays.
        situation.ended_from = "plan"
        situation.save()

    # --- meetings and who was there -------------------------------------------------------------

    @rule(pick=picks, moment=moments, kind=st.sampled_from([*MeetingKind]), held=st.booleans())
    def meet(self, pick, moment, kind, held):
        self._meet(pick, moment, kind, held)

    def _meet(self, pick, moment, kind, held):
        situation = self.some(Situation, pick)
        if situation is None:
            return
        self.invite(situation, moment, kind, MeetingStatus.HELD if held else MeetingStatus.NOT_HELD)

    @rule(pick=picks, moment=moments)
    def prepare(self, pick, moment):
        situation = self.some(Situation, pick)
        if situation and not situation.meetings.filter(status=MeetingStatus.INVITED).exists():
            self.invite(situation, moment, MeetingKind.SHARED_TIME, MeetingStatus.INVITED)

    def invite(self, situation, moment, kind, status):
        meeting = Meeting.objects.create(
            situation=situation,
            kind_id=kind,
            status=status,
            municipality_id=self.opened_in[situation.pk],
            convener=situation.holder,
            period=DateTimeTZRange(moment, moment + timedelta(hours=1)),
        )
        self.convened_from[meeting.pk] = self.sector_of(meeting.convener)

    @rule(pick=picks, how=st.sampled_from(["held", "not_held", "cancelled", "called off"]))
    def finish_meeting(self, pick, how):
        meeting = self.some(Meeting.objects.filter(status=MeetingStatus.INVITED), pick)
        if meeting is None:
            return
        status = "cancelled" if how == "called off" else how
        Meeting.objects.filter(pk=meeting.pk).update(status=status)
        if how in {"called off", "not_held"}:
            Cancellation.objects.create(
                meeting=meeting,
                what=CalledOff.MEETING if how == "called off" else CalledOff.NOT_HELD,
                who=self.one([*WhoCancelled], pick),
            )

    @rule(pick=picks, other=picks)
    def let_another_convene(self, pick, other):
        if meeting := self.some(Meeting, pick):
            worker = self.one(self.workers, other)
            if worker.pk != meeting.convener_id:
                self.convened_from[meeting.pk] = self.sector_of(worker)
            Meeting.objects.filter(pk=meeting.pk).update(convener=worker)

    @rule(
        pick=picks, who=st.sampled_from(["worker", "unit", "outside", "family", "close"]), here=st.booleans()
    )
    def seat(self, pick, who, here):
        self._seat(pick, who, here)

    def _seat(self, pick, who, here):
        meeting = self.some(Meeting, pick)
        if meeting is None:
            return
        family = meeting.situation.family
        worker = self.one(self.workers, pick)
        people = {
            "worker": {"worker": worker},
            "unit": {"unit": worker.unit},
            "outside": {"outside_professional": self.outsider},
            "family": {"member": family.members.first()},
            "close": {"close_person": family.close_people.first()},
        }
        if meeting.participations.filter(**people[who]).exists():
            return
        one = Participation.objects.create(
            meeting=meeting, attendance=Attendance.PRESENT if here else "", **people[who]
        )
        if here:
            self.sits(one)

    @rule(pick=picks, attendance=st.sampled_from([*Attendance, ""]))
    def mark(self, pick, attendance):
        one = self.some(Participation, pick)
        if one is None:
            return
        was_here = one.attendance == Attendance.PRESENT
        Participation.objects.filter(pk=one.pk).update(attendance=attendance)
        if attendance == Attendance.PRESENT and not was_here:
            one.refresh_from_db()
            self.sits(one)

    def sits(self, one):
        if one.member_id or one.close_person_id:
            self.seats[one.pk] = "family" if one.member_id else "close_person"
        elif one.worker_id == one.meeting.convener_id:
            # Counted with the meeting.
            self.seats.pop(one.pk, None)
        elif one.outside_professional_id:
            self.seats[one.pk] = "other"
        else:
            unit = one.unit or one.worker.unit
            self.seats[one.pk] = Organisation.objects.get(pk=unit.organisation_id).sector

    @rule(pick=picks, moment=moments, town=picks, what=st.sampled_from(["time", "time", "town", "kind"]))
    def correct_meeting(self, pick, moment, town, what):
        meeting = self.some(Meeting.objects.exclude(status=MeetingStatus.INVITED), pick)
        if meeting is None:
            return
        new = {
            "time": {"period": DateTimeTZRange(moment, moment + timedelta(hours=2))},
            "town": {"municipality": self.one(self.towns, town)},
            "kind": {"kind_id": self.one([*MeetingKind], town)},
        }
        Meeting.objects.filter(pk=meeting.pk).update(**new[what])

    @rule(town=picks, number=st.integers(2, 4))
    def correct_many_meetings(self, town, number):
        sql(
            "UPDATE meetings_meeting SET municipality_id = %s WHERE id %% %s = 0",
            self.one(self.towns, town).pk,
            number,
        )

    @rule(pick=picks, sector=st.sampled_from([*Sector]))
    def change_sector(self, pick, sector):
        """Of what has been nothing changes."""
        Organisation.objects.filter(pk=self.one(self.workers, pick).unit.organisation_id).update(
            sector=sector
        )

    @rule(kind=st.sampled_from([MeetingKind.LP, MeetingKind.AUTHORITY]), counts=st.booleans())
    def say_what_a_shared_time_is(self, kind, counts):
        Kind.objects.filter(pk=kind).update(counts_as_shared_time=counts)

    @rule(pick=picks)
    def delete_meeting(self, pick):
        if meeting := self.some(Meeting.objects.filter(plans=None), pick):
            meeting.delete()

    # --- advice ---------------------------------------------------------------------------------

    @rule(pick=picks, result=st.sampled_from([*ConsultationResult, ""]))
    def advise(self, pick, result):
        situation = self.some(Situation.objects.filter(stage__in=OPEN_STAGES), pick)
        if situation is None:
            return
        if result:
            a_closed_consultation(situation=situation, result=result)
        else:
            an_answered_consultation(situation=situation)

    # --- plans ----------------------------------------------------------------------------------

    @rule(pick=picks, moment=moments, measures=st.integers(0, 3))
    def agree(self, pick, moment, measures):
        """A first version or the next one, which carries on what isn't done and adds some."""
        self._agree(pick, moment, measures)

    def _agree(self, pick, moment, measures):
        situation = self.some(Situation.objects.filter(stage__in=OPEN_STAGES), pick)
        if situation is None:
            return
        former = situation.plans.filter(status=PlanStatus.AGREED).first()
        worker = situation.holder
        plan = Plan.objects.create(
            situation=situation, written_by=worker, version=former.version + 1 if former else 1
        )
        Matter.objects.create(plan=plan, position=1, text="Aamut")
        Matter.objects.create(plan=plan, position=2, text="Illat")
        carried = list(former.measures.all()) if former else []
        for position, follows in enumerate([*carried, *[None] * measures], 1):
            Measure.objects.create(
                plan=plan, position=position, place="home", what="Iltasatu", follows=follows
            )
        if former:
            Plan.objects.filter(pk=former.pk).update(status=PlanStatus.SUPERSEDED)
        Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.AGREED, agreed_at=moment, agreed_by=worker)
        _carry_states(plan)

    @rule(pick=picks, moment=moments, status=st.sampled_from([*MeasureStatus]))
    def mark_measure(self, pick, moment, status):
        self._mark_measure(pick, moment, status)

    def _mark_measure(self, pick, moment, status):
        measure = self.some(
            Measure.objects.filter(plan__status=PlanStatus.AGREED, plan__situation__stage__in=OPEN_STAGES),
            pick,
        )
        if measure is not None and status in MEASURE_MOVES[measure.status]:
            MeasureState.objects.create(
                measure=measure, status=status, why="Syy", marked_at=moment, marked_by=self.workers[0]
            )

    @rule(pick=picks, moment=moments, days=st.integers(-2, 2), done=st.booleans())
    def contact(self, pick, moment, days, done):
        plan = self.some(Plan, pick)
        if plan is None or plan.contacts.filter(done_at=None).exists():
            return
        contact = NextContact.objects.create(plan=plan, on=day(moment) + timedelta(days=days))
        if done:
            contact.done_at, contact.done_by = moment, self.workers[0]
            contact.save()

    @rule(
        pick=picks,
        moment=moments,
        side=st.sampled_from([*ReviewSide]),
        said=st.lists(st.sampled_from([*OutcomeChange]), min_size=2, max_size=2),
    )
    def review(self, pick, moment, side, said):
        """Anew in place of the one before."""
        plan = self.some(Plan, pick)
        if plan is None:
            return
        review = OutcomeReview.objects.create(
            plan=plan,
            side=side,
            municipality_id=self.opened_in[plan.situation_id],
            written_by=self.workers[0],
        )
        for matter, change in zip(plan.matters.all(), said, strict=True):
            MatterOutcome.objects.create(review=review, matter=matter, change=change)
        OutcomeReview.objects.filter(plan=plan, side=side, given_at__isnull=False, replaced_at=None).update(
            replaced_at=moment
        )
        OutcomeReview.objects.filter(pk=review.pk).update(given_at=moment)

    # --- erasure and folding --------------------------------------------------------------------

    @precondition(lambda self: len(self.opened_in) > 2)
    @rule(pick=picks)
    def erase(self, pick):
        """Nothing is left of a family: what seals its rows lets them go."""
        situation = self.some(Situation, pick)
        if situation is None:
            return
        number, family = situation.pk, situation.family_id
        plans = "(SELECT id FROM plans_plan WHERE situation_id = %s)"
        reviews = f"(SELECT id FROM plans_outcomereview WHERE plan_id IN {plans})"
        measures = f"(SELECT id FROM plans_measure WHERE plan_id IN {plans})"
        for statement in (
            f"DELETE FROM plans_measurestate WHERE measure_id IN {measures}",
            f"DELETE FROM plans_matteroutcome WHERE review_id IN {reviews}",
            f"DELETE FROM plans_outcomereview WHERE plan_id IN {plans}",
            f"DELETE FROM plans_nextcontact WHERE plan_id IN {plans}",
            f"UPDATE plans_measure SET follows_id = NULL WHERE plan_id IN {plans}",
            f"DELETE FROM plans_measure WHERE plan_id IN {plans}",
            f"DELETE FROM plans_matter WHERE plan_id IN {plans}",
            "DELETE FROM plans_plan WHERE situation_id = %s",
        ):
            self.unsealed(statement, number)
        Consultation.objects.filter(situation_number=number).delete()
        for meeting in situation.meetings.all():
            meeting.delete()
        situation.delete()
        sql("DELETE FROM network_familymember WHERE family_id = %s", family)
        sql("DELETE FROM network_consent WHERE family_id = %s", family)
        self.opened_in.pop(number)

    def unsealed(self, statement: str, *values: object) -> None:
        """As the erasure by retention does it: only the triggers that count look on."""
        seals = [
            f"{model._meta.label}:{trigger.name}"
            for model, trigger in pgtrigger.registered()
            if model._meta.app_label == "plans" and not str(trigger.name).startswith(("counted_", "kept_"))
        ]
        with pgtrigger.ignore(*seals):
            sql(statement, *values)

    @rule()
    def fold_and_look(self):
        before = tallied()
        fold()
        assert tallied() == before
        self.is_as_counted_by_hand()

    # --- what it ought to be --------------------------------------------------------------------

    def is_as_counted_by_hand(self) -> None:
        assert tallied() == {place: number for place, number in self.by_hand().items() if number}
        assert wrong_numbers() == []
        assert wrong_rows() == []

    def by_hand(self) -> Counter:
        count: Counter = Counter()
        shared = set(Kind.objects.filter(counts_as_shared_time=True).values_list("code", flat=True))
        for one in Situation.objects.prefetch_related("meetings"):
            town = self.opened_in[one.pk]
            count["opened", one.way_in, town, month(one.opened_at)] += 1
            if one.ending:
                count["ended", one.ending, town, month(one.ended_at)] += 1
                count["ended_at", self.ended_from[one.pk], town, month(one.ended_at)] += 1
            held = [
                meeting.period.lower
                for meeting in one.meetings.all()
                if meeting.status == MeetingStatus.HELD and meeting.kind_id in shared
            ]
            if held:
                days = min(max((day(min(held)) - day(one.opened_at)).days, 0), 365)
                count["wait", f"{days:04}", town, month(min(held))] += 1
        for talk in Conversation.objects.all():
            place = (talk.result, self.opened_in[talk.situation_id], talk.held_on.replace(day=1))
            count["talk", *place] += 1
            if talk.result in OFFERED:
                count["offer", *place] += 1
        for meeting in Meeting.objects.prefetch_related("participations", "cancellations"):
            place = (meeting.municipality_id, month(meeting.period.lower))
            if meeting.status in {MeetingStatus.HELD, MeetingStatus.NOT_HELD}:
                count[meeting.status, meeting.kind_id, *place] += 1
            if meeting.status == MeetingStatus.CANCELLED:
                who = [one.who for one in meeting.cancellations.all()]
                count["cancelled", who[0] if who else "", *place] += 1
            if meeting.status == MeetingStatus.HELD:
                count["seat", self.convened_from[meeting.pk], *place] += 1
                for one in meeting.participations.all():
                    if one.attendance == Attendance.PRESENT and one.pk in self.seats:
                        count["seat", self.seats[one.pk], *place] += 1
        for one in Consultation.objects.exclude(answered_at=None):
            count["advice", one.result, one.municipality_id, month(one.answered_at)] += 1
        for contact in NextContact.objects.exclude(done_at=None).select_related("plan"):
            when = "on_time" if day(contact.done_at) <= contact.on else "late"
            town = self.opened_in[contact.plan.situation_id]
            count["contact", when, town, contact.on.replace(day=1)] += 1
        for measure in Measure.objects.select_related("plan").prefetch_related("states", "followers"):
            town = self.opened_in[measure.plan.situation_id]
            if measure.follows_id is None:
                count["measure", "agreed", town, month(measure.plan.agreed_at)] += 1
            # How it stands is told by the last version that has it.
            states = list(measure.states.all())
            if states and not measure.followers.all() and states[-1].status in {"done", "put_aside"}:
                count["measure", states[-1].status, town, month(states[-1].marked_at)] += 1
        for outcome in MatterOutcome.objects.filter(
            review__given_at__isnull=False, review__replaced_at=None
        ).select_related("review"):
            figure = "outcome_family" if outcome.review.side == ReviewSide.FAMILY else "outcome_worker"
            given = month(outcome.review.given_at)
            count[figure, outcome.change, outcome.review.municipality_id, given] += 1
        return count

    # --- choosing -------------------------------------------------------------------------------

    def one(self, choices, pick: int):
        return choices[pick % len(choices)]

    def some(self, rows, pick: int):
        """One of the rows, or None when there is none."""
        found = list((rows if hasattr(rows, "filter") else rows.objects).order_by("pk"))
        return found[pick % len(found)] if found else None

    def sector_of(self, worker) -> str:
        return Organisation.objects.get(units__workers=worker).sector
