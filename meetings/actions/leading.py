"""Who can lead a shared time and write it down, and who does so no more."""

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.refusals import Refused

from ..models import Meeting
from ..states import Decision


def possible_leaders(meeting: Meeting) -> list[Worker]:
    """Those who can chair or record: the convener and the professionals whom the family has let in.

    Of an invited unit or team, the one who has said to come.
    """
    let_in = meeting.participations.filter(decision=Decision.YES, consent__withdrawn_at=None)
    allowed = Worker.objects.filter(
        Exists(let_in.filter(worker=OuterRef("pk"))) | Exists(meeting.participations.taken_by(OuterRef("pk")))
    ).select_related("unit")
    return [meeting.convener, *allowed.exclude(pk=meeting.convener_id)]


def require_let_in(meeting: Meeting, *leaders: Worker) -> None:
    """Refuse anybody who could not lead."""
    if not set(leaders) <= set(possible_leaders(meeting)):
        raise Refused(
            _(
                "Vetäjä, kirjaaja ja ajan seuraaja valitaan niistä työntekijöistä, joille perhe on antanut"
                " luvan."
            )
        )


def free_from_leading(meeting: Meeting, workers: list[int]) -> None:
    """Who does not come neither leads nor writes: the convener does, until somebody else is named."""
    Meeting.objects.filter(pk=meeting.pk, timekeeper__in=workers).update(timekeeper=None)
    for role in ("chair", "recorder"):
        Meeting.objects.filter(pk=meeting.pk, **{f"{role}__in": workers}).update(**{role: F("convener")})
