"""May a booked meeting be moved to another time or room?"""

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import Meeting, Room, TimeChange
from ..states import UPCOMING, PlaceKind
from .meetings import why_not_prepare

Sentence = str | Promise | None


def why_not_reschedule(worker: Worker, meeting: Meeting) -> Sentence:
    if refused := why_not_prepare(worker, meeting):
        return refused
    if meeting.status not in UPCOMING:
        return _("Aikaa ei ole vielä varattu.")
    if meeting.period.lower <= timezone.now():
        return _("Yhteinen aika on jo alkanut.")
    return None


def why_not_there(meeting: Meeting, period: DateTimeTZRange, room: Room | None) -> Sentence:
    """Is it another time or room than now, and the kind of place where the meeting is held?"""
    if meeting.period == period and meeting.room_id == (room.pk if room else None):
        return _("Aika ja tila ovat samat kuin ennen. Valitse toinen.")
    if (room is None) == (meeting.place_kind == PlaceKind.ROOM):
        return _("Valitse tila.") if room is None else _("Tapaamiselle ei varata tilaa.")
    return None


def why_not_answer_change(change: TimeChange) -> Sentence:
    """Is the family still asked, and can it still be said yes?"""
    if change.answer:
        return _("Tähän on jo vastattu.")
    if change.meeting.status not in UPCOMING or change.meeting.period.lower <= timezone.now():
        return _("Yhteistä aikaa ei voi enää siirtää.")
    return None
