"""Tulevaisuuden muistelu in the meeting: the run sheet, one turn at a time, and what goes to the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.autosave import Change, WrittenMeanwhile, answer, is_same, mark, marks, saves_itself
from perhekeskus.forms import Choice
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import dialogues as actions
from ..forms.dialogues import DialogueBeginForm, DialogueTurnForm, ProposalsForm
from ..looks import look_on, open_meeting
from ..models import Dialogue, DialogueTurn, Meeting
from ..proposals import RECEIVERS, Proposal, propose_to_plan, why_not_propose_to_plan
from ..rules import dialogues as rules
from ..states import DIALOGUE_STEPS, PROPOSED_QUESTIONS, DialogueQuestion
from ..waiting import number_of
from .record import stay_signed_in

DIALOGUE = gettext_lazy("Tulevaisuuden muistelu")


class _Led(Exception):
    """The meeting's dialogue can't be led now by this worker: where to go instead."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def _opened(request: WorkerRequest, pk: int) -> tuple[Meeting, Dialogue | None]:
    meeting, _ground = open_meeting(request, pk, DIALOGUE)
    if refused := rules.why_not_lead(request.user, meeting):
        messages.error(request, str(refused))
        raise _Led(redirect(meeting))
    dialogue = Dialogue.objects.filter(meeting=meeting).first()
    if dialogue is not None:
        dialogue.meeting = meeting
    return meeting, dialogue


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_dialogue(request: WorkerRequest, pk: int) -> HttpResponse:
    """The facilitator's sheet: how it goes, whose turns there are, who has spoken."""
    try:
        meeting, dialogue = _opened(request, pk)
    except _Led as elsewhere:
        return elsewhere.response
    year_on = words.today() + timedelta(days=365)
    begins = request.method == "POST" and dialogue is None
    form = DialogueBeginForm(request.POST if begins else None, initial={"future_on": year_on, "minutes": 10})
    if begins and form.is_valid():
        actions.begin(meeting=meeting, by=request.user, **form.cleaned_data)
        return redirect("meeting_dialogue", meeting.pk)
    if request.method == "POST" and dialogue is not None:
        with refusals_as_messages(request):
            _pressed(request, meeting, dialogue)
        return redirect("meeting_dialogue", meeting.pk)
    turns = list(dialogue.turns.with_speakers()) if dialogue is not None else []
    taken = [turn for turn in turns if not turn.is_skipped]
    rows = [_turn_row(turn) for turn in turns]
    return render(
        request,
        "meetings/meeting_dialogue.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "dialogue": dialogue,
            "future": words.day(dialogue.future_on) if dialogue is not None else "",
            "form": form,
            "turns": rows,
            "next": next((row for row in rows if row["is_next"]), None),
            "in_all": words.duration(len(taken) * dialogue.minutes) if dialogue is not None else "",
            "others": _others(meeting, turns) if dialogue is not None else [],
            "has_proposals": bool(_proposals(turns)),
        },
        status=422 if form.is_bound else 200,
    )


def _pressed(request: WorkerRequest, meeting: Meeting, dialogue: Dialogue) -> None:
    """Skip, take back, or add somebody of the family."""
    if key := request.POST.get("member", ""):
        members = meeting.situation.family.members.all()
        member = get_object_or_404(members, pk=int(key[:18]) if key.isdecimal() else 0)
        actions.add_member(dialogue=dialogue, by=request.user, member=member)
    for name in ("skip", "unskip"):
        if key := request.POST.get(name, ""):
            turn = get_object_or_404(dialogue.turns, pk=int(key[:18]) if key.isdecimal() else 0)
            turn.dialogue = dialogue
            actions.skip(turn=turn, by=request.user, is_skipped=name == "skip")


def _turn_row(turn: DialogueTurn) -> dict[str, Any]:
    said = {one.question for one in turn.answers.all() if one.text}
    steps = sum(1 for questions in DIALOGUE_STEPS if said & set(questions))
    if turn.is_skipped:
        state, tone = _("ohitettu"), "neutral"
    elif steps == len(DIALOGUE_STEPS):
        state, tone = _("puhunut"), "ok"
    elif steps:
        state, tone = _("kesken"), "wait"
    else:
        state, tone = _("vuoro tulossa"), "neutral"
    return {
        "pk": turn.pk,
        "name": turn.name,
        "initials": words.initials(turn.name),
        "from_where": turn.from_where,
        "is_skipped": turn.is_skipped,
        "is_next": not turn.is_skipped and steps < len(DIALOGUE_STEPS),
        "state": state,
        "tone": tone,
        "url": reverse("meeting_dialogue_turn", args=[turn.dialogue.meeting_id, turn.pk, 1]),
    }


def _others(meeting: Meeting, turns: list[DialogueTurn]) -> list[dict[str, Any]]:
    """Those of the family who have no turn yet."""
    have = {turn.member_id for turn in turns}
    return [
        {"pk": member.pk, "name": member.first_name}
        for member in meeting.situation.family.members.all()
        if member.pk not in have
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_dialogue_turn(request: WorkerRequest, pk: int, turn: int, step: int) -> HttpResponse:
    """One person's turn, a question or two at a time; what is written is saved at each step."""
    try:
        meeting, dialogue = _opened(request, pk)
    except _Led as elsewhere:
        return elsewhere.response
    if dialogue is None or not 1 <= step <= len(DIALOGUE_STEPS):
        raise Http404
    speaker = get_object_or_404(dialogue.turns.with_speakers(), pk=turn)
    speaker.dialogue = dialogue
    facts: dict[str, Any] = {"turn": speaker, "step": step, "saved": actions.saved_answers(speaker)}
    form = DialogueTurnForm(request.POST if request.method == "POST" else None, **facts)
    saved: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            actions.write(turn=speaker, by=request.user, answers=form.changes)
        except WrittenMeanwhile as refusal:
            form, saved = _beside_the_saved(request, speaker, step, form)
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_next(request, dialogue, speaker, step))
    return render(
        request,
        "meetings/meeting_dialogue_turn.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "future": words.day(dialogue.future_on),
            "minutes": dialogue.minutes,
            "name": speaker.name,
            "from_where": speaker.from_where,
            "step": step,
            "steps": len(DIALOGUE_STEPS),
            "form": form,
            "saved": saved,
            "before_url": reverse("meeting_dialogue_turn", args=[pk, turn, step - 1]) if step > 1 else "",
        },
        status=422 if form.is_bound else 200,
    )


def _next(request: WorkerRequest, dialogue: Dialogue, speaker: DialogueTurn, step: int) -> str:
    """The next question of the same person, or the sheet when they have been asked all."""
    if step < len(DIALOGUE_STEPS):
        return reverse("meeting_dialogue_turn", args=[dialogue.meeting_id, speaker.pk, step + 1])
    messages.success(request, _("Tallennettu: %(name)s.") % {"name": speaker.name})
    return reverse("meeting_dialogue", args=[dialogue.meeting_id])


def _beside_the_saved(
    request: WorkerRequest, speaker: DialogueTurn, step: int, old: DialogueTurnForm
) -> tuple[DialogueTurnForm, list[dict[str, str]]]:
    """The typed words with the newest marks, and what was saved meanwhile beside them.

    What was left as it was on the old page gets what is saved.
    """
    now = actions.saved_answers(speaker)
    kept = DialogueTurnForm(turn=speaker, step=step, saved=now)
    data, saved = request.POST.copy(), []
    data["seen"] = marks(kept.saved)
    for name, change in old.changes.items():
        if is_same(kept.saved[name], change.value):
            continue
        if change.seen == mark(change.value):
            data[name] = kept.saved[name]
        elif kept.saved[name]:
            saved.append({"term": str(DialogueQuestion(name).label), "text": kept.saved[name]})
    form = DialogueTurnForm(data, turn=speaker, step=step, saved=now)
    form.is_valid()
    return form, saved


class TurnSheet:
    """One step of one speaker as the fields that save themselves know it."""

    def __init__(self, turn: DialogueTurn, step: int, request: WorkerRequest) -> None:
        self.turn, self.by = turn, request.user
        self.key = f"turn:{turn.pk}"
        self.form = DialogueTurnForm(turn=turn, step=step, saved=actions.saved_answers(turn))

    def clean(self, name: str, value: str) -> str:
        return self.form.clean_one(name, value)

    def saved(self) -> Mapping[str, str]:
        return self.form.saved

    def save(self, changes: Mapping[str, Change]) -> Mapping[str, str]:
        saved = actions.save_answers(turn=self.turn, by=self.by, answers=changes)
        return {name: saved[name] for name in self.form.saved}


@require_POST
@saves_itself
def meeting_dialogue_turn_save(request: WorkerRequest, pk: int, turn: int, step: int) -> JsonResponse:
    """Single answers while they are written, and what the others have written meanwhile."""
    meeting, _ground = look_on(request, pk, DIALOGUE)
    if refused := rules.why_not_lead(request.user, meeting):
        return JsonResponse({"closed": str(refused)}, status=409)
    if not 1 <= step <= len(DIALOGUE_STEPS):
        raise Http404
    speaker = get_object_or_404(DialogueTurn.objects.with_speakers(), pk=turn, dialogue__meeting=meeting)
    speaker.dialogue.meeting = meeting
    stay_signed_in(request, meeting)
    return answer(request, TurnSheet(speaker, step, request))


@dataclass(frozen=True)
class _Said:
    """One line that somebody said helped or was done."""

    key: str
    proposal: Proposal
    question: DialogueQuestion


def _proposals(turns: list[DialogueTurn]) -> list[_Said]:
    """Each line of what was done and what helped, person by person; a skipped turn's stay where they are."""
    said = []
    for turn in turns:
        if turn.is_skipped:
            continue
        answers = {one.question: one for one in turn.answers.all()}
        for question in PROPOSED_QUESTIONS:
            words_said = answers.get(question)
            if words_said is None:
                continue
            for number, line in enumerate(line.strip() for line in words_said.text.splitlines()):
                if not line:
                    continue
                did = question == DialogueQuestion.DID
                proposal = Proposal(text=line, who=turn.name if did else "", words_of=turn.name)
                said.append(_Said(f"{words_said.pk}-{words_said.version}-{number}", proposal, question))
    return said


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_dialogue_proposals(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose what of the answers goes to the plan's draft. Nothing is agreed on by it."""
    try:
        meeting, dialogue = _opened(request, pk)
    except _Led as elsewhere:
        return elsewhere.response
    said = _proposals(list(dialogue.turns.with_speakers())) if dialogue is not None else []
    if not said:
        messages.info(request, _("Kukaan ei ole vielä kertonut, mikä auttoi tai mitä itse teki."))
        return redirect("meeting_dialogue", meeting.pk)
    choices = [
        (one.key, Choice(one.proposal.text, f"{one.proposal.words_of}: {one.question.label.lower()}"))
        for one in said
    ]
    form = ProposalsForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"chosen": [one.key for one in said if one.question == DialogueQuestion.DID]},
    )
    refused = why_not_propose_to_plan(request.user, meeting.situation)
    if form.is_bound and form.is_valid():
        chosen = [one.proposal for one in said if one.key in form.cleaned_data["chosen"]]
        try:
            propose_to_plan(situation=meeting.situation, by=request.user, proposals=chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Ehdotukset ovat suunnitelman luonnoksessa. Mistään ei ole vielä sovittu.")
            )
            return redirect(RECEIVERS[0].url_name, meeting.situation_id)
    return render(
        request,
        "meetings/meeting_proposals.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "page_title": _("Muistelusta suunnitelmaan"),
            "form": form,
            "refused": refused,
            "back_url": reverse("meeting_dialogue", args=[meeting.pk]),
        },
        status=422 if form.is_bound else 200,
    )
