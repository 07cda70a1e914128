"""Was it a pity that somebody was not there: written down by those who led the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from network.models import Worker
from perhekeskus.refusals import require

from ..models import Meeting
from ..rules.meetings import why_not_record
from ..states import MISSING, WasNeeded
from .convening import locked


@dataclass(frozen=True)
class Pity:
    """Whether the missing person was needed, and a line of why."""

    was_needed: WasNeeded | None
    line: str = ""


@transaction.atomic
def write_missing(*, meeting: Meeting, by: Worker, pities: Mapping[int, Pity]) -> None:
    """Keep the word on each of the missing, by participation; whoever came is passed over."""
    meeting = locked(meeting)
    require(why_not_record(by, meeting))
    for one in meeting.participations.filter(attendance__in=MISSING, pk__in=list(pities)):
        pity = pities[one.pk]
        one.was_needed = pity.was_needed.value if pity.was_needed is not None else ""
        one.needed_line = pity.line.strip() if pity.was_needed is not None else ""
        one.save(update_fields=["was_needed", "needed_line"])
