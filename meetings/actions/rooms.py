"""Keeping the rooms: what is told of them, closing one that is not used, and taking away one never used."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Unit, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Room
from ..room_letters import queue_room_closed
from ..rules import rooms as rules


@dataclass(frozen=True)
class RoomCard:
    """What is told of a room."""

    name: str
    seats: int
    is_accessible: bool
    equipment: list[str]
    note: str


@transaction.atomic
def add_room(*, unit: Unit, by: Worker, card: RoomCard) -> Room:
    """Add a room to the unit. The same room twice is one."""
    lock(unit)
    require(rules.why_not_keep_rooms(by, unit))
    earlier = Room.objects.filter(unit=unit, name__iexact=card.name).first()
    if earlier is not None:
        if RoomCard(**{name: getattr(earlier, name) for name in asdict(card)}) == card:
            return earlier
        raise Refused(_("Yksiköllä on jo samanniminen tila."))
    return Room.objects.create(unit=unit, **asdict(card))


@transaction.atomic
def change_room(*, room: Room, by: Worker, card: RoomCard, seen_version: int) -> Room:
    """Tell something else of the room; what is booked in it stays."""
    room = _locked(room, by)
    require(rules.why_not_seen(room, seen_version))
    if Room.objects.filter(unit=room.unit_id, name__iexact=card.name).exclude(pk=room.pk).exists():
        raise Refused(_("Yksiköllä on jo samanniminen tila."))
    for name, value in asdict(card).items():
        setattr(room, name, value)
    return _saved(room)


@transaction.atomic
def close_room(*, room: Room, by: Worker, reason: str) -> Room:
    """Let nobody book the room any more, and tell each convener who has it ahead. Twice is once.

    What is booked stays, for a family has been told of it: its convener moves it.
    """
    room = _locked(room, by)
    reason = " ".join(reason.split())
    if room.closed_at is not None and room.closed_reason == reason:
        return room
    require(rules.why_not_close(room, reason))
    was_open = room.closed_at is None
    room.closed_at, room.closed_by, room.closed_reason = room.closed_at or timezone.now(), by, reason
    _saved(room)
    if was_open:
        queue_room_closed(room, owner=by)
    return room


@transaction.atomic
def open_room(*, room: Room, by: Worker) -> Room:
    """Take the room into use again. Twice is once."""
    room = _locked(room, by)
    if room.closed_at is None:
        return room
    room.closed_at = room.closed_by = None
    room.closed_reason = ""
    return _saved(room)


@transaction.atomic
def remove_room(*, room: Room, by: Worker) -> None:
    """Take away a room that was never booked nor offered."""
    room = _locked(room, by)
    require(rules.why_not_remove_room(room))
    try:
        room.delete()
    except ProtectedError as used:
        raise Refused(rules.USED) from used


def _locked(room: Room, by: Worker) -> Room:
    lock(room)
    room = Room.objects.select_related("unit").get(pk=room.pk)
    require(rules.why_not_keep_rooms(by, room.unit))
    return room


def _saved(room: Room) -> Room:
    room.version += 1
    room.save()
    return room
