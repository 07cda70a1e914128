"""Writing the plan, agreeing on it, keeping the promised contacts, and the day when everyday life runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.situations import close, move
from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from meetings.states import Ending, Stage
from network.actions import consents, families
from network.models import Consent, FamilyMember, Worker
from network.rules.consents import why_not_given_by
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from . import messages, rules
from .models import Copy, Matter, Measure, NextContact, Plan, ResponsibleWorker
from .states import ContactWay, MeasurePlace, PlanStatus

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
        and [
            MeasureRow(MeasurePlace(row.place), row.what, row.where, row.who, row.when, row.words_of)
            for row in plan.measures.all()
        ]
        == list(measures)
        and [row.worker_id for row in plan.responsible_workers.all()] == [one.pk for one in responsible]
        and (contact and Promise(contact.on, contact.at, ContactWay(contact.way))) == next_contact
    )


def _write_matters(plan: Plan, matters: Sequence[str]) -> None:
    plan.matters.all().delete()
    rows = [Matter(plan=plan, position=i, text=text) for i, text in enumerate(matters, start=1)]
    for row in rows:
        row.full_clean(exclude=["plan"])
    Matter.objects.bulk_create(rows)


def _write_measures(plan: Plan, measures: Sequence[MeasureRow]) -> None:
    plan.measures.all().delete()
    rows = [
        Measure(
            plan=plan,
            position=i,
            place=row.place,
            where=row.where,
            what=row.what,
            who=row.who,
            when=row.when,
            words_of=row.words_of,
        )
        for i, row in enumerate(measures, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["plan"])
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


@transaction.atomic
def agree(
    *,
    plan: Plan,
    by: Worker,
    given_by: FamilyMember,
    given_with: FamilyMember | None = None,
    seen_edition: int | None = None,
) -> Plan:
    """The family and the others agree: the draft is in force, its responsible workers let in and reminded.

    Naming the responsible workers is the family's permission for them to have the plan; it is written
    down as one, said by `given_by` (and `given_with`, where both guardians are asked), so that the family
    can take it back like any other. Whom the replaced version named and this one does not has the plan no
    more.
    """
    situation = locked_situation(plan.situation)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.situation = situation
    if seen_edition is not None and seen_edition != plan.edition:
        raise PlanChanged(plan)
    require(rules.why_not_agree(by, plan))
    require(why_not_given_by(situation.family, given_by, given_with))
    left_out = rules.left_out(plan)
    _close_gaps(plan)
    situation.plans.agreed().update(status=PlanStatus.SUPERSEDED)
    plan.status = PlanStatus.AGREED
    plan.agreed_at, plan.agreed_by = timezone.now(), by
    plan.edition += 1
    plan.save(update_fields=["status", "agreed_at", "agreed_by", "edition"])
    for row in plan.responsible_workers.select_related("worker"):
        consents.give(
            family=situation.family,
            to=row.worker,
            purpose=ConsentPurpose.COPY,
            topics=[],
            method=ConsentMethod.FACE_TO_FACE,
            given_by=given_by,
            given_with=given_with,
            by=by,
        )
    for consent in Consent.objects.in_force().filter(
        family=situation.family, purpose=ConsentPurpose.COPY, worker__in=left_out
    ):
        consents.withdraw(consent=consent, by=by)
    _copy_to_those_who_had_one(plan, by)
    families.ensure_link(situation.family)
    if situation.stage == Stage.SHARED_TIME:
        move(situation, Stage.PLAN)
    messages.queue_contact_reminder(plan.contacts.get(done_at=None))
    return plan


def _close_gaps(plan: Plan) -> None:
    """Rows that were begun and left empty go, and the others stand one after another."""
    measures = list(plan.measures.all())
    for measure in measures:
        if rules.is_blank(measure):
            measure.delete()
    written = [measure for measure in measures if not rules.is_blank(measure)]
    lists: list[Sequence[Matter | Measure]] = [list(plan.matters.all()), written]
    for rows in lists:
        for i, row in enumerate(rows, start=1):
            if row.position != i:
                row.position = i
                row.save(update_fields=["position"])


def _copy_to_those_who_had_one(plan: Plan, by: Worker) -> None:
    """The responsible workers, and those who had a copy of the version before, have this one."""
    named = plan.responsible_workers.values("worker")
    had = Copy.objects.filter(plan__situation=plan.situation_id).values("consent")
    permitted = Consent.objects.in_force().filter(
        Q(worker__in=named) | Q(pk__in=had), family=plan.situation.family_id, purpose=ConsentPurpose.COPY
    )
    for consent in permitted.order_by("pk"):
        Copy.objects.get_or_create(plan=plan, consent=consent, defaults={"given_by": by})


@transaction.atomic
def give_copy(*, plan: Plan, consent: Consent, by: Worker) -> Copy:
    """Give the agreed plan to the one whom the family's permission names. Giving twice is giving once."""
    situation = locked_situation(plan.situation)
    lock(consent)
    consent = Consent.objects.get(pk=consent.pk)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    require(rules.why_not_give_copy(by, plan, consent))
    copy, _is_new = Copy.objects.get_or_create(plan=plan, consent=consent, defaults={"given_by": by})
    return copy


def follow_copies(old: Consent, new: Consent) -> None:
    """A permission that replaces another carries its copies."""
    Copy.objects.filter(consent=old).update(consent=new)


def _locked_contact(contact: NextContact) -> NextContact:
    situation = locked_situation(contact.plan.situation)
    contact = NextContact.objects.select_for_update(of=("self",)).select_related("plan").get(pk=contact.pk)
    contact.plan.situation = situation
    return contact


def _done(contact: NextContact, by: Worker, outcome: str) -> None:
    contact.done_at, contact.done_by, contact.outcome = timezone.now(), by, outcome
    contact.full_clean(exclude=["plan", "done_by"], validate_constraints=False)
    contact.save(update_fields=["done_at", "done_by", "outcome"])


@transaction.atomic
def record_contact(
    *,
    contact: NextContact,
    by: Worker,
    outcome: str,
    next_on: date,
    next_at: time | None = None,
    next_way: ContactWay = ContactWay.PHONE,
) -> NextContact:
    """Write down what came of a promised contact, and promise the next one, which is returned."""
    contact = _locked_contact(contact)
    require(rules.why_not_record_contact(by, contact))
    require(rules.why_not_promise(next_on, next_at))
    _done(contact, by, outcome)
    following = NextContact.objects.create(plan=contact.plan, on=next_on, at=next_at, way=next_way)
    messages.queue_contact_reminder(following)
    return following


@transaction.atomic
def finish(*, situation: Situation, by: Worker, outcome: str) -> Situation:
    """Everyday life runs: what came of the last contact is written down and the situation ends well."""
    situation = locked_situation(situation)
    require(rules.why_not_finish(by, situation))
    if not outcome.strip():
        raise Refused(_("Kirjoita, miten perheen tilanne on muuttunut."))
    for contact in NextContact.objects.open().filter(plan__situation=situation).select_related("plan"):
        _done(contact, by, outcome)
    close(situation, Ending.EVERYDAY, by)
    return situation
