"""Calling off one person's coming, writing down that a meeting was not held, and calling together again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from network.models import Worker
from network.states import InvitationStatus
from perhekeskus.refusals import require

from ..called_off import Reason
from ..models import Cancellation, Meeting, Participation, Topic
from ..rules import cancelling as rules
from ..states import Attendance, CalledOff, Decision, MeetingStatus
from .convening import changed, convene, locked, revoke
from .situations import back_from
from .situations import locked as locked_situation


@transaction.atomic
def take_out(*, participation: Participation, by: Worker, reason: Reason) -> Participation:
    """This one does not come, the meeting stays: told once, their time is free, their task is asked anew.

    Twice is once.
    """
    seat = _locked_seat(participation)
    if seat.invitation is not None and seat.invitation.status == InvitationStatus.REVOKED:
        return seat
    require(rules.why_not_take_out(by, seat))
    revoke(seat, owner=by)
    Cancellation.objects.create(
        meeting=seat.meeting, what=CalledOff.PERSON, participation=seat, by=by, **reason.fields
    )
    changed(seat.meeting)
    return seat


@transaction.atomic
def ask_after_all(*, participation: Participation, by: Worker) -> Participation:
    """Make room for a new invitation to one whose coming was called off; it is sent as the others are."""
    seat = _locked_seat(participation)
    if seat.invitation is None:
        return seat
    require(rules.why_not_ask_after_all(by, seat))
    seat.invitation = None
    seat.save(update_fields=["invitation"])
    changed(seat.meeting)
    return seat


@transaction.atomic
def leave_unheld(
    *, meeting: Meeting, by: Worker, reason: Reason, attendance: Mapping[int, Attendance] | None = None
) -> Meeting:
    """Write down that the meeting was not held, and who was there all the same. Twice is once."""
    situation = locked_situation(meeting.situation)
    meeting = locked(meeting)
    if meeting.status == MeetingStatus.NOT_HELD:
        return meeting
    require(rules.why_not_leave_unheld(by, meeting))
    for seat in meeting.participations.filter(pk__in=attendance or {}):
        seat.attendance = (attendance or {})[seat.pk]
        seat.save(update_fields=["attendance"])
    meeting.status = MeetingStatus.NOT_HELD
    changed(meeting, "status")
    Cancellation.objects.create(meeting=meeting, what=CalledOff.NOT_HELD, by=by, **reason.fields)
    back_from(situation)
    return meeting


@transaction.atomic
def convene_again(*, meeting: Meeting, by: Worker) -> Meeting:
    """A new meeting with the people and topics of one that was not held, as far as the family lets them.

    The permissions are those that are in force; the family changes its mind as before.
    """
    locked_situation(meeting.situation)
    meeting = Meeting.objects.select_related("situation__family", "kind").get(pk=meeting.pk)
    require(rules.why_not_again(by, meeting))
    new = convene(situation=meeting.situation, by=by, kind=meeting.kind)
    if new.participations.filter(member=None).exists() or new.topics.exists():
        return new
    now = timezone.now()
    for seat in meeting.participations.by_decision().with_people().select_related("consent"):
        if seat.decision == Decision.YES and seat.consent is not None and seat.consent.is_in_force:
            Participation.objects.create(
                meeting=new,
                consent=seat.consent,
                why=seat.why,
                decision=Decision.YES,
                decided_at=now,
                **{f"{name}_id": pk for name, pk in seat.consent.receiver_ids.items()},
            )
    for topic in meeting.topics.filter(decision=Decision.YES):
        Topic.objects.create(
            meeting=new,
            title=topic.title,
            by_family=topic.by_family,
            decision=Decision.YES,
            decided_at=now,
        )
    if new.participations.filter(member=None).exists() and new.topics.exists():
        new.status, new.decided_at = MeetingStatus.DECIDED, now
        changed(new, "status", "decided_at")
    return new


def _locked_seat(participation: Participation) -> Participation:
    """The seat read again under the locks of its situation and meeting."""
    locked_situation(participation.meeting.situation)
    meeting = locked(participation.meeting)
    seat = (
        Participation.objects.with_people().select_related("consent", "invitation").get(pk=participation.pk)
    )
    seat.meeting = meeting
    return seat
