"""Wording the kinds of meeting: what they are called, how long they last, what their agenda is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..agenda import AgendaLine
from ..models import Kind, KindAgendaRow
from ..rules import kinds as rules


@dataclass(frozen=True)
class KindCard:
    """What is written down of a kind of meeting."""

    name: str
    explanation: str
    minutes: int
    is_active: bool
    uses_star: bool
    uses_dialogue: bool
    uses_influence: bool
    uses_child_view: bool
    uses_plan: bool
    uses_notes: bool
    needs_chair: bool
    needs_recorder: bool
    needs_timekeeper: bool


@transaction.atomic
def change_kind(
    *, kind: Kind, by: Worker, card: KindCard, agenda: Sequence[AgendaLine], seen_version: int
) -> Kind:
    """Change how a kind is worded and used from now on; what is convened already keeps its agenda."""
    with pghistory.context(worker=by.pk):
        require(rules.why_not_keep_kinds(by))
        lock(kind)
        kind = Kind.objects.get(pk=kind.pk)
        require(rules.why_not_seen(kind, seen_version))
        if not card.is_active:
            require(rules.why_not_put_aside(kind))
        if Kind.objects.filter(name__iexact=card.name).exclude(pk=kind.pk).exists():
            raise Refused(_("Tämänniminen tapaamislaji on jo olemassa."))
        for name, value in asdict(card).items():
            setattr(kind, name, value)
        kind.version += 1
        kind.save()
        _write_agenda(kind, agenda)
        return kind


def _write_agenda(kind: Kind, agenda: Sequence[AgendaLine]) -> None:
    """Row by row, so that the history shows only what changed."""
    rows = list(kind.agenda.all())
    for number, line in enumerate(agenda, 1):
        if number > len(rows):
            KindAgendaRow.objects.create(kind=kind, position=number, title=line.title, minutes=line.minutes)
            continue
        row = rows[number - 1]
        if (row.position, row.title, row.minutes) != (number, line.title, line.minutes):
            row.position, row.title, row.minutes = number, line.title, line.minutes
            row.save()
    for row in rows[len(agenda) :]:
        row.delete()
