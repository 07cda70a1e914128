"""Numbers as if they had been counted; how they come to be counted is tried in their own tests."""

from datetime import date

from meetings.states import MeetingKind
from network.models import Municipality, Tally


def held(municipality: Municipality, month: date, number: int) -> None:
    """So many shared times held in the municipality in the month."""
    Tally.objects.create(
        municipality=municipality, month=month, figure="held", part=MeetingKind.SHARED_TIME, number=number
    )
