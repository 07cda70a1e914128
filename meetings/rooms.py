"""What is told of the rooms: to those who keep them when they are taken, to a convener that one is closed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.cards import UNIT_SOURCES, CardRow
from network.models import Unit, Worker
from perhekeskus import words

from .models import Booking, Room
from .states import Equipment, MeetingStatus
from .waiting import Waiting, number_of

MOST_TIMES = 60


def coming_times(room: Room) -> tuple[list[str], int]:
    """When the room is taken from now on, at most `MOST_TIMES` of them, and how many more. Two queries.

    Times alone: who meets there and why is nobody's business here.
    """
    ahead = room.bookings.in_force().filter(period__endswith__gt=timezone.now())
    periods = ahead.order_by("period").values_list("period", flat=True)
    shown = [words.span(period.lower, period.upper) for period in periods[:MOST_TIMES]]
    return shown, max(periods.count() - len(shown), 0)


def facts_in_words(room: Room) -> str:
    """How large it is and what it has, in a line."""
    seats = ngettext("%(count)d paikka", "%(count)d paikkaa", room.seats) % {"count": room.seats}
    has = [str(label) for value, label in Equipment.choices if value in room.equipment]
    return ", ".join([seats, *([_("esteetön")] if room.is_accessible else []), *has])


def rooms_waiting(worker: Worker) -> Iterable[Waiting]:
    """To the convener: a time ahead in a room that was closed after it was booked or held."""
    bookings = (
        Booking.objects.in_force()
        .filter(
            room__closed_at__isnull=False,
            meeting__convener=worker,
            period__startswith__gt=timezone.now(),
        )
        .select_related("room", "meeting__situation")
    )
    for booking in bookings:
        assert booking.room is not None and booking.room.closed_at is not None and booking.meeting is not None
        is_held = booking.meeting.status == MeetingStatus.DECIDED
        yield Waiting(
            at=booking.room.closed_at,
            title=_("Varaamasi tila ei ole enää käytössä"),
            text=f"{number_of(booking.meeting.situation)} · {_span(booking)}",
            action_label=_("Etsi uusi aika") if is_held else _("Siirrä toiseen tilaan"),
            action_url=reverse(
                "meeting_time" if is_held else "meeting_reschedule", args=[booking.meeting_id]
            ),
        )


def _span(booking: Booking) -> str:
    return words.span(booking.period.lower, booking.period.upper)


def _row_of_unit(unit: Unit) -> Iterable[CardRow]:
    names = Room.objects.open().filter(unit=unit).order_by("name").values_list("name", flat=True)
    if names:
        url = f"{reverse('room_list')}?municipality={unit.municipality_id}#yksikko-{unit.pk}"
        yield CardRow(_("Tilat"), ", ".join(names), url)


if _row_of_unit not in UNIT_SOURCES:
    UNIT_SOURCES.append(_row_of_unit)
