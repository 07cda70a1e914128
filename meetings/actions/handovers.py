"""The koppi changes hands only when the receiver takes it."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from network.models import Worker
from perhekeskus.refusals import require

from .. import messages
from ..models import Booking, Handover, Situation
from ..rules import situations as rules
from ..states import OPEN_MEETINGS, Decision, HandoverStatus
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
    _convene_from_now_on(situation, by)
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
    if handover.from_worker_id != by.pk:
        require(rules.why_not_edit_family(by, situation))
    if handover.status == HandoverStatus.OFFERED:
        _answered(handover, HandoverStatus.WITHDRAWN)
    return handover


def _convene_from_now_on(situation: Situation, by: Worker) -> None:
    """Who has the koppi convenes what is still ahead; the former holder's part in it is over."""
    for meeting in situation.meetings.filter(status__in=OPEN_MEETINGS).select_for_update(of=("self",)):
        former, meeting.convener = meeting.convener_id, by
        for role in ("chair_id", "recorder_id", "timekeeper_id"):
            if getattr(meeting, role) == former:
                setattr(meeting, role, by.pk)
        meeting.version += 1
        meeting.save(update_fields=["convener", "chair", "recorder", "timekeeper", "version"])
        stays = meeting.participations.filter(worker=former, decision=Decision.YES).exists()
        if meeting.period is None or stays:
            continue
        meeting.bookings.filter(worker=former).delete()
        # What is already in the new convener's calendar is theirs to settle.
        with suppress(IntegrityError), transaction.atomic():
            Booking.objects.get_or_create(meeting=meeting, worker=by, defaults={"period": meeting.period})


def _locked(handover: Handover) -> tuple[Handover, Situation]:
    situation = locked(handover.situation)
    fresh = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    return fresh, situation


def _answered(handover: Handover, status: HandoverStatus) -> Handover:
    handover.status = status
    handover.answered_at = timezone.now()
    handover.save(update_fields=["status", "answered_at"])
    return handover
