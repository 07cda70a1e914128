"""Holding a time until the family has answered: taken for a while, made longer, given back."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from .. import messages
from ..models import Booking, Hold, Meeting, OfferedTime, Room, TimesOffer
from ..models.holds import LONGEST_HOLD
from ..rules import bookings as booking_rules
from ..rules import meetings as rules
from ..slots import seats_needed, workers_coming
from ..states import PlaceKind
from .booking import leave_to_the_winner, let_go, one_winner, stand_in_line
from .convening import changed, locked


def hold_hours() -> list[int]:
    """For how long a time can be held."""
    return sorted({24, 48, 72, settings.HOLD_HOURS})


def hold(
    *,
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    hours: int,
    seen_version: int | None,
    without: Collection[int] = (),
) -> Meeting:
    """Hold the time, its people and its room for so many hours, and ask the family whether it suits.

    It replaces what was held or offered before. Raises `Taken` when somebody was faster.
    """
    return one_winner(lambda: _hold(meeting, by, period, room, hours, seen_version, without))


@transaction.atomic
def _hold(
    meeting: Meeting,
    by: Worker,
    period: DateTimeTZRange,
    room: Room | None,
    hours: int,
    seen_version: int | None,
    without: Collection[int],
) -> Meeting:
    meeting = locked(meeting)
    require(rules.why_not_prepare(by, meeting))
    room = room if meeting.place_kind == PlaceKind.ROOM else None
    held = Hold.objects.filter(meeting=meeting, period=period, room=room).first()
    if held is not None and held.is_live:
        return meeting
    require(rules.why_not_book(by, meeting))
    require(rules.why_not_fresh(meeting, seen_version))
    require(booking_rules.why_not_at(period.lower, period.upper))
    leave_to_the_winner(meeting, room, period)
    workers = workers_coming(meeting)
    require(booking_rules.why_not_held_in(meeting, room, seats_needed(meeting, workers)))
    if hours not in hold_hours():
        raise Refused(_("Valitse, kuinka kauan aikaa pidetään varattuna."))
    stand_in_line(workers, room)
    let_go(meeting)
    now = timezone.now()
    new = Hold.objects.create(
        meeting=meeting,
        period=period,
        room=room,
        without=list(without),
        held_at=now,
        held_by=by,
        expires_at=min(now + timedelta(hours=hours), period.lower),
    )
    people = [worker for worker in workers if worker.pk not in without]
    Booking.objects.bulk_create(
        [
            *(Booking(worker=worker, meeting=meeting, hold=new, period=period) for worker in people),
            *([Booking(room=room, meeting=meeting, hold=new, period=period)] if room is not None else []),
        ]
    )
    TimesOffer.objects.filter(meeting=meeting).delete()
    offer = TimesOffer.objects.create(meeting=meeting, offered_by=by)
    OfferedTime.objects.create(offer=offer, period=period, room=room, without=list(without))
    changed(meeting)
    messages.queue_times_offered(meeting, owner=by)
    return meeting


@transaction.atomic
def hold_longer(*, meeting: Meeting, by: Worker, hours: int | None = None) -> Hold:
    """Let the hold last for so many hours from now, not past its time, nor two weeks in all."""
    meeting = locked(meeting)
    require(rules.why_not_prepare(by, meeting))
    held = Hold.objects.filter(meeting=meeting).first()
    if held is None:
        raise Refused(_("Aikaa ei ole varattu alustavasti."))
    lock(held)
    held.refresh_from_db()
    if not held.is_live:
        raise Refused(_("Alustava varaus on jo päättynyt. Etsi aika uudelleen: se voi olla yhä vapaa."))
    hours = settings.HOLD_HOURS if hours is None else hours
    until = min(timezone.now() + timedelta(hours=hours), held.period.lower, held.held_at + LONGEST_HOLD)
    if until <= held.expires_at:
        raise Refused(_("Alustavaa varausta ei voi enää jatkaa pidemmälle."))
    held.expires_at = until
    held.save(update_fields=["expires_at"])
    changed(meeting)
    return held
