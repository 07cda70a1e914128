"""Who can lead a shared time and write it down, and who does so no more."""

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from network.models import Worker
from network.states import InvitationStatus
from perhekeskus.refusals import Refused

from ..models import Meeting, OpenRole
from ..states import Decision, LeadRole


def possible_leaders(meeting: Meeting) -> list[Worker]:
    """Those who can chair or record: the convener and the professionals whom the family has let in.

    Of an invited unit or team, the one who has said to come.
    """
    let_in = meeting.participations.filter(decision=Decision.YES, consent__withdrawn_at=None)
    let_in = let_in.exclude(invitation__status=InvitationStatus.REVOKED)
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
    """Who does not come neither leads nor writes: the convener does, until somebody else is named anew."""
    for role in LeadRole.values:
        had = Meeting.objects.filter(pk=meeting.pk, **{f"{role}__in": workers})
        heir = None if role == LeadRole.TIMEKEEPER else F("convener")
        if had.exclude(convener__in=workers).update(**{role: heir}):
            OpenRole.objects.get_or_create(meeting=meeting, role=role)
