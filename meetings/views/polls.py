"""A poll of times: asked by the convener, answered by link, signed in or on the family's page, and booked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family, Worker
from network.requests import WorkerRequest
from network.whereabouts import convener_facts
from perhekeskus import words
from perhekeskus.looks import record_look
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused

from ..actions import polls as actions
from ..actions.booking import Taken
from ..forms.polls import PollAnswerForm, PollAskForm
from ..forms.slots import SlotChoice, SlotSearchForm
from ..looks import open_meeting
from ..models import Meeting, PollVoice, TimePoll
from ..polled import family_voice, result_of
from ..rules.meetings import why_not_prepare
from ..rules.polls import why_not_answer_poll, why_not_poll
from ..slots import workers_coming
from ..waiting import number_of
from .by_link import family_page, link_gone
from .family import current_situation, open_meeting_of
from .slots import found_times, frame

METHODS = require_http_methods(["GET", "HEAD", "POST"])
SAVED = "vastattu"


# --- the convener -----------------------------------------------------------------------------------


@METHODS
def meeting_poll(request: WorkerRequest, pk: int) -> HttpResponse:
    """The answers, the best time first; one press books it, another ends the poll."""
    meeting, _ground = open_meeting(request, pk, _("Aikakyselyn vastaukset"))
    if refused := why_not_prepare(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    poll = meeting.polls.first()
    if poll is None:
        return redirect("meeting_poll_ask", pk)
    poll.meeting = meeting
    if request.method == "POST":
        if "close" in request.POST:
            actions.close(poll=poll, by=request.user)
            messages.success(request, _("Kysely on päättynyt. Kenelläkään ei ole enää vastattavaa."))
            return redirect("meeting_poll", pk)
        return _book(request, meeting, poll)
    result = result_of(poll)
    return render(
        request,
        "meetings/meeting_poll.html",
        {
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "result": result,
            "is_open": poll.is_open,
            "state": _state(poll, result.answered, len(result.columns)),
            "can_ask_again": not poll.is_open and why_not_poll(request.user, meeting) is None,
        },
    )


def _state(poll: TimePoll, answered: int, asked: int) -> str:
    facts = {"answered": answered, "all": asked, "by": words.moment(poll.closes_at)}
    if poll.is_open:
        return _("Vastannut %(answered)d/%(all)d. Vastausaikaa on %(by)s asti.") % facts
    return _("Kysely on päättynyt. Vastannut %(answered)d/%(all)d.") % facts


def _book(request: WorkerRequest, meeting: Meeting, poll: TimePoll) -> HttpResponse:
    sent = request.POST.get("time", "")
    time = get_object_or_404(poll.times, pk=int(sent[:18]) if sent.isdecimal() else 0)
    try:
        _meeting, busy = actions.book_time(time=time, by=request.user)
    except Taken:
        messages.error(request, _("Joku ehti varata tämän ajan. Valitse toinen aika."))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if busy:
            names = words.listed(worker.name for worker in busy)
            messages.info(request, _("Kalenterin mukaan varattuna silloin: %(names)s.") % {"names": names})
        return redirect("meeting_check", meeting.pk)
    return redirect("meeting_poll", meeting.pk)


@METHODS
def meeting_poll_ask(request: WorkerRequest, pk: int) -> HttpResponse:
    """Choose or type in the times that are asked."""
    meeting, _ground = open_meeting(request, pk, _("Aikakyselyn tekeminen"))
    if refused := why_not_poll(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    search = SlotSearchForm.asked(request.GET, meeting=meeting, workers=workers_coming(meeting))
    facts: dict[str, Any] = {}
    choices: list[tuple[str, SlotChoice]] = []
    if search.is_valid():
        facts, choices, _weeks = found_times(meeting, search)
    minutes = search.cleaned_data["duration"] if search.is_valid() else meeting.kind.minutes
    data = request.POST if request.method == "POST" else None
    form = PollAskForm(data, choices=choices, minutes=minutes, version=meeting.version)
    if form.is_bound and form.is_valid():
        try:
            actions.ask(
                meeting=meeting,
                by=request.user,
                periods=form.cleaned_data["periods"],
                closes_at=form.closes_at,
                seen_version=form.cleaned_data["seen_version"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            meeting.refresh_from_db()
            form.show_again(meeting.version)
        else:
            messages.success(request, _("Kysely lähtee perheelle ja niille, joille perhe on antanut luvan."))
            return redirect("meeting_poll", pk)
    return render(
        request,
        "meetings/meeting_poll_ask.html",
        {
            **frame(meeting),
            **facts,
            "meeting": meeting,
            "search": search,
            "search_open": bool(search.errors),
            "form": form,
        },
        status=422 if form.is_bound or search.errors else 200,
    )


@METHODS
def meeting_poll_family(request: WorkerRequest, pk: int) -> HttpResponse:
    """What the family says of the times by word is written down here."""
    meeting, _ground = open_meeting(request, pk, _("Perheen vastaus aikakyselyyn"))
    voice = family_voice(meeting)
    if (refused := why_not_prepare(request.user, meeting)) or voice is None:
        messages.info(request, str(refused or _("Aikakysely ei ole auki.")))
        return redirect(meeting)
    form = _form(request, voice, by_family=False)
    if _is_saved(form, voice, by=request.user):
        messages.success(request, _("Perheen vastaukset on kirjattu."))
        return redirect("meeting_poll", pk)
    return render(
        request,
        "meetings/meeting_poll_family.html",
        {"meeting": meeting, "title": number_of(meeting.situation), "form": form},
        status=422 if form.is_bound else 200,
    )


# --- those who are asked ----------------------------------------------------------------------------


def _form(request: HttpRequest, voice: PollVoice, *, by_family: bool) -> PollAnswerForm:
    before = dict(voice.answers.values_list("time", "answer"))
    data = request.POST if request.method == "POST" else None
    return PollAnswerForm(data, times=list(voice.poll.times.all()), before=before, by_family=by_family)


def _is_saved(form: PollAnswerForm, voice: PollVoice, by: Worker | None = None) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        actions.answer(voice=voice, answers=form.answers, by=by)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@METHODS
@family_page(gettext_lazy("Aikakysely"))
def family_poll(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The family says which times suit it: what does not is never suggested."""
    voice = family_voice(open_meeting_of(current_situation(family)))
    if voice is None:
        messages.info(request, _("Nyt ei ole aikakyselyä, johon vastata."))
        return redirect("family_home", token)
    form = _form(request, voice, by_family=True)
    if _is_saved(form, voice):
        messages.success(
            request, _("Kiitos. Vastauksenne painaa eniten, kun aika valitaan. Voitte vielä muuttaa sitä.")
        )
        return redirect("family_home", token)
    return render(
        request,
        "meetings/family_poll.html",
        {
            "form": form,
            "by": words.moment(voice.poll.closes_at),
            "home_url": reverse("family_home", args=[token]),
        },
        status=422 if form.is_bound else 200,
    )


@login_not_required
@METHODS
def poll_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one who is asked by the link in the message. Opening it answers nothing."""
    link = AccessLink.objects.opened_by(LinkPurpose.POLL, token)
    voices = PollVoice.objects.with_people().select_related("poll__meeting__convener__unit")
    voice = voices.filter(link=link).first() if link is not None else None
    if voice is None:
        return link_gone(request)
    return _answer_page(request, voice, "meetings/poll_link.html", signed_in=False)


@METHODS
def poll_answer(request: WorkerRequest, pk: int) -> HttpResponse:
    """The same page for a worker who has signed in."""
    voices = PollVoice.objects.visible_to(request.user).with_people()
    voice = get_object_or_404(voices.select_related("poll__meeting__convener__unit"), pk=pk)
    return _answer_page(request, voice, "meetings/poll_answer.html", signed_in=True)


def _answer_page(request: HttpRequest, voice: PollVoice, template: str, *, signed_in: bool) -> HttpResponse:
    refused = why_not_answer_poll(voice)
    form = _form(request, voice, by_family=False)
    if not refused and _is_saved(form, voice):
        return redirect(f"{request.path}?{SAVED}=1")
    rows: list[dict[str, str]] = []
    consent = voice.consent
    if not refused and consent is not None:
        # A door that is closed tells nothing of what is behind it.
        with_work = bool(consent.worker_id or consent.unit_id or consent.team_id)
        rows = [
            {"term": _("Vastaa viimeistään"), "text": words.moment(voice.poll.closes_at)},
            *(
                {"term": term, "text": text}
                for term, text in convener_facts(
                    voice.poll.meeting.convener, consent.family, with_work=with_work
                )
            ),
        ]
        with transaction.atomic():
            record_look(
                family_id=consent.family_id,
                what=_("Aikakysely"),
                worker=request.user if request.user.is_authenticated else None,
                who=consent.receiver,
                ground=_("perhe kutsui mukaan") if signed_in else _("kutsun linkki"),
            )
    return render(
        request,
        template,
        {"refused": str(refused or ""), "rows": rows, "form": form, "saved": SAVED in request.GET},
        status=422 if request.method == "POST" else 200,
    )
