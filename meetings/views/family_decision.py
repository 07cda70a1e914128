"""The family decides on its own phone: whom to invite, what to talk about, then checks and confirms.

What was chosen is kept in the session between the steps, so that going back, adding somebody and an error
lose nothing; it reaches the database only by the confirmation.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family
from network.states import ConsentMethod
from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions.convening import add_by_family, decide
from ..forms.family import (
    Cards,
    ConfirmForm,
    PeopleForm,
    SuggestPersonForm,
    SuggestTopicForm,
    TopicsForm,
    decision_of,
)
from ..models import Meeting
from ..rules.meetings import STALE
from ..states import Decision, MeetingStatus
from .by_link import family_page
from .family import current_situation, open_meeting_of

KEPT = "family_decision"
PEOPLE, TOPICS, CHECK, DONE = "ihmiset", "aiheet", "tarkistus", "valmis"

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
@family_page(gettext_lazy("Päätös kutsuttavista ja aiheista"))
def family_decide(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Three steps: people, topics, check. Only the last one changes anything."""
    meeting = _decidable(family)
    step = request.POST.get("vaihe") or request.GET.get("vaihe") or PEOPLE
    if meeting is None:
        return render(
            request,
            "meetings/family_nothing_to_decide.html",
            {"home_url": reverse("family_home", args=[token])},
        )
    if step == DONE and request.method != "POST":
        return _done_page(request, meeting, token)
    if step == TOPICS:
        return _cards_step(request, meeting, token, TOPICS)
    if step == CHECK:
        return _check_step(request, meeting, token)
    return _cards_step(request, meeting, token, PEOPLE)


@METHODS
@family_page(gettext_lazy("Oma ehdotus kutsuttavaksi"))
def family_suggest_person(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Propose somebody close to the family."""
    meeting = _decidable(family)
    back = _step_url(token, PEOPLE)
    if meeting is None:
        return redirect(back)
    form = SuggestPersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = form.save(commit=False)
        try:
            add_by_family(meeting=meeting, person=person)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            added = meeting.participations.filter(close_person=person).first()
            if added is not None:
                # Who proposes somebody wants them to come; the family still confirms it.
                _keep(request, meeting, {f"person_{added.pk}": Decision.YES.value})
            messages.success(request, _("Lisäsimme listalle: %(name)s.") % {"name": person.name})
            return redirect(back)
    return render(
        request,
        "meetings/family_suggest_person.html",
        {"form": form, "back_url": back},
        status=422 if form.is_bound else 200,
    )


@METHODS
@family_page(gettext_lazy("Oma ehdotus aiheeksi"))
def family_suggest_topic(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Propose something to talk about."""
    meeting = _decidable(family)
    back = _step_url(token, TOPICS)
    if meeting is None:
        return redirect(back)
    form = SuggestTopicForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_by_family(meeting=meeting, topic=form.cleaned_data["title"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Lisäsimme aiheen: %(title)s.") % {"title": form.cleaned_data["title"]}
            )
            return redirect(back)
    return render(
        request,
        "meetings/family_suggest_topic.html",
        {"form": form, "back_url": back},
        status=422 if form.is_bound else 200,
    )


# --- the steps -----------------------------------------------------------------------------------


def _cards_step(request: HttpRequest, meeting: Meeting, token: str, step: str) -> HttpResponse:
    kind = PeopleForm if step == PEOPLE else TopicsForm
    draft = _kept(request, meeting)
    if request.method != "POST":
        return _cards_page(request, kind(meeting=meeting, draft=draft), token, step)
    form = kind(request.POST, meeting=meeting, draft=draft)
    _keep(request, meeting, form.answers)
    if "suggest" in request.POST:
        return redirect("family_suggest_person" if step == PEOPLE else "family_suggest_topic", token)
    if _is_old(request, meeting):
        messages.error(request, str(STALE))
        return redirect(_step_url(token, step))
    if form.is_valid():
        return redirect(_step_url(token, TOPICS if step == PEOPLE else CHECK))
    return _cards_page(request, form, token, step)


def _cards_page(request: HttpRequest, form: Cards, token: str, step: str) -> HttpResponse:
    people = step == PEOPLE
    return render(
        request,
        "meetings/family_decide.html",
        {
            "form": form,
            "title": _("Keitä kutsutaan?") if people else _("Mistä puhutaan?"),
            "lead": _(
                "Te päätätte. Kutsu lähtee vain niille, joille sanotte kyllä."
                " Voitte muuttaa mieltänne milloin vain."
            )
            if people
            else _("Puhumme vain aiheista, joihin sanotte kyllä. Kutsutut tietävät vain nämä aiheet."),
            "step_words": _("Vaihe %(number)d/3") % {"number": 1 if people else 2},
            "is_empty": not form.rows,
            "back_url": reverse("family_home", args=[token]) if people else _step_url(token, PEOPLE),
            "back_label": _("Takaisin omalle sivulle") if people else _("Takaisin: keitä kutsutaan"),
            "looks_url": reverse("family_looks", args=[token]),
        },
        status=422 if form.is_bound else 200,
    )


def _check_step(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    if request.method == "POST" and _is_old(request, meeting):
        messages.error(request, str(STALE))
        return redirect(_step_url(token, PEOPLE))
    draft = _kept(request, meeting)
    people, topics = PeopleForm(meeting=meeting, draft=draft), TopicsForm(meeting=meeting, draft=draft)
    decision = decision_of(people, topics, draft)
    if decision is None or not people.rows or not topics.rows:
        missing = PEOPLE if not people.rows or _is_open(people) else TOPICS
        messages.error(request, _("Jokin jäi vielä päättämättä. Vastatkaa jokaiseen kohtaan."))
        return redirect(_step_url(token, missing))
    form = ConfirmForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            decide(
                meeting=meeting,
                decision=decision,
                method=ConsentMethod.OWN_LINK,
                given_by=form.cleaned_data["given_by"].given_by,
                given_with=form.cleaned_data["given_by"].given_with,
                by=None,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(_step_url(token, PEOPLE))
        request.session.pop(KEPT, None)
        return redirect(_step_url(token, DONE))
    return render(
        request,
        "meetings/family_check.html",
        {
            "form": form,
            "step_words": _("Vaihe 3/3"),
            "people": _answers(people, _step_url(token, PEOPLE)),
            "topics": _answers(topics, _step_url(token, TOPICS)),
            "back_url": _step_url(token, TOPICS),
        },
        status=422 if form.is_bound else 200,
    )


def _done_page(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    people = meeting.participations.by_decision().filter(decision=Decision.YES).with_people()
    allowed = [one.name for one in people]
    convener = meeting.convener.name
    if allowed:
        steps = [
            _("Annoitte luvan kutsua: %(names)s. Muille ei lähde mitään.") % {"names": words.listed(allowed)}
        ]
    else:
        steps = [_("Ketään ei kutsuta, koska ette antaneet lupaa kenellekään.")]
    if meeting.status == MeetingStatus.DECIDED and allowed:
        steps.append(_("%(name)s etsii kaikille sopivan ajan ja tilan.") % {"name": convener})
        steps.append(_("Saatte tiedon ajasta ja paikasta."))
    steps.append(_("Voitte muuttaa mieltänne milloin vain omalla sivullanne."))
    return render(
        request,
        "meetings/family_decided.html",
        {
            "text": _("%(name)s näkee päätöksenne heti.") % {"name": convener},
            "next_steps": steps,
            "home_url": reverse("family_home", args=[token]),
        },
    )


def _answers(form: Cards, change_url: str) -> list[dict[str, Any]]:
    label = {Decision.YES.value: _("Kyllä"), Decision.NO.value: _("Ei nyt")}
    return [
        {
            "term": form.title_of(row),
            "text": label[str(form.initial[form.name_of(row)])],
            "change_url": change_url,
        }
        for row in form.rows
    ]


# --- what is kept between the steps --------------------------------------------------------------


def _decidable(family: Family) -> Meeting | None:
    """The meeting that the family can decide on: not while the worker is still drafting the proposal."""
    meeting = open_meeting_of(current_situation(family))
    return None if meeting is None or meeting.status == MeetingStatus.DRAFT else meeting


def _kept(request: HttpRequest, meeting: Meeting) -> dict[str, str]:
    kept = request.session.get(KEPT) or {}
    return dict(kept.get("answers") or {}) if kept.get("of") == _of(meeting) else {}


def _keep(request: HttpRequest, meeting: Meeting, answers: dict[str, str]) -> None:
    request.session[KEPT] = {"of": _of(meeting), "answers": _kept(request, meeting) | answers}


def _of(meeting: Meeting) -> str:
    """What the kept choices belong to: a decision recorded since then makes them old."""
    return f"{meeting.pk} {meeting.decided_at}"


def _is_open(form: Cards) -> bool:
    return any(form.name_of(row) not in form.initial for row in form.rows)


def _is_old(request: HttpRequest, meeting: Meeting) -> bool:
    return request.POST.get("version") != str(meeting.version)


def _step_url(token: str, step: str) -> str:
    url = reverse("family_decide", args=[token])
    return url if step == PEOPLE else f"{url}?vaihe={step}"
