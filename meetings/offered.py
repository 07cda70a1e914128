"""What is told of the times offered to the family."""

from typing import Any

from django.utils.translation import gettext as _

from perhekeskus import words

from .models import Hold, Meeting, OfferedTime
from .states import MeetingStatus

_WITH = ("room__unit", "offer__meeting__situation__family")


def live_times(meeting: Meeting) -> list[OfferedTime]:
    """The offered times that are still ahead, while the family has not answered."""
    if meeting.status != MeetingStatus.DECIDED:
        return []
    offered = OfferedTime.objects.filter(offer__meeting=meeting, offer__refused_at=None)
    return [one for one in offered.select_related(*_WITH) if one.is_ahead]


def offer_of(meeting: Meeting) -> dict[str, Any]:
    """The worker's words of the offer: text (empty when there is none), and whether the family can choose."""
    offer = getattr(meeting, "times_offer", None)
    if offer is None:
        return {"text": "", "is_live": False}
    if offer.refused_at is not None:
        text = _("Mikään tarjotuista ajoista ei käynyt perheelle.")
        if offer.word:
            text += " " + _("Perhe toivoo: %(word)s") % {"word": offer.word}
        return {"text": text, "is_live": False}
    if not live_times(meeting):
        return {"text": _("Perheelle tarjotut ajat ehtivät mennä. Tarjoa uusia."), "is_live": False}
    if (hold := Hold.objects.filter(meeting=meeting).first()) and hold.is_live:
        text = _("Aika on varattu alustavasti %(moment)s asti. Odotetaan perheen vastausta.")
        return {"text": text % {"moment": words.moment(hold.expires_at)}, "is_live": True}
    day = words.short_day(offer.offered_at).rstrip(".")
    text = _("Perheelle on tarjottu aikoja %(day)s. Odotetaan perheen valintaa.") % {"day": day}
    return {"text": text, "is_live": True}
