"""Pages of a talk with the family: writing it down, reading it, putting its words right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import situations as actions
from ..actions import talks
from ..forms.talks import PART_LABELS, ConversationForm, CorrectionForm
from ..looks import open_situation
from ..models import Conversation, Situation
from ..rules import situations as rules
from ..talk_history import corrections, text_rows
from ..waiting import number_of


def conversation_record(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down a talk with the family."""
    situation, _ground = open_situation(request, pk, _("Keskustelun kirjaaminen"))
    refused = rules.why_not_record_conversation(request.user, situation)
    if refused and request.method == "GET":
        messages.error(request, str(refused))
        return redirect(situation)
    talks_so_far = situation.conversations.count()
    initial: dict[str, object] = {"seen_talks": talks_so_far}
    if not talks_so_far and (contact := getattr(situation, "contact", None)) is not None:
        initial["family_words"] = contact.words
    form = ConversationForm(request.POST or None, family=situation.family, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = actions.record_conversation(
                situation=situation,
                by=request.user,
                conversation=form.save(commit=False),
                form_key=form.cleaned_data["form_key"],
                seen_talks=form.cleaned_data["seen_talks"],
                more=form.more,
            )
        except Refused as refusal:
            data = request.POST.copy()
            data["seen_talks"] = str(situation.conversations.count())
            form = ConversationForm(data, family=situation.family)
            form.is_valid()
            form.add_error(None, str(refusal))
        else:
            situation = conversation.situation
            situation.refresh_from_db()
            messages.success(
                request,
                _("Keskustelu on tallennettu.")
                if situation.is_open
                else _("Keskustelu on tallennettu, ja tilanne on päättynyt."),
            )
            return redirect(situation)
    return render(
        request,
        "meetings/conversation_record.html",
        {"form": form, "situation": situation, "title": number_of(situation)},
        status=422 if form.is_bound else 200,
    )


@require_safe
def conversation_detail(request: WorkerRequest, pk: int, talk: int) -> HttpResponse:
    """One talk as it was written down, and what its texts were before they were put right."""
    situation, ground = open_situation(request, pk, _("Keskustelu perheen kanssa"))
    if not ground.opens_all:
        return redirect(situation)
    conversation = _talk(situation, talk)
    can_correct = rules.why_not_correct_conversation(request.user, situation) is None
    return render(
        request,
        "meetings/conversation_detail.html",
        {
            "situation": situation,
            "situation_title": number_of(situation),
            "title": str(conversation.get_kind_display()).capitalize(),
            "lead": words.day(conversation.held_on),
            "facts": _facts(conversation),
            "texts": text_rows(conversation),
            "parts": _parts(conversation),
            "corrected": words.short_day(conversation.corrected_at) if conversation.corrected_at else "",
            "corrections": corrections(conversation) if conversation.corrected_at else [],
            "correct_url": reverse("conversation_correct", args=[pk, talk]) if can_correct else "",
        },
    )


def conversation_correct(request: WorkerRequest, pk: int, talk: int) -> HttpResponse:
    """Put the words of a recorded talk right."""
    situation, _ground = open_situation(request, pk, _("Keskustelun korjaaminen"))
    if refused := rules.why_not_correct_conversation(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    conversation = _talk(situation, talk)
    back = reverse("conversation_detail", args=[pk, talk])
    form = CorrectionForm(request.POST or None, instance=conversation, family=situation.family, back_url=back)
    saved: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            talks.correct(
                conversation=conversation,
                by=request.user,
                texts=form.cleaned_data,
                seen_version=form.cleaned_data["version"],
                more=form.more,
            )
        except Refused as refusal:
            conversation = _talk(situation, talk)
            saved = text_rows(conversation)
            data = request.POST.copy()
            data["version"] = str(conversation.version)
            form = CorrectionForm(data, instance=conversation, family=situation.family, back_url=back)
            form.is_valid()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Keskustelu on korjattu. Aiempi teksti jää historiaan."))
            return redirect(back)
    return render(
        request,
        "meetings/conversation_correct.html",
        {
            "form": form,
            "saved": saved,
            "situation": situation,
            "situation_title": number_of(situation),
            "lead": f"{str(conversation.get_kind_display()).capitalize()}, {words.day(conversation.held_on)}",
        },
        status=422 if form.is_bound else 200,
    )


def _talk(situation: Situation, pk: int) -> Conversation:
    return get_object_or_404(
        situation.conversations.select_related("recorded_by", "corrected_by").prefetch_related(
            "parts", "helpers__person"
        ),
        pk=pk,
    )


def _facts(talk: Conversation) -> list[dict[str, str]]:
    helpers = [f"{one.person.name} ({one.person.relation})" for one in talk.helpers.all()]
    rows = [
        (_("Missä huoli huomattiin"), talk.noticed_where),
        (_("Läheiset, jotka voisivat auttaa"), words.listed(helpers)),
        (_("Mitä sovittiin"), str(talk.get_result_display())),
        (
            _("Kirjasi"),
            _("%(name)s %(day)s") % {"name": talk.recorded_by.name, "day": words.short_day(talk.recorded_at)},
        ),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def _parts(talk: Conversation) -> list[dict[str, Any]]:
    return [
        {
            "heading": str(part.get_place_display()),
            "rows": [
                {"term": str(label), "text": text}
                for name, label in PART_LABELS.items()
                if (text := getattr(part, name))
            ],
        }
        for part in talk.parts.all()
        if part.has_text
    ]
