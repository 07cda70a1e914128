"""The yhteydenottolista for those who work with families, and its keeping by the coordinators."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import contacts as actions
from ..contacts import (
    Gaps,
    gaps,
    history,
    in_order,
    municipalities_in_use,
    needs_in_order,
    removed_row,
    why_broken,
)
from ..forms.contacts import ContactRuleForm, ContactSearchForm
from ..models import ContactRule, Municipality, Need, Unit, Worker
from ..reaching import away, ways
from ..requests import WorkerRequest
from ..rules.contacts import why_not_edit_contacts

PAGE_SIZE = 30

View = Callable[..., HttpResponse]


def keepers_only(view: View) -> View:
    """For those who don't keep the list the page does not exist."""

    @wraps(view)
    def guarded(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why_not_edit_contacts(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def address_of(municipality_code: str, need_key: int | None = None) -> str:
    """The list of the municipality, or of one need in it."""
    asked = {"municipality": municipality_code} | ({"need": str(need_key)} if need_key else {})
    return f"{reverse('contacts')}?{urlencode(asked)}"


def _trail(municipality: Municipality, need: Need, last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Yhteydenottolista"), "url": address_of(municipality.pk)},
        {"label": f"{need.name}, {municipality}", "url": address_of(municipality.pk, need.pk)},
        {"label": last, "url": ""},
    ]


# --- the list ------------------------------------------------------------------------------------


def contacts(request: WorkerRequest) -> HttpResponse:
    """Whom to ask for a need in a municipality, in which order and how."""
    form = ContactSearchForm.asked(request)
    context: dict[str, Any] = {
        "form": form,
        "keeps": not why_not_edit_contacts(request.user),
        "need": None,
        "municipality": None,
    }
    if form.is_valid():
        municipality, need = form.cleaned_data["municipality"], form.cleaned_data["need"]
        context |= {"municipality": municipality, "need": need}
        rules = ContactRule.objects.visible_to(request.user).filter(municipality=municipality)
        if need is None:
            context["needs"] = _needs(municipality, rules)
        else:
            shown = [
                rule for rule in in_order(rules.filter(need=need)) if context["keeps"] or not _gone(rule)
            ]
            absent = away([rule.worker_id for rule in shown if rule.worker_id])
            context["rows"] = [
                _row(rule, request.user) | {"away": absent.get(rule.worker_id or 0, "")} for rule in shown
            ]
    return render(request, "network/contacts.html", context)


def _gone(rule: ContactRule) -> bool:
    """A worker who has left is not asked; those who keep the list see the row to mend it."""
    return rule.worker is not None and not rule.worker.is_active


def _needs(municipality: Municipality, rules: Any) -> list[dict[str, Any]]:
    answered = Counter(rules.reachable().values_list("need_id", flat=True))
    return [
        {
            "name": need.name,
            "url": address_of(municipality.pk, need.pk),
            "note": ngettext("%(count)d yhteys", "%(count)d yhteyttä", answered[need.pk])
            % {"count": answered[need.pk]}
            if answered[need.pk]
            else "",
        }
        for need in needs_in_order()
    ]


def _row(rule: ContactRule, by: Worker) -> dict[str, Any]:
    """What the list says of one whom to ask."""
    target = rule.target
    if isinstance(target, Worker):
        phone, email = target.phone or target.unit.phone, target.email
        note, hours = f"{target.title}, {target.unit}", ""
        url = reverse("worker_detail", args=[target.pk])
    elif isinstance(target, Unit):
        phone, email, hours = target.phone, target.email, target.opening_hours
        url = reverse("unit_detail", args=[target.pk])
        note = f"{target.organisation}, {target.municipality}"
    else:
        phone, email, hours, note = rule.team.phone, "", "", ""  # type: ignore[union-attr]
        url = reverse("team_detail", args=[target.pk])
    return {
        "pk": rule.pk,
        "version": rule.version,
        "name": str(target),
        "url": url,
        "note": note,
        "phone": words.telephone(phone),
        "dial": phone.as_rfc3966 if phone else "",
        "hours": hours,
        "email": email,
        "how": rule.how,
        "without_meeting": rule.without_meeting,
        "is_public": rule.is_public,
        "broken": why_broken(rule),
        "ways": ways(by, target),  # type: ignore[arg-type]
    }


# --- keeping it ----------------------------------------------------------------------------------


def _municipality(code: str) -> Municipality:
    return get_object_or_404(municipalities_in_use(), pk=code)


def _need(key: int) -> Need:
    return get_object_or_404(needs_in_order(), pk=key)


@keepers_only
def contacts_rule_create(request: WorkerRequest, code: str, need: int) -> HttpResponse:
    """A new row at the end of a list."""
    where, what = _municipality(code), _need(need)
    back = address_of(where.pk, what.pk)
    form = ContactRuleForm(
        request.POST if request.method == "POST" else None,
        municipality=where,
        cancel_url=back,
        initial={"seen_version": 0},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.add_rule(
                by=request.user,
                need=what,
                municipality=where,
                target=form.cleaned_data["target"],
                words=form.words,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Lisättiin listalle."))
            return redirect(back)
    return _form_page(request, form, where, what, _("Lisää listalle"))


@keepers_only
def contacts_rule_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """A row of a list."""
    rule = _rule(request, pk)
    back = address_of(rule.municipality_id, rule.need_id)
    form = ContactRuleForm(
        request.POST if request.method == "POST" else None,
        municipality=rule.municipality,
        cancel_url=back,
        initial=ContactRuleForm.facts_of(rule),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_rule(
                rule=rule,
                by=request.user,
                target=form.cleaned_data["target"],
                words=form.words,
                seen_version=form.cleaned_data["seen_version"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Muutos on tallennettu."))
            return redirect(back)
    return _form_page(request, form, rule.municipality, rule.need, _("Muuta riviä"))


def _form_page(
    request: WorkerRequest,
    form: ContactRuleForm,
    where: Municipality,
    what: Need,
    title: str,
) -> HttpResponse:
    return render(
        request,
        "network/contacts_form.html",
        {
            "form": form,
            "title": title,
            "lead": f"{what.name}, {where}",
            "breadcrumb": _trail(where, what, title),
        },
        status=422 if form.is_bound else 200,
    )


def _rule(request: WorkerRequest, pk: int) -> ContactRule:
    return get_object_or_404(
        ContactRule.objects.visible_to(request.user).select_related(
            "municipality", "need", "unit", "team", "worker"
        ),
        pk=pk,
    )


def _seen(request: WorkerRequest) -> int:
    version = request.POST.get("seen_version", "")
    return int(version[:9]) if version.isdecimal() else 0


@require_POST
@keepers_only
def contacts_rule_move(request: WorkerRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    rule = _rule(request, pk)
    with refusals_as_messages(request):
        actions.move_rule(
            rule=rule, by=request.user, up=request.POST.get("to") == "up", seen_version=_seen(request)
        )
    return redirect(address_of(rule.municipality_id, rule.need_id))


@require_POST
@keepers_only
def contacts_rule_remove(request: WorkerRequest, pk: int) -> HttpResponse:
    """Off the list; the history brings it back."""
    rule = _rule(request, pk)
    with refusals_as_messages(request):
        actions.remove_rule(rule=rule, by=request.user, seen_version=_seen(request))
        messages.success(request, _("Poistettiin listalta. Voit palauttaa sen tältä sivulta."))
        return redirect("contacts_history", rule.municipality_id, rule.need_id)
    return redirect(address_of(rule.municipality_id, rule.need_id))


@keepers_only
def contacts_history(request: WorkerRequest, code: str, need: int) -> HttpResponse:
    """Who has changed the list, what and when; a removed row can be brought back."""
    where, what = _municipality(code), _need(need)
    if request.method == "POST":
        key = request.POST.get("bring_back", "")
        removed = removed_row(what, where, int(key[:9])) if key.isdecimal() else None
        if removed is None:
            raise Http404
        with refusals_as_messages(request):
            actions.bring_back_rule(removed=removed, by=request.user)
            messages.success(request, _("Palautettiin listan loppuun."))
            return redirect(address_of(where.pk, what.pk))
        return redirect("contacts_history", where.pk, what.pk)
    page = Paginator(history(what, where), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "network/contacts_history.html",
        {
            "page": page,
            "title": _("Muutoshistoria"),
            "lead": f"{what.name}, {where}",
            "breadcrumb": _trail(where, what, _("Muutoshistoria")),
        },
    )


# --- what is missing -----------------------------------------------------------------------------


@keepers_only
def contacts_gaps(request: WorkerRequest) -> HttpResponse:
    """Needs that nobody answers, municipality by municipality."""
    code = request.GET.get("municipality", "")
    if code:
        (found,) = gaps([_municipality(code)])
        return render(request, "network/contacts_gaps_municipality.html", _gap_facts(found))
    rows = gaps(municipalities_in_use())
    return render(
        request,
        "network/contacts_gaps.html",
        {
            "caption": _("Puutteet kunnittain"),
            "head": [
                {"text": _("Kunta")},
                {"text": _("Kukaan ei vastaa"), "number": True},
                {"text": _("Perheille ei näy ketään"), "number": True},
                {"text": _("Rivi ei tavoita ketään"), "number": True},
            ],
            "rows": [
                {
                    "cells": [
                        {
                            "text": str(one.municipality),
                            "url": f"{reverse('contacts_gaps')}?municipality={one.municipality.pk}",
                        },
                        {"text": len(one.unanswered), "number": True},
                        {"text": len(one.not_public), "number": True},
                        {"text": len(one.broken), "number": True},
                    ]
                }
                for one in rows
            ],
            "breadcrumb": [
                {"label": _("Yhteydenottolista"), "url": reverse("contacts")},
                {"label": _("Puutteet"), "url": ""},
            ],
        },
    )


def _gap_facts(found: Gaps) -> dict[str, Any]:
    code = found.municipality.pk
    return {
        "municipality": found.municipality,
        "list_url": address_of(code),
        "unanswered": [
            {"name": need.name, "url": reverse("contacts_rule_create", args=[code, need.pk])}
            for need in found.unanswered
        ],
        "not_public": [{"name": need.name, "url": address_of(code, need.pk)} for need in found.not_public],
        "broken": [
            {
                "name": str(one.rule.target),
                "need": one.rule.need.name,
                "why": one.why,
                "url": reverse("contacts_rule_edit", args=[one.rule.pk]),
            }
            for one in found.broken
        ],
        "breadcrumb": [
            {"label": _("Yhteydenottolista"), "url": address_of(code)},
            {"label": _("Puutteet"), "url": reverse("contacts_gaps")},
            {"label": str(found.municipality), "url": ""},
        ],
    }
