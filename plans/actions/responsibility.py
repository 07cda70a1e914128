"""The responsibility of a family from hand to hand: it moves when the receiver takes it."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from meetings.actions.situations import stand_in_line
from network.actions import consents
from network.models import Consent, FamilyMember, Worker
from network.rules.consents import why_not_given_by
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import messages, responsibility_letters, rules_of_handing
from ..models import Plan, ResponsibilityHandover, ResponsibleWorker
from ..states import HandingStatus, ToldHow
from .copies import pass_copies_on

# How a permission that was said in such a way is written down.
METHODS = {
    ToldHow.TOGETHER: ConsentMethod.FACE_TO_FACE,
    ToldHow.PHONE: ConsentMethod.PHONE,
}


@dataclass(frozen=True)
class FamilySaid:
    """When and how the family was told, and who of it lets the new one have its matters."""

    on: date
    how: ToldHow
    given_by: FamilyMember
    given_with: FamilyMember | None = None


@transaction.atomic
def offer_responsibility(
    *,
    plan: Plan,
    by: Worker,
    former: Worker,
    to: Worker,
    why: str,
    said: FamilySaid,
    form_key: uuid.UUID | None = None,
) -> ResponsibilityHandover | None:
    """Offer what `former` is responsible for to another, whom the family lets have it.

    The permission is written down now, for it is given now; it opens nothing before the offer is taken. One
    who already stands in is named at once, and nothing is offered: None.
    """
    if form_key is not None:
        stand_in_line(form_key)
        if earlier := ResponsibilityHandover.objects.filter(form_key=form_key, offered_by=by).first():
            return earlier
    situation = locked_situation(plan.situation)
    to = _account_now(to)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    require(rules_of_handing.why_not_hand(by, plan))
    require(rules_of_handing.why_not_receive(to, plan))
    require(rules_of_handing.why_not_told(said.on))
    require(why_not_given_by(situation.family, said.given_by, said.given_with))
    row = plan.responsible_workers.filter(worker=former).first() or plan.responsible_workers.earliest(
        "position"
    )
    now = timezone.now()
    consent = consents.give(
        family=situation.family,
        to=to,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=METHODS[said.how],
        given_by=said.given_by,
        given_with=said.given_with,
        by=by,
    )
    if row.worker_id == to.pk:
        _carries_on(plan, row, to, by)
        return None
    handing = ResponsibilityHandover(
        plan=plan,
        from_worker=row.worker,
        to_worker=to,
        why=why,
        family_told_on=said.on,
        family_told_how=said.how,
        consent=consent,
        offered_by=by,
        offered_at=now,
        form_key=form_key,
    )
    handing.full_clean(exclude=["plan"])
    handing.save()
    responsibility_letters.queue_offered(handing)
    return handing


@transaction.atomic
def accept_responsibility(*, handing: ResponsibilityHandover, by: Worker) -> Plan:
    """Take the responsibility: the former one's part is over. Taking it twice is taking it once."""
    handing, by = _locked(handing, by)
    plan = handing.plan
    if handing.status == HandingStatus.ACCEPTED and handing.to_worker_id == by.pk:
        return plan
    require(rules_of_handing.why_not_answer(by, handing))
    _answered(handing, HandingStatus.ACCEPTED)
    row = plan.responsible_workers.get(worker=handing.from_worker_id)
    was_named = not row.stands_in
    _carries_on(plan, row, by, by)
    if was_named:
        _let_out(plan, handing.from_worker, by)
    responsibility_letters.queue_taken(handing)
    return plan


def _carries_on(plan: Plan, row: ResponsibleWorker, worker: Worker, by: Worker) -> None:
    row.worker, row.stands_in = worker, False
    row.save(update_fields=["worker", "stands_in"])
    pass_copies_on(plan, by)
    messages.remind_those_named_now(plan)


def _let_out(plan: Plan, former: Worker, by: Worker) -> None:
    """The family let the former one have its matters for this; another open plan may still name them."""
    family = plan.situation.family_id
    if ResponsibleWorker.objects.in_force().filter(worker=former, plan__situation__family=family).exists():
        return
    permissions = Consent.objects.in_force().filter(family=family, purpose=ConsentPurpose.COPY, worker=former)
    for consent in permissions:
        consents.withdraw(consent=consent, by=by)


@transaction.atomic
def decline_responsibility(*, handing: ResponsibilityHandover, by: Worker) -> ResponsibilityHandover:
    """Say no: the responsibility stays where it was."""
    handing, by = _locked(handing, by)
    if handing.status == HandingStatus.DECLINED and handing.to_worker_id == by.pk:
        return handing
    require(rules_of_handing.why_not_answer(by, handing))
    _answered(handing, HandingStatus.DECLINED)
    _permission_lapses(handing, by)
    responsibility_letters.queue_declined(handing)
    return handing


@transaction.atomic
def take_back_responsibility(*, handing: ResponsibilityHandover, by: Worker) -> ResponsibilityHandover:
    """Take the offer back before it is answered."""
    handing, by = _locked(handing, by)
    if handing.status == HandingStatus.WITHDRAWN:
        return handing
    require(rules_of_handing.why_not_take_back(by, handing))
    _answered(handing, HandingStatus.WITHDRAWN)
    _permission_lapses(handing, by)
    return handing


def settle_handings() -> int:
    """Give back what nobody can take any more, and tell of what passed by itself; how many were settled.

    The database passes on and gives back in the statement that closes an account; what follows of it is done
    here. Safe to run twice, and by many at once: a row is settled by the first that locks it.
    """
    for handing in ResponsibilityHandover.objects.stranded().order_by("pk"):
        _come_back(handing)
    unsettled = ResponsibilityHandover.objects.unsettled().order_by("pk")
    return sum(_settle(handing) for handing in unsettled)


@transaction.atomic
def _come_back(handing: ResponsibilityHandover) -> None:
    handing, _by = _locked(handing, None)
    if ResponsibilityHandover.objects.stranded().filter(pk=handing.pk).exists():
        _answered(handing, HandingStatus.RETURNED)


@transaction.atomic
def _settle(handing: ResponsibilityHandover) -> bool:
    handing, _by = _locked(handing, None)
    if handing.told_at is not None:
        return False
    handing.told_at = timezone.now()
    handing.save(update_fields=["told_at"])
    if handing.status == HandingStatus.RETURNED:
        _permission_lapses(handing, handing.offered_by)
        responsibility_letters.queue_returned(handing)
    else:
        responsibility_letters.queue_passed(handing)
        if handing.plan.is_in_force:
            messages.remind_those_named_now(handing.plan)
    return True


def _permission_lapses(handing: ResponsibilityHandover, by: Worker | None) -> None:
    """What was let for this offer alone ends with it."""
    consent = handing.consent
    is_named = handing.plan.responsible_workers.filter(worker=handing.to_worker_id).exists()
    if (
        consent is not None
        and consent.is_in_force
        and consent.given_at >= handing.offered_at
        and not is_named
    ):
        consents.withdraw(consent=consent, by=by)


def _account_now(worker: Worker) -> Worker:
    """The worker as they are now, and kept so until the end: an account may be closed at the same moment."""
    return Worker.objects.select_for_update(of=("self",), no_key=True).get(pk=worker.pk)


def _locked(handing: ResponsibilityHandover, by: Worker | None) -> tuple[ResponsibilityHandover, Any]:
    """The offer and the one who answers, locked in the order of the house: workers before the plan."""
    situation = locked_situation(handing.plan.situation)
    by = _account_now(by) if by is not None else None
    lock(handing)
    fresh = ResponsibilityHandover.objects.select_related(
        "plan", "from_worker", "to_worker", "offered_by", "consent"
    ).get(pk=handing.pk)
    fresh.plan.situation = situation
    return fresh, by


def _answered(handing: ResponsibilityHandover, status: HandingStatus) -> None:
    handing.status, handing.answered_at = status, timezone.now()
    handing.save(update_fields=["status", "answered_at"])
