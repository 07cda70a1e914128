"""The history of a kind of meeting: who changed what, from what to what."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from perhekeskus import words

from .models import Kind, KindAgendaRow

Words = str | Promise

TOLD: dict[str, Words] = {
    "name": gettext_lazy("Nimi"),
    "explanation": gettext_lazy("Mikä se on"),
    "minutes": gettext_lazy("Kesto"),
    "uses_star": gettext_lazy("Hyvinvoinnin tähti"),
    "uses_dialogue": gettext_lazy("Tulevaisuuden muistelu"),
    "uses_influence": gettext_lazy("Mihin voimme vaikuttaa"),
    "uses_child_view": gettext_lazy("Lapsen oma näkemys"),
    "uses_plan": gettext_lazy("Yhteinen suunnitelma"),
    "uses_notes": gettext_lazy("Muistiinpanot"),
    "needs_chair": gettext_lazy("Vetäjä"),
    "needs_recorder": gettext_lazy("Kirjaaja"),
    "needs_timekeeper": gettext_lazy("Ajan seuraaja"),
    "is_active": gettext_lazy("Käytössä"),
}


@dataclass(frozen=True)
class Change:
    """What was changed at once: when, by whom, and each thing with its words before and after."""

    at: datetime
    who: str
    fields: tuple[tuple[Words, str, str], ...]


def history(kind: Kind) -> list[Change]:
    """Every change of the kind and its agenda after it was made known, newest first. Three queries."""
    events: list[Any] = [*_events(Kind, pgh_obj_id=kind.pk), *_events(KindAgendaRow, kind_id=kind.pk)]
    # What one transaction wrote has one time.
    events.sort(key=lambda event: (event.pgh_created_at, hasattr(event, "title"), event.pgh_id))
    people = Worker.objects.in_bulk({key for event in events if (key := _by(event))})
    before: dict[tuple[bool, Any], Any] = {}
    changes = []
    for at, rows in groupby(events, key=lambda event: event.pgh_created_at):
        fields: list[tuple[Words, str, str]] = []
        by: int | None = None
        for event in rows:
            row = (hasattr(event, "title"), event.pgh_obj_id)
            fields += _differences(before.get(row), event)
            before[row] = event
            by = by or _by(event)
        # Without somebody behind it, it is how the kind was first written down.
        if fields and by is not None:
            who = people[by].name if by in people else ""
            changes.append(Change(at, who, tuple(fields)))
    return changes[::-1]


def _events(model: Any, **of: Any) -> list[Any]:
    found = model.pgh_event_model.objects.filter(**of)
    return list(found.select_related("pgh_context").order_by("pgh_id"))


def _by(event: Any) -> int | None:
    worker = event.pgh_context.metadata.get("worker") if event.pgh_context else None
    return worker if isinstance(worker, int) else None


def _differences(before: Any, event: Any) -> list[tuple[Words, str, str]]:
    if hasattr(event, "title"):
        was = _line(before) if before is not None else ""
        now = _line(event) if event.pgh_label != "delete" else ""
        return [(_("Asialista"), was, now)] if was != now else []
    return [
        (label, _said(name, getattr(before, name)) if before is not None else "", _said(name, value))
        for name, label in TOLD.items()
        if (value := getattr(event, name)) != (getattr(before, name) if before is not None else None)
    ]


def _line(event: Any) -> str:
    return f"{event.position}. {event.title}, {words.duration(event.minutes)}"


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    return words.duration(value) if name == "minutes" else str(value)
