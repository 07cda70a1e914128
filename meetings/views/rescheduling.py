"""Moving a booked meeting: the convener proposes, the family answers on its page or by word."""

from typing import Any

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family
from network.requests import WorkerRequest
from network.states import ConsentMethod
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import rescheduling as actions
from ..forms.rescheduling import ChangeAnswerForm, RescheduleForm
from ..forms.slots import DURATIONS, SlotChoice, SlotSearchForm
from ..looks import open_meeting
from ..models import Meeting, Room, TimeChange
from ..places import place_for_family
from ..rules.meetings import why_not_prepare
from ..rules.rescheduling import why_not_reschedule
from ..slots import Slot, room_for, seats_needed, workers_coming
from ..states import PlaceKind
from ..time_changes import waiting_change
from ..weeks import Week
from .by_link import family_page
from .family import current_situation, open_meeting_of
from .slots import found_times, frame

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def meeting_reschedule(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose another time or room; the family is asked, or has said yes already."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisen ajan siirtäminen"))
    if refused := why_not_reschedule(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    workers = workers_coming(meeting)
    search = SlotSearchForm.asked(request.GET, meeting=meeting, workers=workers, minutes=_minutes(meeting))
    facts: dict[str, Any] = {}
    choices: list[tuple[str, SlotChoice]] = []
    weeks: list[Week] = []
    if search.is_valid():
        facts, choices, weeks = found_times(meeting, search)
    seats = seats_needed(meeting, workers)
    form = RescheduleForm(
        request.POST if request.method == "POST" else None, meeting=meeting, choices=choices, seats=seats
    )
    if form.is_bound and form.is_valid():
        try:
            return _move(request, meeting, form)
        except Refused as refused:
            form.add_error(None, str(refused))
            meeting.refresh_from_db()
            form.show_again()
    return render(
        request,
        "meetings/meeting_reschedule.html",
        {
            **frame(meeting),
            **facts,
            "meeting": meeting,
            "now": _now_words(meeting),
            "search": search,
            "search_open": bool(search.errors) or facts.get("search_open", False),
            "weeks": weeks,
            "form": form,
        },
        status=422 if form.is_bound or search.errors else 200,
    )


def _minutes(meeting: Meeting) -> int:
    """As long as it is now, when that is one of the usual lengths."""
    now = int((meeting.period.upper - meeting.period.lower).total_seconds() // 60)
    return now if now in dict(DURATIONS) else meeting.kind.minutes


def _now_words(meeting: Meeting) -> str:
    text = words.span(meeting.starts_at, meeting.ends_at)
    return f"{text} · {meeting.room}" if meeting.room else text


def _move(request: WorkerRequest, meeting: Meeting, form: RescheduleForm) -> HttpResponse:
    period, room, without = _chosen(request, meeting, form)
    facts: dict[str, Any] = {
        "meeting": meeting,
        "by": request.user,
        "period": period,
        "room": room,
        "without": without,
        "seen_version": form.cleaned_data["seen_version"],
    }
    if form.method is None:
        actions.propose(**facts)
        told = (
            _("Perheelle lähtee kysymys uudesta ajasta. Sovittu aika on voimassa, kunnes perhe on vastannut.")
            if meeting.situation.family.message_address
            else _("Kysy perheeltä, sopiiko uusi aika, ja kirjaa vastaus tähän.")
        )
        messages.success(request, told)
        return redirect("meeting_reschedule_answer", meeting.pk)
    actions.move(**facts, method=form.method)
    messages.success(request, _("Yhteinen aika on siirretty. Siitä kerrotaan kaikille, jotka saivat kutsun."))
    return redirect(meeting)


def _chosen(
    request: WorkerRequest, meeting: Meeting, form: RescheduleForm
) -> tuple[DateTimeTZRange, Room | None, tuple[int, ...]]:
    if form.starts_at is None:
        slot: Slot = form.cleaned_data["slot"]
        in_room = meeting.place_kind == PlaceKind.ROOM
        room = room_for(meeting, slot.room_id) if in_room else None
        if in_room and room is None:
            raise Refused(_("Tilaa ei enää ole. Valitse jokin ajoista."))
        return DateTimeTZRange(slot.starts_at, slot.ends_at), room, slot.busy_worker_ids
    period = DateTimeTZRange(form.starts_at, form.starts_at + (meeting.period.upper - meeting.period.lower))
    busy = actions.busy_at(meeting, period)
    if any(worker.pk == meeting.convener_id for worker in busy):
        raise Refused(_("Koollekutsuja on silloin jo varattu. Valitse toinen aika."))
    if busy:
        names = words.listed(worker.name for worker in busy)
        messages.info(request, _("Kalenterin mukaan varattuna silloin: %(names)s.") % {"names": names})
    return period, form.cleaned_data.get("room"), tuple(worker.pk for worker in busy)


@METHODS
def meeting_reschedule_answer(request: WorkerRequest, pk: int) -> HttpResponse:
    """What the family says by word of the proposed time is written down here; it can be taken back too."""
    meeting, _ground = open_meeting(request, pk, _("Sopiiko uusi aika perheelle"))
    change = waiting_change(meeting)
    if (refused := why_not_prepare(request.user, meeting)) or change is None:
        messages.info(request, str(refused or _("Perheeltä ei nyt kysytä uutta aikaa.")))
        return redirect(meeting)
    if "take_back" in request.POST:
        with refusals_as_messages(request):
            actions.take_back(meeting=meeting, by=request.user)
            messages.success(request, _("Perheeltä ei enää kysytä uutta aikaa. Sovittu aika on voimassa."))
        return redirect(meeting)
    when = words.span(change.period.lower, change.period.upper)
    form = ChangeAnswerForm(request.POST if request.method == "POST" else None, by_family=False, when=when)
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            _record(change, form, by=request.user)
            messages.success(
                request,
                _("Yhteinen aika on siirretty. Siitä kerrotaan kaikille, jotka saivat kutsun.")
                if form.is_yes
                else _("Perheen vastaus on kirjattu. Sovittu aika on voimassa."),
            )
        return redirect(meeting)
    return render(
        request,
        "meetings/meeting_reschedule_answer.html",
        {
            **frame(meeting),
            "meeting": meeting,
            "form": form,
            "rows": [
                {"term": _("Aika nyt"), "text": _now_words(meeting)},
                {"term": _("Ehdotettu aika"), "text": f"{when} · {change.room}" if change.room else when},
            ],
        },
        status=422 if form.is_bound else 200,
    )


@METHODS
@family_page(gettext_lazy("Sopiiko uusi aika"))
def family_reschedule(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The family says whether the proposed time suits. Until then the agreed time is what it was."""
    meeting = open_meeting_of(current_situation(family))
    change = waiting_change(meeting)
    if meeting is None or change is None:
        messages.info(request, _("Teiltä ei nyt kysytä uutta aikaa."))
        return redirect("family_home", token)
    when = words.span(change.period.lower, change.period.upper)
    form = ChangeAnswerForm(request.POST if request.method == "POST" else None, by_family=True, when=when)
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            _record(change, form, by=None)
            messages.success(
                request,
                _("Aika on siirretty. Kerromme siitä niille, jotka on kutsuttu.")
                if form.is_yes
                else _("Kiitos tiedosta. Sovittu aika on voimassa."),
            )
        return redirect("family_home", token)
    rows = [
        {"term": _("Sovittu aika"), "text": words.span(meeting.starts_at, meeting.ends_at)},
        {"term": _("Ehdotettu aika"), "text": when},
    ]
    if not family.address_protected:
        place = str(change.room) if change.room else place_for_family(meeting)
        rows.append({"term": _("Paikka"), "text": place})
    return render(
        request,
        "meetings/family_reschedule.html",
        {"form": form, "rows": rows, "home_url": reverse("family_home", args=[token])},
        status=422 if form.is_bound else 200,
    )


def _record(change: TimeChange, form: ChangeAnswerForm, *, by: Any) -> None:
    method = form.method_said if by is not None else ConsentMethod.OWN_LINK
    if form.is_yes:
        actions.say_yes(change=change, by=by, method=method)
    else:
        actions.say_no(change=change, by=by, method=method, word=form.cleaned_data["word"])
