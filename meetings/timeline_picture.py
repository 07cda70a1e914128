"""How a situation has gone, as a picture: its stages, its events, today, and what is agreed next."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus import words
from perhekeskus.timeline_picture import Marks, Timeline, timeline
from perhekeskus.timeline_picture import Stage as StageRow

from .models import Situation
from .states import OPEN_STAGES, Stage
from .timeline import Event, Lane

Span = tuple[datetime, datetime | None]
LINE = [Stage.RAISED, Stage.CONVENING, Stage.SHARED_TIME, Stage.PLAN, Stage.EVERYDAY]


def picture_of(situation: Situation, events: Sequence[Event]) -> Timeline:
    """The picture of these events; the stages are read from the situation's own history."""
    now = timezone.now()
    spans = spans_of(situation)
    line = [*LINE, Stage.ENDED] if spans[Stage.ENDED] else LINE
    stages = [_stage_row(stage, spans[stage], situation, now) for stage in line]
    lanes: dict[Lane, list[Event]] = {}
    for event in events:
        if event.lane is not None:
            lanes.setdefault(event.lane, []).append(event)
    marks = [_marks_row(lane, lanes[lane]) for lane in Lane if lane in lanes]
    return timeline(stages, marks, title=_("Tilanteen kulku"), now=now)


def spans_of(situation: Situation) -> dict[Stage, list[Span]]:
    """When the situation was in each stage; the last one's end is None while it is open."""
    history = Situation.pgh_event_model.objects.filter(pgh_obj_id=situation.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    moves: list[tuple[Stage, datetime]] = []
    for stage, since in history.values_list("stage", "stage_since"):
        if moves and moves[-1][0] == stage:
            moves[-1] = (Stage(stage), since)
        else:
            moves.append((Stage(stage), since))
    spans: dict[Stage, list[Span]] = {stage: [] for stage in Stage}
    for number, (stage, since) in enumerate(moves):
        is_last = number + 1 == len(moves)
        ended = since if is_last and stage not in OPEN_STAGES else None if is_last else moves[number + 1][1]
        spans[stage].append((since, ended))
    return spans


def _stage_row(stage: Stage, spans: list[Span], situation: Situation, now: datetime) -> StageRow:
    is_now = situation.stage == stage and situation.is_open
    return {"name": str(stage.label), "note": _note(stage, spans, now), "is_now": is_now, "spans": spans}


def _note(stage: Stage, spans: list[Span], now: datetime) -> str:
    """How long, or for an end the day when it came."""
    if not spans:
        return ""
    if stage not in OPEN_STAGES:
        return words.short_day(spans[-1][0])
    days = sum((timezone.localdate(ended or now) - timezone.localdate(begun)).days for begun, ended in spans)
    text = ngettext("%(days)s päivä", "%(days)s päivää", days) % {"days": days} if days else _("alle päivä")
    return _("nyt · %(how_long)s") % {"how_long": text} if spans[-1][1] is None else text


def _marks_row(lane: Lane, events: Sequence[Event]) -> Marks:
    to_come = [event for event in events if event.is_to_come]
    note = str(len(events))
    if to_come:
        day = words.short_day(to_come[0].at)
        note = _("myöhässä %(day)s") if to_come[0].is_late else _("seuraavaksi %(day)s")
        note %= {"day": day}
    moments = [(event.at, event.is_to_come) for event in events]
    return {"name": str(lane.label), "note": note, "moments": moments}


def latest_and_next(events: Sequence[Event]) -> list[dict[str, str]]:
    """The last thing that happened and the next that is agreed, to be read beside the picture."""
    past = [event for event in events if not event.is_to_come]
    to_come = [event for event in events if event.is_to_come]
    rows = [(_("Viimeksi"), past[-1])] if past else []
    rows += [(_("Myöhässä") if one.is_late else _("Seuraavaksi"), one) for one in to_come[:1]]
    return [
        {"label": label, "when": event.when, "title": event.title, "text": event.text, "url": event.url}
        for label, event in rows
    ]
