"""Numbers as if they had been counted; how they come to be counted is tried in their own tests."""

from datetime import date

from meetings.states import MeetingKind
from network.models import Municipality, NetworkTally, Tally, TallyChange


def counted(municipality: Municipality | str, month: date, figure: str, part: str, number: int) -> None:
    """So many of the figure's part in the municipality (or that of the code) in the month, besides others."""
    code = municipality if isinstance(municipality, str) else municipality.pk
    TallyChange.objects.create(municipality_id=code, month=month, figure=figure, part=part, change=number)


def held(municipality: Municipality | str, month: date, number: int) -> None:
    """So many shared times held."""
    counted(municipality, month, "held", MeetingKind.SHARED_TIME, number)


def nothing_counted() -> None:
    """As if nothing had been counted yet."""
    for rows in (Tally, NetworkTally, TallyChange):
        rows.objects.all().delete()
