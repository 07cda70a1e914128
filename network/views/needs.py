"""The needs of the yhteydenottolista, kept by the coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from perhekeskus.refusals import refusals_as_messages

from ..actions import needs as actions
from ..contacts import needs_in_order
from ..forms.needs import NeedForm
from ..models import Need
from ..requests import WorkerRequest
from ..rules.contacts import why_not_remove_need
from .contacts import keepers_only


@keepers_only
def need_list(request: WorkerRequest) -> HttpResponse:
    """Every need, with its words."""
    return render(
        request,
        "network/need_list.html",
        {
            "caption": _("Tarpeet"),
            "head": [
                {"text": _("Tarve")},
                {"text": _("Perheen sanoin")},
                {"text": _("Hakusanat")},
            ],
            "rows": [
                {
                    "cells": [
                        {"text": need.name, "url": reverse("need_edit", args=[need.pk])},
                        {"text": need.family_words or "–"},
                        {"text": need.search_words or "–"},
                    ]
                }
                for need in needs_in_order()
            ],
            "breadcrumb": _trail(),
        },
    )


@keepers_only
def need_create(request: WorkerRequest) -> HttpResponse:
    """A new need."""
    return _form(request, Need(), _("Lisää tarve"), _("Tarve on lisätty. Lisää nyt, kuka siihen vastaa."))


@keepers_only
def need_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """The words of a need, and taking it away."""
    need = get_object_or_404(needs_in_order(), pk=pk)
    return _form(request, need, _("Muuta tarvetta"), _("Muutos on tallennettu."))


@require_POST
@keepers_only
def need_remove(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take away a need that no list answers."""
    need = get_object_or_404(needs_in_order(), pk=pk)
    with refusals_as_messages(request):
        actions.remove(need=need, by=request.user)
        messages.success(request, _("Tarve on poistettu."))
        return redirect("need_list")
    return redirect("need_edit", pk=pk)


def _form(request: WorkerRequest, need: Need, title: str, done: str) -> HttpResponse:
    back = reverse("need_list")
    name, is_new = need.name, need.pk is None
    form = NeedForm(request.POST if request.method == "POST" else None, instance=need, cancel_url=back)
    if form.is_bound and form.is_valid():
        actions.save(need=form.instance, by=request.user, expertise=form.cleaned_data["expertise"])
        messages.success(request, done)
        return redirect(back)
    return render(
        request,
        "network/need_form.html",
        {
            "form": form,
            "title": title,
            "name": name,
            "lead": _("Tarve on sama kaikissa kunnissa. Kunnan listalle kirjataan, kuka siihen vastaa."),
            "breadcrumb": _trail(title),
            "remove_url": "" if is_new else reverse("need_remove", args=[need.pk]),
            "why_not_remove": "" if is_new else why_not_remove_need(need),
        },
        status=422 if form.is_bound else 200,
    )


def _trail(last: str = "") -> list[dict[str, Any]]:
    rows = [
        {"label": _("Yhteydenottolista"), "url": reverse("contacts")},
        {"label": _("Tarpeet"), "url": reverse("need_list") if last else ""},
    ]
    return [*rows, {"label": last, "url": ""}] if last else rows
