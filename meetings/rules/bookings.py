"""Which time and room can be booked, and when a booking can be given back."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import Meeting, Room
from ..states import MeetingStatus, PlaceKind
from .meetings import why_not_prepare

Sentence = str | Promise | None

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=8)


def why_not_at(starts_at: datetime, ends_at: datetime) -> Sentence:
    """Is this a time at which people can still meet?"""
    if starts_at >= ends_at:
        return _("Aika päättyy ennen alkamistaan. Valitse toinen aika.")
    if starts_at <= timezone.now():
        return _("Aika on jo mennyt. Valitse myöhempi aika.")
    if ends_at - starts_at < SHORTEST:
        return _("Aika on liian lyhyt: varaa vähintään 15 minuuttia.")
    if ends_at - starts_at > LONGEST:
        return _("Aika on liian pitkä: varaa enintään 8 tuntia.")
    return None


def why_not_in(room: Room, people: int) -> Sentence:
    if room.seats < people:
        return _("Tilassa on %(seats)d paikkaa, mutta tulijoita on %(people)d. Valitse suurempi tila.") % {
            "seats": room.seats,
            "people": people,
        }
    return None


def why_not_held_in(meeting: Meeting, room: Room | None, people: int) -> Sentence:
    """A room is taken for a meeting in one of the network's; a home, a school and a remote one take none."""
    if meeting.place_kind != PlaceKind.ROOM:
        return None
    if room is None:
        return _("Valitse myös tila.")
    return why_not_in(room, people)


def why_not_release(worker: Worker, meeting: Meeting) -> Sentence:
    """A booked time can be given back until somebody has been invited to it."""
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status == MeetingStatus.INVITED:
        return _("Kutsut on jo lähetetty. Peru yhteinen aika, jos se ei sovi.")
    if meeting.status != MeetingStatus.BOOKED:
        return _("Aikaa ei ole varattu.")
    return None
