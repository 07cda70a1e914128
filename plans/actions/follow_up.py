"""Calling the same people together again, to see how the plan goes."""

from django.db import transaction

from meetings.actions.convening import convene, let_in_again, propose_topic
from meetings.actions.situations import locked as locked_situation
from meetings.came_before import came_before
from meetings.models import Kind, Meeting
from meetings.rules.meetings import why_not_prepare
from meetings.states import OPEN_MEETINGS, MeetingKind
from network.models import Worker
from perhekeskus.refusals import require

from .. import outcome_rules as rules
from ..follow_up import topics_left
from ..models import Plan


@transaction.atomic
def convene_follow_up(*, plan: Plan, by: Worker) -> Meeting:
    """Begin to prepare a follow-up of the plan, which stays in force. The same press twice begins one.

    Those are along whom the family's permission lets come; the others wait for its new word. What is left of
    the plan is proposed to be talked about, and the family decides on it as always.
    """
    situation = locked_situation(plan.situation)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    preparing = situation.meetings.filter(status__in=OPEN_MEETINGS).select_related("situation").first()
    if preparing is not None and not why_not_prepare(by, preparing):
        return preparing
    require(rules.why_not_follow_up(by, plan))
    meeting = convene(situation=situation, by=by, kind=Kind.objects.get(code=MeetingKind.FOLLOW_UP))
    let_in_again(meeting=meeting, before=came_before(situation))
    for title in topics_left(plan):
        propose_topic(meeting=meeting, by=by, title=title)
    meeting.refresh_from_db()
    return meeting
