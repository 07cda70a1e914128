"""Calling off: the whole meeting, one person's coming, or writing down that it was not held."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import cancelling as actions
from ..actions.convening import cancel
from ..forms.cancelling import CancelForm, NotHeldForm, TakeOutForm
from ..looks import open_meeting
from ..models import Participation
from ..rules import cancelling as rules
from ..rules.meetings import why_not_cancel
from ..states import MeetingStatus
from ..waiting import number_of


def meeting_cancel(request: WorkerRequest, pk: int) -> HttpResponse:
    """Cancel the meeting, after a second look: who and why are kept for the convener."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisen ajan peruminen"))
    if refused := why_not_cancel(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting.situation)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            cancel(meeting=meeting, by=request.user, reason=form.reason)
            messages.success(
                request, _("Yhteinen aika on peruttu. Siitä kerrotaan kaikille, jotka saivat kutsun.")
            )
        return redirect(meeting.situation)
    return render(
        request,
        "meetings/meeting_cancel.html",
        {"meeting": meeting, "title": number_of(meeting.situation), "form": form},
        status=422 if form.is_bound else 200,
    )


def _seat(request: WorkerRequest, pk: int, what: str) -> Participation:
    seats = Participation.objects.visible_to(request.user).by_decision().with_people()
    seat = get_object_or_404(seats.select_related("invitation", "consent", "meeting"), pk=pk)
    seat.meeting, _ground = open_meeting(request, seat.meeting_id, what)
    return seat


def invited_take_out(request: WorkerRequest, pk: int) -> HttpResponse:
    """One of the invited does not come after all; the meeting stays."""
    seat = _seat(request, pk, _("Yhden kutsun peruminen"))
    if refused := rules.why_not_take_out(request.user, seat):
        messages.error(request, str(refused))
        return redirect(seat.meeting)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            actions.take_out(participation=seat, by=request.user, reason=form.reason)
            messages.success(request, _("Kutsu on peruttu: %(name)s.") % {"name": seat.name})
        return redirect(seat.meeting)
    return render(
        request,
        "meetings/invited_take_out.html",
        {
            "meeting": seat.meeting,
            "name": seat.name,
            "title": number_of(seat.meeting.situation),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def invited_ask_after_all(request: WorkerRequest, pk: int) -> HttpResponse:
    """One whose coming was called off can come after all: a new invitation is checked and sent."""
    seat = _seat(request, pk, _("Kutsuminen sittenkin"))
    with refusals_as_messages(request):
        actions.ask_after_all(participation=seat, by=request.user)
        return redirect("meeting_check", seat.meeting_id)
    return redirect(seat.meeting)


def meeting_not_held(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down that the meeting was not held; a new time is offered as the next step."""
    meeting, _ground = open_meeting(request, pk, _("Pitämättä jäänyt yhteinen aika"))
    if refused := rules.why_not_leave_unheld(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = NotHeldForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            actions.leave_unheld(
                meeting=meeting, by=request.user, reason=form.reason, attendance=form.attendance
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kirjattu: tapaamista ei pidetty. Voit etsiä saman tien uuden ajan."))
            if meeting.situation.holder_id != request.user.pk:
                return redirect("home")
            return redirect(meeting)
    return render(
        request,
        "meetings/meeting_not_held.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def meeting_again(request: WorkerRequest, pk: int) -> HttpResponse:
    """Call the same people together anew about the same topics."""
    meeting, _ground = open_meeting(request, pk, _("Uuden ajan etsiminen"))
    with refusals_as_messages(request):
        new = actions.convene_again(meeting=meeting, by=request.user)
        return redirect("meeting_time" if new.status == MeetingStatus.DECIDED else "meeting_people", new.pk)
    return redirect(reverse("situation_detail", args=[meeting.situation_id]))
