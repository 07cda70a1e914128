"""The facts of a situation's page, by the ground on which it is seen."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Worker
from network.states import ConsentPurpose, InvitationStatus, MemberRole
from perhekeskus import words

from ..agreed import has_agreed_plan
from ..child_views import views_of
from ..consulting import consultations_of
from ..models import Meeting, Participation, Situation
from ..people import name_for_worker, sees_places, shown_work
from ..places import place_inside
from ..querysets import Ground
from ..rules import situations as rules
from ..services import service_rows
from ..stars import drawn_star
from ..states import OPEN_MEETINGS, Decision, MeetingStatus, Stage
from ..timeline import event_rows, events_of
from ..timeline_picture import LINE, latest_and_next, picture_of
from ..waiting import step_for, step_of_invited, with_next_step
from .koppi import doings_of, handover_notice, not_mine

CHIP_OF_DECISION = {Decision.YES: "ok", Decision.NO: "no", Decision.UNDECIDED: "wait"}
CHIP_OF_ANSWER = {
    InvitationStatus.ACCEPTED: "ok",
    InvitationStatus.TENTATIVE: "wait",
    InvitationStatus.PENDING: "wait",
    InvitationStatus.DECLINED: "no",
    InvitationStatus.EXPIRED: "no",
    InvitationStatus.REVOKED: "no",
}


def situation_facts(situation: Situation, ground: Ground, worker: Worker) -> dict[str, Any]:
    """Everything that the page shows; an invited person gets only what the family lets them know."""
    situation = with_next_step(
        Situation.objects.filter(pk=situation.pk).select_related("family__municipality", "holder__unit")
    ).get()
    meeting = _current_meeting(situation, worker)
    with_places = sees_places(situation.family, ground)
    facts: dict[str, Any] = {
        "situation": situation,
        "title": _("Perheen tilanne %(number)s") % {"number": situation.pk},
        "breadcrumb": [
            {"label": _("Tilanteet"), "url": reverse("situation_list")},
            {"label": str(situation.pk), "url": ""},
        ],
        "stages": stage_line(situation) if ground.opens_all else [],
        "koppi": _koppi(situation, worker, meeting, with_places=with_places)
        if ground.opens_all
        else _koppi_for_invited(situation, worker, meeting),
        "sees_all": ground.opens_all,
        "lead": "",
        "meeting": meeting,
        "meeting_facts": _meeting_facts(meeting, with_places=with_places) if meeting else None,
    }
    if meeting is not None:
        facts["people"] = people_rows(meeting, allowed_only=not ground.opens_all, with_places=with_places)
        facts["topics"] = topic_rows(meeting) if ground.opens_all else allowed_topics(meeting, worker)
    if ground.opens_all:
        facts |= _full_facts(situation, worker, meeting, with_places=with_places)
        facts["informed"] = _informed(situation, with_places=with_places)
    return facts


def stage_line(situation: Situation) -> list[dict[str, str]]:
    """The five stages: what is done, where we are, what is ahead."""
    now = LINE.index(Stage(situation.stage)) if situation.stage in LINE else -1
    rows = []
    for index, stage in enumerate(LINE):
        state = "todo" if index > now else "done" if index < now else "now"
        if situation.stage == Stage.EVERYDAY:
            state = "done"
        note = ""
        if state == "now":
            days = (timezone.localdate() - timezone.localtime(situation.stage_since).date()).days
            note = (
                _("nyt")
                if days < 1
                else ngettext("nyt · %(days)s päivä", "nyt · %(days)s päivää", days) % {"days": days}
            )
        elif index == 0 and state == "done":
            note = words.short_day(situation.opened_at)
        rows.append({"label": str(stage.label), "note": note, "state": state})
    return rows


def _koppi(
    situation: Situation, worker: Worker, meeting: Meeting | None, *, with_places: bool
) -> dict[str, str]:
    mine = situation.holder_id == worker.pk
    if not situation.is_open:
        return {
            "initials": words.initials(situation.holder.name),
            "title": _("Tilanne on päättynyt."),
            "text": str(situation.get_ending_display()).capitalize() + ".",
            "action_label": "",
            "action_url": "",
        }
    step = step_for(situation, worker, meeting)
    where = _work(situation.holder, with_places=with_places)
    return {
        "initials": words.initials(situation.holder.name),
        "title": _("Koppi on sinulla.")
        if mine
        else _("Koppi: %(name)s, %(where)s.") % {"name": situation.holder.name, "where": where},
        "text": step.title + ".",
        "action_label": step.label,
        "action_url": step.url if step.url != situation.get_absolute_url() else "",
    }


def _koppi_for_invited(situation: Situation, worker: Worker, meeting: Meeting | None) -> dict[str, str]:
    """Whom to ask, and nothing of how the family's matters go on."""
    where = f"{situation.holder.title}, {situation.holder.unit}"
    step = step_of_invited(meeting, worker) if meeting is not None else None
    return {
        "initials": words.initials(situation.holder.name),
        "title": _("Koppi: %(name)s, %(where)s.") % {"name": situation.holder.name, "where": where},
        "text": _("Perhe on kutsunut sinut mukaan.") + (f" {step.title}." if step is not None else ""),
        "action_label": step.label if step is not None else "",
        "action_url": step.url if step is not None else "",
    }


def _current_meeting(situation: Situation, worker: Worker) -> Meeting | None:
    """The newest meeting that this worker may see: an invitation to one opens no other."""
    return (
        Meeting.objects.visible_to(worker)
        .filter(situation=situation)
        .exclude(status__in=[MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD])
        .select_related("kind", "convener__unit", "room__unit", "chair", "recorder", "situation__family")
        .order_by("-pk")
        .first()
    )


def _work(worker: Worker, *, with_places: bool) -> str:
    return f"{worker.title}, {worker.unit}" if with_places else worker.title


def _meeting_facts(meeting: Meeting, *, with_places: bool) -> dict[str, Any]:
    return {
        "title": meeting.kind.title,
        "status": str(meeting.get_status_display()),
        "is_open": meeting.status in OPEN_MEETINGS,
        "time": words.span(meeting.starts_at, meeting.ends_at)
        if meeting.period
        else _("Aikaa ei ole vielä sovittu"),
        "place": place_inside(meeting) if with_places else "",
        "url": meeting.get_absolute_url(),
    }


def people_rows(
    meeting: Meeting, *, allowed_only: bool = False, with_places: bool = True
) -> list[dict[str, Any]]:
    """Who comes: the family first, then the convener, then everybody else with the family's word on each."""
    participations = list(
        meeting.participations.with_people().select_related("invitation__coming_worker", "consent")
    )
    guardians = [one.name for one in participations if one.member_id]
    rows = []
    if guardians:
        names = words.listed(guardians)
        rows.append(
            {
                "initials": words.initials(names),
                "name": names,
                "note": _("perhe"),
                "chip": {"text": _("mukana"), "tone": "ok"},
            }
        )
    rows.append(
        {
            "initials": words.initials(meeting.convener.name),
            "name": meeting.convener.name,
            "note": _work(meeting.convener, with_places=with_places),
            "chip": {"text": _("kutsuu koolle"), "tone": "ok"},
        }
    )
    family = meeting.situation.family
    for one in participations:
        is_revoked = one.invitation is not None and one.invitation.status == InvitationStatus.REVOKED
        if one.member_id or (allowed_only and (one.decision != Decision.YES or is_revoked)):
            continue
        rows.append(
            {
                "initials": words.initials(one.name),
                "name": name_for_worker(one, family, with_places=with_places),
                "note": who_comes(one) or (one.from_where if with_places else shown_work(one, family)),
                "chip": person_chip(one),
            }
        )
    return rows


def who_comes(participation: Participation) -> str:
    """Who of the unit or the team comes, once they have said it."""
    return participation.invitation.comes if participation.invitation is not None else ""


def person_chip(participation: Participation) -> dict[str, str]:
    """The family's decision on a person, or the person's own answer once invited."""
    if participation.attendance:
        return {"text": str(participation.get_attendance_display()), "tone": "neutral"}
    if participation.decision == Decision.YES and participation.invitation is not None:
        status = InvitationStatus(participation.invitation.status)
        return {"text": str(status.label), "tone": CHIP_OF_ANSWER[status]}
    decision = Decision(participation.decision)
    return {"text": str(decision.label), "tone": CHIP_OF_DECISION[decision]}


def allowed_topics(meeting: Meeting, worker: Worker) -> list[dict[str, Any]]:
    """The topics that the worker's own permission names, if the family still wants to talk about them."""
    own = (
        Participation.objects.permitted_for(worker).filter(meeting=meeting).select_related("consent").first()
    )
    titles = own.consent.topics if own is not None and own.consent is not None else []
    said_yes = {topic.title for topic in meeting.topics.all() if topic.decision == Decision.YES}
    return [row for row in topic_rows(meeting) if row["term"] in said_yes.intersection(titles)]


def topic_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """What is talked about, with the family's word on each."""
    said = {
        Decision.YES: _("Perhe hyväksyi %(day)s."),
        Decision.NO: _("Perhe ei halua tästä puhuttavan nyt."),
        Decision.UNDECIDED: _("Perhe ei ole vielä päättänyt."),
    }
    rows = []
    for topic in meeting.topics.all():
        decision = Decision(topic.decision)
        day = words.short_day(topic.decided_at).rstrip(".") if topic.decided_at else ""
        text = _("Perheen oma aihe.") if topic.by_family else said[decision] % {"day": day}
        tone = CHIP_OF_DECISION[decision]
        label = _("ei") if decision == Decision.NO else str(decision.label)
        rows.append({"term": topic.title, "text": text, "chip": {"text": label, "tone": tone}})
    return rows


def _full_facts(
    situation: Situation, worker: Worker, meeting: Meeting | None, *, with_places: bool
) -> dict[str, Any]:
    family = situation.family
    members = list(family.members.all())
    children = [one for one in members if one.role == MemberRole.CHILD]
    talks = situation.talks  # type: ignore[attr-defined]
    rays = list(meeting.rays.all()) if meeting is not None else []
    events = events_of(situation, with_places=with_places)
    return {
        "lead": " · ".join(_summary(situation, children)),
        "family_rows": _family_rows(
            situation, members, can_edit=rules.why_not_edit_family(worker, situation) is None
        ),
        "quotes": _quotes(talks),
        "events": event_rows(events),
        "timeline": picture_of(situation, events),
        "latest": latest_and_next(events),
        "strengths": [talk.strengths for talk in talks if talk.strengths],
        "worries": [talk.worries for talk in talks if talk.worries],
        "tried": [talk.tried for talk in talks if talk.tried],
        "children": views_of(situation, worker),
        "star": drawn_star(rays) if rays else None,
        "offer": handover_notice(situation, worker, with_places=with_places),
        "consultations": consultations_of(situation, with_places=with_places),
        # Everybody who sees all of an open situation may ask.
        "ask_url": reverse("consultation_ask", args=[situation.pk]) if situation.is_open else "",
        "can_edit": rules.why_not_edit_family(worker, situation) is None,
        "doings": doings_of(situation, worker),
        "not_mine": not_mine(situation, worker),
        "has_plan": situation.stage in {Stage.PLAN, Stage.EVERYDAY} or has_agreed_plan(situation),
        "plan_url": reverse("plan_edit", args=[situation.pk]),
    }


def _informed(situation: Situation, *, with_places: bool) -> list[dict[str, str]]:
    """Whom the family lets be told how things go, and of which topics: nothing is sent to them."""
    consents = situation.family.consents.in_force().filter(purpose=ConsentPurpose.INFORM)
    return [
        {
            "name": name_for_worker(one, situation.family, with_places=with_places),
            "topics": words.listed(one.topics),
        }
        for one in consents.with_receivers().order_by("given_at", "pk")
    ]


def _summary(situation: Situation, children: list) -> list[str]:
    parts = []
    if children:
        ages = words.listed(_("%(age)s v") % {"age": child.age} for child in children)
        if len(children) == 1:
            parts.append(_("Yksi lapsi, %(ages)s") % {"ages": ages})
        else:
            count = words.number_word(len(children))
            parts.append(
                _("%(count)s lasta, %(ages)s") % {"count": count[:1].upper() + count[1:], "ages": ages}
            )
    family = situation.family
    if not family.address_protected:
        parts.append(str(family.municipality))
    language = family.other_language or str(family.get_language_display())
    parts.append(_("perheen kieli %(language)s") % {"language": language})
    return parts


def _givers(situation: Situation, members: list) -> str:
    mature = [one.first_name for one in members if one.role == MemberRole.CHILD and one.is_mature]
    text = _("kummaltakin huoltajalta") if situation.family.both_guardians_asked else _("huoltajalta")
    if mature:
        text += " · " + _("päättää itse: %(names)s") % {"names": words.listed(mature)}
    return text


def _family_rows(situation: Situation, members: list, *, can_edit: bool) -> list[dict[str, Any]]:
    family = situation.family
    edit = reverse("situation_close_people", args=[situation.pk])
    edit_members = reverse("situation_family", args=[situation.pk]) if can_edit else ""
    children = [one for one in members if one.role == MemberRole.CHILD]
    guardians = [one for one in members if one.role == MemberRole.GUARDIAN]
    rows = [
        {
            "term": _("Lapset"),
            "text": words.listed(f"{one.first_name} ({one.birth_year})" for one in children),
            "change_url": edit_members,
        },
        {
            "term": _("Huoltajat"),
            "text": words.listed(one.first_name for one in guardians) or "–",
            "change_url": edit_members,
        },
        {"term": _("Keneltä lupa kysytään"), "text": _givers(situation, members), "change_url": edit_members},
        {
            "term": _("Läheiset"),
            "text": words.listed(f"{one.name} ({one.relation})" for one in family.close_people.all()) or "–",
            "change_url": edit if can_edit else "",
        },
        {
            "term": _("Auttavat jo"),
            "text": words.listed(_joined(row) for row in service_rows(family)) or "–",
            "change_url": reverse("situation_services", args=[situation.pk]) if can_edit else "",
        },
        {"term": _("Viestit"), "text": _contact(situation)},
    ]
    if family.needs_interpreter:
        rows.append(
            {
                "term": _("Tulkki"),
                "text": _("Tarvitaan: %(language)s") % {"language": family.other_language or "–"},
            }
        )
    if family.address_protected:
        rows.append(
            {"term": _("Turvakielto"), "text": _("Osoitetta, kuntaa tai paikkaa ei näytetä eikä tulosteta.")}
        )
    return rows


def _joined(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['since']})" if row["since"] else row["name"]


def _contact(situation: Situation) -> str:
    family = situation.family
    parts = [str(family.get_contact_channel_display())]
    if family.phone:
        parts.append(words.telephone(family.phone))
    if family.email:
        parts.append(family.email)
    return " · ".join(parts)


def _quotes(talks: list) -> list[dict[str, str]]:
    rows = []
    for talk in talks:
        if talk.family_words:
            who = _("Perhe, %(day)s") % {"day": words.short_day(talk.held_on)}
            rows.append({"text": talk.family_words, "who": who})
        if talk.child_view:
            who = _("Lapsi, %(day)s") % {"day": words.short_day(talk.held_on)}
            rows.append({"text": talk.child_view, "who": who})
    return rows
