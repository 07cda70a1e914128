"""The administrator's pages of accounts, and the trail of who looked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from perhekeskus import words

from ..actions import administration as actions
from ..directory import found_with_account
from ..duties import in_hand
from ..forms.administration import SearchForm, WorkerForm
from ..models import Worker
from ..requests import WorkerRequest
from ..sorting import by_name
from ..trail import looks_by
from .administration import administrators_only, form_page, list_page, page_of, sent, trail_of


def _account_words(worker: Worker) -> str:
    """What the account opens: "koordinaattori", "ei käytössä"."""
    parts = [
        label
        for label, has in (
            (_("pääkäyttäjä"), worker.is_administrator),
            (_("koordinaattori"), worker.is_coordinator),
            (_("ohjaus ja neuvonta"), worker.is_guidance),
            (_("esihenkilö"), worker.is_supervisor),
            (_("ei käytössä"), not worker.is_active),
        )
        if has
    ]
    return ", ".join(parts)


@administrators_only
def worker_list(request: WorkerRequest) -> HttpResponse:
    """Every account, closed ones too."""
    form = SearchForm(request.GET, hint=_("Nimi, sähköposti, ammatti tai yksikkö."))
    workers = Worker.objects.visible_to(request.user).select_related("unit__municipality")
    page = page_of(request, found_with_account(workers, form.words).order_by(*by_name()))
    return list_page(
        request,
        title=_("Työntekijät"),
        form=form,
        page=page,
        add_label=_("Lisää työntekijä"),
        add_url=reverse("worker_create"),
        head=[{"text": text} for text in (_("Nimi"), _("Yksikkö"), _("Sähköposti"), _("Tunnus"))],
        rows=[
            {
                "cells": [
                    {"text": worker.name, "url": reverse("worker_edit", args=[worker.pk])},
                    {"text": f"{worker.unit}, {worker.unit.municipality}"},
                    {"text": worker.email},
                    {"text": _account_words(worker)},
                ]
            }
            for worker in page
        ],
    )


@administrators_only
def worker_create(request: WorkerRequest) -> HttpResponse:
    """A new account."""
    back = reverse("worker_list")
    form = WorkerForm(sent(request), cancel_url=back)
    return form_page(
        request,
        form,
        lambda: actions.create_worker(by=request.user, card=form.cleaned_data),
        done=_(
            "Tunnus on luotu. Kerro työntekijälle, että hän voi valita salasanan kirjautumissivun kohdasta"
            " ”Unohditko salasanasi?”. Järjestelmä ei vielä lähetä hänelle viestiä."
        ),
        back=back,
        template="network/worker_edit.html",
        title=_("Uusi työntekijä"),
        breadcrumb=trail_of((_("Työntekijät"), back), (_("Uusi työntekijä"), "")),
    )


@administrators_only
def worker_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """An account, and what its owner has in hand."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
    back, name, in_hand_now = reverse("worker_list"), worker.name, in_hand(worker)
    former = worker.email
    form = WorkerForm(sent(request), instance=worker, cancel_url=back)

    def save() -> None:
        changed = actions.change_worker(worker=worker, by=request.user, card=form.cleaned_data)
        if changed.email != former:
            messages.info(
                request,
                _(
                    "Osoite vaihtui, ja entinen salasana lakkasi. Molempiin osoitteisiin lähtee tieto. Uuden"
                    " salasanan voi valita kirjautumissivun kohdasta ”Unohditko salasanasi?”."
                ),
            )
        if in_hand_now and not changed.works_with_families:
            messages.warning(
                request,
                _("Hänellä on vielä: %(duties)s. Ne eivät siirtyneet kenellekään.")
                % {"duties": words.listed(in_hand_now)},
            )

    return form_page(
        request,
        form,
        save,
        done=_("Tunnuksen tiedot on tallennettu."),
        back=back,
        template="network/worker_edit.html",
        title=name,
        in_hand=words.listed(in_hand_now),
        looks_url=reverse("look_list", args=[pk]),
        breadcrumb=trail_of((_("Työntekijät"), back), (name, "")),
    )


@administrators_only
def look_list(request: WorkerRequest, pk: int) -> HttpResponse:
    """What a worker has looked at: when, what, on which ground; never whose."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
    page = page_of(request, looks_by(worker))
    return render(
        request,
        "network/administration_looks.html",
        {
            "name": worker.name,
            "page": page,
            "head": [
                {"text": text} for text in (_("Milloin"), _("Mistä"), _("Mitä"), _("Millä perusteella"))
            ],
            "rows": [
                {
                    "cells": [
                        {"text": words.moment(look["at"])},
                        {"text": look["organisation"]},
                        {"text": look["what"]},
                        {"text": look["ground"]},
                    ]
                }
                for look in page
            ],
            "breadcrumb": trail_of(
                (_("Työntekijät"), reverse("worker_list")),
                (worker.name, reverse("worker_edit", args=[pk])),
                (_("Mitä hän on katsonut"), ""),
            ),
        },
    )
