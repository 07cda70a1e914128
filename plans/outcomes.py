"""What came of the plan, ready to be written: both sides beside each other, on screen and in the letter."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from network.help import common_guidance, guidance_of
from perhekeskus.forms import clean_text
from perhekeskus.words import day

from .models import MatterOutcome, OutcomeReview, Plan
from .states import OutcomeChange, ReviewSide


@dataclass(frozen=True)
class Said:
    """One side's word on one matter."""

    code: str
    change: str
    words: str


@dataclass(frozen=True)
class MatterSeen:
    """A matter of the plan as both sides see it now; they may differ, and then both stand."""

    text: str
    family: Said | None
    workers: Said | None


@dataclass(frozen=True)
class SideSeen:
    """One side's review: who said it and when, and what was done."""

    who: str
    when: str
    own_acts: str
    service_acts: str
    not_wanted: bool
    by_family: bool


@dataclass(frozen=True)
class WhomToAsk:
    """Whom the family can ask later: never a worker's name, which changes."""

    name: str
    phone: str
    dial: str
    hours: str
    address: str


@dataclass(frozen=True)
class Outcome:
    """What came of a plan, in the language that is active."""

    number: int
    version: int
    agreed_on: str
    # Empty as long as the situation goes on.
    ended_on: str
    wish: str
    matters: list[MatterSeen]
    helped: str
    family: SideSeen | None
    workers: SideSeen | None
    missing: list[ReviewSide] = field(default_factory=list)
    ask: WhomToAsk | None = None

    @property
    def is_given(self) -> bool:
        """Whether either side has said something."""
        return self.family is not None or self.workers is not None


def outcome_of(plan: Plan, *, with_whom_to_ask: bool = True) -> Outcome:
    """The facts of what came of the plan: what is given and in force; never a draft. A few queries."""
    reviews = {one.side: one for one in plan.reviews.in_force().with_matters()}
    family, workers = reviews.get(ReviewSide.FAMILY), reviews.get(ReviewSide.WORKERS)
    words = {side: _said(reviews.get(side)) for side in ReviewSide}
    situation = plan.situation
    return Outcome(
        number=plan.situation_id,
        version=plan.version,
        agreed_on=day(plan.agreed_at or plan.written_at),
        ended_on=day(situation.ended_at) if situation.ended_at else "",
        wish=_clean(plan.wish),
        matters=[
            MatterSeen(
                text=_clean(matter.text),
                family=words[ReviewSide.FAMILY].get(matter.pk),
                workers=words[ReviewSide.WORKERS].get(matter.pk),
            )
            for matter in plan.matters.all()
        ],
        helped=_clean(family.helped) if family is not None else "",
        family=_side(family),
        workers=_side(workers),
        missing=[side for side in ReviewSide if side not in reviews],
        ask=_whom_to_ask(plan) if with_whom_to_ask else None,
    )


def _clean(text: str) -> str:
    return clean_text(text).strip()


def _said(review: OutcomeReview | None) -> dict[int, Said]:
    if review is None:
        return {}
    return {one.matter_id: _one(one) for one in review.outcomes.all()}


def _one(outcome: MatterOutcome) -> Said:
    changes = {
        OutcomeChange.BETTER: _("Paremmin"),
        OutcomeChange.SAME: _("Ennallaan"),
        OutcomeChange.WORSE: _("Huonommin"),
    }
    return Said(outcome.change, changes[OutcomeChange(outcome.change)], _clean(outcome.words))


def _side(review: OutcomeReview | None) -> SideSeen | None:
    if review is None or review.given_at is None:
        return None
    if review.by_family:
        who = _("perhe omalla sivullaan")
    elif review.side == ReviewSide.FAMILY:
        who = _("perhe yhdessä työntekijän kanssa")
    else:
        who = review.written_by.name if review.written_by is not None else ""
    return SideSeen(
        who=who,
        when=day(review.given_at),
        own_acts=_clean(review.own_acts),
        service_acts=_clean(review.service_acts),
        not_wanted=review.not_wanted,
        by_family=review.by_family,
    )


def _whom_to_ask(plan: Plan) -> WhomToAsk | None:
    """The guidance service of the family's municipality; to a protected family the one number of all.

    A municipality's own number is public: whoever found the paper could look up whose it is.
    """
    family = plan.situation.family
    guidance = common_guidance() if family.address_protected else guidance_of(family.municipality)
    if not guidance.phone and not guidance.electronic:
        return None
    return WhomToAsk(
        name=guidance.name,
        phone=guidance.phone,
        dial=guidance.dial,
        hours=guidance.hours,
        address=guidance.electronic_whole,
    )
