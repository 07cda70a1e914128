"""Asking for advice about a family, answering, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network.actions import consultations as network_actions
from network.models import Consultation, Worker
from network.requests import WorkerRequest
from network.rules.consultations import why_not_be_asked
from network.states import ConsultationResult, ConsultationStatus
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import consultations as actions
from ..consulting import (
    adviser_of,
    away_now,
    code_of,
    consultation_rows,
    is_direct,
    note_of,
    received_rows,
    seen_by_receiver,
)
from ..forms.consultations import AnswerForm, ResultForm
from ..looks import open_consultation
from ..models import Situation
from ..people import name_for_worker, places_opened_to
from ..rules.situations import why_not_raise_of_advice
from ..waiting import number_of

MOST_LISTED = 50


@require_safe
def consultation_list(request: WorkerRequest) -> HttpResponse:
    """What is asked of me, and what I have asked."""
    received = Consultation.objects.received_by(request.user).with_people()[:MOST_LISTED]
    asked = (
        Consultation.objects.asked_for(request.user)
        .with_people()
        .select_related("consent__family")[:MOST_LISTED]
    )
    return render(
        request,
        "meetings/consultation_list.html",
        {"received": received_rows(received), "asked": consultation_rows(asked, worker=request.user)},
    )


@require_safe
def consultation_start(request: WorkerRequest) -> HttpResponse:
    """From a worker's card or the yhteydenottolista: about which family the question is."""
    adviser = adviser_of(request.GET.get("to", ""))
    if adviser is None or not request.user.works_with_families:
        raise Http404
    refused = why_not_be_asked(request.user, adviser)
    situations = Situation.objects.open().opened_to(request.user).order_by("-stage_since", "-pk")
    return render(
        request,
        "meetings/consultation_start.html",
        {
            "adviser": str(adviser),
            "note": note_of(adviser),
            "refused": refused or "",
            "away": away_now(adviser),
            "rows": []
            if refused
            else [
                {
                    "when": words.short_day(situation.stage_since),
                    "title": number_of(situation),
                    "text": str(situation.get_stage_display()),
                    "action_label": _("Kysy neuvoa"),
                    "action_url": f"{reverse('consultation_ask', args=[situation.pk])}?to={code_of(adviser)}",
                    "quiet": True,
                }
                for situation in situations[:MOST_LISTED]
            ],
        },
    )


def consultation_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The question: to answer it, or to read the answer."""
    try:
        consultation, asked = open_consultation(request, pk)
    except Http404:
        if request.method == "POST" and request.POST.get("answer", "").strip():
            return _lost(request)
        raise
    return _asked_page(request, consultation) if asked else _received_page(request, consultation)


def _lost(request: WorkerRequest) -> HttpResponse:
    """What was written while the question was taken back is shown to its writer, and kept nowhere."""
    return render(request, "meetings/consultation_lost.html", {"text": request.POST["answer"]}, status=404)


def _asked_page(request: WorkerRequest, consultation: Consultation) -> HttpResponse:
    situation = get_object_or_404(
        Situation.objects.visible_to(request.user).select_related("family"), pk=consultation.situation_number
    )
    status = ConsultationStatus(consultation.status)
    form = ResultForm(action=_close_url(consultation)) if status == ConsultationStatus.ANSWERED else None
    return render(
        request,
        "meetings/consultation_asked.html",
        _asked_facts(consultation, situation, request.user) | {"form": form},
    )


def _close_url(consultation: Consultation) -> str:
    return reverse("consultation_close", args=[consultation.pk])


def _asked_facts(consultation: Consultation, situation: Situation, worker: Worker) -> dict[str, Any]:
    consent = consultation.consent
    answerer = consultation.answered_by or consultation.picked_up_by
    receiver = name_for_worker(consent, situation.family, with_places=places_opened_to(worker, situation))
    rows = [
        {"term": _("Keneltä"), "text": receiver},
        {"term": _("Milloin"), "text": words.moment(consultation.asked_at)},
        {
            "term": _("Miten"),
            "text": _("Nimettömästi") if consultation.is_anonymous else _("Nimellä"),
        },
        {"term": _("Missä mennään"), "text": str(consultation.get_status_display()).capitalize()},
    ]
    if answerer is not None and consent.worker_id is None:
        rows.append({"term": _("Vastaaja"), "text": f"{answerer.name}, {answerer.title}"})
    if consultation.result:
        rows.append({"term": _("Mitä siitä seurasi"), "text": str(consultation.get_result_display())})
    return {
        "consultation": consultation,
        "situation": situation,
        "title": number_of(situation),
        "rows": rows,
        "answered_by": f"{answerer.name}, {words.short_day(consultation.answered_at)}"
        if answerer is not None and consultation.answered_at is not None
        else "",
        "can_withdraw": consultation.is_open,
        "next": _next_step(consultation, situation),
    }


def _next_step(consultation: Consultation, situation: Situation) -> dict[str, str]:
    """Where the result leads from here."""
    if not situation.is_open:
        return {}
    match consultation.result:
        case ConsultationResult.ENOUGH:
            return {
                "text": _("Jos muuta ei tarvita, voit merkitä tilanteen päättyneeksi."),
                "label": _("Merkitse tilanne päättyneeksi"),
                "url": reverse("situation_end", args=[situation.pk]),
            }
        case ConsultationResult.SHARED_TIME:
            return {
                "text": _("Perhe päättää, keitä kutsutaan. Voit ehdottaa myös vastaajaa."),
                "label": _("Kutsu koolle"),
                "url": reverse("meeting_convene", args=[situation.pk]),
            }
        case ConsultationResult.DIRECT:
            answerer = consultation.answered_by
            assert answerer is not None
            text = _("Vastaaja sai tästä viestin ja näkee, miten perheen tavoittaa.")
            if consultation.is_anonymous:
                text = _("Vastaaja ei tiedä, kenestä on kyse. Anna perheelle hänen yhteystietonsa.")
            return {
                "text": text,
                "label": _("Katso vastaajan yhteystiedot"),
                "url": reverse("worker_detail", args=[answerer.pk]),
            }
    return {}


def _received_page(request: WorkerRequest, consultation: Consultation) -> HttpResponse:
    is_mine = is_direct(consultation) or consultation.picked_up_by_id == request.user.pk
    form = None
    if consultation.is_open and is_mine:
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                network_actions.answer(
                    consultation=consultation, by=request.user, text=form.cleaned_data["answer"]
                )
            except Refused as refusal:
                form.add_error("answer", str(refusal))
            else:
                messages.success(request, _("Kiitos. Vastauksesi on lähetetty."))
                return redirect(consultation)
    return render(
        request,
        "meetings/consultation_received.html",
        {
            "consultation": consultation,
            "form": form,
            "seen": seen_by_receiver(
                asker=consultation.asked_by,
                family=consultation.consent.family,
                question=consultation.question,
                is_anonymous=consultation.is_anonymous,
                topics=consultation.consent.topics,
            ),
            # Whose matter it is opens only to the one who answers.
            "shows_question": is_mine or consultation.is_anonymous,
            "receiver": "" if is_direct(consultation) else consultation.consent.receiver,
            "asked_at": words.moment(consultation.asked_at),
            "can_pick_up": consultation.status == ConsultationStatus.ASKED and not is_mine,
            "can_let_go": consultation.status == ConsultationStatus.PICKED_UP and not is_direct(consultation),
            "result": str(consultation.get_result_display()) if consultation.result else "",
            "contact": _family_contact(consultation),
            "raise_url": _raise_url(request, consultation),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


def _raise_url(request: WorkerRequest, consultation: Consultation) -> str:
    """Where the one who answered opens a situation of their own, when the family wants to go on with them."""
    if why_not_raise_of_advice(request.user, consultation):
        return ""
    return f"{reverse('situation_raise')}?neuvo={consultation.pk}"


def _family_contact(consultation: Consultation) -> str:
    """How the family is reached, once it has asked to be: only of a family that was named."""
    if consultation.result != ConsultationResult.DIRECT or consultation.is_anonymous:
        return ""
    family = consultation.consent.family
    parts = [words.telephone(family.phone) if family.phone else "", family.email]
    return " · ".join(part for part in parts if part)


@require_POST
def consultation_pick_up(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take a question that was asked of one's unit or team."""
    consultation = get_object_or_404(Consultation.objects.received_by(request.user), pk=pk)
    with refusals_as_messages(request):
        network_actions.pick_up(consultation=consultation, by=request.user)
    return redirect(consultation)


@require_POST
def consultation_let_go(request: WorkerRequest, pk: int) -> HttpResponse:
    """Leave it to the others."""
    consultation = get_object_or_404(Consultation.objects.received_by(request.user), pk=pk)
    with refusals_as_messages(request):
        network_actions.let_go(consultation=consultation, by=request.user)
        messages.success(request, _("Kysymys jäi muiden vastattavaksi."))
    return redirect("consultation_list")


@require_POST
def consultation_close(request: WorkerRequest, pk: int) -> HttpResponse:
    """What came of the advice."""
    consultation = get_object_or_404(
        Consultation.objects.asked_for(request.user).with_people().select_related("consent__family"), pk=pk
    )
    form = ResultForm(request.POST, action=_close_url(consultation))
    if form.is_valid():
        try:
            actions.close(
                consultation=consultation,
                by=request.user,
                result=ConsultationResult(form.cleaned_data["result"]),
            )
        except Refused as refusal:
            form.add_error("result", str(refusal))
        else:
            messages.success(request, _("Kirjattu. Kiitos, että kysyit."))
            return redirect(consultation)
    situation = get_object_or_404(
        Situation.objects.visible_to(request.user).select_related("family"), pk=consultation.situation_number
    )
    return render(
        request,
        "meetings/consultation_asked.html",
        _asked_facts(consultation, situation, request.user) | {"form": form},
        status=422,
    )


@require_POST
def consultation_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the question back before it is answered."""
    consultation = get_object_or_404(Consultation.objects.asked_for(request.user), pk=pk)
    with refusals_as_messages(request):
        actions.withdraw(consultation=consultation, by=request.user)
        messages.success(request, _("Kysymys on peruttu. Siihen ei enää odoteta vastausta."))
    return redirect(consultation)
