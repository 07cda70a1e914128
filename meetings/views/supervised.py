"""The supervisor's own page: how many koppis each of the unit has; of families nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus.looks import record_look
from perhekeskus.refusals import Refused

from ..actions import handovers as actions
from ..forms.handovers import SupervisedHandoverForm
from ..models import Contact, Handover, Situation
from ..rules.handovers import why_not_offer_for
from ..supervising import COLUMNS, Row, rows_of, waiting_for_another
from ..waiting import number_of

View = Callable[..., HttpResponse]


def supervisors_only(view: View) -> View:
    """For everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_supervisor:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@supervisors_only
def supervised_unit(request: WorkerRequest) -> HttpResponse:
    """By worker: open koppis, how many nobody has touched for long, and for how long."""
    return render(
        request,
        "meetings/supervised_unit.html",
        {
            "unit": str(request.user.unit),
            "head": [
                {"text": _("Työntekijä")},
                {"text": _("Avoimia koppeja"), "number": True},
                {
                    "text": _("Koskematta yli %(days)s päivää") % {"days": settings.UNTOUCHED_DAYS},
                    "number": True,
                },
                {"text": _("Pisimpään koskematta"), "number": True},
                *[{"text": str(column.head), "number": True} for column in COLUMNS],
            ],
            "rows": [_table_row(row) for row in rows_of(request.user.unit)],
            "waiting": [_waiting_row(one, request.user) for one in waiting_for_another(request.user)],
            "incoming": _incoming(request.user),
        },
    )


def _incoming(supervisor: Worker) -> str:
    """How many families wait for an answer, where the unit answers families; empty elsewhere."""
    if not supervisor.unit.guided_municipalities.exists():
        return ""
    count = Contact.objects.unanswered().filter(unit=supervisor.unit_id).count()
    if not count:
        return _("Kukaan ei odota vastausta juuri nyt.")
    return (
        ngettext("%(count)s perhe odottaa vastausta.", "%(count)s perhettä odottaa vastausta.", count)
        % {"count": count}
    )  # fmt: skip


def _table_row(row: Row) -> dict[str, Any]:
    notes = {"left": _("lähtenyt"), "away": _("poissa"), "": ""}
    note = notes[row.state]
    days = ngettext("%(days)s päivä", "%(days)s päivää", row.oldest_days) % {"days": row.oldest_days}
    return {
        "head": f"{row.worker.name} ({note})" if note else row.worker.name,
        "cells": [
            {"text": str(row.koppis), "number": True},
            {"text": str(row.untouched), "number": True},
            {"text": days if row.untouched else "–", "number": True},
            *[{"text": str(number), "number": True} for number in row.more],
        ],
    }


def _waiting_row(situation: Situation, supervisor: Worker) -> dict[str, Any]:
    offers: list[Handover] = situation.open_offers  # type: ignore[attr-defined]
    text = _("Koppi: %(name)s") % {"name": situation.holder.name}
    facts = {"when": "", "title": number_of(situation), "text": text}
    if offers:
        offered = _("Koppia on tarjottu: %(name)s. Vastausta odotetaan.") % {"name": offers[0].receiver_name}
        facts["text"] = f"{text}. {offered}"
        return facts | {"withdraw_url": reverse("handover_withdraw", args=[offers[0].pk])}
    return facts | {
        "action_label": _("Tarjoa koppia"),
        "action_url": reverse("supervised_offer", args=[situation.pk]),
    }


@supervisors_only
def supervised_offer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Offer the koppi of one who is away to the people of the unit; nothing of the family is shown."""
    situation = get_object_or_404(
        Situation.objects.of_those_away(request.user).select_related("holder__unit"), pk=pk
    )
    if refused := why_not_offer_for(request.user, situation):
        messages.error(request, str(refused))
        return redirect("supervised_unit")
    form = SupervisedHandoverForm(request.POST or None, situation=situation, unit=request.user.unit)
    if request.method == "POST" and form.is_valid():
        try:
            handover = _offer(request, situation, form)
        except Refused as refusal:
            form.add_error("to", str(refusal))
        else:
            done = _("Koppia tarjottiin: %(name)s. Se siirtyy, kun joku ottaa sen. Perhe näkee tarjouksen.")
            messages.success(request, done % {"name": handover.receiver_name})
            return redirect("supervised_unit")
    return render(
        request,
        "meetings/supervised_offer.html",
        {"form": form, "title": number_of(situation), "holder": situation.holder.name},
        status=422 if form.is_bound else 200,
    )


@transaction.atomic
def _offer(request: WorkerRequest, situation: Situation, form: SupervisedHandoverForm) -> Handover:
    """The family sees among the looks who offered its koppi, and why."""
    handover = actions.offer_for(
        situation=situation, by=request.user, to=form.receiver, note=form.cleaned_data["note"]
    )
    record_look(
        worker=request.user,
        family_id=situation.family_id,
        what=_("Kopin tarjoaminen, ei perheen asioita"),
        ground=_("esihenkilö, koska työntekijä on poissa"),
    )
    return handover
