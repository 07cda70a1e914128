"""Where a meeting is held, in words: to those who come, in letters and calendars, and to the family."""

from django.utils.translation import gettext as _

from .models import Meeting
from .states import PlaceKind


def place_inside(meeting: Meeting) -> str:
    """The whole place, for those who may know it; empty when it is not settled."""
    words = [_place(meeting, _("Perheen koti"))]
    if meeting.place_kind == PlaceKind.HOME:
        words.append(meeting.place_text)
    return ", ".join(word for word in words if word)


def place_outside(meeting: Meeting) -> str:
    """The place as a letter or a calendar tells it: no address, no link; of a protected family nothing."""
    if meeting.situation.family.address_protected:
        return ""
    return _place(meeting, _("Perheen koti"))


def place_for_family(meeting: Meeting) -> str:
    """The same for the family's own letters and page; what is on its page only is said so."""
    if meeting.situation.family.address_protected:
        return ""
    return _place(meeting, _("Teidän kotonanne"))


def _place(meeting: Meeting, home: str) -> str:
    if meeting.place_kind == PlaceKind.HOME:
        return home
    if meeting.place_kind == PlaceKind.SCHOOL:
        return meeting.place_text
    if meeting.place_kind == PlaceKind.REMOTE:
        return _("Etäyhteys")
    return str(meeting.room) if meeting.room else ""
