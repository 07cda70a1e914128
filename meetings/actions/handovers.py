"""The koppi changes hands only when the receiver takes it."""

from django.db import transaction
from django.utils import timezone

from network.models import Worker
from perhekeskus.refusals import require

from .. import messages
from ..models import Handover, Situation
from ..rules import situations as rules
from ..states import HandoverStatus
from .situations import locked


@transaction.atomic
def offer(*, situation: Situation, by: Worker, to: Worker, note: str = "") -> Handover:
    """Offer the koppi to somebody whom the family knows of; it stays where it is until they take it."""
    situation = locked(situation)
    require(rules.why_not_offer(by, situation))
    require(rules.why_not_receive(to, situation))
    handover = Handover.objects.create(
        situation=situation, from_worker=by, to_worker=to, note=note, family_told=True
    )
    messages.queue_handover_offered(handover)
    return handover


@transaction.atomic
def accept(*, handover: Handover, by: Worker) -> Situation:
    """Take the koppi. Taking it twice is taking it once."""
    handover, situation = _locked(handover)
    if handover.status == HandoverStatus.ACCEPTED and situation.holder_id == by.pk:
        return situation
    require(rules.why_not_answer_handover(by, handover))
    _answered(handover, HandoverStatus.ACCEPTED)
    situation.holder = by
    situation.save(update_fields=["holder"])
    return situation


@transaction.atomic
def decline(*, handover: Handover, by: Worker) -> Handover:
    """Say no to the koppi: it stays where it was."""
    handover, _situation = _locked(handover)
    if handover.status == HandoverStatus.DECLINED and handover.to_worker_id == by.pk:
        return handover
    require(rules.why_not_answer_handover(by, handover))
    return _answered(handover, HandoverStatus.DECLINED)


@transaction.atomic
def withdraw_offer(*, handover: Handover, by: Worker) -> Handover:
    """Take the offer back before it is answered."""
    handover, situation = _locked(handover)
    if handover.status == HandoverStatus.WITHDRAWN:
        return handover
    require(rules.why_not_edit_family(by, situation))
    if handover.status == HandoverStatus.OFFERED:
        _answered(handover, HandoverStatus.WITHDRAWN)
    return handover


def _locked(handover: Handover) -> tuple[Handover, Situation]:
    situation = locked(handover.situation)
    fresh = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    return fresh, situation


def _answered(handover: Handover, status: HandoverStatus) -> Handover:
    handover.status = status
    handover.answered_at = timezone.now()
    handover.save(update_fields=["status", "answered_at"])
    return handover
