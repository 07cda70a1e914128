"""The rows of the past families, and the order in which the database takes them in."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Model

from meetings.models import Cancellation, Conversation, Meeting, Participation, Situation, Topic
from meetings.states import Ending, Stage
from network.models import ClosePerson, Consent, Consultation, Family, FamilyMember
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

BATCH = 1000

AGREED = """
    UPDATE plans_plan SET status = 'agreed', agreed_at = written_at, agreed_by_id = written_by_id
    WHERE id = ANY(%s)
"""
GIVEN = "UPDATE plans_outcomereview SET given_at = written_at WHERE id = ANY(%s)"
# A plan ends with its situation: by the database's own clock, if it had no time of its own by then.
PLAN_ENDED = """
    UPDATE plans_plan SET ended_at = past.at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS past (id, at) WHERE plans_plan.id = past.id
"""
ENDED = """
    UPDATE meetings_situation
    SET stage = past.stage, stage_since = past.at, ending = past.ending, ended_at = past.at,
        ended_by_id = holder_id
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[]) AS past (id, stage, ending, at)
    WHERE meetings_situation.id = past.id
"""


@dataclass
class PastRows:
    """The rows of many families, in the order in which they can be written."""

    families: list[Family] = field(default_factory=list)
    members: list[FamilyMember] = field(default_factory=list)
    close_people: list[ClosePerson] = field(default_factory=list)
    # Each as it stood before it ended.
    situations: list[Situation] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    cancellations: list[Cancellation] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    # Each with the situation whose number it gets once that is written.
    advice: list[tuple[Consultation, Situation]] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    plan_rows: list[Matter | Measure | ResponsibleWorker | NextContact | Presence] = field(
        default_factory=list
    )
    measure_states: list[MeasureState] = field(default_factory=list)
    reviews: list[OutcomeReview] = field(default_factory=list)
    outcomes: list[MatterOutcome] = field(default_factory=list)
    endings: list[tuple[Situation, Ending, datetime]] = field(default_factory=list)

    def write(self) -> None:
        # The triggers plan their own questions while the tables are still empty, and keep to it.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            self._write()
            cursor.execute("SET LOCAL enable_seqscan = on")

    def _write(self) -> None:
        for rows in (
            self.families,
            self.members,
            self.close_people,
            self.situations,
            self.conversations,
            self.consents,
            self.meetings,
            self.cancellations,
            self.topics,
            self.participations,
        ):
            _write(rows)
        for consultation, situation in self.advice:
            consultation.situation_number = situation.pk
        _write([consultation for consultation, _situation in self.advice])
        _write(self.plans)
        for model in (Matter, Measure, ResponsibleWorker, NextContact, Presence):
            _write([row for row in self.plan_rows if isinstance(row, model)])
        _send(AGREED, [plan.pk for plan in self.plans])
        _write(self.measure_states)
        _write(self.reviews)
        _write(self.outcomes)
        _send(GIVEN, [review.pk for review in self.reviews])
        ended_at = {situation.pk: at for situation, _ending, at in self.endings}
        _send(
            PLAN_ENDED,
            [plan.pk for plan in self.plans],
            [ended_at[plan.situation_id] for plan in self.plans],
        )
        _send(
            ENDED,
            [situation.pk for situation, _ending, _at in self.endings],
            [_stage_of(ending).value for _situation, ending, _at in self.endings],
            [ending.value for _situation, ending, _at in self.endings],
            [at for _situation, _ending, at in self.endings],
        )


def _stage_of(ending: Ending) -> Stage:
    return Stage.EVERYDAY if ending == Ending.EVERYDAY else Stage.ENDED


def _write(rows: list) -> None:
    if rows:
        model: type[Model] = type(rows[0])
        model._default_manager.bulk_create(rows, batch_size=BATCH)


def _send(statement: str, *columns: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
