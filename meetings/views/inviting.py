"""Inviting, page by page: check the very text, send, and cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import messages as letters
from network import messages as network_letters
from network.invitation_letters import request_letter
from network.querysets import RECEIVER_ROWS
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import convening as actions
from ..forms.convening import LeadersForm, SendForm
from ..forms.renewal import renewed
from ..looks import open_meeting
from ..models import Meeting
from ..places import place_inside
from ..rules import meetings as rules
from ..states import Decision, MeetingStatus
from ..waiting import number_of


def meeting_check(request: WorkerRequest, pk: int) -> HttpResponse:
    """Check and send: each line with "Muuta", and the very text that people will receive."""
    meeting, _ground = open_meeting(request, pk, _("Kutsujen tarkistaminen"))
    if refused := rules.why_not_invite(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = SendForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_invitations(
                meeting=meeting,
                by=request.user,
                chair=form.cleaned_data["chair"],
                recorder=form.cleaned_data["recorder"],
                timekeeper=form.cleaned_data.get("timekeeper"),
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            return redirect("meeting_sent", meeting.pk)
    return render(
        request,
        "meetings/meeting_check.html",
        _check_facts(meeting, form),
        status=422 if form.is_bound else 200,
    )


def _check_facts(meeting: Meeting, form: SendForm) -> dict[str, Any]:
    allowed = list(
        meeting.participations.by_decision()
        .filter(decision=Decision.YES)
        .exclude(consent=None)
        .with_people()
        .select_related("invitation", "consent", *[f"consent__{row}" for row in RECEIVER_ROWS])
    )
    left_out = [one.name for one in meeting.participations.filter(decision=Decision.NO).with_people()]
    family = meeting.situation.family
    preview = None
    if allowed:
        preview = request_letter(actions.invitation_for(allowed[0], meeting), convener=meeting.convener)
    rows = [
        {
            "term": _("Aika"),
            "text": words.span(meeting.starts_at, meeting.ends_at),
        },
        {"term": _("Paikka"), "text": place_inside(meeting) or "–"},
        {
            "term": _("Kutsun saavat"),
            "text": words.listed(one.name for one in allowed) or _("ei kukaan"),
            "change_url": reverse("meeting_decide", args=[meeting.pk]),
        },
        {
            "term": _("Aiheet"),
            "text": words.listed(
                topic.title for topic in meeting.topics.all() if topic.decision == Decision.YES
            ),
            "change_url": reverse("meeting_decide", args=[meeting.pk]),
        },
        {"term": _("Perhe saa tiedon"), "text": str(family.get_contact_channel_display())},
    ]
    rows += [
        {
            "term": _("Toive: %(name)s") % {"name": one.name},
            "text": one.expectation,
            "change_url": reverse("meeting_people", args=[meeting.pk]),
        }
        for one in allowed
        if one.expectation and one.invitation_id is None
    ]
    if left_out:
        rows.append({"term": _("Ei kutsuta"), "text": words.listed(left_out)})
    without_mail = [
        one.name for one in allowed if not network_letters.can_be_sent(actions.invitation_for(one, meeting))
    ]
    return {
        "meeting": meeting,
        "title": number_of(meeting.situation),
        "form": form,
        "rows": rows,
        "preview": preview,
        "family_letter": letters.family_time_letter(meeting) if family.message_address else None,
        "without_mail": words.listed(without_mail),
        "can_release": meeting.status == MeetingStatus.BOOKED,
    }


def meeting_leaders(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose anew who leads and who writes: who comes for a unit or a team is known by now."""
    meeting, _ground = open_meeting(request, pk, _("Vetäjän ja kirjaajan valinta"))
    if refused := rules.why_not_change_leaders(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = LeadersForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_leaders(
                meeting=meeting,
                by=request.user,
                chair=said["chair"],
                recorder=said["recorder"],
                timekeeper=said.get("timekeeper"),
                seen_version=said["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vetäjä ja kirjaaja on tallennettu."))
            return redirect(meeting)
    return render(
        request,
        "meetings/meeting_leaders.html",
        {"meeting": meeting, "title": number_of(meeting.situation), "form": form},
        status=422 if form.is_bound else 200,
    )


def meeting_sent(request: WorkerRequest, pk: int) -> HttpResponse:
    """The invitations are on their way: what happens next."""
    meeting, _ground = open_meeting(request, pk, _("Kutsut lähetetty"))
    if meeting.status != MeetingStatus.INVITED:
        return redirect(meeting)
    return render(
        request,
        "meetings/meeting_sent.html",
        {
            "meeting": meeting,
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "by_paper": not meeting.situation.family.message_address,
            "next": [
                _("Kun kutsutut vastaavat, näet vastaukset yhteisen ajan sivulla."),
                _("Kaikki saavat muistutuksen edellisenä päivänä."),
                _("Jos perhe peruu luvan, kutsu perutaan heti."),
            ],
        },
    )


@require_POST
def meeting_release(request: WorkerRequest, pk: int) -> HttpResponse:
    """Let the booked time go and look for another."""
    from ..actions import booking

    meeting, _ground = open_meeting(request, pk, _("Varauksen purkaminen"))
    with refusals_as_messages(request):
        booking.release(meeting=meeting, by=request.user)
        return redirect("meeting_time", meeting.pk)
    return redirect(meeting)
