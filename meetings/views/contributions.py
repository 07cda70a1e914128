"""Saying something beforehand, by the link of the invitation or signed in; and the family's word on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.models import Invitation, Worker
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions.contributions import contribute, decide_on_contribution
from ..forms.contributions import ContributionForm
from ..looks import open_meeting
from ..models import Contribution, Meeting, Participation
from ..people import name_for_worker, shown_name
from ..rules.contributions import why_not_contribute, why_not_decide_on_contribution
from ..rules.meetings import why_not_prepare
from .by_link import link_gone

SENT = "lahetetty"
METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@require_http_methods(METHODS)
def contribution_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For one without an account. It shows nothing that was written: the link may be in other hands."""
    link = AccessLink.objects.opened_by(LinkPurpose.ANSWER, token)
    seat = Participation.objects.by_link(link) if link is not None else None
    if seat is None:
        return link_gone(request)
    return _page(request, seat, "public.html", reverse("invitation_answer", args=[token]))


@require_http_methods(METHODS)
def contribution_write(request: WorkerRequest, pk: int) -> HttpResponse:
    """The same for one who has signed in; only for the one who was invited by name or has said to come."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    seat = Participation.objects.of_invitation(invitation)
    return _page(request, seat, "base.html", reverse("invitation_detail", args=[pk]), by=request.user)


def _page(
    request: HttpRequest,
    seat: Participation | None,
    base: str,
    back_url: str,
    by: Worker | None = None,
) -> HttpResponse:
    refused = why_not_contribute(seat, by)
    form = ContributionForm(request.POST if request.method == "POST" else None)
    if seat is not None and form.is_bound and form.is_valid():
        try:
            contribute(participation=seat, text=form.cleaned_data["text"], by=by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path}?{SENT}=1")
    sent = getattr(seat, "contribution", None) if refused is None else None
    return render(
        request,
        "meetings/contribution_write.html",
        {
            "base": base,
            "form": form,
            "refused": str(refused or ""),
            "in_name_of": str(seat.receiver) if seat is not None and _is_of_many(seat) else "",
            "sent_at": words.moment(sent.written_at) if sent is not None else "",
            "just_sent": SENT in request.GET and sent is not None,
            "back_url": back_url,
        },
        status=422 if form.is_bound else 200,
    )


def _is_of_many(seat: Participation) -> bool:
    return seat.unit_id is not None or seat.team_id is not None


@require_POST
def meeting_contribution(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down the family's word on reading a contribution at the table."""
    meeting, _ground = open_meeting(request, pk, _("Perheen päätös etukäteen kirjoitetusta"))
    with refusals_as_messages(request):
        chosen, may_be_read = pressed(request)
        one = get_object_or_404(
            Contribution.objects.visible_to(request.user).filter(participation__meeting=meeting), pk=chosen
        )
        decide_on_contribution(contribution=one, may_be_read=may_be_read, by=request.user)
        messages.success(request, _("Perheen päätös on kirjattu."))
    return redirect(reverse("meeting_detail", args=[pk]) + "#etukateen")


def pressed(request: HttpRequest) -> tuple[int, bool]:
    """Which contribution the press is about, and whether it may be read; 0 when it is about none."""
    for name, may_be_read in (("read", True), ("unread", False)):
        if (key := request.POST.get(name, "")).isdecimal():
            return int(key[:18]), may_be_read
    return 0, False


def contribution_rows(
    meeting: Meeting, found: Any, *, for_family: bool, with_places: bool = True
) -> list[dict[str, Any]]:
    """Who wrote, what, and the family's word on it. One query."""
    family = meeting.situation.family
    people = [f"participation__{name}" for name in ("worker", "unit", "team", "outside_professional")]
    rows = found.filter(participation__meeting=meeting).select_related(
        *people, "participation__close_person", "participation__invitation__coming_worker", "written_by"
    )
    return [
        {
            "pk": one.pk,
            "name": _writer(
                one,
                shown_name(one.participation, family)
                if for_family
                else name_for_worker(one.participation, family, with_places=with_places),
            ),
            "text": one.text,
            "when": words.moment(one.written_at),
            "may_be_read": one.may_be_read,
            "said": _said(one),
        }
        for one in rows
    ]


def _writer(one: Contribution, invited: str) -> str:
    """Who was invited, and who of many wrote."""
    return invited if one.written_by is None else f"{invited}: {one.written_by.name}"


def _said(one: Contribution) -> str:
    if one.may_be_read is None:
        return _("Perhe ei ole vielä päättänyt.")
    if one.may_be_read:
        return _("Tämän saa lukea yhteisessä ajassa.")
    return _("Tätä ei lueta yhteisessä ajassa.")


def contributions_of(meeting: Meeting, request: WorkerRequest, *, with_places: bool) -> dict[str, Any]:
    """The contributions for those who see all, and whether this one writes the decisions down."""
    found = Contribution.objects.visible_to(request.user)
    may_decide = (
        why_not_prepare(request.user, meeting) is None and why_not_decide_on_contribution(meeting) is None
    )
    rows = contribution_rows(meeting, found, for_family=False, with_places=with_places)
    return {"rows": rows, "may_decide": may_decide}


def contributions_at_the_table(meeting: Meeting) -> list[dict[str, Any]]:
    """What the recorder reads out: only what the family lets be read."""
    return contribution_rows(meeting, Contribution.objects.at_the_table(), for_family=False)
