"""What is told of a meeting beforehand: the agenda with its times, what was agreed, and the setting."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from perhekeskus import words

from .agenda import length_of
from .given_words import in_own_language
from .models import Meeting, Preparation
from .people import name_for_worker
from .states import Decision, InterpreterState


def preparation_of(meeting: Meeting) -> Preparation:
    """What has been agreed so far; an unsaved empty one when nothing has."""
    return getattr(meeting, "preparation", None) or Preparation(meeting=meeting)


def minutes_of(meeting: Meeting) -> int:
    """How long the meeting is: as it was booked, or as its kind usually is."""
    if meeting.period is None:
        return meeting.kind.minutes
    return int((meeting.period.upper - meeting.period.lower) / timedelta(minutes=1))


def topics_agreed(meeting: Meeting) -> set[str]:
    """The titles that the family wants to be talked about."""
    return {topic.title for topic in meeting.topics.all() if topic.decision == Decision.YES}


def agenda_rows(meeting: Meeting, shown: Collection[str]) -> list[dict[str, Any]]:
    """The agenda, with clock times when they are known; only the topics of `shown` are named. One query."""
    rows, begins = [], meeting.starts_at
    for item in meeting.agenda.select_related("topic"):
        is_shown = item.topic is None or item.topic.title in shown
        rows.append(
            {
                "when": words.clock(begins) if begins else "",
                "title": in_own_language(item.title) if is_shown else _("Muu asia"),
                "topic": in_own_language(item.topic.title) if item.topic is not None and is_shown else "",
                "length": words.duration(item.minutes),
                "is_now": begins is not None
                and begins <= timezone.now() < begins + timedelta(minutes=item.minutes),
            }
        )
        begins = begins + timedelta(minutes=item.minutes) if begins else None
    return rows


def agreed_rows(meeting: Meeting, *, with_places: bool) -> list[dict[str, Any]]:
    """Goal, means, division of work, who leads and who consults; what is not agreed is left out."""
    agreed, family = preparation_of(meeting), meeting.situation.family
    consulting = agreed.consulting.with_people() if agreed.pk else []
    names = words.listed(name_for_worker(seat, family, with_places=with_places) for seat in consulting)
    facts = [
        (_("Mihin pyritään"), agreed.goal),
        (_("Keinot"), agreed.means),
        (_("Työnjako"), agreed.division),
        (_("Perhe voi miettiä"), agreed.family_asked),
        (_("Vetovastuu"), str(agreed.leading_unit or "") if with_places else ""),
        (_("Neuvojina mukana"), names),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]


def told_to_family(meeting: Meeting) -> list[dict[str, Any]]:
    """What was agreed beforehand, for the family; of a protected one no unit, for it would tell the place."""
    agreed = preparation_of(meeting)
    leading = "" if meeting.situation.family.address_protected else str(agreed.leading_unit or "")
    facts = [
        (_("Mihin pyritään"), agreed.goal),
        (_("Keinot"), agreed.means),
        (_("Työnjako"), agreed.division),
        (_("Vetovastuu"), leading),
        (_("Vetäjä"), meeting.chair.name if meeting.chair else ""),
        (_("Kirjaaja"), meeting.recorder.name if meeting.recorder else ""),
        (_("Ajan seuraaja"), meeting.timekeeper.name if meeting.timekeeper else ""),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]


def setting_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """What the place has for those who come; what is not needed is left out."""
    setting = preparation_of(meeting)
    comforts = [
        *([_("kahvia"), _("mehua")] if setting.coffee else []),
        *([_("leluja")] if setting.toys else []),
    ]
    facts = [
        (_("Istumapaikkoja"), str(setting.seats or "")),
        (_("Tarjolla"), words.listed(comforts)),
        (_("Esteettömyys"), setting.access_needs),
        (_("Tulkki"), _interpreter(setting)),
        (_("Lastenhoito"), setting.child_care),
        (_("Muuta"), setting.other),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]


def _interpreter(setting: Preparation) -> str:
    if not setting.interpreter:
        return ""
    return f"{setting.interpreter}, {InterpreterState(setting.interpreter_state).label}"


def agenda_length(meeting: Meeting) -> str:
    """How long the agenda takes, in words."""
    return words.duration(length_of(meeting.agenda.all()))
