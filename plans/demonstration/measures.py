"""Who does what in the plans of the demonstration, and how far it has come."""

from collections.abc import Sequence
from datetime import date, timedelta

from meetings.models import Situation
from network.models import Worker
from plans.actions import Mark, MeasureRow, mark_measures
from plans.doers import Doer
from plans.models import Plan
from plans.querysets import able_to_do
from plans.states import MeasurePlace, MeasureStatus

from .stories.story import Doing


def rows_of(doings: Sequence[Doing], situation: Situation, by: date) -> list[MeasureRow]:
    """The story's rows; whoever is known is referred to, and errands elsewhere have their day."""
    return [_row(doing, situation, by) for doing in doings]


def _row(doing: Doing, situation: Situation, by: date) -> MeasureRow:
    doer = _known(doing.who, situation)
    return MeasureRow(
        place=doing.place,
        what=doing.what,
        where=doing.where,
        who="" if doer is not None else doing.who,
        when=doing.when,
        doer=doer,
        by=by + timedelta(days=14) if doing.place == MeasurePlace.ELSEWHERE else None,
    )


def _known(who: str, situation: Situation) -> Doer | None:
    """The one close to the family, or the worker, whom the word of the story tells."""
    close = situation.family.close_people.filter(relation__iexact=who).first()
    return close or able_to_do(situation, None).filter(title__iexact=who).order_by("pk").first()


def mark_on_the_way(plan: Plan, by: Worker) -> None:
    """At a kept contact: the first row is under way, and the second is done."""
    steps = [MeasureStatus.GOING_ON, MeasureStatus.DONE]
    measures = plan.measures.prefetch_related("states")
    mark_measures(
        plan=plan,
        by=by,
        marks=[
            Mark(measure.pk, step, seen=len(measure.states.all()))
            for measure, step in zip(measures, steps, strict=False)
            if measure.status == MeasureStatus.AGREED
        ],
    )
