"""What was said in the meeting, on its way to the draft of the plan."""

from collections.abc import Sequence

from django.db import transaction

from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from meetings.proposals import Proposal, Receiver
from network.models import Worker
from perhekeskus.refusals import require

from . import rules
from .actions import TEXTS, MeasureRow, Promise, latest, write_plan
from .models import Plan
from .states import ContactWay, MeasurePlace


@transaction.atomic
def add_proposals(*, situation: Situation, by: Worker, proposals: Sequence[Proposal]) -> int:
    """Add the proposals to the end of the draft, beginning one when there is none; how many were new.

    What stands in the draft already is not added again, so the same press twice adds once. What an agreed
    version says is the beginning of the next one.
    """
    situation = locked_situation(situation)
    require(rules.why_not_write_plan(by, situation))
    newest = latest(situation)
    matters = [matter.text for matter in newest.matters.all()] if newest is not None else []
    measures = _measures(newest)
    before = len(matters) + len(measures)
    for one in proposals:
        if one.is_matter:
            if one.text not in matters:
                matters.append(one.text)
        elif not any((row.what, row.words_of) == (one.text, one.words_of) for row in measures):
            measures.append(MeasureRow(MeasurePlace.HOME, one.text, who=one.who, words_of=one.words_of))
    added = len(matters) + len(measures) - before
    if added:
        write_plan(
            situation=situation,
            by=by,
            texts={name: getattr(newest, name) if newest is not None else "" for name in TEXTS},
            matters=matters,
            measures=measures,
            responsible=_responsible(newest, situation),
            next_contact=_promise(newest),
            seen_edition=newest.edition if newest is not None else 0,
        )
    return added


def _measures(plan: Plan | None) -> list[MeasureRow]:
    rows = plan.measures.all() if plan is not None else []
    return [
        MeasureRow(MeasurePlace(row.place), row.what, row.where, row.who, row.when, row.words_of)
        for row in rows
    ]


def _responsible(plan: Plan | None, situation: Situation) -> list[Worker]:
    """Those named so far, when they still can be; else the family names them anew."""
    if plan is None:
        return []
    gone = {worker.pk for worker in rules.taken_back(plan, since_written=True)}
    named = [row.worker for row in plan.responsible_workers.select_related("worker__unit__organisation")]
    kept = [worker for worker in named if worker.pk not in gone]
    return [] if rules.why_not_named(kept, situation) else kept


def _promise(plan: Plan | None) -> Promise | None:
    """The promised contact, unless its day has gone by meanwhile."""
    contact = plan.contacts.filter(done_at=None).first() if plan is not None else None
    if contact is None or rules.why_not_promise(contact.on, contact.at):
        return None
    return Promise(contact.on, contact.at, ContactWay(contact.way))


PLAN_DRAFT = Receiver(why_not=rules.why_not_write_plan, add=add_proposals, url_name="plan_edit")
