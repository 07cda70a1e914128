"""Giving the agreed plan to those whom the family lets have it."""

from django.db import transaction

from meetings.actions.situations import locked as locked_situation
from network.models import Consent, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import rules
from ..models import Copy, Plan


@transaction.atomic
def give_copy(*, plan: Plan, consent: Consent, by: Worker) -> Copy:
    """Give the agreed plan to the one whom the family's permission names. Giving twice is giving once."""
    situation = locked_situation(plan.situation)
    lock(consent)
    consent = Consent.objects.get(pk=consent.pk)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    require(rules.why_not_give_copy(by, plan, consent))
    copy, _is_new = Copy.objects.get_or_create(plan=plan, consent=consent, defaults={"given_by": by})
    return copy


def follow_copies(old: Consent, new: Consent) -> None:
    """A permission that replaces another carries its copies."""
    Copy.objects.filter(consent=old).update(consent=new)
