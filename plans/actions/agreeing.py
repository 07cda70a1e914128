"""Agreeing on the plan: it is in force, its responsible workers are let in and reminded."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from meetings.actions.situations import move
from meetings.models import Situation
from meetings.states import Stage
from network.actions import consents, families
from network.models import Consent, FamilyMember, Worker
from network.rules.consents import why_not_given_by
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import require

from .. import messages, rules
from ..models import Matter, Measure, Plan, Presence, ResponsibleWorker
from ..models.presence import Attender
from ..states import PlanStatus
from .copies import pass_copies_on
from .plans import PlanChanged


@transaction.atomic
def agree(
    *,
    plan: Plan,
    by: Worker,
    given_by: FamilyMember,
    given_with: FamilyMember | None = None,
    present: Collection[Attender] | None = None,
    seen_edition: int | None = None,
) -> Plan:
    """The family and the others agree: the draft is in force, its responsible workers let in and reminded.

    Naming the responsible workers is the family's permission for them to have the plan; it is written
    down as one, said by `given_by` (and `given_with`, where both guardians are asked), so that the family
    can take it back like any other. Whom the replaced version named and this one does not has the plan no
    more.

    `present` are those who were there, somebody of the family among them; without it the one who gave the
    permission and the one who wrote it down.
    """
    situation = locked_situation(plan.situation)
    _keep_accounts(situation, plan)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.situation = situation
    if seen_edition is not None and seen_edition != plan.edition:
        raise PlanChanged(plan)
    require(rules.why_not_agree(by, plan))
    require(why_not_given_by(situation.family, given_by, given_with))
    was_there: list[Attender] = [given_by, by]
    if present is not None:
        was_there = list(dict.fromkeys(present))
    require(rules.why_not_present(was_there, plan))
    left_out = rules.left_out(plan)
    _close_gaps(plan)
    Presence.objects.bulk_create([Presence.of(plan, person) for person in was_there])
    situation.plans.agreed().update(status=PlanStatus.SUPERSEDED)
    plan.status = PlanStatus.AGREED
    plan.agreed_at, plan.agreed_by = timezone.now(), by
    plan.edition += 1
    plan.save(update_fields=["status", "agreed_at", "agreed_by", "edition"])
    _carry_states(plan)
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
    pass_copies_on(plan, by)
    families.ensure_link(situation.family)
    if situation.stage == Stage.SHARED_TIME:
        move(situation, Stage.PLAN)
    messages.queue_contact_reminder(plan.contacts.get(done_at=None))
    return plan


def _keep_accounts(situation: Situation, plan: Plan) -> None:
    """The accounts of those whom it concerns stay as they are until the end: one may be closed just now.

    They are locked before the plans: a closing of an account holds its worker, and waits for their plans.
    """
    plans = situation.plans.filter(Q(pk=plan.pk) | Q(status=PlanStatus.AGREED))
    named = ResponsibleWorker.objects.filter(plan__in=plans).values("worker")
    list(Worker.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=named).order_by("pk"))


def _close_gaps(plan: Plan) -> None:
    """Rows that were begun and left empty go, and the others stand one after another.

    One who was written as the other of a pair that has no first is the first.
    """
    if not plan.responsible_workers.filter(position=1).exists():
        plan.responsible_workers.filter(position=2).update(position=1)
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


def _carry_states(plan: Plan) -> None:
    """What goes on from the version before is as far as it was there, with who said so and when."""
    for measure in plan.measures.exclude(follows=None).prefetch_related("follows__states"):
        assert measure.follows is not None
        for state in measure.follows.states.all():
            state.pk, state.measure = None, measure
            state._state.adding = True
            state.save()
