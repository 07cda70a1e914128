"""The meetings of the coming days, of one worker: who is invited, who has answered, who comes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from network.models import Worker
from network.states import ANSWERS, InvitationStatus

from .models import Meeting, Participation


@dataclass(frozen=True)
class Upcoming:
    """A meeting of the coming days: its row and how many of the invited have answered or are coming."""

    meeting: Meeting
    invited: int
    answered: int
    coming: int


def meetings_between(worker: Worker, first: date, last: date) -> list[Upcoming]:
    """The worker's own meetings that begin on the days first…last of Helsinki, in order of time."""
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(last, datetime.max.time()))
    # By worker first, each way by its own index: one condition with OR would read the whole county.
    coming = Meeting.objects.upcoming().filter(period__startswith__range=(start, end)).order_by().values("pk")
    permitted = Participation.objects.permitted_for(worker).order_by().values("meeting")
    mine = coming.filter(convener=worker).union(
        coming.filter(situation__holder=worker), coming.filter(pk__in=permitted)
    )
    invited = Q(participations__invitation__isnull=False) & ~Q(
        participations__invitation__status=InvitationStatus.REVOKED
    )
    meetings = (
        Meeting.objects.filter(pk__in=[row["pk"] for row in mine])
        .select_related("kind", "room__unit")
        .annotate(
            invited_count=Count("participations", filter=invited),
            answered_count=Count(
                "participations",
                filter=invited & Q(participations__invitation__status__in=ANSWERS),
            ),
            coming_count=Count(
                "participations",
                filter=Q(participations__invitation__status=InvitationStatus.ACCEPTED),
            ),
        )
        .order_by("period")
    )
    return [
        Upcoming(meeting, meeting.invited_count, meeting.answered_count, meeting.coming_count)
        for meeting in meetings
    ]
