"""Who gives the family's permissions, and every change that was marked in it, for the family to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from perhekeskus import words

from .models import Family, FamilyMember, Worker
from .states import MemberRole


@dataclass(frozen=True)
class Mark:
    """One change: the day, and what was marked and by whom, in a sentence."""

    day: str
    text: str


def who_decides(family: Family) -> list[str]:
    """From whom a permission is asked now, a sentence each, in words for the family."""
    lines = [
        _("Luvat kysytään teiltä kummaltakin huoltajalta.")
        if family.both_guardians_asked
        else _("Lupaan riittää teistä yksi huoltaja.")
    ]
    lines += [
        _("%(name)s päättää itse omista luvistaan. Hän voi antaa luvan ja perua sen yksin.")
        % {"name": one.first_name}
        for one in family.members.all()
        if one.role == MemberRole.CHILD and one.is_mature
    ]
    return lines


def marks(family: Family) -> list[Mark]:
    """Every change of who gives the permissions, newest first. Four queries.

    They are the database's own history: what was changed past the service is there too, without a name.
    """
    both = _events(Family, pgh_obj_id=family.pk)
    young = _events(FamilyMember, family_id=family.pk)
    changes = [(event, "") for event in _turns(both, "both_guardians_asked")]
    names = dict(FamilyMember.objects.filter(family=family).values_list("pk", "first_name"))
    gone = _("perheestä poistettu nuori")
    changes += [(event, names.get(event.pgh_obj_id, gone)) for event in _turns(young, "is_mature")]
    changes.sort(key=lambda change: (change[0].pgh_created_at, change[0].pgh_id), reverse=True)
    workers = Worker._base_manager.in_bulk({by for event, _name in changes if (by := _by(event))})
    return [
        Mark(words.day(event.pgh_created_at), _sentence(event, name, workers.get(_by(event) or 0)))
        for event, name in changes
    ]


def _events(model: Any, **of: int) -> list[Any]:
    return list(model.pgh_event_model.objects.filter(**of).select_related("pgh_context").order_by("pgh_id"))


def _turns(events: Iterable[Any], field: str) -> list[Any]:
    """The events that changed the field. A row begins with a "no", and an update is kept only of a change."""
    before: dict[int, bool] = {}
    turns = []
    for event in events:
        now = getattr(event, field)
        was = before.get(event.pgh_obj_id, event.pgh_label == "update" and not now)
        if event.pgh_label != "delete" and now != was:
            turns.append(event)
        before[event.pgh_obj_id] = now
    return turns


def _by(event: Any) -> int | None:
    worker = (event.pgh_context.metadata if event.pgh_context else {}).get("worker")
    return worker if isinstance(worker, int) else None


def _sentence(event: Any, name: str, worker: Worker | None) -> str:
    if name:
        what = (
            _("että %(name)s päättää itse omista luvistaan")
            if event.is_mature
            else _("ettei %(name)s enää päätä itse omista luvistaan")
        )
    elif event.both_guardians_asked:
        what = _("että luvat kysytään teiltä kummaltakin huoltajalta")
    else:
        what = _("että luvat kysytään teiltä yhdeltä: yksi huoltaja riittää")
    said = {"who": worker.name if worker else "", "what": what % {"name": name}}
    # What was changed past the service has no name; none is made up.
    return (_("%(who)s merkitsi, %(what)s.") if worker else _("Palveluun merkittiin, %(what)s.")) % said
