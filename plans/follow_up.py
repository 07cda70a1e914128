"""What is still to be talked about of a plan, when people come together again."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .models import Plan
from .reviewed import in_force_of
from .states import UNDONE, OutcomeChange, ReviewSide

LONGEST_TITLE = 200


def topics_left(plan: Plan) -> list[str]:
    """The matters that the family has not said to be better, and how it has gone altogether.

    When everything that was agreed on is done or put aside, no matter is left: how it has gone is.
    """
    going_on = any(measure.status in UNDONE for measure in plan.measures.with_people())
    given = in_force_of(plan, ReviewSide.FAMILY)
    better = set()
    if given is not None:
        better = set(given.outcomes.filter(change=OutcomeChange.BETTER).values_list("matter", flat=True))
    titles = [
        Truncator(" ".join(matter.text.split())).chars(LONGEST_TITLE)
        for matter in plan.matters.all()
        if going_on and matter.pk not in better
    ]
    return [*dict.fromkeys(titles), _("Mitä sovitusta on tehty ja mitä jatketaan")]
