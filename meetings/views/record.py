"""Writing down a shared time: the page, and its fields that save themselves."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.autosave import Change, WrittenMeanwhile, answer, is_same, mark, marks, saves_itself
from perhekeskus.refusals import Refused

from ..actions import recording
from ..child_views import children_at
from ..forms.record import RecordForm
from ..looks import look_on, open_meeting
from ..models import Meeting
from ..rules import meetings as rules
from ..stars import earlier_star
from ..waiting import number_of
from .contributions import contributions_at_the_table


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
            recording.close(meeting=meeting, by=request.user, changes=form.changes)
        except WrittenMeanwhile as refusal:
            form, saved = _beside_the_saved(request, meeting, form, refusal.names)
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if ground.opens_all and "plan" in form.parts:
                messages.success(
                    request, _("Yhteinen aika on kirjattu. Seuraavaksi kirjoitetaan suunnitelma.")
                )
                return redirect("plan_edit", meeting.situation_id)
            messages.success(request, _("Yhteinen aika on kirjattu."))
            return redirect(meeting)
    return render(
        request,
        "meetings/meeting_record.html",
        {
            "form": form,
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "saved": saved,
            "contributions": contributions_at_the_table(meeting),
            "children": children_at(meeting, ground, request.user),
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "can_show": rules.why_not_show(request.user, meeting, opens_all=ground.opens_all) is None,
            # An invitation to one meeting opens no earlier one.
            "earlier": earlier_star(meeting) if ground.opens_all and form.headings else None,
            "topics": [topic.title for topic in meeting.topics.all() if topic.decision == "yes"],
        },
        status=422 if form.is_bound else 200,
    )


def _beside_the_saved(
    request: WorkerRequest, meeting: Meeting, old: RecordForm, clashing: list[str]
) -> tuple[RecordForm, list[dict[str, str]]]:
    """The typed text with the newest marks, and what was saved meanwhile: nothing is written over unseen.

    What was left as it was on the old page, or empty, gets what is saved.
    """
    data = request.POST.copy()
    meeting.refresh_from_db()
    kept = RecordForm(meeting=meeting)
    data["seen"] = marks(kept.saved)
    saved = []
    for name, change in old.changes.items():
        now = kept.saved.get(name, "")
        if not now or is_same(now, change.value):
            continue
        if change.seen == mark(change.value) or (name in clashing and not change.value):
            data.setlist(name, kept.as_sent(name, now))
        elif name in clashing:
            saved.append({"term": kept.about(name), "text": kept.in_words(name, now)})
    form = RecordForm(data, meeting=meeting)
    form.is_valid()
    return form, saved


class RecordSheet:
    """The recorder's page as the fields that save themselves know it."""

    def __init__(self, meeting: Meeting, request: WorkerRequest) -> None:
        self.meeting, self.by = meeting, request.user
        self.key = f"meeting:{meeting.pk}"
        self.form = RecordForm(meeting=meeting)

    def clean(self, name: str, value: str) -> str:
        return self.form.clean_one(name, value)

    def saved(self) -> Mapping[str, str]:
        return self.form.saved

    def save(self, changes: Mapping[str, Change]) -> Mapping[str, str]:
        saved = recording.save_fields(meeting=self.meeting, by=self.by, changes=changes)
        return {name: value for name, value in saved.items() if name in self.form.saved}


# A page of the meeting room keeps its reader signed in till the meeting is over, and for a while.
AFTER_MEETING = timedelta(hours=2)
AWAKE_FOR = timedelta(minutes=10)


def stay_signed_in(request: WorkerRequest, meeting: Meeting) -> None:
    """Let the session go on from now, every ten minutes, while the meeting lasts."""
    now = timezone.now()
    is_on = meeting.period is not None and meeting.period.lower <= now < meeting.period.upper + AFTER_MEETING
    if is_on and now.timestamp() - request.session.get("awake", 0) > AWAKE_FOR.total_seconds():
        request.session["awake"] = int(now.timestamp())


@require_POST
@saves_itself
def meeting_record_save(request: WorkerRequest, pk: int) -> JsonResponse:
    """Single fields while they are written, and what the others have written meanwhile."""
    meeting, _ground = look_on(request, pk, _("Yhteisen ajan kirjaaminen"))
    if refused := rules.why_not_record(request.user, meeting):
        return JsonResponse({"closed": str(refused)}, status=409)
    stay_signed_in(request, meeting)
    return answer(request, RecordSheet(meeting, request))
