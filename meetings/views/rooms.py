"""The rooms where people meet: everybody looks them up, those who keep the unit tell what they are like."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network.models import Unit
from network.requests import WorkerRequest
from network.sorting import finnish
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import rooms as actions
from ..forms.rooms import RoomCloseForm, RoomForm, RoomListForm
from ..models import Room
from ..rooms import coming_times, facts_in_words
from ..rules.rooms import keeps_some_rooms, why_not_keep_rooms, why_not_remove_room


@require_safe
def room_list(request: WorkerRequest) -> HttpResponse:
    """The rooms of a municipality by unit: how large, with what, and which are not in use."""
    form = RoomListForm(request.GET, municipality=request.user.unit.municipality_id)
    rooms = form.chosen(
        Room.objects.visible_to(request.user)
        .select_related("unit__municipality")
        .order_by(finnish("unit__name"), "unit", finnish("name"), "pk")
    )
    return render(
        request,
        "meetings/room_list.html",
        {
            "form": form,
            "create_url": reverse("room_create") if keeps_some_rooms(request.user) else "",
            "units": [
                {
                    "pk": unit.pk,
                    "name": unit.name,
                    "url": reverse("unit_detail", args=[unit.pk]),
                    # An address ends with the town.
                    "note": unit.address or str(unit.municipality),
                    "rooms": [_row(request, room) for room in of_unit],
                }
                for unit, of_unit in groupby(rooms, key=lambda room: room.unit)
            ],
        },
    )


def _row(request: WorkerRequest, room: Room) -> dict[str, str]:
    keeps = why_not_keep_rooms(request.user, room.unit) is None
    return {
        "name": room.name,
        "text": facts_in_words(room),
        "note": room.note,
        "closed": room.closed_reason,
        "url": reverse("room_detail", args=[room.pk]) if keeps else "",
    }


def _kept(request: WorkerRequest, pk: int) -> Room:
    """For those who don't keep the room its own pages do not exist."""
    rooms = Room.objects.visible_to(request.user).select_related("unit__municipality", "closed_by")
    room = get_object_or_404(rooms, pk=pk)
    if why_not_keep_rooms(request.user, room.unit):
        raise Http404
    return room


def _trail(room: Room | None, last: str = "") -> list[dict[str, str]]:
    rows = [{"label": _("Tilat"), "url": reverse("room_list")}]
    if room is not None:
        rows.append({"label": room.name, "url": reverse("room_detail", args=[room.pk]) if last else ""})
    return [*rows, *([{"label": last, "url": ""}] if last else [])]


@require_safe
def room_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One room for those who keep it: what is told of it, and when it is taken. Times alone, never whose."""
    room = _kept(request, pk)
    times, more = coming_times(room)
    return render(
        request,
        "meetings/room_detail.html",
        {
            "title": room.name,
            "lead": f"{room.unit.name}, {room.unit.municipality}",
            "facts": [
                {"term": _("Koko ja varustus"), "text": facts_in_words(room)},
                *([{"term": _("Tulijalle"), "text": room.note}] if room.note else []),
            ],
            "closed": _closed_words(room),
            "times": times,
            "more": more,
            "room_pk": room.pk,
            "breadcrumb": _trail(room),
        },
    )


def _closed_words(room: Room) -> str:
    if room.closed_at is None or room.closed_by is None:
        return ""
    return _("%(reason)s Tilaa ei voi varata. Merkitsi %(name)s %(day)s.") % {
        "reason": room.closed_reason.rstrip(".") + ".",
        "name": room.closed_by.name,
        "day": words.short_day(room.closed_at),
    }


def room_create(request: WorkerRequest) -> HttpResponse:
    """Add a room to a unit that one keeps."""
    if not keeps_some_rooms(request.user):
        raise Http404
    user = request.user
    units = Unit.objects.visible_to(user).order_by(finnish("name"), "pk")
    own = None if user.is_administrator or user.is_coordinator else user.unit
    form = RoomForm(
        request.POST if request.method == "POST" else None,
        units=units if own is None else None,
        unit=user.unit,
        cancel_url=reverse("room_list"),
    )
    if form.is_bound and form.is_valid():
        unit = own or form.cleaned_data["unit"]
        try:
            room = actions.add_room(unit=unit, by=user, card=form.card)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Tila on lisätty. Sen voi nyt varata."))
            return redirect("room_detail", room.pk)
    return _form_page(request, form, _("Lisää tila"), own.name if own else "", _trail(None, _("Lisää tila")))


def room_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Tell something else of the room."""
    room = _kept(request, pk)
    back = reverse("room_detail", args=[pk])
    form = RoomForm(request.POST if request.method == "POST" else None, room=room, cancel_url=back)
    if form.is_bound and form.is_valid():
        try:
            actions.change_room(
                room=room,
                by=request.user,
                card=form.card,
                seen_version=form.cleaned_data["seen_version"] or 0,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Tilan tiedot on tallennettu."))
            return redirect(back)
    return _form_page(request, form, room.name, room.unit.name, _trail(room, _("Muuta tietoja")))


def _form_page(
    request: WorkerRequest, form: RoomForm, title: str, lead: str, breadcrumb: list[dict[str, str]]
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "lead": lead, "breadcrumb": breadcrumb}
    return render(request, "meetings/room_form.html", context, status=422 if form.is_bound else 200)


def room_close(request: WorkerRequest, pk: int) -> HttpResponse:
    """Let nobody book the room any more; one that was never booked can be taken away as well."""
    room = _kept(request, pk)
    back = reverse("room_detail", args=[pk])
    form = RoomCloseForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if form.is_bound and form.is_valid():
        try:
            actions.close_room(room=room, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("Tila on merkitty pois käytöstä."))
            return redirect(back)
    times, more = coming_times(room)
    return render(
        request,
        "meetings/room_close.html",
        {
            "form": form,
            "title": room.name,
            "room_pk": pk,
            "may_remove": why_not_remove_room(room) is None,
            "times": times,
            "more": more,
            "breadcrumb": _trail(room, _("Pois käytöstä")),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def room_open(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the room into use again."""
    with refusals_as_messages(request):
        actions.open_room(room=_kept(request, pk), by=request.user)
        messages.success(request, _("Tilan voi taas varata."))
    return redirect("room_detail", pk)


@require_POST
def room_remove(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take away a room that was never booked."""
    room = _kept(request, pk)
    try:
        actions.remove_room(room=room, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("room_close", pk)
    messages.success(request, _("Tila on poistettu."))
    return redirect("room_list")
