"""What may be said of the outcome, by whom, and when a situation may end well."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from meetings.rules.situations import why_not_convene
from meetings.states import OPEN_MEETINGS, Ending
from network.models import Worker

from .models import Plan
from .querysets import sides_missing
from .reviewed import CHANGE, in_force_of, matter_field
from .rules import Sentence, why_not_opened
from .states import PlanStatus, ReviewSide

NOT_OF_THIS_VERSION = _(
    "Suunnitelmasta on uudempi versio. Arvio kirjoitetaan siihen, ja jo kirjoitettu teksti on siellä."
)
WRITTEN_MEANWHILE = _(
    "Arviota on muutettu sen jälkeen, kun sivu avattiin. Mitään ei ole kadonnut: tallennettu teksti näkyy"
    " lomakkeen yläpuolella."
)
EVERY_MATTER = _("Valitse jokaisen asian kohdalla, miten se on nyt.")
EVERY_MATTER_OF_FAMILY = _("Valitkaa jokaisen asian kohdalla, miten se on nyt.")

_MISSING = {
    frozenset([ReviewSide.FAMILY]): _(
        "Ennen kuin tilanne päättyy, perhe kertoo, mitä suunnitelmasta oli hyötyä. Perheen arvio puuttuu"
        " vielä."
    ),
    frozenset([ReviewSide.WORKERS]): _(
        "Ennen kuin tilanne päättyy, kirjaa myös työntekijöiden arvio siitä, mitä suunnitelmasta oli hyötyä."
    ),
    frozenset(ReviewSide): _(
        "Ennen kuin tilanne päättyy, arvioikaa yhdessä, mitä suunnitelmasta oli hyötyä: sekä perhe että"
        " työntekijät."
    ),
}


def _why_not_reviewed(plan: Plan) -> Sentence:
    if not plan.situation.is_open:
        return _("Tilanne on päättynyt, joten arviota ei enää muuteta.")
    if plan.status == PlanStatus.SUPERSEDED:
        return NOT_OF_THIS_VERSION
    if plan.status != PlanStatus.AGREED:
        return _("Arvion voi kirjoittaa, kun suunnitelmasta on sovittu.")
    return None


def why_not_review(worker: Worker | None, plan: Plan, side: ReviewSide) -> Sentence:
    """May this side's review be written? Without a worker it is the family, on its own page."""
    if worker is None:
        return _why_not_reviewed(plan)
    if refused := why_not_opened(worker, plan.situation) or _why_not_reviewed(plan):
        return refused
    given = in_force_of(plan, side)
    if given is not None and given.by_family:
        return _("Perhe on antanut arvionsa omalla sivullaan, ja vain perhe muuttaa sitä.")
    return None


def why_not_follow_up(worker: Worker, plan: Plan) -> Sentence:
    """May this worker call people together to see how the plan goes?"""
    if plan.status != PlanStatus.AGREED:
        return _("Seurantatapaamisen voi sopia, kun suunnitelma on voimassa.")
    if refused := why_not_convene(worker, plan.situation):
        return refused
    if plan.situation.meetings.filter(status__in=OPEN_MEETINGS).exists():
        return _("Perheellä on jo tapaaminen valmisteilla tai sovittuna.")
    return None


def missing(plan: Plan, fields: Mapping[str, str]) -> list[str]:
    """The fields of those matters of which nothing has been chosen."""
    names = [matter_field(CHANGE, matter.pk) for matter in plan.matters.all()]
    return [name for name in names if not fields.get(name)]


def why_not_everyday(situation: Situation, ending: Ending = Ending.EVERYDAY) -> Sentence:
    """A situation with an agreed plan ends well when both sides have said what came of it."""
    if ending != Ending.EVERYDAY:
        return None
    plan = situation.plans.agreed().first()
    if plan is None:
        return None
    return _MISSING.get(frozenset(sides_missing(plan)))
