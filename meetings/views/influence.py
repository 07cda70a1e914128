"""What we can influence, and what we can't: the two columns, and what goes on to the plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.requests import WorkerRequest
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import influence as actions
from ..forms.dialogues import ProposalsForm
from ..forms.influence import InfluenceForm
from ..looks import open_meeting
from ..models import Meeting
from ..proposals import RECEIVERS, Proposal, propose_to_plan, why_not_propose_to_plan
from ..rules.meetings import why_not_record
from ..states import InfluenceSide
from ..waiting import number_of

INFLUENCE = gettext_lazy("Mihin voimme vaikuttaa")


def _opened(request: WorkerRequest, pk: int) -> tuple[Meeting, HttpResponse | None]:
    meeting, _ground = open_meeting(request, pk, INFLUENCE)
    if refused := why_not_record(request.user, meeting):
        messages.error(request, str(refused))
        return meeting, redirect(meeting)
    return meeting, None


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_influence(request: WorkerRequest, pk: int) -> HttpResponse:
    """Both columns side by side, each with a field for one thing more."""
    meeting, elsewhere = _opened(request, pk)
    if elsewhere is not None:
        return elsewhere
    side = request.POST.get("side", "")
    forms = {one: InfluenceForm(request.POST if side == one else None, side=one) for one in InfluenceSide}
    if request.method == "POST":
        if side not in InfluenceSide.values:
            with refusals_as_messages(request):
                _pressed(request, meeting)
            return redirect("meeting_influence", pk)
        form = forms[InfluenceSide(side)]
        if form.is_valid():
            try:
                actions.add(
                    meeting=meeting,
                    by=request.user,
                    side=InfluenceSide(side),
                    text=form.cleaned_data["text"],
                )
            except Refused as refusal:
                form.add_error("text", str(refusal))
            else:
                return redirect(f"{reverse('meeting_influence', args=[pk])}#{side}")
    items = list(meeting.influence_items.all())
    return render(
        request,
        "meetings/meeting_influence.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "columns": [
                {
                    "side": one.value,
                    "label": one.label,
                    "other": "move_cannot" if one == InfluenceSide.CAN else "move_can",
                    "items": [item for item in items if item.side == one],
                    "form": forms[one],
                }
                for one in InfluenceSide
            ],
            "has_proposals": any(item.side == InfluenceSide.CAN for item in items),
            "has_structural": any(item.side == InfluenceSide.CANNOT for item in items),
        },
        status=422 if any(form.is_bound for form in forms.values()) else 200,
    )


def _pressed(request: WorkerRequest, meeting: Meeting) -> None:
    """Move a thing to the other column, or take it off."""
    for name in ("move_can", "move_cannot", "remove"):
        if key := request.POST.get(name, ""):
            item = get_object_or_404(meeting.influence_items, pk=int(key[:18]) if key.isdecimal() else 0)
            if name == "remove":
                actions.remove(item=item, by=request.user)
            else:
                side = InfluenceSide.CAN if name == "move_can" else InfluenceSide.CANNOT
                actions.move(item=item, by=request.user, side=side)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_influence_proposals(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose which of what we can influence goes to the plan's draft as what is to change."""
    meeting, elsewhere = _opened(request, pk)
    if elsewhere is not None:
        return elsewhere
    items = list(meeting.influence_items.filter(side=InfluenceSide.CAN))
    if not items:
        messages.info(request, _("Listalla ei ole vielä mitään, mihin voimme vaikuttaa."))
        return redirect("meeting_influence", pk)
    choices: list[tuple[str, Any]] = [(str(item.pk), item.text) for item in items]
    form = ProposalsForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"chosen": [key for key, _text in choices]},
    )
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["chosen"]
        proposals = [Proposal(item.text, is_matter=True) for item in items if str(item.pk) in chosen]
        try:
            propose_to_plan(situation=meeting.situation, by=request.user, proposals=proposals)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Asiat ovat suunnitelman luonnoksessa. Mistään ei ole vielä sovittu.")
            )
            return redirect(RECEIVERS[0].url_name, meeting.situation_id)
    return render(
        request,
        "meetings/meeting_proposals.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "page_title": _("Mihin voimme vaikuttaa: suunnitelmaan"),
            "form": form,
            "refused": why_not_propose_to_plan(request.user, meeting.situation),
            "back_url": reverse("meeting_influence", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )
