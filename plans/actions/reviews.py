"""Reviewing what came of the plan: drafts that lose nothing, and what is given, which stays."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from network.models import Worker
from perhekeskus.autosave import Change, WrittenMeanwhile, sort
from perhekeskus.refusals import Refused, require

from .. import outcome_rules as rules
from ..models import OutcomeReview, Plan
from ..reviewed import draft_of, in_force_of, saved_fields, write_fields
from ..states import ReviewSide


def _locked(plan: Plan, side: ReviewSide, by: Worker | None) -> Plan:
    situation = locked_situation(plan.situation)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    require(rules.why_not_review(by, plan, side))
    return plan


@transaction.atomic
def save_review_fields(
    *, plan: Plan, side: ReviewSide, by: Worker, changes: Mapping[str, Change]
) -> dict[str, str]:
    """Save single fields of a worker's page while they are written; what is saved then in each."""
    plan = _locked(plan, side, by)
    saved = saved_fields(plan, side, by_family=False)
    write = sort(changes, saved).write
    if write:
        write_fields(plan, side, by, write)
    return saved | write


@transaction.atomic
def write_review(
    *, plan: Plan, side: ReviewSide, by: Worker | None, changes: Mapping[str, Change]
) -> OutcomeReview:
    """Save the whole page as a draft; `by` is None on the family's own page.

    Nothing is written over unseen: raises WrittenMeanwhile, and then nothing is saved.
    """
    plan = _locked(plan, side, by)
    saved = saved_fields(plan, side, by_family=by is None)
    found = sort(changes, saved)
    if found.clash:
        raise WrittenMeanwhile(rules.WRITTEN_MEANWHILE, found.clash)
    return write_fields(plan, side, by, found.write)


@transaction.atomic
def give_review(
    *, plan: Plan, side: ReviewSide, by: Worker | None, changes: Mapping[str, Change]
) -> OutcomeReview:
    """Give the review: it stays as it is, and a later one of the same side replaces it.

    The same press twice gives it once.
    """
    plan = _locked(plan, side, by)
    by_family = by is None
    saved = saved_fields(plan, side, by_family=by_family)
    found = sort(changes, saved)
    if found.clash:
        raise WrittenMeanwhile(rules.WRITTEN_MEANWHILE, found.clash)
    given = in_force_of(plan, side)
    is_new = bool(found.write) or draft_of(plan, side, by_family=by_family) is not None
    if given is not None and not (is_new or given.not_wanted) and given.by_family == by_family:
        return given
    if rules.missing(plan, saved | found.write):
        raise Refused(rules.EVERY_MATTER)
    review = write_fields(plan, side, by, found.write)
    _put_in_force(review, given)
    return review


@transaction.atomic
def note_not_wanted(*, plan: Plan, by: Worker) -> OutcomeReview:
    """Write down that the family doesn't want to review. Until the situation ends it may change its mind."""
    plan = _locked(plan, ReviewSide.FAMILY, by)
    given = in_force_of(plan, ReviewSide.FAMILY)
    if given is not None and given.not_wanted:
        return given
    if draft := draft_of(plan, ReviewSide.FAMILY, by_family=False):
        draft.delete()
    review = OutcomeReview(
        plan=plan,
        municipality_id=plan.situation.family.municipality_id,
        side=ReviewSide.FAMILY,
        not_wanted=True,
        written_by=by,
    )
    review.save()
    _put_in_force(review, given)
    return review


def _put_in_force(review: OutcomeReview, before: OutcomeReview | None) -> None:
    now = timezone.now()
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    review.given_at = now
    review.save(update_fields=["given_at"])
