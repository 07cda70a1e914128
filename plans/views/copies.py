"""Copies of the plan as those who take care of it give them: in an account, by a link, on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from meetings.people import name_for_worker, places_opened_to
from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.forms import clean_text
from perhekeskus.printing import pdf_response
from perhekeskus.refusals import refusals_as_messages

from .. import actions
from ..copy_letters import addresses, language_of
from ..holders import Holder, holders_of, how, receiver_name
from ..looks import open_plan
from ..models import Copy, Plan
from ..paper import copy_pdf
from ..states import CopyMethod, PlanStatus

AGAIN = "again"


@require_POST
def plan_copy(request: WorkerRequest, pk: int) -> HttpResponse:
    """Give a copy to somebody whom the family lets have it, or send the link anew. A paper comes at once."""
    plan, opens_all = open_plan(request, pk, _("Kopion antaminen"))
    if not opens_all:
        raise Http404
    consent = get_object_or_404(
        plan.situation.family.consents.with_receivers(), pk=_number(request.POST.get("consent"))
    )
    way = request.POST.get("method", "")
    if way and way != AGAIN and way not in CopyMethod.values:
        # A copy that nobody meant would stand on the family's list.
        raise Http404
    with refusals_as_messages(request):
        if way == AGAIN:
            actions.send_copy_again(plan=plan, consent=consent, by=request.user)
            messages.success(
                request, _("Uusi linkki lähtee, ja vanha on suljettu: %(name)s.") % {"name": consent.receiver}
            )
            return redirect(plan)
        copy = actions.give_copy(
            plan=plan,
            consent=consent,
            by=request.user,
            method=CopyMethod(way) if way in CopyMethod.values else None,
            handed_to=clean_text(request.POST.get("handed_to", "")).strip()[:140],
        )
        if copy.method == CopyMethod.PRINTED:
            return redirect("plan_copy_pdf", plan.pk, copy.pk)
        messages.success(request, _done(copy) % {"name": consent.receiver})
    return redirect(plan)


def _done(copy: Copy) -> str:
    return {
        CopyMethod.ACCOUNT: _("Suunnitelma avautuu nyt hänen omalla tunnuksellaan: %(name)s."),
        CopyMethod.LINK: _("Linkki kopioon lähtee: %(name)s."),
    }[CopyMethod(copy.method)]


@require_GET
def plan_copy_pdf(request: WorkerRequest, pk: int, copy: int) -> HttpResponse:
    """The paper of one receiver: their name on every page, and no way to the family's own page."""
    plan, opens_all = open_plan(request, pk, _("Paperikopion tulostaminen"))
    if not opens_all:
        raise Http404
    given = get_object_or_404(
        plan.copies.permitted().filter(method=CopyMethod.PRINTED).with_receivers(), pk=copy
    )
    consent = given.consent
    pdf = copy_pdf(
        plan,
        language=language_of(consent),
        name=receiver_name(consent, given.handed_to),
        since=given.given_at,
    )
    return pdf_response(pdf, f"kopio-{plan.situation_id}-{plan.version}.pdf")


def copies_of(plan: Plan, worker: Worker) -> dict[str, Any]:
    """The list of the plan's page: who has a copy of which version, how, and what can be done next."""
    with_places = places_opened_to(worker, plan.situation)
    can_give = plan.status == PlanStatus.AGREED and plan.situation.is_open
    holders = holders_of(plan)
    old = sum(
        1 for one in holders if one.in_force and one.has_paper and not one.has(plan, CopyMethod.PRINTED)
    )
    return {
        "rows": [
            {
                "pk": one.consent.pk,
                "name": name_for_worker(one.consent, plan.situation.family, with_places=with_places),
                "permission": _permission(one),
                "in_force": one.in_force,
                "copies": [_copy(copy, plan, one) for copy in one.copies],
                "presses": _presses(one, plan) if can_give and one.in_force else [],
                "asks_who": one.consent.unit_id is not None or one.consent.team_id is not None,
                "url": reverse("permission_withdraw", args=[one.consent.pk]) if one.in_force else "",
            }
            for one in holders
        ],
        "old_papers": ngettext(
            "%(count)d paperikopio on vanhempaa versiota. Anna saajalle uusi ja pyydä vanha takaisin.",
            "%(count)d paperikopiota on vanhempaa versiota. Anna saajille uudet ja pyydä vanhat takaisin.",
            old,
        )
        % {"count": old}
        if old and can_give
        else "",
        "url": reverse("plan_copy", args=[plan.pk]),
    }


def _permission(one: Holder) -> str:
    consent = one.consent
    if one.ended_at is not None:
        return _("Lupa päättyi %(day)s.") % {"day": words.day(one.ended_at)}
    said = _("Lupa annettu %(day)s, %(method)s.") % {
        "day": words.day(consent.given_at),
        "method": consent.get_method_display(),
    }
    if consent.valid_until is not None:
        said += " " + _("Voimassa enintään %(day)s.") % {"day": words.day(consent.valid_until)}
    return said


def _copy(copy: Copy, plan: Plan, one: Holder) -> dict[str, str]:
    can_print = one.in_force and copy.method == CopyMethod.PRINTED and copy.plan_id == plan.pk
    return {
        "text": capfirst(how(copy)),
        "url": reverse("plan_copy_pdf", args=[plan.pk, copy.pk]) if can_print else "",
    }


def _presses(one: Holder, plan: Plan) -> list[dict[str, str]]:
    """What is given next: the way that closes with the permission comes first, the paper last."""
    presses = []
    if one.consent.worker_id is not None:
        if not one.has(plan, CopyMethod.ACCOUNT):
            presses.append({"way": CopyMethod.ACCOUNT.value, "label": _("Avaa suunnitelma hänelle")})
    elif one.has(plan, CopyMethod.LINK):
        presses.append({"way": AGAIN, "label": _("Lähetä uusi linkki ja sulje vanha")})
    elif one.consent.team_id is not None or addresses(one.consent):
        presses.append({"way": CopyMethod.LINK.value, "label": _("Lähetä linkki kopioon")})
    if not one.has(plan, CopyMethod.PRINTED):
        presses.append({"way": CopyMethod.PRINTED.value, "label": _("Anna kopio paperilla")})
    return presses


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
