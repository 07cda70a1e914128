"""What the convener does about the answers: sends again, proposes whom the invited would ask instead."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.models import Worker
from network.requests import WorkerRequest
from network.states import InvitationStatus
from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ..actions.answers import send_again
from ..actions.proposing import propose_instead
from ..looks import open_meeting
from ..models import Meeting, Participation
from ..rules import meetings as rules
from ..states import Decision, MeetingStatus


@require_POST
def invited_send_again(request: WorkerRequest, pk: int) -> HttpResponse:
    """Send an invitation that nobody answered in time once more."""
    participation = _opened(request, pk, _("Kutsun lähettäminen uudelleen"))
    with refusals_as_messages(request):
        send_again(participation=participation, by=request.user)
        messages.success(request, _("Kutsu lähti uudelleen: %(name)s.") % {"name": participation.name})
    return redirect(participation.meeting)


@require_POST
def invited_propose_instead(request: WorkerRequest, pk: int) -> HttpResponse:
    """Propose to the family the one whom the invited would ask instead."""
    participation = _opened(request, pk, _("Toisen ehdottaminen tilalle"))
    with refusals_as_messages(request):
        proposed = propose_instead(participation=participation, by=request.user)
        messages.success(
            request,
            _("Ehdotit perheelle: %(name)s. Kutsu lähtee vasta, kun perhe on antanut luvan.")
            % {"name": proposed.name},
        )
    return redirect(participation.meeting)


def _opened(request: WorkerRequest, pk: int, what: str) -> Participation:
    seats = Participation.objects.visible_to(request.user).by_decision().with_people()
    participation = get_object_or_404(seats.select_related("invitation__instead_worker", "meeting"), pk=pk)
    participation.meeting, _ground = open_meeting(request, participation.meeting_id, what)
    return participation


def answers_to_act_on(meeting: Meeting, worker: Worker) -> list[dict[str, Any]]:
    """The invited who did not answer in time or can't come, each with what the convener can do about it."""
    if rules.why_not_propose(worker, meeting):
        return []
    seats = list(
        meeting.participations.by_decision()
        .with_people()
        .filter(
            invitation__status__in=[
                InvitationStatus.PENDING,
                InvitationStatus.EXPIRED,
                InvitationStatus.DECLINED,
                InvitationStatus.REVOKED,
            ],
            decision=Decision.YES,
            consent__withdrawn_at=None,
        )
        .select_related("invitation__instead_worker__unit")
    )
    proposed = set(meeting.participations.exclude(worker=None).values_list("worker", flat=True))
    return [row for seat in seats if (row := _row(seat, proposed))]


def seats_to_take_out(meeting: Meeting, worker: Worker) -> list[dict[str, Any]]:
    """The invited whose coming can be called off while the meeting stays."""
    if meeting.status != MeetingStatus.INVITED or meeting.period.lower <= timezone.now():
        return []
    seats = meeting.participations.by_decision().with_people().filter(decision=Decision.YES)
    seats = seats.exclude(invitation=None).exclude(invitation__status=InvitationStatus.REVOKED)
    return [{"name": seat.name, "url": reverse("invited_take_out", args=[seat.pk])} for seat in seats]


def _row(seat: Participation, proposed: set[int]) -> dict[str, Any] | None:
    invitation = seat.invitation
    assert invitation is not None
    row: dict[str, Any] = {"pk": seat.pk, "name": seat.name, "text": "", "press": "", "url": "", "link": ""}
    if invitation.status == InvitationStatus.PENDING:
        if invitation.answer_by is None:
            return None
        by = words.moment(invitation.answer_by)
        return row | {"text": _("ei ole vielä vastannut. Vastausaikaa on %(by)s asti.") % {"by": by}}
    if invitation.status == InvitationStatus.EXPIRED:
        return row | {
            "text": _("ei vastannut ajoissa."),
            "press": _("Lähetä kutsu uudelleen"),
            "url": reverse("invited_send_again", args=[seat.pk]),
        }
    if invitation.status == InvitationStatus.REVOKED:
        return row | {
            "text": _("kutsu on peruttu."),
            "press": _("Kutsu sittenkin"),
            "url": reverse("invited_ask_after_all", args=[seat.pk]),
        }
    if (other := invitation.instead_worker) is not None:
        text = _("ei pääse ja ehdottaa tilalle: %(name)s, %(title)s, %(unit)s.") % {
            "name": other.name,
            "title": other.title,
            "unit": other.unit.name,
        }
        if other.pk in proposed:
            return row | {"text": f"{text} {_('Olet jo ehdottanut häntä perheelle.')}"}
        return row | {
            "text": text,
            "press": _("Ehdota perheelle"),
            "url": reverse("invited_propose_instead", args=[seat.pk]),
        }
    if invitation.instead:
        return row | {
            "text": _("ei pääse ja ehdottaa: kysykää mieluummin ”%(words)s”.")
            % {"words": invitation.instead},
            "link": reverse("meeting_people", args=[seat.meeting_id]),
        }
    return row | {"text": _("ei pääse.")}
