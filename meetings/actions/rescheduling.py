"""Moving a booked meeting to another time or room: the family is asked first, then everybody is told once."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions import invitations
from network.models import Worker
from network.states import ConsentMethod, InvitationStatus
from perhekeskus.refusals import Refused, require

from .. import messages
from ..models import Booking, Meeting, Room, TimeChange
from ..places import place_outside
from ..rules import bookings as booking_rules
from ..rules import meetings as meeting_rules
from ..rules import rescheduling as rules
from ..slots import seats_needed, workers_coming
from ..states import MeetingStatus, TimeChangeAnswer
from .booking import Taken, one_winner, rebook
from .convening import changed, locked
from .leading import free_from_leading
from .situations import locked as locked_situation


@transaction.atomic
def propose(
    *,
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    without: Collection[int] = (),
    seen_version: int | None = None,
) -> TimeChange:
    """Ask the family whether another time or room suits; the old one stays until it says yes.

    `period` has aware bounds; `without` are the keys of those whom the asker saw to be busy then. An earlier
    question that waits is replaced; the same question again is the same question.
    """
    change = _asked(meeting, by, period, room, without, seen_version)
    messages.queue_time_asked(change, owner=by)
    return change


def move(
    *,
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    method: ConsentMethod,
    without: Collection[int] = (),
    seen_version: int | None = None,
) -> Meeting:
    """Move the meeting at once: the family has said yes to the worker.

    Raises `Taken` when somebody was faster; then nothing has changed.
    """

    @transaction.atomic
    def take() -> Meeting:
        change = _asked(meeting, by, period, room, without, seen_version)
        return _agreed(change, by=by, method=method)

    return one_winner(take)


def say_yes(*, change: TimeChange, by: Worker | None = None, method: ConsentMethod) -> Meeting:
    """The family says yes and everything moves at once. `by` wrote it down; None on the family's own page.

    When somebody was faster, the old time stays, the question lapses, and `Refused` says so.
    """
    try:
        return one_winner(partial(_agreed_now, change, by, method))
    except Taken as taken:
        _close(change, TimeChangeAnswer.TAKEN)
        raise Refused(
            _("Ehdotettu aika ehti mennä toiselle. Aiemmin sovittu aika on edelleen voimassa.")
        ) from taken


@transaction.atomic
def say_no(
    *, change: TimeChange, by: Worker | None = None, method: ConsentMethod, word: str = ""
) -> TimeChange:
    """The proposed time does not suit the family; it may say what would. The old one stays. Twice is once."""
    change = _locked(change)
    if change.answer == TimeChangeAnswer.NO:
        return change
    if by is not None:
        require(meeting_rules.why_not_prepare(by, change.meeting))
    require(rules.why_not_answer_change(change))
    _answer(change, TimeChangeAnswer.NO, by=by, method=method, word=" ".join(word.split())[:300])
    messages.drop_time_asked(change.meeting)
    changed(change.meeting)
    return change


@transaction.atomic
def take_back(*, meeting: Meeting, by: Worker) -> None:
    """Ask the family no more; the old time stays. Twice is once."""
    meeting = _locked_meeting(meeting)
    require(meeting_rules.why_not_prepare(by, meeting))
    if _lapse(meeting):
        changed(meeting)


def _asked(
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    without: Collection[int],
    seen_version: int | None,
) -> TimeChange:
    meeting = _locked_meeting(meeting)
    require(rules.why_not_reschedule(by, meeting))
    same = meeting.time_changes.filter(answer="", period=period, room=room).first()
    if same is not None:
        same.meeting = meeting
        return same
    require(meeting_rules.why_not_fresh(meeting, seen_version))
    require(booking_rules.why_not_at(period.lower, period.upper))
    require(rules.why_not_there(meeting, period, room))
    if room is not None:
        require(booking_rules.why_not_in(room, seats_needed(meeting, workers_coming(meeting))))
    _lapse(meeting)
    change = TimeChange.objects.create(
        meeting=meeting, period=period, room=room, without=list(without), proposed_by=by
    )
    changed(meeting)
    return change


@transaction.atomic
def _agreed_now(change: TimeChange, by: Worker | None, method: ConsentMethod) -> Meeting:
    change = _locked(change)
    if change.answer == TimeChangeAnswer.YES:
        return change.meeting
    if by is not None:
        require(meeting_rules.why_not_prepare(by, change.meeting))
    require(rules.why_not_answer_change(change))
    return _agreed(change, by=by, method=method)


def _agreed(change: TimeChange, *, by: Worker | None, method: ConsentMethod) -> Meeting:
    """Write the yes down and move the locked meeting: bookings, invitations, letters."""
    meeting, period, room = change.meeting, change.period, change.room
    require(booking_rules.why_not_at(period.lower, period.upper))
    _answer(change, TimeChangeAnswer.YES, by=by, method=method)
    rebook(meeting, period=period, room=room, without=change.without)
    is_other_time = meeting.period != period
    meeting.period, meeting.room = period, room
    if meeting.status == MeetingStatus.INVITED:
        meeting.sequence += 1
    changed(meeting, "period", "room", "sequence")
    if meeting.status == MeetingStatus.INVITED:
        _tell_everybody(meeting, by=by or meeting.convener, is_other_time=is_other_time)
    return meeting


def _tell_everybody(meeting: Meeting, *, by: Worker, is_other_time: bool) -> None:
    seats = meeting.participations.exclude(invitation=None).exclude(
        invitation__status=InvitationStatus.REVOKED
    )
    place = place_outside(meeting)
    for seat in seats.filter(consent__withdrawn_at=None).select_related("invitation").order_by("invitation"):
        assert seat.invitation is not None and meeting.period is not None
        came = seat.invitation.coming_worker_id
        invitations.move(invitation=seat.invitation, period=meeting.period, place=place, by=by)
        if came is not None and is_other_time:
            # Who comes of a unit is asked again, so nobody leads in its name before that.
            free_from_leading(meeting, [came])
    messages.queue_family_moved(meeting, owner=by)


def _answer(
    change: TimeChange,
    answer: TimeChangeAnswer,
    *,
    by: Worker | None = None,
    method: ConsentMethod | None = None,
    word: str = "",
) -> None:
    change.answer, change.answered_at = answer, timezone.now()
    change.recorded_by, change.method, change.word = by, method or "", word
    change.save(update_fields=["answer", "answered_at", "recorded_by", "method", "word"])


@transaction.atomic
def _close(change: TimeChange, answer: TimeChangeAnswer) -> None:
    change = _locked(change)
    if not change.answer:
        _answer(change, answer)
        messages.drop_time_asked(change.meeting)
        changed(change.meeting)


def _lapse(meeting: Meeting) -> bool:
    """Let the question that waits go; False when none waits."""
    waiting = meeting.time_changes.filter(answer="")
    lapsed = waiting.update(answer=TimeChangeAnswer.GONE, answered_at=timezone.now())
    messages.drop_time_asked(meeting)
    return bool(lapsed)


def busy_at(meeting: Meeting, period: DateTimeTZRange) -> list[Worker]:
    """Those who come and have something else booked then; the meeting's own bookings are in nobody's way."""
    taken = Booking.objects.in_force().filter(period__overlap=period).exclude(meeting=meeting)
    keys = set(taken.filter(worker__in=workers_coming(meeting)).values_list("worker", flat=True))
    return [worker for worker in workers_coming(meeting) if worker.pk in keys]


def _locked(change: TimeChange) -> TimeChange:
    """The proposal read again under the locks of its situation and meeting, in the order of the house."""
    meeting = _locked_meeting(change.meeting)
    change = TimeChange.objects.select_related("room__unit").get(pk=change.pk)
    change.meeting = meeting
    return change


def _locked_meeting(meeting: Meeting) -> Meeting:
    locked_situation(meeting.situation)
    return locked(meeting)
