"""Giving the agreed plan to those whom the family lets have it."""

from django.db import transaction

from meetings.actions.situations import locked as locked_situation
from network.models import Consent, Worker
from network.states import ConsentPurpose
from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import rules
from ..models import Copy, CopyLink, Plan
from ..states import CopyMethod
from .copy_links import send_links


@transaction.atomic
def give_copy(
    *, plan: Plan, consent: Consent, by: Worker, method: CopyMethod | None = None, handed_to: str = ""
) -> Copy:
    """Give the agreed plan to the one whom the family's permission names. Giving twice is giving once.

    Without `method` a worker has it in their account, and the others on paper. `handed_to` is the one who
    takes the paper for a unit or a team.
    """
    if method is None:
        method = CopyMethod.ACCOUNT if consent.worker_id is not None else CopyMethod.PRINTED
    plan, consent = _locked(plan, consent)
    require(rules.why_not_give_copy(by, plan, consent))
    require(rules.why_not_give_so(consent, method, handed_to))
    copy, is_new = Copy.objects.get_or_create(
        plan=plan, consent=consent, method=method, defaults={"given_by": by, "handed_to": handed_to}
    )
    if is_new and method == CopyMethod.LINK:
        send_links(copy, by=by)
    return copy


@transaction.atomic
def send_copy_again(*, plan: Plan, consent: Consent, by: Worker) -> Copy:
    """A new link to one who has lost theirs, or whose address is another now; the old one opens nothing."""
    plan, consent = _locked(plan, consent)
    require(rules.why_not_give_copy(by, plan, consent))
    require(rules.why_not_give_so(consent, CopyMethod.LINK, ""))
    copy, _is_new = Copy.objects.get_or_create(
        plan=plan, consent=consent, method=CopyMethod.LINK, defaults={"given_by": by}
    )
    send_links(copy, by=by, anew=True)
    return copy


def _locked(plan: Plan, consent: Consent) -> tuple[Plan, Consent]:
    situation = locked_situation(plan.situation)
    lock(consent)
    consent = Consent.objects.with_receivers().select_related("family").get(pk=consent.pk)
    plan = Plan.objects.get(pk=plan.pk)
    plan.situation = situation
    return plan, consent


def pass_copies_on(plan: Plan, by: Worker) -> None:
    """The responsible workers have the new version, and so do those who had the one before, the same way.

    What was given on paper is given again by hand: somebody has to take the paper along.
    """
    copies = Copy.objects.of_situation(plan.situation).exclude(method=CopyMethod.PRINTED)
    had = set(copies.values_list("consent", "method"))
    named = set(plan.responsible_workers.values_list("worker", flat=True))
    permitted = Consent.objects.in_force().filter(
        family=plan.situation.family_id, purpose=ConsentPurpose.COPY
    )
    for consent in permitted.with_receivers().order_by("pk"):
        method = CopyMethod.ACCOUNT if consent.worker_id is not None else CopyMethod.LINK
        if consent.worker_id not in named and (consent.pk, method) not in had:
            continue
        copy, is_new = Copy.objects.get_or_create(
            plan=plan, consent=consent, method=method, defaults={"given_by": by}
        )
        if is_new and method == CopyMethod.LINK:
            send_links(copy, by=by)


def follow_copies(old: Consent, new: Consent) -> None:
    """A permission that replaces another carries its copies, and their links."""
    Copy.objects.filter(consent=old).update(consent=new)
    CopyLink.objects.filter(consent=old).update(consent=new)
