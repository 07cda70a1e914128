"""The end of a plan on its own page: the follow-up, what came of it from both sides, and everyday life."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.states import OPEN_MEETINGS
from network.models import Worker

from . import outcome_rules, rules
from .models import Plan
from .outcomes import Outcome, outcome_of
from .states import PlanStatus, ReviewSide

# How a side is called in an address.
SLUGS = {ReviewSide.FAMILY: "perhe", ReviewSide.WORKERS: "tyontekijat"}


def review_url(plan: Plan, side: ReviewSide) -> str:
    return reverse("plan_review", args=[plan.pk, SLUGS[side]])


def closing_facts(plan: Plan, worker: Worker) -> dict[str, Any]:
    """For those who see all of the situation. A fixed number of queries."""
    outcome = outcome_of(plan, with_whom_to_ask=False)
    facts: dict[str, Any] = {"outcome": outcome, "reviews": [], "follow_up_url": "", "close_url": ""}
    if not plan.situation.is_open or plan.status != PlanStatus.AGREED:
        return facts
    meeting = plan.situation.meetings.filter(status__in=OPEN_MEETINGS).select_related("kind").first()
    if meeting is not None:
        facts["meeting"] = {"title": meeting.kind.title, "url": meeting.get_absolute_url()}
    elif not outcome_rules.why_not_follow_up(worker, plan):
        facts["follow_up_url"] = reverse("plan_follow_up", args=[plan.pk])
    if not rules.why_not_opened(worker, plan.situation):
        facts["reviews"] = review_rows(plan, outcome)
    if not rules.why_not_finish(worker, plan.situation):
        facts["close_url"] = reverse("plan_close", args=[plan.pk])
    return facts


def review_rows(plan: Plan, outcome: Outcome) -> list[dict[str, Any]]:
    """Each side: whether it has said its word, and the next step. The family changes itself what it said."""
    rows = []
    for side, given in ((ReviewSide.FAMILY, outcome.family), (ReviewSide.WORKERS, outcome.workers)):
        is_family = side == ReviewSide.FAMILY
        if given is None:
            label = (
                _("Kirjaa perheen arvio yhdessä perheen kanssa")
                if is_family
                else _("Kirjaa työntekijöiden arvio")
            )
        else:
            label = _("Muuta arviota")
        if given is None:
            chip = {"text": _("puuttuu"), "tone": "wait"}
        elif given.not_wanted:
            chip = {"text": _("perhe ei halunnut arvioida"), "tone": "neutral"}
        else:
            chip = {"text": _("annettu %(day)s") % {"day": given.when}, "tone": "ok"}
        rows.append(
            {
                "title": _("Perheen arvio") if is_family else _("Työntekijöiden arvio"),
                "chip": chip,
                "label": label,
                "url": "" if given is not None and given.by_family else review_url(plan, side),
            }
        )
    return rows
