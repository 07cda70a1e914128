"""The koppi changes hands only when the receiver takes it; of a unit, the first who catches it."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from network.models import Unit, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import handover_letters as letters
from ..models import Booking, Handover, Hold, Situation
from ..rules import handovers as rules
from ..rules.handovers import Receiver
from ..states import OPEN_MEETINGS, Decision, HandoverStatus
from .situations import locked


@transaction.atomic
def offer(*, situation: Situation, by: Worker, to: Receiver, note: str = "") -> Handover:
    """Offer the koppi to somebody, or to a unit, whom the family knows of; it stays until they take it."""
    situation = locked(situation)
    require(rules.why_not_offer(by, situation))
    to = _receiver_now(to)
    require(rules.why_not_receive(to, situation))
    return _offered(situation, to, note=note, family_told=True)


@transaction.atomic
def offer_for(*, situation: Situation, by: Worker, to: Receiver, note: str = "") -> Handover:
    """A supervisor offers the koppi of one who is away, without seeing whose matter it is.

    The family's own page tells that it is offered, and to whom.
    """
    situation = locked(situation)
    by, to = _account_now(by), _receiver_now(to)
    require(rules.why_not_offer_for(by, situation))
    require(rules.why_not_receive(to, situation))
    require(rules.why_not_receive_for(by, to))
    return _offered(situation, to, note=note, offered_by=by)


def _offered(situation: Situation, to: Receiver, **how: object) -> Handover:
    receiver = {"to_unit": to} if isinstance(to, Unit) else {"to_worker": to}
    handover = Handover.objects.create(situation=situation, from_worker=situation.holder, **receiver, **how)
    letters.queue_offered(handover)
    return handover


@transaction.atomic
def accept(*, handover: Handover, by: Worker) -> Situation:
    """Take the koppi. Taking it twice is taking it once; of a unit, one is the first."""
    handover, situation = _locked(handover)
    if handover.taker_id == situation.holder_id == by.pk:
        return situation
    by = _account_now(by)
    require(rules.why_not_answer(by, handover))
    if handover.to_unit_id is not None:
        handover.caught_by = by
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
    require(rules.why_not_decline(by, handover))
    return _answered(handover, HandoverStatus.DECLINED)


@transaction.atomic
def withdraw_offer(*, handover: Handover, by: Worker) -> Handover:
    """Take the offer back before it is answered."""
    handover, _situation = _locked(handover)
    if handover.status == HandoverStatus.WITHDRAWN:
        return handover
    require(rules.why_not_withdraw(by, handover))
    return _answered(handover, HandoverStatus.WITHDRAWN)


def return_stranded() -> int:
    """Give back each offer that nobody can take any more, and tell who made it; how many came back.

    The database gives most of them back in the statement that closes an account; what was locked at that
    moment is found here. Safe to run twice, and by many at once: a letter is one letter.
    """
    for handover in Handover.objects.stranded().select_related("situation").order_by("pk"):
        _come_back(handover)
    return letters.queue_returned()


@transaction.atomic
def _come_back(handover: Handover) -> None:
    handover, _situation = _locked(handover)
    if Handover.objects.stranded().filter(pk=handover.pk).exists():
        _answered(handover, HandoverStatus.RETURNED)


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
        held = Hold.objects.filter(meeting=meeting).first()
        period = meeting.period or (held.period if held is not None and held.is_live else None)
        if period is None or stays:
            continue
        meeting.bookings.filter(worker=former).delete()
        # What is already in the new convener's calendar is theirs to settle.
        with suppress(IntegrityError), transaction.atomic():
            Booking.objects.get_or_create(
                meeting=meeting, worker=by, defaults={"period": period, "hold": held}
            )


def _account_now(worker: Worker) -> Worker:
    """The worker as they are now, and kept so until the end: an account may be closed at the same moment."""
    return Worker.objects.select_for_update(of=("self",), no_key=True).get(pk=worker.pk)


def _receiver_now(to: Receiver) -> Receiver:
    return to if isinstance(to, Unit) else _account_now(to)


def _locked(handover: Handover) -> tuple[Handover, Situation]:
    situation = locked(handover.situation)
    lock(handover)
    fresh = Handover.objects.select_related(
        "to_worker", "to_unit", "caught_by", "from_worker", "offered_by"
    ).get(pk=handover.pk)
    fresh.situation = situation
    return fresh, situation


def _answered(handover: Handover, status: HandoverStatus) -> Handover:
    handover.status = status
    handover.answered_at = timezone.now()
    handover.save(update_fields=["status", "answered_at", "caught_by"])
    if status in {HandoverStatus.ACCEPTED, HandoverStatus.DECLINED}:
        letters.queue_answered(handover)
    return handover
