"""Proposing somebody found elsewhere in the network to a shared time that is being prepared."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.models import Team, Unit, Worker
from network.reaching import Target, away
from network.requests import WorkerRequest
from perhekeskus.refusals import refusals_as_messages

from ..actions import convening as actions
from ..looks import open_meeting
from ..models import Meeting
from ..waiting import number_of

KINDS: dict[str, type[Worker] | type[Unit] | type[Team]] = {"worker": Worker, "unit": Unit, "team": Team}


def _target(request: WorkerRequest, kind: str, key: int) -> Target:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind].objects.visible_to(request.user), pk=key)


def meeting_propose(request: WorkerRequest, kind: str, key: int) -> HttpResponse:
    """Choose to which of the shared times that one prepares; the family decides, as of everybody."""
    if not request.user.works_with_families:
        raise Http404
    target = _target(request, kind, key)
    if request.method == "POST" and (chosen := request.POST.get("meeting", "")).isdecimal():
        meeting, _ground = open_meeting(request, int(chosen[:18]), _("Kutsuttavien valinta"))
        with refusals_as_messages(request):
            actions.propose_person(meeting=meeting, by=request.user, person=target)
            messages.success(
                request, _("%(name)s on nyt ehdotettu. Perhe päättää, kutsutaanko.") % {"name": target}
            )
            return redirect("meeting_people", meeting.pk)
        return redirect("meeting_propose", kind, key)
    mine = (
        Meeting.objects.visible_to(request.user)
        .preparing()
        .filter(Q(convener=request.user) | Q(situation__holder=request.user))
        .select_related("situation")
        .order_by("pk")
    )
    return render(
        request,
        "meetings/meeting_propose.html",
        {
            "name": str(target),
            "away": away([target.pk]).get(target.pk, "") if isinstance(target, Worker) else "",
            "meetings": [
                {"pk": one.pk, "name": number_of(one.situation), "when": one.created_at} for one in mine
            ],
        },
    )
