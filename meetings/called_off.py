"""Who called something off and why: told to the convener, to the others only that it is called off."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from network.models import Worker

from .models import Cancellation, Meeting
from .states import CalledOff, CancelReason, LeadRole, WhoCancelled

# The short list of each page. What the family says is its own: it may be left out altogether.
WHY_CANCELLED = [
    CancelReason.TIME,
    CancelReason.ILLNESS,
    CancelReason.KEY_PERSON,
    CancelReason.NOT_NEEDED,
    CancelReason.NOT_NOW,
    CancelReason.ROOM,
    CancelReason.OTHER,
]
WHY_NOT_HELD = [
    CancelReason.FAMILY_AWAY,
    CancelReason.KEY_PERSON,
    CancelReason.ILLNESS,
    CancelReason.ROOM,
    CancelReason.OTHER,
]
WHO_OF_NOT_HELD = {
    CancelReason.FAMILY_AWAY: WhoCancelled.FAMILY,
    CancelReason.KEY_PERSON: WhoCancelled.PROFESSIONAL,
    CancelReason.ILLNESS: WhoCancelled.ILLNESS,
}


@dataclass(frozen=True)
class Reason:
    """Who called it off, why, and words for the convener's own use."""

    who: WhoCancelled
    why: CancelReason | str = ""
    words: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        return {"who": self.who, "why": self.why, "words": self.words.strip()[:500]}


def called_off_rows(meeting: Meeting, worker: Worker) -> list[dict[str, str]]:
    """What the convener and the holder read of what was called off; to everybody else nothing."""
    found = Cancellation.objects.visible_to(worker).filter(meeting=meeting)
    rows = []
    for one in found.select_related("participation"):
        # Why a meeting was not held tells whose it was.
        facts = [] if one.what == CalledOff.NOT_HELD and one.why else [str(one.get_who_display())]
        if one.why:
            facts.append(str(one.get_why_display()))
        own = f"\n”{one.words}”" if one.words else ""
        match one.what:
            case CalledOff.NOT_HELD:
                term = _("Miksi ei pidetty")
            case CalledOff.PERSON:
                assert one.participation is not None
                term = _("Ei tule: %(name)s") % {"name": one.participation.name}
            case _:
                term = _("Kuka perui ja miksi")
        rows.append({"term": term, "text": ": ".join(facts) + own})
    return rows


ASKED_ANEW = {
    LeadRole.CHAIR: lambda: _("Vetäjä ei pääsekään tulemaan. Sopikaa, kuka vetää yhteisen ajan."),
    LeadRole.RECORDER: lambda: _("Kirjaaja ei pääsekään tulemaan. Sopikaa, kuka kirjaa."),
    LeadRole.TIMEKEEPER: lambda: _("Ajan seuraaja ei pääsekään tulemaan. Sopikaa, kuka seuraa aikaa."),
}


def roles_asked_anew(meeting: Meeting) -> list[str]:
    """A sentence of each task whose holder does not come after all."""
    return [ASKED_ANEW[LeadRole(one.role)]() for one in meeting.open_roles.all()]
