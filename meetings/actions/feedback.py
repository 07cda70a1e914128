"""Asking how a shared time was, and taking the answers, each apart from the one who gave it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from network.models import OutsideProfessional, Worker
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import require

from .. import feedback_letters
from ..models import FeedbackAnswer, FeedbackReceipt, Meeting, Participation
from ..rules import feedback as rules
from ..states import Attendance, Decision, FeedbackSide, FeedbackStep


@dataclass(frozen=True)
class Said:
    """The three steps in the order of the side's questions, and a free line."""

    steps: tuple[FeedbackStep, FeedbackStep, FeedbackStep]
    words: str = ""
    holder_may_read: bool = False


def ask(*, meeting: Meeting, by: Worker) -> None:
    """Ask the family and each professional who was there; whoever has been asked is not asked again.

    Called in the transaction that writes the meeting down as held, and whenever attendance is written anew.
    """
    present = list(
        meeting.participations.filter(attendance=Attendance.PRESENT, decision=Decision.YES)
        .with_people()
        .select_related("consent", "invitation__coming_worker")
    )
    asked: set[tuple[str, int | None, int | None]] = set(
        meeting.feedback_receipts.values_list("side", "worker", "outside_professional")
    )
    if any(one.member_id for one in present) and (FeedbackSide.FAMILY, None, None) not in asked:
        receipt = FeedbackReceipt(meeting=meeting, side=FeedbackSide.FAMILY, link=_link())
        _asked(receipt, by=by, permission=None)
    professionals = [(meeting.convener, None), *[_professional(one) for one in present]]
    for who, permission in professionals:
        if who is None:
            continue
        receipt = FeedbackReceipt(meeting=meeting, side=FeedbackSide.PROFESSIONAL)
        if isinstance(who, OutsideProfessional):
            receipt.outside_professional, receipt.link = who, None
        else:
            receipt.worker = who
        row = (FeedbackSide.PROFESSIONAL, receipt.worker_id, receipt.outside_professional_id)
        if row in asked:
            continue
        asked.add(row)
        if receipt.outside_professional is not None:
            receipt.link = _link()
        _asked(receipt, by=by, permission=permission)


def _professional(one: Participation) -> tuple[Worker | OutsideProfessional | None, int | None]:
    """Who came, and the permission under which they may be written to; nobody when it is gone."""
    consent = one.consent
    if consent is None or not consent.is_in_force:
        return None, None
    if one.outside_professional is not None:
        return one.outside_professional, consent.pk
    if one.worker is not None:
        return one.worker, consent.pk
    came = one.invitation.coming_worker if one.invitation is not None else None
    return came, consent.pk


def _link() -> AccessLink:
    return AccessLink.objects.issue(LinkPurpose.FEEDBACK, days=settings.FEEDBACK_DAYS + 1)


def _asked(receipt: FeedbackReceipt, *, by: Worker, permission: int | None) -> None:
    receipt.save()
    feedback_letters.queue_question(receipt, owner=by, permission=permission)


@transaction.atomic
def answer(*, receipt: FeedbackReceipt, said: Said) -> None:
    """Keep the answer and, apart from it, that this one has answered. Nothing says which was whose."""
    receipt = (
        FeedbackReceipt.objects.select_for_update(of=("self",))
        .select_related("meeting__situation__family")
        .get(pk=receipt.pk)
    )
    words = said.words.strip()
    require(rules.why_not_answer(receipt))
    require(rules.why_not_words(receipt, words, holder_may_read=said.holder_may_read))
    receipt.is_answered = True
    receipt.save(update_fields=["is_answered"])
    first, second, third = said.steps
    FeedbackAnswer.objects.create(
        meeting_id=receipt.meeting_id,
        side=receipt.side,
        first=first,
        second=second,
        third=third,
        words=words,
        holder_may_read=said.holder_may_read and receipt.side == FeedbackSide.FAMILY and bool(words),
    )
    feedback_letters.drop_question(receipt)


@transaction.atomic
def enter(*, meeting: Meeting, by: Worker, said: Said) -> None:
    """Write in what the family said on paper or on the spot. It is not kept who wrote it in."""
    meeting = Meeting.objects.select_related("situation").get(pk=meeting.pk)
    require(rules.why_not_enter(by, meeting))
    answer(receipt=meeting.feedback_receipts.of_family().get(), said=said)
