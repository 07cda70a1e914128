"""What may be agreed before a meeting, and until when."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.naming import names_this_family

from ..models import Meeting
from ..states import PREPARING, MeetingStatus, PlaceKind
from .meetings import why_not_prepare

Sentence = str | Promise | None


def why_not_agree(worker: Worker, meeting: Meeting) -> Sentence:
    """Goal, means, division of work, who leads, the setting: until the meeting is held."""
    return why_not_prepare(worker, meeting)


def why_not_agenda(worker: Worker, meeting: Meeting) -> Sentence:
    return why_not_prepare(worker, meeting)


def why_not_in_agenda(meeting: Meeting, title: str) -> Sentence:
    """Everybody who comes reads the agenda, also those whom the family lets know of one topic only."""
    if word := names_this_family(meeting.situation.family, title):
        return _(
            "Asialistalla on ”%(word)s”, josta perheen voi tunnistaa. Kaikki kutsutut näkevät asialistan:"
            " poista kohta tai kerro asia yleisesti."
        ) % {"word": word}
    return None


def why_not_other_kind(meeting: Meeting) -> Sentence:
    """The time was looked for by the length of the kind."""
    if meeting.status not in PREPARING:
        return _("Aika on jo varattu, joten tapaamislajia ei voi enää vaihtaa.")
    return None


def why_not_place(meeting: Meeting, kind: PlaceKind, text: str, url: str) -> Sentence:
    """The place that was told in the invitations, or for which a room was booked, stays."""
    if (kind, text, url) == (meeting.place_kind, meeting.place_text, meeting.remote_url):
        return None
    if meeting.status == MeetingStatus.INVITED:
        # A link that was missing tells nobody a new place.
        if kind == meeting.place_kind == PlaceKind.REMOTE and not meeting.remote_url:
            return None
        return _("Kutsut on jo lähetetty tähän paikkaan. Jos paikka vaihtuu, siirrä tai peru yhteinen aika.")
    if meeting.status == MeetingStatus.BOOKED and PlaceKind.ROOM in {kind, meeting.place_kind}:
        return _("Aika on jo varattu. Peru varaus, jos paikka vaihtuu.")
    return None
