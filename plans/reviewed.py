"""The words of a review as the fields of its page: what is saved, and what a new one begins with."""

import re
from collections.abc import Mapping

from django.db.models import F, Q
from django.utils import timezone

from network.models import Worker

from .models import MatterOutcome, OutcomeReview, Plan
from .states import ReviewSide

CHANGE, WORDS = "change", "words"
ACTS = ["own_acts", "service_acts"]
HELPED = "helped"

_OF_MATTER = re.compile(r"^(change|words)_(\d{1,18})$")


def texts_of(side: ReviewSide) -> list[str]:
    """What helped is the family's to say."""
    return [*ACTS, HELPED] if side == ReviewSide.FAMILY else ACTS


def matter_field(part: str, matter_id: int) -> str:
    return f"{part}_{matter_id}"


def matter_of(name: str) -> tuple[str, int] | None:
    """The part and the matter that a field is of."""
    found = _OF_MATTER.match(name)
    return (found[1], int(found[2])) if found else None


def draft_of(plan: Plan, side: ReviewSide, *, by_family: bool) -> OutcomeReview | None:
    """What is being written. What the family writes on its own page is another draft than a worker's."""
    return plan.reviews.filter(side=side, by_family=by_family, given_at=None).first()


def in_force_of(plan: Plan, side: ReviewSide) -> OutcomeReview | None:
    return plan.reviews.in_force().filter(side=side).first()


def saved_fields(plan: Plan, side: ReviewSide, *, by_family: bool) -> dict[str, str]:
    """What stands in each field: the draft; before it what was given; before it what an older version had.

    A family's words are shown on a worker's page only when the family has given them.
    """
    before = (
        draft_of(plan, side, by_family=by_family)
        or in_force_of(plan, side)
        or _of_older_version(plan, side, by_family=by_family)
    )
    fields = {name: getattr(before, name, "") for name in texts_of(side)}
    said: dict[int | str | None, MatterOutcome] = {}
    for one in before.outcomes.select_related("matter") if before is not None else []:
        said |= {one.matter_id: one, one.matter.text: one}
    for matter in plan.matters.all():
        # The same matter, the one that it goes on from, or one in the very same words.
        outcome = said.get(matter.pk) or said.get(matter.follows_id) or said.get(matter.text)
        fields[matter_field(CHANGE, matter.pk)] = outcome.change if outcome else ""
        fields[matter_field(WORDS, matter.pk)] = outcome.words if outcome else ""
    return fields


def _of_older_version(plan: Plan, side: ReviewSide, *, by_family: bool) -> OutcomeReview | None:
    """What was said or begun of the version before: an agreement on a new one loses nobody's words."""
    earlier = OutcomeReview.objects.filter(
        plan__situation=plan.situation_id, plan__version__lt=plan.version, side=side, replaced_at=None
    )
    readable = earlier.filter(Q(by_family=by_family) | Q(given_at__isnull=False))
    return readable.order_by("-plan__version", F("given_at").desc(nulls_first=True)).first()


def write_fields(plan: Plan, side: ReviewSide, by: Worker | None, fields: Mapping[str, str]) -> OutcomeReview:
    """Write what stands in the fields into the draft, making it when there is none."""
    by_family = by is None
    review = draft_of(plan, side, by_family=by_family)
    if review is None:
        review = OutcomeReview(
            plan=plan,
            municipality_id=plan.situation.family.municipality_id,
            side=side,
            by_family=by_family,
        )
        # What it begins with is written too: it stands on its writer's page.
        fields = saved_fields(plan, side, by_family=by_family) | dict(fields)
    for name in texts_of(side):
        if name in fields:
            setattr(review, name, fields[name])
    review.written_at, review.written_by = timezone.now(), by
    review.save()
    outcomes = {one.matter_id: one for one in review.outcomes.all()}
    for matter in plan.matters.all():
        said = {part: fields.get(matter_field(part, matter.pk)) for part in (CHANGE, WORDS)}
        if all(text is None for text in said.values()):
            continue
        outcome = outcomes.get(matter.pk) or MatterOutcome(review=review, matter=matter)
        for part, text in said.items():
            if text is not None:
                setattr(outcome, part, text)
        if outcome.pk or outcome.change or outcome.words:
            outcome.save()
    return review
