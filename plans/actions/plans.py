"""Writing the plan: its draft, and who wrote it last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from network.models import ClosePerson, FamilyMember, Worker
from perhekeskus.refusals import Refused, require

from .. import rules
from ..models import Matter, Measure, NextContact, Plan, ResponsibleWorker
from ..states import ContactWay, MeasurePlace, PlanStatus

TEXTS = ["wish", "strengths", "follow_up", "contact_to_family", "contact_from_family"]


@dataclass(frozen=True)
class MeasureRow:
    """One thing to be done: where, what, who, when."""

    place: MeasurePlace
    what: str
    where: str = ""
    who: str = ""
    when: str = ""
    words_of: str = ""
    doer: FamilyMember | ClosePerson | Worker | None = None
    by: date | None = None


@dataclass(frozen=True)
class Promise:
    """The next contact: day, clock time if agreed, way."""

    on: date
    at: time | None = None
    way: ContactWay = ContactWay.PHONE


class PlanChanged(Refused):
    """Somebody saved in between: the later writer is shown `plan`, and nothing is overwritten."""

    def __init__(self, plan: Plan | None) -> None:
        super().__init__(rules.CHANGED)
        self.plan = plan


def latest(situation: Situation) -> Plan | None:
    """The situation's newest version, draft or agreed."""
    return situation.plans.order_by("-version").first()


@transaction.atomic
def write_plan(
    *,
    situation: Situation,
    by: Worker,
    texts: Mapping[str, str],
    matters: Sequence[str],
    measures: Sequence[MeasureRow],
    responsible: Sequence[Worker],
    next_contact: Promise | None,
    seen_edition: int,
) -> Plan:
    """Save the draft, making it at the first saving; after an agreed version it is the next version.

    `seen_edition` is the edition of the newest version that the writer saw, 0 when there was none.
    Raises PlanChanged when it is no longer the newest.
    """
    situation = locked_situation(situation)
    require(rules.why_not_write_plan(by, situation))
    require(rules.why_not_named(responsible, situation))
    if next_contact is not None:
        require(rules.why_not_promise(next_contact.on, next_contact.at))
    newest = latest(situation)
    if seen_edition != (newest.edition if newest else 0):
        # The same press twice: the second finds its own words saved already.
        if newest is not None and _says(newest, by, texts, matters, measures, responsible, next_contact):
            return newest
        raise PlanChanged(newest)
    plan = newest if newest is not None and newest.status == PlanStatus.DRAFT else None
    if plan is None:
        plan = Plan(situation=situation, version=newest.version + 1 if newest else 1, edition=0)
        plan.meeting = rules.latest_held(situation)
    for name in TEXTS:
        setattr(plan, name, texts.get(name, ""))
    plan.edition = seen_edition + 1
    plan.written_at, plan.written_by = timezone.now(), by
    plan.save()
    _write_matters(plan, matters)
    _write_measures(plan, measures)
    _write_responsible(plan, responsible)
    _write_contact(plan, next_contact)
    return plan


def _says(
    plan: Plan,
    by: Worker,
    texts: Mapping[str, str],
    matters: Sequence[str],
    measures: Sequence[MeasureRow],
    responsible: Sequence[Worker],
    next_contact: Promise | None,
) -> bool:
    """Whether this writer's saved draft holds these very words."""
    contact = plan.contacts.first()
    return (
        plan.status == PlanStatus.DRAFT
        and plan.written_by_id == by.pk
        and all(getattr(plan, name) == texts.get(name, "") for name in TEXTS)
        and [matter.text for matter in plan.matters.all()] == list(matters)
        and [_row(row) for row in plan.measures.all()] == list(measures)
        and [row.worker_id for row in plan.responsible_workers.all()] == [one.pk for one in responsible]
        and (contact and Promise(contact.on, contact.at, ContactWay(contact.way))) == next_contact
    )


def _row(measure: Measure) -> MeasureRow:
    return MeasureRow(
        MeasurePlace(measure.place),
        measure.what,
        measure.where,
        measure.who,
        measure.when,
        measure.words_of,
        measure.doer,
        measure.by,
    )


def _write_matters(plan: Plan, matters: Sequence[str]) -> None:
    plan.matters.all().delete()
    before = {row.text: row for row in Matter.objects.filter(plan__in=plan.situation.plans.agreed())}
    rows = [
        Matter(plan=plan, position=i, text=text, follows=before.pop(text, None))
        for i, text in enumerate(matters, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["plan", "follows"])
    Matter.objects.bulk_create(rows)


def _write_measures(plan: Plan, measures: Sequence[MeasureRow]) -> None:
    plan.measures.all().delete()
    before = {row.what: row for row in Measure.objects.filter(plan__in=plan.situation.plans.agreed())}
    rows = []
    for i, said in enumerate(measures, start=1):
        row = Measure(
            plan=plan,
            position=i,
            place=said.place,
            where=said.where,
            what=said.what,
            who=said.who,
            when=said.when,
            by=said.by,
            words_of=said.words_of,
            follows=before.pop(said.what, None),
        )
        row.done_by(said.doer)
        row.full_clean(exclude=["plan", "follows"])
        rows.append(row)
    Measure.objects.bulk_create(rows)


def _write_responsible(plan: Plan, workers: Sequence[Worker]) -> None:
    named = list(plan.responsible_workers.values_list("worker_id", flat=True))
    if named == [worker.pk for worker in workers]:
        return
    plan.responsible_workers.all().delete()
    for i, worker in enumerate(workers, start=1):
        ResponsibleWorker.objects.create(plan=plan, worker=worker, position=i)


def _write_contact(plan: Plan, promise: Promise | None) -> None:
    contact = plan.contacts.first()
    if promise is None:
        if contact is not None:
            contact.delete()
        return
    contact = contact or NextContact(plan=plan)
    contact.on, contact.at, contact.way = promise.on, promise.at, promise.way
    contact.save()
