"""What came of the shared times of the past: plans, contacts kept and late, measures, both sides' reviews."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.models import Meeting, Situation
from network.models import FamilyMember, Worker
from plans.models import (
    Matter,
    MatterOutcome,
    Measure,
    MeasureState,
    NextContact,
    OutcomeReview,
    Plan,
    Presence,
    ResponsibleWorker,
)
from plans.states import MeasureStatus, OutcomeChange, ReviewSide

from .chance import Chance
from .past_rows import PastRows
from .stories import Story

BETTER, SAME, WORSE = OutcomeChange.BETTER, OutcomeChange.SAME, OutcomeChange.WORSE
CHANGES = [*[BETTER] * 14, *[SAME] * 5, WORSE]
STATES = [*[MeasureStatus.DONE] * 7, MeasureStatus.PUT_ASIDE, MeasureStatus.AGREED, MeasureStatus.AGREED]
# Of ten contacts eight are kept on the promised day; the others come so many days late.
LATE_DAYS = [0] * 8 + [1, 4]
PUT_ASIDE = "Tätä ei lopulta tarvittu."
NOTHING_MORE = "Arki on rullannut. Sovittiin, että seuraavalla kerralla katsotaan, tarvitaanko enää mitään."


@dataclass(frozen=True)
class PastPlan:
    """Whose plan it is, who agreed on it and when it was over."""

    situation: Situation
    meeting: Meeting
    story: Story
    guardians: list[FamilyMember]
    by: Worker
    responsible: Worker
    agreed_at: datetime
    ended_at: datetime
    chance: Chance


def tell_plan(rows: PastRows, past: PastPlan) -> None:
    """An agreed plan, carried to the day when everyday life ran."""
    text = past.story.plan
    plan = Plan(
        situation=past.situation,
        meeting=past.meeting,
        wish=text.wish,
        strengths=text.strengths,
        follow_up=text.follow_up,
        contact_to_family=text.to_family,
        contact_from_family=text.from_family,
        written_at=past.agreed_at,
        written_by=past.by,
    )
    matters = [Matter(plan=plan, position=i, text=words) for i, words in enumerate(text.matters, 1)]
    measures = [
        Measure(
            plan=plan,
            position=i,
            place=row.place,
            where=row.where,
            what=row.what,
            who=row.who,
            when=row.when,
        )
        for i, row in enumerate(text.doings, 1)
    ]
    rows.plans.append(plan)
    rows.plan_rows += [*matters, *measures, ResponsibleWorker(plan=plan, worker=past.responsible)]
    rows.plan_rows += [Presence(plan=plan, member=guardian) for guardian in past.guardians]
    rows.plan_rows += _contacts(past, plan)
    rows.measure_states += _states(past, measures)
    for side in ReviewSide:
        _review(rows, past, plan, side, matters)


def _contacts(past: PastPlan, plan: Plan) -> list[NextContact]:
    """The last one on the day of the end, and one on the way when there was time for it."""
    days = (past.ended_at - past.agreed_at).days
    ends = [(past.ended_at, past.story.outcome)]
    if days >= 14:
        ends.insert(0, (past.agreed_at + timedelta(days=days // 2), NOTHING_MORE))
    contacts = []
    for done_at, outcome in ends:
        late = min(past.chance.choice(LATE_DAYS), days // 3)
        contacts.append(
            NextContact(
                plan=plan,
                on=done_at.date() - timedelta(days=late),
                done_at=done_at,
                done_by=past.responsible,
                outcome=outcome,
            )
        )
    return contacts


def _states(past: PastPlan, measures: list[Measure]) -> list[MeasureState]:
    marked_at = past.agreed_at + (past.ended_at - past.agreed_at) * 0.6
    states = []
    for measure in measures:
        status = past.chance.choice(STATES)
        if status != MeasureStatus.AGREED:
            states.append(
                MeasureState(
                    measure=measure,
                    status=status,
                    why=PUT_ASIDE if status == MeasureStatus.PUT_ASIDE else "",
                    marked_at=marked_at,
                    marked_by=past.responsible,
                )
            )
    return states


def _review(rows: PastRows, past: PastPlan, plan: Plan, side: ReviewSide, matters: list[Matter]) -> None:
    """Everyday life is said to run when both sides have said how it went, or the family that it would not."""
    of_family = side == ReviewSide.FAMILY
    not_wanted = of_family and past.chance.random() < 0.15
    review = OutcomeReview(
        plan=plan,
        municipality=past.meeting.municipality,
        side=side,
        by_family=of_family and not not_wanted,
        not_wanted=not_wanted,
        written_at=past.ended_at,
        written_by=past.responsible if not_wanted or not of_family else None,
    )
    rows.reviews.append(review)
    if not not_wanted:
        rows.outcomes += [
            MatterOutcome(review=review, matter=matter, change=past.chance.choice(CHANGES))
            for matter in matters
        ]
