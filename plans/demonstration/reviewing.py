"""What came of a plan: the family says it on its own page, and the responsible worker beside it."""

from datetime import datetime

from network.models import Worker
from perhekeskus.autosave import Change, mark
from plans import actions
from plans.models import Plan
from plans.reviewed import CHANGE, HELPED, WORDS, matter_field
from plans.states import OutcomeChange, ReviewSide

from .clock import set_to
from .stories import ReviewText


def reviewed(plan: Plan, text: ReviewText, on: datetime, by: Worker) -> None:
    """Both sides give their review on the same day."""
    sides = ((ReviewSide.FAMILY, None, text.family_words), (ReviewSide.WORKERS, by, text.worker_words))
    for side, writer, words in sides:
        said = {"service_acts": text.service_acts}
        if side == ReviewSide.FAMILY:
            said = {"own_acts": text.own_acts, HELPED: text.helped}
        for number, matter in enumerate(plan.matters.all()):
            is_same = side == ReviewSide.WORKERS and number in text.same_to_workers
            change = OutcomeChange.SAME if is_same else OutcomeChange.BETTER
            said[matter_field(CHANGE, matter.pk)] = change.value
            said[matter_field(WORDS, matter.pk)] = words[number] if number < len(words) else ""
        changes = {name: Change(value, mark("")) for name, value in said.items()}
        with set_to(on):
            actions.give_review(plan=plan, side=side, by=writer, changes=changes)
