"""Numbers as if they had been counted; how they come to be counted is tried in their own tests."""

from datetime import date

from meetings.states import MeetingKind
from network.models import Municipality, Tally


def counted(municipality: Municipality, month: date, figure: str, part: str, number: int) -> None:
    """So many of the figure's part in the municipality in the month."""
    Tally.objects.create(municipality=municipality, month=month, figure=figure, part=part, number=number)


def held(municipality: Municipality, month: date, number: int) -> None:
    """So many shared times held."""
    counted(municipality, month, "held", MeetingKind.SHARED_TIME, number)
