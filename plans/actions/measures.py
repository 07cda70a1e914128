"""Marking how far the measures of the agreed plan have come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.situations import locked as locked_situation
from network.models import Worker
from perhekeskus.refusals import Refused, require

from .. import rules
from ..models import MeasureState, Plan
from ..states import MEASURE_MOVES, MeasureStatus


@dataclass(frozen=True)
class Mark:
    """What somebody marked on one measure; `seen` is how many marks there were on the page they had."""

    measure: int
    status: MeasureStatus
    why: str = ""
    seen: int = 0


class MarkedMeanwhile(Refused):
    """Somebody else marked the same measures in another way: `measures` are their keys, nothing is saved."""

    def __init__(self, measures: Sequence[int]) -> None:
        super().__init__(
            _("Joku muu on sillä välin merkinnyt tämän kohdan toisin. Tarkista ja tallenna uudelleen.")
        )
        self.measures = measures


@transaction.atomic
def mark_measures(*, plan: Plan, by: Worker, marks: Sequence[Mark]) -> int:
    """Write down how far these have come, all or none; how many were new. What stands already is left."""
    situation = locked_situation(plan.situation)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    require(rules.why_not_mark(by, plan))
    measures = {one.pk: one for one in plan.measures.prefetch_related("states")}
    if any(one.measure not in measures for one in marks):
        raise Refused(_("Kohta ei ole tässä suunnitelmassa."))
    new = [one for one in marks if one.status != measures[one.measure].status]
    if stale := [one.measure for one in new if one.seen != len(measures[one.measure].states.all())]:
        raise MarkedMeanwhile(stale)
    for one in new:
        measure = measures[one.measure]
        if one.status not in MEASURE_MOVES[measure.status]:
            raise Refused(_("Merkitse ensin, että tämä on taas meneillään."))
        why = one.why.strip() if one.status == MeasureStatus.PUT_ASIDE else ""
        if one.status == MeasureStatus.PUT_ASIDE and not why:
            raise Refused(_("Kirjoita, miksi tämä jätetään sikseen."))
        MeasureState.objects.create(measure=measure, status=one.status, why=why, marked_by=by)
    return len(new)
