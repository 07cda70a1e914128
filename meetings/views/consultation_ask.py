"""Asking for advice: whom, what, under whose permission; checked before it is sent.

What is written is kept in the worker's session between the steps, so that Back shows it and never sends it.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import replace_url

from network.requests import WorkerRequest
from network.rules.consents import why_not_ask_permission
from network.rules.consultations import Adviser, why_not_be_asked
from perhekeskus import words
from perhekeskus.refusals import Refused
from perhekeskus.searching import asks_part, found_in_words

from ..actions import consultations as actions
from ..consulting import (
    adviser_of,
    adviser_rows,
    advisers_found,
    away_now,
    code_of,
    note_of,
    seen_by_receiver,
)
from ..forms.consultations import AdviserSearchForm, AskForm, CheckedAskForm
from ..looks import open_situation
from ..models import Situation
from ..rules import consultations as rules
from ..waiting import number_of

DRAFT = "consultation_draft"
CHECK = "tarkistus"
CHECKED, CHANGED = "check", "change"


def consultation_ask(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose whom to ask, write the question, see what the other will see, send."""
    situation, _ground = open_situation(request, pk, _("Neuvon kysyminen"))
    if refused := rules.why_not_ask(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    data = request.POST if request.method == "POST" else request.GET
    adviser = adviser_of(data.get("to", ""))
    if adviser is None:
        return _choose(request, situation)
    if refused := why_not_be_asked(request.user, adviser):
        messages.error(request, str(refused))
        return redirect("consultation_ask", pk=situation.pk)
    return _write(request, situation, adviser)


def _choose(request: WorkerRequest, situation: Situation) -> HttpResponse:
    form = AdviserSearchForm(request.GET if "q" in request.GET else None, situation=situation)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    rows = adviser_rows(advisers_found(text, request.user, situation), situation)
    facts = {"looked": bool(text.strip()), "rows": rows, "found": found_in_words(len(rows))}
    if asks_part(request):
        response = render(request, "meetings/_adviser_results.html", facts | {"is_part": True})
        return replace_url(response, f"?{urlencode({'q': text})}")
    return render(
        request,
        "meetings/consultation_choose.html",
        facts | {"form": form, "situation": situation, "title": number_of(situation), "is_part": False},
    )


def _write(request: WorkerRequest, situation: Situation, adviser: Adviser) -> HttpResponse:
    standing = actions.standing(situation, adviser)
    if standing is None and (refused := why_not_ask_permission(situation.family)):
        messages.error(request, str(refused))
        return redirect(situation)
    checking = request.method != "POST" and request.GET.get("vaihe") == CHECK
    draft = _draft(request, situation, adviser)
    if checking and draft is None:
        return _nothing_to_check(request, situation, adviser)
    given: dict[str, Any] = {
        "situation": situation,
        "standing": standing,
        "back_url": situation.get_absolute_url(),
    }
    form = AskForm(
        request.POST if request.method == "POST" else draft, initial={"to": code_of(adviser)}, **given
    )
    facts = {
        "situation": situation,
        "title": number_of(situation),
        "adviser": str(adviser),
        "note": note_of(adviser),
        "away": away_now(adviser),
        "standing": _("Perhe antoi luvan %(day)s.") % {"day": words.short_day(standing.given_at).rstrip(".")}
        if standing is not None
        else "",
    }
    if checking and form.is_valid():
        checked = CheckedAskForm(draft, **given)
        return render(
            request,
            "meetings/consultation_check.html",
            facts
            | {
                "form": checked,
                "seen": seen_by_receiver(
                    asker=request.user,
                    family=situation.family,
                    question=form.cleaned_data["question"],
                    is_anonymous=form.is_anonymous_chosen,
                    topics=standing.topics if standing is not None else form.given.topics,  # type: ignore[union-attr]
                ),
            },
        )
    if request.method == "POST" and (answer := _posted(request, situation, adviser, form)) is not None:
        return answer
    return render(
        request,
        "meetings/consultation_ask.html",
        facts | {"form": form},
        status=422 if request.method == "POST" else 200,
    )


def _posted(
    request: WorkerRequest, situation: Situation, adviser: Adviser, form: AskForm
) -> HttpResponse | None:
    """Each step leads on to a page that is looked at, so that Back and a second press send nothing again."""
    step = request.POST.get("step", CHECKED)
    if step == CHANGED:
        _keep_draft(request, situation, adviser)
        return redirect(_page(situation, adviser))
    if not form.is_valid():
        return None
    if step == CHECKED:
        _keep_draft(request, situation, adviser)
        return redirect(_page(situation, adviser, vaihe=CHECK))
    try:
        actions.ask(
            situation=situation,
            by=request.user,
            to=adviser,
            question=form.cleaned_data["question"],
            is_anonymous=form.is_anonymous_chosen,
            given=form.given,
            form_key=form.cleaned_data["form_key"],
        )
    except Refused as refusal:
        form.add_error("question", str(refusal))
        return None
    request.session[DRAFT] = _whose(situation, adviser) | {"sent": True}
    messages.success(
        request,
        _("Kysymys on lähetetty: %(name)s. Saat viestin, kun siihen on vastattu.") % {"name": adviser},
    )
    return redirect(situation)


# --- the draft -----------------------------------------------------------------------------------


def _page(situation: Situation, adviser: Adviser, **more: str) -> str:
    return f"{reverse('consultation_ask', args=[situation.pk])}?{urlencode({'to': code_of(adviser)} | more)}"


def _whose(situation: Situation, adviser: Adviser) -> dict[str, Any]:
    return {"situation": situation.pk, "to": code_of(adviser)}


def _keep_draft(request: WorkerRequest, situation: Situation, adviser: Adviser) -> None:
    """In the worker's own session, which is sealed, and ends when they sign out or somebody else signs in."""
    typed = {name: request.POST.get(name, "") for name in AskForm.base_fields}
    request.session[DRAFT] = _whose(situation, adviser) | {"typed": typed}


def _draft(request: WorkerRequest, situation: Situation, adviser: Adviser) -> dict[str, str] | None:
    """What has been written for this adviser and not yet sent."""
    kept = request.session.get(DRAFT) or {}
    return kept.get("typed") if kept.items() >= _whose(situation, adviser).items() else None


def _nothing_to_check(request: WorkerRequest, situation: Situation, adviser: Adviser) -> HttpResponse:
    """Back at the page of a question that has gone: it is told so, and not asked anew."""
    kept = request.session.get(DRAFT) or {}
    if kept.get("sent") and kept.items() >= _whose(situation, adviser).items():
        messages.info(request, _("Kysymys on jo lähetetty."))
        return redirect(situation)
    return redirect(_page(situation, adviser))
