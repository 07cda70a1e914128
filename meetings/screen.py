"""The wall of the meeting room: what is shown there in large type, all of it for everybody in the room."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import words
from perhekeskus.pictures import Star

from .before import agenda_rows
from .models import Meeting, Participation
from .people import shown_name, shown_work
from .stars import Said, drawn_star, earlier_star, said_in
from .states import MISSING, Decision

START, STAR, PLAN = "alku", "tahti", "suunnitelma"
PARTS = {
    START: gettext_lazy("Asialista ja keitä olemme"),
    STAR: gettext_lazy("Hyvinvoinnin tähti"),
    PLAN: gettext_lazy("Suunnitelma"),
}


@dataclass(frozen=True)
class Doing:
    """One thing of the plan: where, what, who and when."""

    place: str
    what: str
    who: str
    when: str


@dataclass(frozen=True)
class PlanSoFar:
    """The shared plan as it is written."""

    wish: str = ""
    strengths: str = ""
    matters: list[str] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    responsible: str = ""
    contact: str = ""


# One at most: the upper floor that has the plans adds its own when it loads.
PLANS: list[Callable[[Meeting], PlanSoFar | None]] = []


def parts_of(meeting: Meeting, *, opens_all: bool) -> list[str]:
    """What can be shown of this meeting; its plan only by one who sees all of the situation."""
    parts = [START]
    if meeting.kind.uses_star:
        parts.append(STAR)
    if meeting.kind.uses_plan and PLANS and opens_all:
        parts.append(PLAN)
    return parts


def shown(meeting: Meeting, part: str, topics: set[str], *, opens_all: bool) -> dict[str, Any]:
    """What the template of one part needs. An earlier star only by one who sees all of the situation."""
    if part == STAR:
        star, said = _star_so_far(meeting)
        return {
            "part": part,
            "star": star,
            "said": said,
            "earlier": earlier_star(meeting) if opens_all else None,
        }
    if part == PLAN:
        return {"part": part, "plan": PLANS[0](meeting)}
    return {
        "part": part,
        "agenda": agenda_rows(meeting, topics),
        "topics": sorted(topics, key=words.finnish_sort_key),
        "people": people_here(meeting),
    }


def _star_so_far(meeting: Meeting) -> tuple[Star, list[Said]]:
    rays = list(meeting.rays.all())
    return drawn_star(rays), said_in(rays)


def people_here(meeting: Meeting) -> list[dict[str, str]]:
    """Who is here, what they do and why they were asked, in the words that the family has said yes to."""
    seats = (
        meeting.participations.with_people()
        .select_related("invitation__coming_worker")
        .filter(decision=Decision.YES)
        .exclude(attendance__in=MISSING)
        .order_by("pk")
    )
    family, others = [], []
    for seat in seats:
        if seat.member is not None:
            family.append(seat.member.first_name)
        else:
            others.append(_introduced(seat, meeting))
    rows = [{"name": words.listed(family), "work": _("perhe"), "why": ""}] if family else []
    return [*rows, _convener(meeting), *others]


def _convener(meeting: Meeting) -> dict[str, str]:
    return {
        "name": meeting.convener.name,
        "work": _with_part(meeting, meeting.convener_id, meeting.convener.title),
        "why": _("kutsui meidät koolle"),
    }


def _introduced(seat: Participation, meeting: Meeting) -> dict[str, str]:
    family = meeting.situation.family
    comes = seat.invitation.comes if seat.invitation is not None else ""
    return {
        "name": comes or shown_name(seat, family),
        "work": _with_part(meeting, seat.worker_id, shown_work(seat, family)),
        "why": seat.why,
    }


def _with_part(meeting: Meeting, worker: int | None, work: str) -> str:
    """Their work, and what they see to in this meeting."""
    parts = [
        (meeting.chair_id, _("vetäjä")),
        (meeting.recorder_id, _("kirjaaja")),
        (meeting.timekeeper_id, _("ajan seuraaja")),
    ]
    return ", ".join([*([work] if work else []), *[word for pk, word in parts if pk and pk == worker]])
