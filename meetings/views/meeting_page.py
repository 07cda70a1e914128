"""The page of a shared time, and taking a permission back by word to the worker."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Consent, Invitation, Worker
from network.requests import WorkerRequest
from network.states import ANSWERS, InvitationStatus
from perhekeskus import words

from ..called_off import called_off_rows, roles_asked_anew
from ..child_views import children_at
from ..looks import open_meeting
from ..models import Meeting, Participation
from ..offered import offer_of
from ..people import name_for_worker, sees_places
from ..places import place_inside
from ..read_back import read_back
from ..recorded import parts_used
from ..rules import meetings as rules
from ..rules.addresses import why_not_have_address
from ..rules.cancelling import why_not_again, why_not_leave_unheld
from ..rules.situations import why_not_convene, why_not_edit_family
from ..services import service_words
from ..stars import drawn_star, earlier_star, said_in
from ..states import MISSING, UPCOMING, Decision, MeetingStatus
from ..time_changes import change_words, earlier_wish, waiting_change
from ..waiting import number_of
from .answers import OWN_ANSWER
from .contributions import contributions_of
from .feedback import feedback_of
from .invited import answers_to_act_on, seats_to_take_out
from .preparing import before_meeting
from .situation_page import allowed_topics, people_rows, topic_rows


def meeting_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The meeting: when, where, who, about what; each by the ground on which it is seen."""
    meeting, ground = open_meeting(request, pk, _("Yhteinen aika"))
    worker = request.user
    preparing = rules.why_not_prepare(worker, meeting) is None
    rays = list(meeting.rays.all())
    with_places = sees_places(meeting.situation.family, ground)
    invitation = _own_invitation(meeting, worker)
    feedback = feedback_of(meeting, worker)
    return render(
        request,
        "meetings/meeting_detail.html",
        {
            "meeting": meeting,
            "title": meeting.kind.title,
            "situation_title": number_of(meeting.situation),
            "when": words.span(meeting.starts_at, meeting.ends_at) if meeting.period else "",
            "rows": _meeting_rows(meeting, with_places=with_places),
            "people": people_rows(meeting, allowed_only=not ground.opens_all, with_places=with_places),
            "topics": topic_rows(meeting) if ground.opens_all else allowed_topics(meeting, worker),
            "sees_all": ground.opens_all,
            "services": service_words(meeting.situation.family, worker, with_places=with_places),
            "children": children_at(meeting, ground, worker),
            "before": before_meeting(
                meeting, sees_all=ground.opens_all, with_places=with_places, may_edit=preparing
            )
            if meeting.is_open
            else None,
            "contributions": contributions_of(meeting, request, with_places=with_places)
            if ground.opens_all
            else None,
            "actions": _meeting_actions(meeting, worker, opens_all=ground.opens_all)
            if preparing or ground.opens_all
            else [],
            "permissions": _permissions(meeting, with_places=with_places) if ground.opens_all else [],
            "waiting": _waiting_words(meeting) if ground.opens_all else "",
            "answers": answers_to_act_on(meeting, worker) if preparing else [],
            "can_cancel": preparing,
            "earlier_time": earlier_wish(meeting) if preparing else {},
            "called_off": called_off_rows(meeting, worker),
            "roles_asked": roles_asked_anew(meeting) if preparing and meeting.is_open else [],
            "can_convene_again": why_not_again(worker, meeting) is None
            and why_not_convene(worker, meeting.situation) is None,
            "can_leave_unheld": why_not_leave_unheld(worker, meeting) is None,
            "taken_out_of": seats_to_take_out(meeting, worker) if preparing else [],
            "can_record": rules.why_not_record(worker, meeting) is None,
            **feedback,
            "invitation": invitation,
            "own_answer": OWN_ANSWER[InvitationStatus(invitation.status)] if invitation else "",
            "star": drawn_star(rays) if rays and ground.opens_all else None,
            "said": said_in(rays) if ground.opens_all else [],
            "earlier": earlier_star(meeting) if rays and ground.opens_all else None,
            "papers": _papers(meeting, worker, can_enter_feedback=feedback["can_enter_feedback"]),
            "read": read_back(meeting, worker, with_places=with_places) if ground.opens_all else None,
        },
    )


def _papers(meeting: Meeting, worker: Worker, *, can_enter_feedback: bool) -> dict[str, Any]:
    """What the convener can print just now; said first when the family hears of nothing otherwise."""
    names = []
    if rules.why_not_letter(worker, meeting) is None:
        names.append(("meeting_letter", _("Kutsukirje perheelle")))
    if meeting.is_open and rules.why_not_prepare(worker, meeting) is None:
        names.append(("meeting_agenda_pdf", _("Asialista")))
    if can_enter_feedback:
        names.append(("meeting_feedback_paper", _("Palautelomake perheelle")))
    is_letter = bool(names) and names[0][0] == "meeting_letter"
    refused = why_not_edit_family(worker, meeting.situation) or why_not_have_address(meeting.situation.family)
    unwritten = is_letter and not meeting.situation.family.message_address
    return {
        "rows": [{"url": reverse(name, args=[meeting.pk]), "label": label} for name, label in names],
        "address_url": reverse("situation_address", args=[meeting.situation_id])
        if unwritten and not refused
        else "",
        "told": _("Perheelle ei lähde viestejä. Anna tai postita kutsukirje.") if unwritten else "",
    }


def _own_invitation(meeting: Meeting, worker: Worker) -> Invitation | None:
    own = (
        Participation.objects.permitted_for(worker)
        .filter(meeting=meeting)
        .select_related("invitation")
        .first()
    )
    return own.invitation if own is not None else None


def _waiting_words(meeting: Meeting) -> str:
    """Whom we wait for, when the next step is somebody else's."""
    if meeting.status == MeetingStatus.WITH_FAMILY:
        return _("Perhe on saanut ehdotuksen. Odotetaan perheen päätöstä.")
    if meeting.status == MeetingStatus.DECIDED:
        return str(offer_of(meeting)["text"])
    if meeting.status == MeetingStatus.BOOKED:
        return change_words(meeting)
    if meeting.status != MeetingStatus.INVITED or meeting.period.lower <= timezone.now():
        return ""
    invited = meeting.participations.filter(decision=Decision.YES).exclude(invitation=None)
    answered = invited.filter(invitation__status__in=ANSWERS).count()
    if text := change_words(meeting):
        return text
    if rules.awaits_family(meeting):
        return _("Ehdotit perheelle lisää kutsuttavia. Odotetaan perheen päätöstä.")
    return _("Kutsuun on vastannut %(answered)s/%(all)s. Kaikki saavat muistutuksen edellisenä päivänä.") % {
        "answered": answered,
        "all": invited.count(),
    }


def _place_rows(meeting: Meeting, *, with_places: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"term": _("Paikka"), "text": (with_places and place_inside(meeting)) or "–"}
    ]
    if meeting.remote_url and with_places:
        rows.append({"term": _("Etäyhteys"), "text": _("Avaa etäyhteys"), "url": meeting.remote_url})
    return rows


def _meeting_rows(meeting: Meeting, *, with_places: bool) -> list[dict[str, Any]]:
    rows = [
        {"term": _("Vaihe"), "text": str(meeting.get_status_display()).capitalize()},
        {
            "term": _("Aika"),
            "text": words.span(meeting.starts_at, meeting.ends_at)
            if meeting.period
            else _("ei vielä sovittu"),
        },
        *_place_rows(meeting, with_places=with_places),
    ]
    if meeting.chair:
        rows.append({"term": _("Vetäjä"), "text": meeting.chair.name})
    if meeting.recorder:
        rows.append({"term": _("Kirjaaja"), "text": meeting.recorder.name})
    if meeting.timekeeper:
        rows.append({"term": _("Ajan seuraaja"), "text": meeting.timekeeper.name})
    return rows


def _meeting_actions(meeting: Meeting, worker: Worker, *, opens_all: bool) -> list[dict[str, Any]]:
    """What can be done next, the first of them first; a refusal stands as a sentence in its place."""
    can_propose = rules.why_not_propose(worker, meeting) is None
    steps = {
        MeetingStatus.DRAFT: [("meeting_people", _("Valitse kutsuttavat ja aiheet"))],
        MeetingStatus.WITH_FAMILY: [
            ("meeting_decide", _("Kirjaa perheen päätös")),
            ("meeting_people", _("Muuta ehdotusta")),
        ],
        MeetingStatus.DECIDED: [
            *([("meeting_poll", _("Katso aikakyselyn vastaukset"))] if meeting.polls.exists() else []),
            ("meeting_time", _("Etsi yhteinen aika")),
            ("meeting_people", _("Muuta ehdotusta")),
            ("meeting_decide", _("Muuta perheen päätöstä")),
        ],
        MeetingStatus.BOOKED: [
            ("meeting_check", _("Tarkista ja lähetä kutsut")),
            *_moving(meeting),
            ("meeting_decide", _("Muuta perheen päätöstä")),
        ],
        MeetingStatus.INVITED: [
            *([("meeting_check", _("Lähetä kutsu luvan saaneille"))] if _has_uninvited(meeting) else []),
            ("meeting_decide", _("Muuta perheen päätöstä")),
            *([("meeting_people", _("Ehdota lisää kutsuttavia"))] if can_propose else []),
            *_moving(meeting),
            ("meeting_leaders", _("Vaihda vetäjä tai kirjaaja")),
        ],
    }.get(MeetingStatus(meeting.status), [])
    # While others decide or answer, nothing here is the one thing to do.
    waits = meeting.status in {MeetingStatus.WITH_FAMILY, MeetingStatus.INVITED}
    rows = [
        {"url": reverse(name, args=[meeting.pk]), "label": label, "quiet": waits or number > 0}
        for number, (name, label) in enumerate(steps)
    ]
    if rules.why_not_record(worker, meeting) is None:
        held = meeting.status == MeetingStatus.HELD
        label = _("Täydennä kirjausta") if held else _("Kirjaa yhteinen aika")
        record = {"url": reverse("meeting_record", args=[meeting.pk]), "label": label, "quiet": held}
        plan = {
            "url": reverse("plan_edit", args=[meeting.situation_id]),
            "label": _("Kirjoita suunnitelma"),
            "quiet": False,
        }
        uses = parts_used(meeting)
        ways = [
            *([("meeting_dialogue", _("Tulevaisuuden muistelu"))] if "dialogue" in uses else []),
            *([("meeting_influence", _("Mihin voimme vaikuttaa"))] if "influence" in uses else []),
            *([("meeting_missing", _("Ketkä puuttuivat"))] if _somebody_is_missing(meeting) else []),
        ]
        more = [
            {"url": reverse(name, args=[meeting.pk]), "label": label, "quiet": True} for name, label in ways
        ]
        first = [plan, record] if held and opens_all and "plan" in uses else [record]
        return [*first, *_wall(meeting, worker, opens_all=opens_all), *more, *rows]
    if rules.why_not_prepare(worker, meeting) is None:
        return [*rows, *_wall(meeting, worker, opens_all=opens_all)]
    return []


def _wall(meeting: Meeting, worker: Worker, *, opens_all: bool) -> list[dict[str, Any]]:
    """The screen for the wall, for those who lead."""
    if rules.why_not_show(worker, meeting, opens_all=opens_all):
        return []
    url = reverse("meeting_screen", args=[meeting.pk])
    return [{"url": url, "label": _("Avaa näyttö seinälle"), "quiet": True}]


def _moving(meeting: Meeting) -> list[tuple[str, str]]:
    """Another time: proposed to the family, or its answer written down."""
    if meeting.status not in UPCOMING or meeting.period.lower <= timezone.now():
        return []
    if waiting_change(meeting) is not None:
        return [("meeting_reschedule_answer", _("Kirjaa, sopiiko uusi aika perheelle"))]
    return [("meeting_reschedule", _("Siirrä toiseen aikaan"))]


def _somebody_is_missing(meeting: Meeting) -> bool:
    return (
        meeting.status == MeetingStatus.HELD
        and meeting.participations.filter(attendance__in=MISSING).exists()
    )


def _has_uninvited(meeting: Meeting) -> bool:
    """Whether the family has let somebody in who has no invitation yet."""
    seats = meeting.participations.by_decision().filter(decision=Decision.YES, invitation=None)
    return meeting.status == MeetingStatus.INVITED and seats.exclude(consent=None).exists()


def _permissions(meeting: Meeting, *, with_places: bool) -> list[dict[str, Any]]:
    consents = Consent.objects.in_force().filter(participations__meeting=meeting).distinct()
    return [
        {
            "pk": one.pk,
            "name": name_for_worker(one, meeting.situation.family, with_places=with_places),
            "text": _("Lupa annettu %(day)s, %(method)s.")
            % {"day": words.short_day(one.given_at), "method": one.get_method_display()},
        }
        for one in consents.with_receivers()
    ]
