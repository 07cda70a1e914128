"""A worker's own shared times as a calendar: when and where, and not a word of whose or why."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from network.calendars import Entry, feed
from network.models import Worker
from network.states import InvitationStatus
from network.whereabouts import place_of

from .models import Meeting, Participation
from .places import place_outside
from .states import MeetingStatus

SHOWN = (MeetingStatus.BOOKED, MeetingStatus.INVITED, MeetingStatus.HELD)


def own_calendar(worker: Worker) -> bytes:
    """The shared times that the worker convenes or is let into, ahead and lately, in the order of time.

    Under the same UIDs as in the messages, so a calendar that has both shows one. Two queries.
    """
    entries = {entry.uid: entry for entry in [*_invited(worker), *_convened(worker)]}
    return feed(sorted(entries.values(), key=lambda entry: (entry.starts_at, entry.uid)))


def _convened(worker: Worker) -> list[Entry]:
    if not worker.works_with_families:
        return []
    lately = timezone.now() - timedelta(days=settings.AFTERWARDS_DAYS)
    meetings = Meeting.objects.filter(
        convener=worker, status__in=SHOWN, period__endswith__gt=lately
    ).select_related("situation__family", "room__unit")
    return [
        Entry(
            uid=meeting.event_uid,
            sequence=meeting.sequence,
            starts_at=meeting.period.lower,
            ends_at=meeting.period.upper,
            stamp=meeting.invited_at or meeting.decided_at or meeting.created_at,
            place=place_outside(meeting),
            # A booked time can still be given back.
            is_tentative=meeting.status == MeetingStatus.BOOKED,
        )
        for meeting in meetings
        if meeting.period is not None
    ]


def _invited(worker: Worker) -> list[Entry]:
    if not worker.works_with_families:
        return []
    participations = Participation.objects.permitted_for(worker).select_related("invitation__consent__family")
    return [
        Entry(
            uid=invitation.event_uid,
            sequence=invitation.sequence,
            starts_at=invitation.period.lower,
            ends_at=invitation.period.upper,
            stamp=invitation.created_at,
            place=place_of(invitation),
            is_tentative=invitation.status != InvitationStatus.ACCEPTED,
        )
        for invitation in (participation.invitation for participation in participations)
        if invitation is not None
    ]
