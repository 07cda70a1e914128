"""What is written in the plan's draft, field by field: where each field of its page is kept.

A row of the page is known by its place: an emptied row leaves a gap, so that nobody's open page has another
row under the pen. The gaps close when the plan is agreed on.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time

from django.utils import timezone

from network.models import Worker
from perhekeskus.autosave import as_text

from .actions import TEXTS
from .doers import done_by_token, leave_to_words, token_of
from .models import Matter, Measure, NextContact, Plan, ResponsibleWorker
from .querysets import nameable
from .rules import is_blank, taken_back
from .states import UNDONE, ContactWay, MeasurePlace, PlanStatus

MATTERS, MEASURES = "matters", "measures"
ROW_PARTS = {MATTERS: ("text",), MEASURES: ("what", "place", "where", "doer", "who", "when", "by")}
RESPONSIBLE = ("responsible_1", "responsible_2")
CONTACT = ("next_on", "next_at", "next_way")
MOST_ROWS = 30
# One name for each field: "00" would be a second one, of which nothing is known to be saved.
_ROW = re.compile(r"(matters|measures)-(0|[1-9]\d?)-([a-z_]+)", re.ASCII)


def row_field(kind: str, index: int, part: str) -> str:
    return f"{kind}-{index}-{part}"


def row_of(name: str) -> tuple[str, int, str] | None:
    """Which row and which part of it a field is; None when it is of no row."""
    found = _ROW.fullmatch(name)
    return (found[1], int(found[2]), found[3]) if found else None


def _is_kept(name: str) -> bool:
    """Whether this is a row's field that a page may ask for."""
    row = row_of(name)
    return row is not None and row[2] in ROW_PARTS[row[0]] and row[1] < MOST_ROWS


def saved_fields(plan: Plan | None, asked: Iterable[str] = ()) -> dict[str, str]:
    """What is saved in each field; of `asked`, the rows that nobody has written are empty.

    In six queries; two more of an agreed version.

    Of an agreed version: what the page of the next one begins with.
    """
    saved = dict.fromkeys([*TEXTS, *RESPONSIBLE, *CONTACT], "")
    saved |= dict.fromkeys(filter(_is_kept, asked), "")
    if plan is None:
        return saved
    saved |= {name: getattr(plan, name) for name in TEXTS}
    for matter in plan.matters.all():
        saved[row_field(MATTERS, matter.position - 1, "text")] = matter.text
    for measure in _measures(plan):
        parts = {part: getattr(measure, part) for part in ROW_PARTS[MEASURES] if part != "doer"}
        parts |= {"doer": token_of(measure), "by": as_text(measure.by)}
        saved |= {row_field(MEASURES, measure.position - 1, part): value for part, value in parts.items()}
    saved |= {f"responsible_{row.position}": str(row.worker_id) for row in still_named(plan)}
    contact = next((one for one in plan.contacts.all() if one.done_at is None), None)
    return saved | (_contact_fields(contact) if contact is not None else {})


def _measures(plan: Plan) -> list[Measure]:
    """The rows of the draft, or what of an agreed version goes on: not what is done or put aside."""
    if plan.status == PlanStatus.DRAFT:
        return list(plan.measures.all())
    going = [one for one in plan.measures.with_people() if one.status in UNDONE]
    for measure in going:
        leave_to_words(measure)
    return going


def still_named(plan: Plan) -> list[ResponsibleWorker]:
    """Those named whom the family can still name.

    Whom it has since taken the permission back from is named again only by choosing them anew; one who stands
    in it has not named.
    """
    named = [row for row in plan.responsible_workers.all() if not row.stands_in]
    workers = [row.worker_id for row in named]
    allowed = set(nameable(plan.situation).filter(pk__in=workers).values_list("pk", flat=True))
    allowed -= {worker.pk for worker in taken_back(plan, since_written=True)}
    return [row for row in named if row.worker_id in allowed]


def _contact_fields(contact: NextContact) -> dict[str, str]:
    at = f"{contact.at:%H:%M}" if contact.at else ""
    return {"next_on": as_text(contact.on), "next_at": at, "next_way": contact.way}


def copy_rows(old: Plan, new: Plan) -> None:
    """The next version begins with what of the agreed one goes on, in the same places."""
    rows: list[Matter | Measure | ResponsibleWorker | NextContact]
    rows = [*old.matters.all(), *_measures(old), *still_named(old), *old.contacts.filter(done_at=None)]
    for row in rows:
        if isinstance(row, Matter | Measure):
            row.follows_id = row.pk
        row.pk, row.plan = None, new
        row._state.adding = True
        row.save()


def write_fields(plan: Plan, by: Worker, fields: Mapping[str, str]) -> None:
    """Write the fields of the draft into their rows. The situation is locked by the one who calls.

    Beside the fields of the page, a measure's `words_of` tells whose words it is. Whoever read the draft
    before this agrees on another text: its edition grows.
    """
    # Before `written_at` moves: the page that this was written on named them no more.
    kept = [row.pk for row in still_named(plan)]
    plan.responsible_workers.exclude(pk__in=kept).delete()
    for name in TEXTS:
        setattr(plan, name, fields.get(name, getattr(plan, name)))
    plan.edition += 1
    plan.written_at, plan.written_by = timezone.now(), by
    plan.save(update_fields=[*TEXTS, "edition", "written_at", "written_by"])
    rows: dict[str, dict[int, dict[str, str]]] = {MATTERS: defaultdict(dict), MEASURES: defaultdict(dict)}
    for name, value in fields.items():
        if found := row_of(name):
            kind, index, part = found
            rows[kind][index][part] = value
    for index, parts in rows[MATTERS].items():
        _write_matter(plan, index + 1, parts["text"])
    if rows[MEASURES]:
        _write_measures(plan, rows[MEASURES])
    _write_responsible(plan, fields)
    _write_contact(plan, fields)


def _write_matter(plan: Plan, position: int, text: str) -> None:
    if text:
        Matter.objects.update_or_create(plan=plan, position=position, defaults={"text": text})
    else:
        plan.matters.filter(position=position).delete()


def _write_measures(plan: Plan, rows: Mapping[int, Mapping[str, str]]) -> None:
    saved = {row.position - 1: row for row in plan.measures.all()}
    for index, parts in rows.items():
        row = saved.get(index) or Measure(plan=plan, position=index + 1, place=MeasurePlace.HOME)
        for part, value in parts.items():
            if part == "doer":
                done_by_token(row, value)
            elif part == "by":
                row.by = date.fromisoformat(value) if value else None
            else:
                setattr(row, part, value)
        row.place = row.place or MeasurePlace.HOME
        if is_blank(row) and row.place == MeasurePlace.HOME:
            if row.pk:
                row.delete()
        else:
            row.save()


def _write_responsible(plan: Plan, fields: Mapping[str, str]) -> None:
    changed = {int(name[-1]): fields[name] for name in RESPONSIBLE if name in fields}
    if not changed:
        return
    plan.responsible_workers.filter(position__in=changed).delete()
    for position, worker in changed.items():
        if worker:
            ResponsibleWorker.objects.create(plan=plan, position=position, worker_id=int(worker))


def _write_contact(plan: Plan, fields: Mapping[str, str]) -> None:
    changed = {name: fields[name] for name in CONTACT if name in fields}
    if not changed:
        return
    contact = plan.contacts.filter(done_at=None).first()
    now = (_contact_fields(contact) if contact is not None else dict.fromkeys(CONTACT, "")) | changed
    if not now["next_on"]:
        if contact is not None:
            contact.delete()
        return
    contact = contact or NextContact(plan=plan)
    contact.on = date.fromisoformat(now["next_on"])
    contact.at = time.fromisoformat(now["next_at"]) if now["next_at"] else None
    contact.way = now["next_way"] or ContactWay.PHONE
    contact.save()
