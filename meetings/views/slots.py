"""Finding the common time of a meeting, and booking it with a room."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import booking, holds
from ..asking import Asked, asked
from ..forms.slots import DURATIONS, USUAL_DAYS, SlotChoice, SlotForm, SlotSearchForm, slot_value
from ..looks import open_meeting
from ..models import Meeting, Room
from ..offered import offer_of
from ..places import place_inside
from ..rules.bookings import why_not_release
from ..rules.meetings import why_not_book, why_not_prepare
from ..slots import (
    Question,
    Slot,
    best_slots,
    nearest_slots,
    room_for,
    rooms_of,
    some_room_suits,
    somebody_busy,
    workers_coming,
)
from ..states import Equipment, PlaceKind
from ..weeks import Week, drawn_week, monday_of, weeks_of


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_time(request: WorkerRequest, pk: int) -> HttpResponse:
    """The ten best times and rooms to choose from, and booking one of them."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisen ajan etsiminen"))
    if request.method == "POST":
        return _book(request, meeting)
    if why_not_book(request.user, meeting):
        return _nothing_to_choose(request, meeting)
    return _choices(request, meeting)


def _book(request: WorkerRequest, meeting: Meeting) -> HttpResponse:
    """Book what was chosen; when somebody was faster, show the next free times at the same place."""
    form = SlotForm(request.POST, choices=[])
    if not form.is_valid():
        return _choices(request, meeting, sent=form)
    slot: Slot = form.cleaned_data["slot"]
    room = room_for(meeting, slot.room_id)
    if room is None and meeting.place_kind == PlaceKind.ROOM:
        form.add_error("slot", _("Tilaa ei enää ole. Valitse jokin ajoista."))
        return _choices(request, meeting, sent=form)
    facts: dict[str, Any] = {
        "meeting": meeting,
        "by": request.user,
        "period": DateTimeTZRange(slot.starts_at, slot.ends_at),
        "room": room,
        "seen_version": form.cleaned_data["seen_version"],
        "without": slot.busy_worker_ids,
    }
    hours = int(form.cleaned_data["keep"] or 0)
    try:
        if hours:
            holds.hold(**facts, hours=hours)
        else:
            booking.book(**facts)
    except booking.Taken as taken:
        form.add_error("slot", str(taken))
        return _choices(request, meeting, sent=form)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(request.get_full_path())
    if hours:
        messages.success(request, _("Aika on varattu alustavasti. Perheeltä kysytään, sopiiko se."))
        return redirect("meeting_offered", meeting.pk)
    return redirect("meeting_check", pk=meeting.pk)


def _nothing_to_choose(request: WorkerRequest, meeting: Meeting) -> HttpResponse:
    """The time is booked already, or it is not yet time to book, or not this worker's to book."""
    booked = meeting.period is not None
    text = ""
    if meeting.starts_at and meeting.ends_at:
        text = words.span(meeting.starts_at, meeting.ends_at)
        # A protected family's place is told on the meeting's page, to those who may know it.
        place = place_inside(meeting)
        if place and not (
            meeting.situation.family.address_protected and why_not_prepare(request.user, meeting)
        ):
            text += f" · {place}"
    return render(
        request,
        "meetings/meeting_time.html",
        {
            **frame(meeting),
            "meeting_pk": meeting.pk,
            "lead": _("Aika ja tila on varattu.") if booked else "",
            "booked": text,
            "why_not": "" if booked else why_not_book(request.user, meeting),
            "can_continue": booked and not why_not_prepare(request.user, meeting),
            "can_release": booked and not why_not_release(request.user, meeting),
        },
    )


def _choices(request: WorkerRequest, meeting: Meeting, sent: SlotForm | None = None) -> HttpResponse:
    """The page of the search and its best times; `sent` is the choice that was not accepted."""
    if sent is not None and why_not_book(request.user, meeting):
        return _nothing_to_choose(request, meeting)
    search = SlotSearchForm.asked(request.GET, meeting=meeting, workers=workers_coming(meeting))
    context: dict[str, Any] = {
        **frame(meeting),
        "search": search,
        "search_open": bool(search.errors),
        "offer_url": reverse("meeting_offer", args=[meeting.pk]),
        "poll_url": reverse("meeting_poll", args=[meeting.pk]),
        "offered": offer_of(meeting),
        "offered_url": reverse("meeting_offered", args=[meeting.pk]),
        "has_errors": bool(search.errors or sent),
    }
    if search.is_valid():
        facts, choices, weeks = found_times(meeting, search)
        context |= facts | {"weeks": weeks}
        if choices and sent is not None:
            sent.show_again(choices, meeting.version)
            context["form"] = sent
        elif choices:
            initial = {"seen_version": meeting.version, "slot": choices[0][0]}
            context["form"] = SlotForm(initial=initial, choices=choices)
    status = 422 if context["has_errors"] else 200
    return render(request, "meetings/meeting_time.html", context, status=status)


def found_times(
    meeting: Meeting, search: SlotSearchForm
) -> tuple[dict[str, Any], list[tuple[str, SlotChoice]], list[Week]]:
    """What the page says of a valid search, its best times to choose from, and their weeks drawn."""
    found = asked(meeting, search.wishes, search.workers)
    question = found.question
    if not found.calling:
        search.without_practice()
    facts: dict[str, Any] = {"lead": _summary(question), "calling": found.calling}
    slots = best_slots(question)
    if not slots:
        question, slots = nearest_slots(question)
        facts["nearest"] = _why_nearest(question, slots, meeting)
        facts["search_open"] = True
    if not slots:
        return facts, [], []
    return facts, _slot_choices(meeting, slots, found), _weeks(question, slots)


def _slot_choices(meeting: Meeting, slots: list[Slot], found: Asked) -> list[tuple[str, SlotChoice]]:
    rooms = rooms_of(slots)
    return [
        (
            slot_value(slot),
            SlotChoice.of(
                when=words.short_day(slot.starts_at),
                clock=words.clock_span(slot.starts_at, slot.ends_at),
                who=_who(slot, found),
                where=_where(meeting, rooms[slot.room_id] if slot.room_id is not None else None),
                chip=_chip(slot, len(found.names)),
                tone="ok" if slot.suits_all else "wait",
            ),
        )
        for slot in slots
    ]


def _chip(slot: Slot, everybody: int) -> str:
    if slot.suits_all:
        return _("sopii työntekijöille")
    if 2 * len(slot.busy_worker_ids) >= everybody:
        return _("sopii puolelle")
    return _("sopii melkein kaikille") if len(slot.busy_worker_ids) == 1 else _("sopii useimmille")


def _who(slot: Slot, found: Asked) -> str:
    """How many can come; who can't, and whether it is their own calendar or their team's practice."""
    names = found.names
    if slot.suits_all and len(names) == 1:
        return _("Koollekutsuja pääsee")
    if slot.suits_all:
        return _("Kaikki %(count)d työntekijää pääsevät") % {"count": len(names)}
    today = timezone.localdate(found.question.not_before)
    outside = {key for key, one in found.practices if not one.is_time(slot.starts_at, slot.ends_at)}
    soon = {key for key, one in found.practices if one.is_too_soon(slot.starts_at, today)} - outside
    missing = set(slot.busy_worker_ids)
    count = {"free": len(names) - len(missing), "all": len(names)}
    facts = [_("%(free)d/%(all)d työntekijää") % count]
    for sentence, keys in (
        (_("varattu: %(names)s"), missing - outside - soon),
        (_("tiimin aikojen ulkopuolella: %(names)s"), missing & outside),
        (_("tiimille liian pian: %(names)s"), missing & soon),
    ):
        if keys:
            facts.append(sentence % {"names": words.listed(names[key] for key in sorted(keys))})
    return " · ".join(facts)


def _where(meeting: Meeting, room: Room | None) -> str:
    if room is None:
        return place_inside(meeting)
    facts = [str(room), _("%(seats)d paikkaa") % {"seats": room.seats}]
    if room.is_accessible:
        facts.append(_("esteetön"))
    facts += [str(Equipment(one).label) for one in room.equipment]
    return " · ".join(facts)


def _summary(question: Question) -> str:
    """6 ihmistä, 1 t 30 min, seuraavat 3 viikkoa, klo 8–16."""
    length = dict(DURATIONS)[question.minutes]
    tomorrow = words.today() + timedelta(days=1)
    if question.first_day == tomorrow and (question.last_day - tomorrow).days == USUAL_DAYS - 1:
        days = _("seuraavat 3 viikkoa")
    else:
        days = f"{words.short_day(question.first_day)}–{words.short_day(question.last_day)}"
    hours = _("klo %(from)s–%(to)s") % {"from": _hour(question.earliest), "to": _hour(question.latest)}
    people = _("%(count)d ihmistä") % {"count": question.seats}
    return f"{people}, {length}, {days}, {hours}."


def _hour(clock: time) -> str:
    return words.clock(clock) if clock.minute else str(clock.hour)


def _why_nearest(question: Question, slots: list[Slot], meeting: Meeting) -> dict[str, str | Promise]:
    """Why the list is empty or from elsewhere, and what to change."""
    title = _("Yhteistä aikaa ei löytynyt näillä valinnoilla")
    if slots:
        return {"title": title, "text": _("Tässä lähimmät ajat, jotka sopivat. Voit myös muuttaa hakua.")}
    if not question.in_room or some_room_suits(question):
        text = _(
            "Kokeile lyhyempää aikaa, pidempää jaksoa tai muita kellonaikoja. Voit myös poistaa"
            " merkinnän joltakulta, jonka pitää päästä."
        )
    elif some_room_suits(replace(question, equipment=(), is_accessible=False)):
        text = _(
            "%(municipality)s: yhdessäkään näin suuressa tilassa ei ole kaikkea, mitä toivot. Jätä jokin"
            " toive pois."
        ) % {"municipality": meeting.municipality}
    else:
        text = _(
            "%(municipality)s: yhdessäkään tilassa ei ole paikkaa %(seats)d ihmiselle. Kutsu vähemmän"
            " ihmisiä tai pyydä pääkäyttäjää lisäämään tila."
        ) % {"municipality": meeting.municipality, "seats": question.seats}
    return {"title": title, "text": text}


def _weeks(question: Question, slots: list[Slot]) -> list[Week]:
    mondays: list[date] = weeks_of(slots)
    shown = replace(question, first_day=monday_of(mondays[0]), last_day=mondays[-1] + timedelta(days=6))
    stretches = somebody_busy(shown)
    hours = {"earliest": question.earliest, "latest": question.latest}
    return [drawn_week(monday, slots, stretches, **hours) for monday in mondays]


def frame(meeting: Meeting) -> dict[str, Any]:
    """What the page has in each of its states."""
    breadcrumb = [
        {
            "label": _("Tilanne %(number)s") % {"number": meeting.situation_id},
            "url": reverse("situation_detail", args=[meeting.situation_id]),
        },
        {"label": _("Aika ja tila"), "url": ""},
    ]
    return {
        "breadcrumb": breadcrumb,
        "lead": "",
        "booked": "",
        "why_not": "",
        "search_open": False,
        "nearest": None,
        "calling": [],
        "form": None,
        "weeks": [],
    }
