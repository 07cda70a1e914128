"""Convening, page by page: whom to ask and what to talk about, and the family's decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.models import ClosePerson, Team, Unit, Worker
from network.reaching import away
from network.requests import WorkerRequest
from network.results import Because
from network.states import ConsentMethod, TeamCalling
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import convening as actions
from ..actions.proposing import mend_outside, propose_outside
from ..calling import calling_of_proposed
from ..came_before import Before, came_before, not_along
from ..forms.convening import (
    DecisionForm,
    PeopleSearchForm,
    TopicForm,
    close_people_not_proposed,
)
from ..forms.kinds import KindForm
from ..forms.proposing import (
    ExpectationForm,
    OutsideForm,
    known_outside,
    outside_professional,
    teams_found,
    units_found,
)
from ..forms.renewal import renewed
from ..looks import open_meeting, open_situation
from ..models import Meeting, Participation, Topic
from ..rules import meetings as rules
from ..rules.situations import why_not_convene
from ..services import service_words
from ..states import Decision, MeetingStatus
from ..waiting import number_of


def meeting_convene(request: WorkerRequest, pk: int) -> HttpResponse:
    """Begin to convene: what it means, and one button."""
    situation, _ground = open_situation(request, pk, _("Koollekutsuminen"))
    form = KindForm(request.POST if request.method == "POST" else None, situation=situation)
    if form.is_bound and form.is_valid():
        try:
            meeting = actions.convene(situation=situation, by=request.user, kind=form.cleaned_data["kind"])
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(situation)
        return redirect("meeting_people", meeting.pk)
    if refused := why_not_convene(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    return render(
        request,
        "meetings/meeting_convene.html",
        {"situation": situation, "title": number_of(situation), "form": form},
        status=422 if form.is_bound else 200,
    )


def meeting_people(request: WorkerRequest, pk: int) -> HttpResponse:
    """Whom to ask and what to talk about: proposals to the family, nothing more."""
    meeting, _ground = open_meeting(request, pk, _("Kutsuttavien valinta"))
    if refused := rules.why_not_propose(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = TopicForm(request.POST if "title" in request.POST else None)
    outside = OutsideForm(request.POST if "outside" in request.POST else None)
    expects = _expects(request, meeting)
    if request.method == "POST":
        if expects is not None:
            if _said(request, expects):
                return redirect(reverse("meeting_people", args=[pk]) + "#ehdotetut")
        elif outside.is_bound:
            if outside.is_valid() and _is_known_rightly(request, meeting, outside):
                with refusals_as_messages(request):
                    _propose_outside(request, meeting, outside)
                return redirect(reverse("meeting_people", args=[pk]) + "#ehdotetut")
        elif "title" in request.POST:
            if form.is_valid():
                with refusals_as_messages(request):
                    actions.propose_topic(meeting=meeting, by=request.user, title=form.cleaned_data["title"])
                return redirect(reverse("meeting_people", args=[pk]) + "#aiheet")
        else:
            with refusals_as_messages(request):
                _change_people(request, meeting)
            return redirect(
                reverse("meeting_people", args=[pk]) + "?" + request.GET.urlencode() + "#ehdotetut"
            )
    return render(
        request,
        "meetings/meeting_people.html",
        _people_facts(request, meeting, form, outside, expects),
        status=422 if form.is_bound or outside.is_bound or expects is not None else 200,
    )


def _expects(request: WorkerRequest, meeting: Meeting) -> ExpectationForm | None:
    """What is hoped of somebody, when that is what was sent."""
    if not (sent := request.POST.get("expects", "")).isdecimal():
        return None
    rows = meeting.participations.by_decision().with_people()
    participation = get_object_or_404(rows, pk=int(sent[:18]))
    return ExpectationForm(request.POST, participation=participation)


def _said(request: WorkerRequest, form: ExpectationForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.say_expectation(
            participation=form.participation, by=request.user, text=form.cleaned_data["text"]
        )
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return False
    return True


def _change_people(request: WorkerRequest, meeting: Meeting) -> None:
    worker = request.user
    post = request.POST
    if post.get("add_worker", "").isdecimal():
        person = get_object_or_404(Worker.objects.visible_to(worker), pk=int(post["add_worker"][:18]))
        actions.propose_person(
            meeting=meeting, by=worker, person=person, why=post.get("why", "").replace("\x00", "")
        )
    elif post.get("add_unit", "").isdecimal():
        unit = get_object_or_404(Unit.objects.visible_to(worker), pk=int(post["add_unit"][:18]))
        actions.propose_person(meeting=meeting, by=worker, person=unit)
    elif post.get("add_team", "").isdecimal():
        team = get_object_or_404(Team.objects.visible_to(worker), pk=int(post["add_team"][:18]))
        actions.propose_person(meeting=meeting, by=worker, person=team)
    elif post.get("add_close_person", "").isdecimal():
        person = get_object_or_404(
            ClosePerson.objects.filter(family=meeting.situation.family_id),
            pk=int(post["add_close_person"][:18]),
        )
        actions.propose_person(meeting=meeting, by=worker, person=person)
    elif post.get("add_outside", "").isdecimal():
        # From outside, only one who was along before: others are written down by their address.
        before = {one.key: one.person for one in came_before(meeting.situation)}
        person = before.get(("outside_professional", int(post["add_outside"][:18])))
        if person is None:
            raise Http404
        actions.propose_person(meeting=meeting, by=worker, person=person)
    elif post.get("remove_person", "").isdecimal():
        participation = get_object_or_404(meeting.participations, pk=int(post["remove_person"][:18]))
        actions.remove_person(participation=participation, by=worker)
    elif post.get("remove_topic", "").isdecimal():
        topic = get_object_or_404(Topic.objects.filter(meeting=meeting), pk=int(post["remove_topic"][:18]))
        actions.remove_topic(topic=topic, by=worker)


def _is_known_rightly(request: WorkerRequest, meeting: Meeting, form: OutsideForm) -> bool:
    """Whether it is clear who is proposed: the address is nobody else's, or the worker has said who is."""
    person = known_outside(form)
    if person is None or form.says(person):
        return True
    chosen = request.POST.get("as", "")
    if chosen not in {"known", "mend"} or not form.has_seen(person):
        form.tell_known(person)
        return False
    if chosen == "mend":
        said = form.cleaned_data
        try:
            mend_outside(
                meeting=meeting,
                by=request.user,
                person=person,
                name=said["name"],
                title=said["professional_title"],
                organisation=said["organisation"],
                why=said["why"],
            )
        except Refused as refusal:
            form.tell_known(person, str(refusal))
            return False
        messages.success(request, _("Tiedot on korjattu: %(name)s.") % {"name": said["name"]})
    return True


def _propose_outside(request: WorkerRequest, meeting: Meeting, form: OutsideForm) -> None:
    person = outside_professional(form)
    proposed, has_account = propose_outside(meeting=meeting, by=request.user, person=person)
    if has_account:
        messages.info(
            request,
            _("%(name)s on verkostossa, joten ehdotimme häntä työntekijänä.") % {"name": proposed.name},
        )
    elif proposed.name != form.cleaned_data["name"]:
        messages.info(
            request, _("Tämä sähköposti on jo tuttu: ehdotimme henkilöä %(name)s.") % {"name": proposed.name}
        )


def _people_facts(
    request: WorkerRequest,
    meeting: Meeting,
    form: TopicForm,
    outside: OutsideForm,
    expects: ExpectationForm | None,
) -> dict[str, Any]:
    asked = set(PeopleSearchForm.base_fields) & set(request.GET)
    home = meeting.situation.family.municipality_id
    search = PeopleSearchForm(request.GET if asked else {"municipality": home})
    found = search.found(meeting) if search.is_valid() else []
    people = list(meeting.participations.by_decision().with_people())
    topics = list(meeting.topics.all())
    absent = away(
        [*(worker.pk for worker, _reasons in found), *(one.worker_id for one in people if one.worker_id)]
    )
    return {
        "meeting": meeting,
        "title": number_of(meeting.situation),
        "form": form,
        "search": search,
        "found": [
            _found_row(worker, reasons) | {"away": absent.get(worker.pk, "")} for worker, reasons in found
        ],
        "units": [
            {"pk": one.pk, "name": one.name, "note": one.organisation.name}
            for one in units_found(search, meeting)
        ],
        "teams": [
            {"pk": one.pk, "name": one.name, "note": _how_called(one)} for one in teams_found(search, meeting)
        ],
        "outside": outside,
        # Whoever prepares the meeting knows its places.
        "services": service_words(meeting.situation.family, request.user, with_places=True),
        "close_people": close_people_not_proposed(meeting),
        "before": [_before_row(one) for one in not_along(meeting, came_before(meeting.situation))],
        "people": [
            {
                "pk": one.pk,
                "initials": words.initials(one.name),
                "name": one.name,
                "note": one.from_where,
                "why": one.why,
                "expectation": one.expectation,
                "expects": _expectation_form(one, expects),
                "is_open": expects is not None and expects.participation.pk == one.pk,
                "away": absent.get(one.worker_id or 0, ""),
                "decision": None if one.decision == Decision.UNDECIDED else one.get_decision_display(),
            }
            for one in people
        ],
        "calling": calling_of_proposed(meeting, people),
        "topics": [
            {
                "pk": one.pk,
                "title": one.title,
                "decision": None if one.decision == Decision.UNDECIDED else one.get_decision_display(),
            }
            for one in topics
        ],
        "why_not_ask": rules.why_not_ask_family(request.user, meeting),
        "why_not_decide": rules.why_not_decidable(meeting),
        "channel": str(meeting.situation.family.get_contact_channel_display()),
        "asked": meeting.status == MeetingStatus.WITH_FAMILY,
    }


# The button that proposes somebody of this kind.
_ADDS = {
    "worker": "add_worker",
    "unit": "add_unit",
    "team": "add_team",
    "outside_professional": "add_outside",
    "close_person": "add_close_person",
}


def _before_row(one: Before) -> dict[str, Any]:
    field, key = one.key
    person: Any = one.person
    notes = {
        "worker": lambda: f"{person.title}, {person.unit}",
        "outside_professional": lambda: person.from_where,
        "close_person": lambda: person.relation,
    }
    return {
        "add": _ADDS[field],
        "pk": key,
        "name": str(person),
        "note": notes[field]() if field in notes else "",
    }


def _expectation_form(one: Participation, sent: ExpectationForm | None) -> ExpectationForm | None:
    """What is hoped of this one; None when the invitation has left with it."""
    if one.invitation_id is not None:
        return None
    if sent is not None and sent.participation.pk == one.pk:
        return sent
    return ExpectationForm(participation=one)


def _how_called(team: Team) -> str:
    if team.calling == TeamCalling.COORDINATOR and team.coordinator is not None:
        return _("Kutsu menee tiimin koordinaattorille: %(name)s") % {"name": team.coordinator.name}
    return _("Kutsu menee tiimin jäsenille")


def _found_row(worker: Worker, reasons: list[Because]) -> dict[str, Any]:
    return {
        "pk": worker.pk,
        "initials": words.initials(worker.name),
        "name": worker.name,
        "note": f"{worker.title}, {worker.unit}",
        "what": worker.what_i_do,
        "reasons": reasons,
        "expertise": words.listed(one.name for one in worker.expertise.all()),
    }


@require_POST
def meeting_ask(request: WorkerRequest, pk: int) -> HttpResponse:
    """Send the family the link on which it decides."""
    meeting, _ground = open_meeting(request, pk, _("Päätöksen pyytäminen perheeltä"))
    with refusals_as_messages(request):
        actions.ask_family(meeting=meeting, by=request.user)
        messages.success(
            request, _("Perheelle lähtee linkki. Saat päätöksen tänne heti, kun perhe on vahvistanut sen.")
        )
        return redirect(meeting)
    return redirect("meeting_people", meeting.pk)


def meeting_decide(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down the family's decision on each person and each topic, with the family."""
    meeting, _ground = open_meeting(request, pk, _("Perheen päätöksen kirjaaminen"))
    refused = rules.why_not_prepare(request.user, meeting) or rules.why_not_decidable(meeting)
    if refused:
        messages.error(request, str(refused))
        return redirect(meeting)
    form = DecisionForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                meeting=meeting,
                decision=form.decision,
                method=ConsentMethod(form.cleaned_data["method"]),
                given_by=form.cleaned_data["given_by"].given_by,
                given_with=form.cleaned_data["given_by"].given_with,
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perheen päätös on kirjattu. Kutsu lähtee vain luvan saaneille."))
            return redirect(
                "meeting_time" if meeting.status in _BEFORE_BOOKING else "meeting_detail", meeting.pk
            )
    return render(
        request,
        "meetings/meeting_decide.html",
        {
            "form": form,
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "can_propose": rules.why_not_propose(request.user, meeting) is None,
        },
        status=422 if form.is_bound else 200,
    )


_BEFORE_BOOKING = {MeetingStatus.DRAFT, MeetingStatus.WITH_FAMILY, MeetingStatus.DECIDED}
