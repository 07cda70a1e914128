"""Convening, page by page: whom and what, the family's decision, check and send, cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import messages as letters
from network import messages as network_letters
from network.models import ClosePerson, Consent, Invitation, Worker
from network.requests import WorkerRequest
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import convening as actions
from ..actions import permissions
from ..forms.convening import (
    DecisionForm,
    PeopleSearchForm,
    SendForm,
    TopicForm,
    close_people_not_proposed,
)
from ..looks import open_meeting, open_situation
from ..models import Meeting, Participation, Situation, Topic
from ..rules import meetings as rules
from ..rules.situations import why_not_convene
from ..states import Decision, MeetingStatus
from ..waiting import number_of
from .answers import OWN_ANSWER
from .situation_page import allowed_topics, people_rows, topic_rows


def meeting_convene(request: WorkerRequest, pk: int) -> HttpResponse:
    """Begin to convene: what it means, and one button."""
    situation, _ground = open_situation(request, pk, _("Koollekutsuminen"))
    if request.method == "POST":
        try:
            meeting = actions.convene(situation=situation, by=request.user)
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
        {"situation": situation, "title": number_of(situation)},
    )


def meeting_people(request: WorkerRequest, pk: int) -> HttpResponse:
    """Whom to ask and what to talk about: proposals to the family, nothing more."""
    meeting, _ground = open_meeting(request, pk, _("Kutsuttavien valinta"))
    if refused := rules.why_not_propose(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = TopicForm(request.POST if "title" in request.POST else None)
    if request.method == "POST":
        if "title" in request.POST:
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
        _people_facts(request, meeting, form),
        status=422 if form.is_bound else 200,
    )


def _change_people(request: WorkerRequest, meeting: Meeting) -> None:
    worker = request.user
    post = request.POST
    if post.get("add_worker", "").isdecimal():
        person = get_object_or_404(Worker.objects.visible_to(worker), pk=int(post["add_worker"][:18]))
        actions.propose_person(
            meeting=meeting, by=worker, person=person, why=post.get("why", "").replace("\x00", "")
        )
    elif post.get("add_close_person", "").isdecimal():
        person = get_object_or_404(
            ClosePerson.objects.filter(family=meeting.situation.family_id),
            pk=int(post["add_close_person"][:18]),
        )
        actions.propose_person(meeting=meeting, by=worker, person=person)
    elif post.get("remove_person", "").isdecimal():
        participation = get_object_or_404(meeting.participations, pk=int(post["remove_person"][:18]))
        actions.remove_person(participation=participation, by=worker)
    elif post.get("remove_topic", "").isdecimal():
        topic = get_object_or_404(Topic.objects.filter(meeting=meeting), pk=int(post["remove_topic"][:18]))
        actions.remove_topic(topic=topic, by=worker)


def _people_facts(request: WorkerRequest, meeting: Meeting, form: TopicForm) -> dict[str, Any]:
    asked = {"need", "expertise", "municipality"} & set(request.GET)
    home = meeting.situation.family.municipality_id
    search = PeopleSearchForm(request.GET if asked else {"municipality": home})
    found = search.found(meeting) if search.is_valid() else []
    people = list(meeting.participations.filter(member=None).select_related("worker__unit", "close_person"))
    topics = list(meeting.topics.all())
    return {
        "meeting": meeting,
        "title": number_of(meeting.situation),
        "form": form,
        "search": search,
        "found": [_found_row(worker) for worker in found],
        "close_people": close_people_not_proposed(meeting),
        "people": [
            {
                "pk": one.pk,
                "initials": words.initials(one.name),
                "name": one.name,
                "note": one.from_where,
                "why": one.why,
                "decision": None if one.decision == Decision.UNDECIDED else one.get_decision_display(),
            }
            for one in people
        ],
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


def _found_row(worker: Worker) -> dict[str, Any]:
    return {
        "pk": worker.pk,
        "initials": words.initials(worker.name),
        "name": worker.name,
        "note": f"{worker.title}, {worker.unit}",
        "what": worker.what_i_do,
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
                given_by=form.cleaned_data["given_by"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = _fresh(form, DecisionForm, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perheen päätös on kirjattu. Kutsu lähtee vain luvan saaneille."))
            return redirect(
                "meeting_time" if meeting.status in _BEFORE_BOOKING else "meeting_detail", meeting.pk
            )
    return render(
        request,
        "meetings/meeting_decide.html",
        {"form": form, "meeting": meeting, "title": number_of(meeting.situation)},
        status=422 if form.is_bound else 200,
    )


_BEFORE_BOOKING = {MeetingStatus.DRAFT, MeetingStatus.WITH_FAMILY, MeetingStatus.DECIDED}


def _fresh(form: Any, kind: type, meeting: Meeting) -> Any:
    """The same answers in a form that has seen the newest state, so that pressing again is possible."""
    meeting.refresh_from_db()
    data = form.data.copy()
    data["version"] = str(meeting.version)
    renewed = kind(data, meeting=meeting)
    renewed.is_valid()
    return renewed


def meeting_check(request: WorkerRequest, pk: int) -> HttpResponse:
    """Check and send: each line with "Muuta", and the very text that people will receive."""
    meeting, _ground = open_meeting(request, pk, _("Kutsujen tarkistaminen"))
    if refused := rules.why_not_invite(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = SendForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_invitations(
                meeting=meeting,
                by=request.user,
                chair=form.cleaned_data["chair"],
                recorder=form.cleaned_data["recorder"],
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = _fresh(form, SendForm, meeting)
            form.add_error(None, str(refusal))
        else:
            return redirect("meeting_sent", meeting.pk)
    return render(
        request,
        "meetings/meeting_check.html",
        _check_facts(meeting, form),
        status=422 if form.is_bound else 200,
    )


def _check_facts(meeting: Meeting, form: SendForm) -> dict[str, Any]:
    allowed = list(
        meeting.participations.filter(member=None, decision=Decision.YES)
        .exclude(consent=None)
        .select_related(
            "worker__unit", "close_person", "consent__worker", "consent__close_person", "invitation"
        )
    )
    left_out = [
        one.name
        for one in meeting.participations.filter(decision=Decision.NO).select_related(
            "worker", "close_person"
        )
    ]
    family = meeting.situation.family
    preview = None
    if allowed:
        preview = network_letters.request_letter(
            actions.invitation_for(allowed[0], meeting), convener=meeting.convener
        )
    rows = [
        {
            "term": _("Aika"),
            "text": words.span(meeting.starts_at, meeting.ends_at),
        },
        {"term": _("Paikka"), "text": str(meeting.room) if meeting.room else "–"},
        {
            "term": _("Kutsun saavat"),
            "text": words.listed(one.name for one in allowed) or _("ei kukaan"),
            "change_url": reverse("meeting_decide", args=[meeting.pk]),
        },
        {
            "term": _("Aiheet"),
            "text": words.listed(
                topic.title for topic in meeting.topics.all() if topic.decision == Decision.YES
            ),
            "change_url": reverse("meeting_decide", args=[meeting.pk]),
        },
        {"term": _("Perhe saa tiedon"), "text": str(family.get_contact_channel_display())},
    ]
    if left_out:
        rows.append({"term": _("Ei kutsuta"), "text": words.listed(left_out)})
    without_mail = [
        one.name
        for one in allowed
        if one.close_person is not None and not (one.close_person.email or one.close_person.phone)
    ]
    return {
        "meeting": meeting,
        "title": number_of(meeting.situation),
        "form": form,
        "rows": rows,
        "preview": preview,
        "family_letter": letters.family_time_letter(meeting) if family.message_address else None,
        "without_mail": words.listed(without_mail),
        "can_release": meeting.status == MeetingStatus.BOOKED,
    }


def meeting_sent(request: WorkerRequest, pk: int) -> HttpResponse:
    """The invitations are on their way: what happens next."""
    meeting, _ground = open_meeting(request, pk, _("Kutsut lähetetty"))
    if meeting.status != MeetingStatus.INVITED:
        return redirect(meeting)
    return render(
        request,
        "meetings/meeting_sent.html",
        {
            "meeting": meeting,
            "when": words.span(meeting.starts_at, meeting.ends_at),
            "next": [
                _("Kun kutsutut vastaavat, näet vastaukset yhteisen ajan sivulla."),
                _("Kaikki saavat muistutuksen edellisenä päivänä."),
                _("Jos perhe peruu luvan, kutsu perutaan heti."),
            ],
        },
    )


@require_POST
def meeting_release(request: WorkerRequest, pk: int) -> HttpResponse:
    """Let the booked time go and look for another."""
    from ..actions import booking

    meeting, _ground = open_meeting(request, pk, _("Varauksen purkaminen"))
    with refusals_as_messages(request):
        booking.release(meeting=meeting, by=request.user)
        return redirect("meeting_time", meeting.pk)
    return redirect(meeting)


def meeting_cancel(request: WorkerRequest, pk: int) -> HttpResponse:
    """Cancel the meeting, after a second look."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisen ajan peruminen"))
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.cancel(meeting=meeting, by=request.user)
            messages.success(
                request, _("Yhteinen aika on peruttu. Siitä kerrotaan kaikille, jotka saivat kutsun.")
            )
        return redirect(meeting.situation)
    if refused := rules.why_not_cancel(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    return render(
        request,
        "meetings/meeting_cancel.html",
        {"meeting": meeting, "title": number_of(meeting.situation)},
    )


def meeting_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The meeting: when, where, who, about what; each by the ground on which it is seen."""
    meeting, ground = open_meeting(request, pk, _("Yhteinen aika"))
    worker = request.user
    preparing = rules.why_not_prepare(worker, meeting) is None
    invitation = _own_invitation(meeting, worker)
    return render(
        request,
        "meetings/meeting_detail.html",
        {
            "meeting": meeting,
            "title": str(meeting.get_kind_display()).capitalize(),
            "situation_title": number_of(meeting.situation),
            "when": words.span(meeting.starts_at, meeting.ends_at) if meeting.period else "",
            "rows": _meeting_rows(meeting),
            "people": people_rows(meeting, allowed_only=not ground.opens_all),
            "topics": topic_rows(meeting) if ground.opens_all else allowed_topics(meeting, worker),
            "sees_all": ground.opens_all,
            "actions": _meeting_actions(meeting, worker) if preparing or ground.opens_all else [],
            "permissions": _permissions(meeting) if ground.opens_all else [],
            "can_cancel": preparing,
            "can_record": rules.why_not_record(worker, meeting) is None,
            "invitation": invitation,
            "own_answer": OWN_ANSWER[InvitationStatus(invitation.status)] if invitation else "",
            "rays": [
                {"heading": ray.get_heading_display(), "tone": ray.get_tone_display(), "text": ray.text}
                for ray in meeting.rays.all()
                if ray.text or ray.tone != "none"
            ]
            if ground.opens_all
            else [],
        },
    )


def _own_invitation(meeting: Meeting, worker: Worker) -> Invitation | None:
    own = (
        Participation.objects.permitted_for(worker)
        .filter(meeting=meeting)
        .select_related("invitation")
        .first()
    )
    return own.invitation if own is not None else None


def _meeting_rows(meeting: Meeting) -> list[dict[str, Any]]:
    rows = [
        {"term": _("Vaihe"), "text": str(meeting.get_status_display()).capitalize()},
        {
            "term": _("Aika"),
            "text": words.span(meeting.starts_at, meeting.ends_at)
            if meeting.period
            else _("ei vielä sovittu"),
        },
        {"term": _("Paikka"), "text": str(meeting.room) if meeting.room else "–"},
    ]
    if meeting.chair:
        rows.append({"term": _("Vetäjä"), "text": meeting.chair.name})
    if meeting.recorder:
        rows.append({"term": _("Kirjaaja"), "text": meeting.recorder.name})
    return rows


def _meeting_actions(meeting: Meeting, worker: Worker) -> list[dict[str, str]]:
    """What can be done next, the first of them first; a refusal stands as a sentence in its place."""
    steps = {
        MeetingStatus.DRAFT: [("meeting_people", _("Valitse kutsuttavat ja aiheet"))],
        MeetingStatus.WITH_FAMILY: [
            ("meeting_decide", _("Kirjaa perheen päätös")),
            ("meeting_people", _("Muuta ehdotusta")),
        ],
        MeetingStatus.DECIDED: [
            ("meeting_time", _("Etsi yhteinen aika")),
            ("meeting_people", _("Muuta ehdotusta")),
            ("meeting_decide", _("Muuta perheen päätöstä")),
        ],
        MeetingStatus.BOOKED: [
            ("meeting_check", _("Tarkista ja lähetä kutsut")),
            ("meeting_decide", _("Muuta perheen päätöstä")),
        ],
        MeetingStatus.INVITED: [("meeting_decide", _("Muuta perheen päätöstä"))],
    }.get(MeetingStatus(meeting.status), [])
    rows = [{"url": reverse(name, args=[meeting.pk]), "label": label} for name, label in steps]
    if rules.why_not_record(worker, meeting) is None:
        held = meeting.status == MeetingStatus.HELD
        label = _("Täydennä kirjausta") if held else _("Kirjaa yhteinen aika")
        record = {"url": reverse("meeting_record", args=[meeting.pk]), "label": label}
        plan = {"url": reverse("plan_edit", args=[meeting.situation_id]), "label": _("Kirjoita suunnitelma")}
        return [plan, record, *rows] if held else [record, *rows]
    if rules.why_not_prepare(worker, meeting) is None:
        return rows
    return []


def _permissions(meeting: Meeting) -> list[dict[str, Any]]:
    consents = Consent.objects.in_force().filter(participations__meeting=meeting).distinct()
    return [
        {
            "pk": one.pk,
            "name": one.receiver,
            "text": _("Lupa annettu %(day)s, %(method)s.")
            % {"day": words.short_day(one.given_at), "method": one.get_method_display()},
        }
        for one in consents.select_related("worker", "close_person", "unit")
    ]


def permission_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down that the family takes a permission back, after a second look."""
    opened = Situation.objects.opened_to(request.user)
    consent = get_object_or_404(
        Consent.objects.in_force().filter(family__situations__in=opened).distinct(), pk=pk
    )
    what = _("Luvan peruminen")
    participation = (
        consent.participations.filter(meeting__situation__in=opened).order_by("-meeting", "-pk").first()
    )
    back: Meeting | Situation
    if participation is not None:
        back, _ground = open_meeting(request, participation.meeting_id, what)
        situation = back.situation
    else:
        # A copy of the plan is given without a meeting.
        newest = opened.filter(family=consent.family_id).order_by("-opened_at", "-pk")[0]
        situation, _ground = open_situation(request, newest.pk, what)
        back = situation
    has_copy = consent.purpose == ConsentPurpose.COPY
    if request.method == "POST":
        with refusals_as_messages(request):
            permissions.withdraw(consent=consent, by=request.user)
            messages.success(
                request,
                _("Lupa on peruttu. Hän ei enää näe suunnitelmaa.")
                if has_copy
                else _("Lupa on peruttu. Kutsu perutaan heti, ja muistutukset loppuvat."),
            )
        # Who was let in by this very permission sees the family's matters no more.
        return redirect(back if opened.filter(pk=situation.pk).exists() else "home")
    return render(
        request,
        "meetings/permission_withdraw.html",
        {
            "situation": situation,
            "back_url": back.get_absolute_url(),
            "consent": consent,
            "has_copy": has_copy,
            "title": number_of(situation),
        },
    )
