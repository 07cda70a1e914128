"""What was said in the meeting, on its way to the draft of the plan."""

from collections.abc import Sequence

from django.db import transaction

from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from meetings.proposals import Proposal, Receiver
from network.models import Worker
from perhekeskus.refusals import require

from . import rules
from .actions import latest
from .drafting import draft_of
from .written import MATTERS, MEASURES, row_field, write_fields


@transaction.atomic
def add_proposals(*, situation: Situation, by: Worker, proposals: Sequence[Proposal]) -> int:
    """Add the proposals to the end of the draft, beginning one when there is none; how many were new.

    What stands in the draft already is not added again, so the same press twice adds once. What an agreed
    version says is the beginning of the next one.
    """
    situation = locked_situation(situation)
    require(rules.why_not_write_plan(by, situation))
    newest = latest(situation)
    matters = list(newest.matters.all()) if newest is not None else []
    measures = list(newest.measures.all()) if newest is not None else []
    said = {row.text for row in matters} | {(row.what, row.words_of) for row in measures}
    # After the last row that is written: a gap before it may be under somebody's pen.
    next_matter = max((row.position for row in matters), default=0)
    next_measure = max((row.position for row in measures), default=0)
    fields: dict[str, str] = {}
    before = len(said)
    for one in proposals:
        key = one.text if one.is_matter else (one.text, one.words_of)
        if key in said:
            continue
        said.add(key)
        if one.is_matter:
            fields[row_field(MATTERS, next_matter, "text")] = one.text
            next_matter += 1
        else:
            row = {"what": one.text, "who": one.who, "words_of": one.words_of}
            fields |= {row_field(MEASURES, next_measure, part): text for part, text in row.items()}
            next_measure += 1
    if fields:
        write_fields(draft_of(situation, newest, by), by, fields)
    return len(said) - before


PLAN_DRAFT = Receiver(why_not=rules.why_not_write_plan, add=add_proposals, url_name="plan_edit")
