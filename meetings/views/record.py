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
from ..looks import open_meeting
from ..models import Meeting
from ..rules import meetings as rules
from ..waiting import number_of


def meeting_record(request: WorkerRequest, pk: int) -> HttpResponse:
    """Attendance, the six headings of the star, notes."""
    meeting, ground = open_meeting(request, pk, _("Yhteisen ajan kirjaaminen"))
    if refused := rules.why_not_record(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = RecordForm(request.POST or None, meeting=meeting)
    saved: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            recording.record(
                meeting=meeting,
                by=request.user,
                record=form.record,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form, saved = _beside_the_saved(request, meeting)
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
            "saved": saved,
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "topics": [topic.title for topic in meeting.topics.all() if topic.decision == "yes"],
        },
        status=422 if form.is_bound else 200,
    )


def _beside_the_saved(request: WorkerRequest, meeting: Meeting) -> tuple[RecordForm, list[dict[str, str]]]:
    """The typed text on the newest version, and what was saved meanwhile: nothing is written over unseen.

    A text that was left empty on the old page gets the saved one.
    """
    meeting.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(meeting.version)
    kept = RecordForm(meeting=meeting)
    saved = []
    for name, label in kept.texts():
        text, typed = kept.initial[name], data.get(name, "").strip()
        if text and not typed:
            data[name] = text
        elif text and text != typed:
            saved.append({"term": label, "text": text})
    form = RecordForm(data, meeting=meeting)
    form.is_valid()
    return form, saved
