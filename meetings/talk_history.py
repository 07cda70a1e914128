"""The texts of a talk, and what they were before each correction."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from perhekeskus import words

from .models import Conversation, TalkPart
from .states import TalkPlace

Words = str | Promise

TEXTS: dict[str, Words] = {
    "strengths": _("Mikä on hyvin ja mikä kantaa"),
    "family_words": _("Perheen omin sanoin"),
    "worries": _("Työntekijän huoli"),
    "tried": _("Mitä on jo kokeiltu"),
    "child_view": _("Lapsen oma näkemys"),
}
TOLD: dict[str, Words] = {
    "held_on": _("Milloin puhuttiin"),
    "noticed_where": _("Missä huoli huomattiin"),
    **TEXTS,
}
PART_TOLD: dict[str, Words] = {
    "goes_well": _("mikä sujuu"),
    "needs_support": _("missä tarvitaan tukea"),
    "agreed": _("mitä sovittiin"),
}


@dataclass(frozen=True)
class Correction:
    """One correction: when, by whom, and each text as it was before."""

    at: datetime
    who: str
    before: tuple[tuple[str, str], ...]


def text_rows(talk: Conversation) -> list[dict[str, str]]:
    """The texts that were written, each under its heading."""
    return [
        {"term": str(label), "text": text} for name, label in TEXTS.items() if (text := getattr(talk, name))
    ]


def corrections(talk: Conversation) -> list[Correction]:
    """Every correction of the talk and its parts, the newest first. Three queries."""
    events: list[Any] = [
        *Conversation.pgh_event_model.objects.filter(pgh_obj_id=talk.pk).order_by("pgh_id"),  # type: ignore[attr-defined]
        *TalkPart.pgh_event_model.objects.filter(conversation_id=talk.pk).order_by("pgh_id"),  # type: ignore[attr-defined]
    ]
    # What one transaction wrote has one time; a first row is how it was written down.
    events.sort(key=lambda event: (event.pgh_created_at, hasattr(event, "place"), event.pgh_id))
    people = Worker.objects.in_bulk(
        {event.corrected_by_id for event in events if getattr(event, "corrected_by_id", None)}
    )
    last: dict[tuple[bool, int], Any] = {}
    found = []
    for at, rows in groupby(events, key=lambda event: event.pgh_created_at):
        before: list[tuple[str, str]] = []
        who = ""
        for event in rows:
            key = (hasattr(event, "place"), event.pgh_obj_id)
            before += _before(last.get(key), event)
            last[key] = event
            if getattr(event, "corrected_by_id", None) in people:
                who = people[event.corrected_by_id].name
        if before and who:
            found.append(Correction(at, who, tuple(before)))
    return found[::-1]


def _before(earlier: Any, event: Any) -> list[tuple[str, str]]:
    if earlier is None:
        return []
    heading = f"{TalkPlace(event.place).label}, " if hasattr(event, "place") else ""
    return [
        (f"{heading}{label}", _said(getattr(earlier, name)))
        for name, label in (PART_TOLD if heading else TOLD).items()
        if getattr(earlier, name) != getattr(event, name)
    ]


def _said(value: Any) -> str:
    return str(value) or "–" if isinstance(value, str) else words.day(value)
