"""Offering times to the family, and writing down what it chose."""

from typing import Any

from django.conf import settings
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
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import holds
from ..actions import offers as actions
from ..forms.offers import ChooseTimeForm, OfferForm
from ..forms.slots import SlotSearchForm
from ..holding import held_words, hold_of
from ..looks import open_meeting
from ..models import Meeting
from ..offered import live_times
from ..rules.meetings import why_not_book, why_not_prepare
from ..slots import room_for, workers_coming
from ..states import PlaceKind
from ..waiting import number_of
from .by_link import family_page
from .family import current_situation, open_meeting_of
from .slots import found_times, frame

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def meeting_offer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose which of the found times are offered to the family."""
    meeting, _ground = open_meeting(request, pk, _("Aikojen tarjoaminen perheelle"))
    if refused := why_not_book(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    sent = OfferForm(request.POST, choices=[]) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        if done := _offer(request, meeting, sent):
            return done
        meeting.refresh_from_db()
    search = SlotSearchForm.asked(request.GET, meeting=meeting, workers=workers_coming(meeting))
    context: dict[str, Any] = {
        **frame(meeting),
        "search": search,
        "search_open": bool(search.errors),
        "time_url": reverse("meeting_time", args=[meeting.pk]),
    }
    if search.is_valid():
        facts, choices, weeks = found_times(meeting, search)
        context |= facts | {"weeks": weeks}
        if choices:
            form = sent or OfferForm(
                initial={"seen_version": meeting.version, "slots": [value for value, _label in choices[:3]]},
                choices=choices,
            )
            if sent is not None:
                sent.show_again(choices, meeting.version)
            context["form"] = form
    status = 422 if sent is not None or search.errors else 200
    return render(request, "meetings/meeting_offer.html", context, status=status)


def _offer(request: WorkerRequest, meeting: Meeting, form: OfferForm) -> HttpResponse | None:
    times = []
    for slot in form.cleaned_data["slots"]:
        room = room_for(meeting, slot.room_id)
        if room is None and meeting.place_kind == PlaceKind.ROOM:
            form.add_error("slots", _("Tilaa ei enää ole. Valitse muista ajoista."))
            return None
        times.append(actions.Time(DateTimeTZRange(slot.starts_at, slot.ends_at), room, slot.busy_worker_ids))
    try:
        actions.offer_times(
            meeting=meeting, by=request.user, times=times, seen_version=form.cleaned_data["seen_version"]
        )
    except Refused as refused:
        form.add_error("slots", str(refused))
        return None
    told = (
        _("Perheelle lähtee viesti. Näet valinnan täällä heti, kun perhe on valinnut.")
        if meeting.situation.family.message_address
        else _("Kysy perheeltä, mikä ajoista sopii, ja kirjaa valinta tähän.")
    )
    messages.success(request, told)
    return redirect("meeting_offered", meeting.pk)


@METHODS
def meeting_offered(request: WorkerRequest, pk: int) -> HttpResponse:
    """The times that the family has been offered; what it says by word is written down here."""
    meeting, _ground = open_meeting(request, pk, _("Perheelle tarjotut ajat"))
    times = live_times(meeting)
    refused = why_not_prepare(request.user, meeting)
    if refused or not times:
        messages.info(request, str(refused or _("Perheelle ei ole nyt tarjolla aikoja.")))
        return redirect(meeting)
    if "take_back" in request.POST:
        with refusals_as_messages(request):
            actions.take_back(meeting=meeting, by=request.user)
            messages.success(request, _("Aikoja ei enää tarjota perheelle."))
        return redirect("meeting_time", meeting.pk)
    if "hold_longer" in request.POST:
        with refusals_as_messages(request):
            holds.hold_longer(meeting=meeting, by=request.user)
            messages.success(request, _("Alustavaa varausta on jatkettu."))
        return redirect("meeting_offered", meeting.pk)
    family = meeting.situation.family
    data = request.POST if request.method == "POST" else None
    form = ChooseTimeForm(data, times=times, family=family, by_family=False)
    if form.is_bound and form.is_valid():
        try:
            _record(meeting, form, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("meeting_offered", meeting.pk)
        return redirect("meeting_check" if form.chosen else "meeting_time", meeting.pk)
    return render(
        request,
        "meetings/meeting_offered.html",
        {
            "form": form,
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "held": held_words(held) if (held := hold_of(meeting)) else "",
            "hours": settings.HOLD_HOURS if held is not None and held.is_live else 0,
        },
        status=422 if form.is_bound else 200,
    )


@METHODS
@family_page(gettext_lazy("Ajan valitseminen"))
def family_times(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The family chooses one of the offered times, or says that none suits."""
    meeting = open_meeting_of(current_situation(family))
    times = live_times(meeting) if meeting is not None else []
    if meeting is None or not times:
        messages.info(request, _("Nyt ei ole aikoja, joista valita."))
        return redirect("family_home", token)
    data = request.POST if request.method == "POST" else None
    form = ChooseTimeForm(data, times=times, family=family, by_family=True)
    if form.is_bound and form.is_valid():
        try:
            _record(meeting, form, by=None)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("family_times", token)
        messages.success(
            request,
            _("Aika on varattu teille ja niille, jotka kutsutaan.")
            if form.chosen
            else _("Kiitos tiedosta. %(name)s etsii teille uusia aikoja.") % {"name": meeting.convener.name},
        )
        return redirect("family_home", token)
    return render(
        request,
        "meetings/family_times.html",
        {
            "form": form,
            "home_url": reverse("family_home", args=[token]),
            "held": held_words(held) if (held := hold_of(meeting)) else "",
        },
        status=422 if form.is_bound else 200,
    )


def _record(meeting: Meeting, form: ChooseTimeForm, *, by: Any) -> None:
    if form.chosen is None:
        actions.refuse_all(meeting=meeting, word=form.cleaned_data["word"], by=by)
    else:
        actions.choose(meeting=meeting, time=form.chosen, by=by)
