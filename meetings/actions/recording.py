"""What is written down of a shared time: who came, the star, the notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from network.models import Worker
from perhekeskus.refusals import require

from ..models import Meeting, StarRay
from ..rules import meetings as rules
from ..states import Attendance, MeetingStatus, StarHeading, StarTone
from . import feedback
from .convening import changed, locked
from .situations import locked as locked_situation


@dataclass(frozen=True)
class Record:
    """Attendance by participation id, (tone, text) by heading of the star, and the notes."""

    attendance: Mapping[int, Attendance] = field(default_factory=dict)
    rays: Mapping[StarHeading, tuple[StarTone, str]] = field(default_factory=dict)
    notes: str = ""


@transaction.atomic
def record(*, meeting: Meeting, by: Worker, record: Record, seen_version: int | None = None) -> Meeting:
    """Write down the shared time as held. Who writes again has to have seen what stands there."""
    locked_situation(meeting.situation)
    meeting = locked(meeting, seen_version)
    require(rules.why_not_record(by, meeting))
    for participation in meeting.participations.all():
        came = record.attendance.get(participation.pk)
        if came is not None and participation.attendance != came:
            participation.attendance = came
            participation.save(update_fields=["attendance"])
    for heading, (tone, text) in record.rays.items():
        StarRay.objects.update_or_create(
            meeting=meeting, heading=heading, defaults={"tone": tone, "text": text}
        )
    meeting.notes = record.notes
    if meeting.status == MeetingStatus.INVITED:
        meeting.status = MeetingStatus.HELD
        meeting.held_at, meeting.held_by = timezone.now(), by
    changed(meeting, "notes", "status", "held_at", "held_by")
    feedback.ask(meeting=meeting, by=by)
    return meeting
