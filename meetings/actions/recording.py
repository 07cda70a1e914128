"""What is written down of a shared time: who came, the star, the notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from network.models import Worker
from perhekeskus.autosave import Change, WrittenMeanwhile, as_text, sort
from perhekeskus.refusals import require

from ..agreed import has_agreed_plan
from ..models import Meeting
from ..recorded import RAY_PARTS, ray_field, saved_fields, write_fields
from ..rules import meetings as rules
from ..states import (
    Attendance,
    MeetingKind,
    MeetingStatus,
    Stage,
    StarAspect,
    StarHeading,
    StarTone,
    StarVoice,
)
from . import feedback
from .convening import changed, locked
from .situations import locked as locked_situation
from .situations import move


@dataclass(frozen=True)
class RayWords:
    """One heading of the star: how the family sees it, what is talked about, what carries, in whose words."""

    tone: StarTone = StarTone.NONE
    text: str = ""
    strengths: str = ""
    text_by: Sequence[StarVoice] = ()
    strengths_by: Sequence[StarVoice] = ()
    aspects: Sequence[StarAspect] = ()


@dataclass(frozen=True)
class Record:
    """Attendance by participation id, what was said under each heading of the star, and the notes."""

    attendance: Mapping[int, Attendance] = field(default_factory=dict)
    rays: Mapping[StarHeading, RayWords] = field(default_factory=dict)
    notes: str = ""

    def fields(self) -> dict[str, str]:
        """The same by the names of the recorder's page."""
        fields = {f"came_{pk}": came.value for pk, came in self.attendance.items()}
        for heading, said in self.rays.items():
            fields |= {ray_field(part, heading): as_text(getattr(said, part)) for part in RAY_PARTS}
        return fields | {"notes": self.notes}


@transaction.atomic
def record(*, meeting: Meeting, by: Worker, record: Record) -> Meeting:
    """Write down the shared time as held."""
    locked_situation(meeting.situation)
    meeting = locked(meeting)
    require(rules.why_not_record(by, meeting))
    write_fields(meeting, record.fields())
    return _closed(meeting, by)


@transaction.atomic
def close(*, meeting: Meeting, by: Worker, changes: Mapping[str, Change]) -> Meeting:
    """Save the recorder's whole page, and mark the shared time as held.

    Nothing is written over unseen: raises WrittenMeanwhile, and then nothing is saved.
    """
    locked_situation(meeting.situation)
    meeting = locked(meeting)
    require(rules.why_not_record(by, meeting))
    found = sort(changes, saved_fields(meeting))
    if found.clash:
        raise WrittenMeanwhile(rules.STALE, found.clash)
    write_fields(meeting, found.write)
    return _closed(meeting, by)


@transaction.atomic
def save_fields(*, meeting: Meeting, by: Worker, changes: Mapping[str, Change]) -> dict[str, str]:
    """Save single fields while the page is written; what is saved then, whoever wrote it.

    The meeting stays as it is, neither held nor of a newer version: nobody's other page gets old by it.
    """
    locked_situation(meeting.situation)
    meeting = locked(meeting)
    require(rules.why_not_record(by, meeting))
    saved = saved_fields(meeting)
    write = sort(changes, saved).write
    write_fields(meeting, write)
    return saved | write


def _closed(meeting: Meeting, by: Worker) -> Meeting:
    if meeting.status == MeetingStatus.INVITED:
        meeting.status = MeetingStatus.HELD
        meeting.held_at, meeting.held_by = timezone.now(), by
        if meeting.kind_id == MeetingKind.FOLLOW_UP and has_agreed_plan(meeting.situation):
            # The plan goes on as it is, until a new version is agreed on.
            move(meeting.situation, Stage.PLAN)
    changed(meeting, "notes", "status", "held_at", "held_by")
    feedback.ask(meeting=meeting, by=by)
    return meeting
