"""Writing down a shared time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import recording
from ..forms.record import RecordForm
from ..forms.renewal import renewed
from ..looks import open_meeting
from ..rules import meetings as rules
from ..waiting import number_of


def meeting_record(request: WorkerRequest, pk: int) -> HttpResponse:
    """Attendance, the six headings of the star, notes."""
    meeting, ground = open_meeting(request, pk, _("Yhteisen ajan kirjaaminen"))
    if refused := rules.why_not_record(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = RecordForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            recording.record(
                meeting=meeting,
                by=request.user,
                record=form.record,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Yhteinen aika on kirjattu. Seuraavaksi kirjoitetaan suunnitelma."))
            return redirect(
                "plan_edit" if ground.opens_all else "meeting_detail",
                meeting.situation_id if ground.opens_all else meeting.pk,
            )
    return render(
        request,
        "meetings/meeting_record.html",
        {
            "form": form,
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "topics": [topic.title for topic in meeting.topics.all() if topic.decision == "yes"],
        },
        status=422 if form.is_bound else 200,
    )
