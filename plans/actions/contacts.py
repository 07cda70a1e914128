"""Keeping the promised contacts."""

from datetime import date, time

from django.db import transaction
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from network.models import Worker
from perhekeskus.refusals import require

from .. import messages, rules
from ..models import NextContact
from ..states import ContactWay
from .requests import answer_requests


def _locked_contact(contact: NextContact) -> NextContact:
    situation = locked_situation(contact.plan.situation)
    contact = NextContact.objects.select_for_update(of=("self",)).select_related("plan").get(pk=contact.pk)
    contact.plan.situation = situation
    return contact


def close_contact(contact: NextContact, by: Worker, outcome: str) -> None:
    contact.done_at, contact.done_by, contact.outcome = timezone.now(), by, outcome
    contact.full_clean(exclude=["plan", "done_by"], validate_constraints=False)
    contact.save(update_fields=["done_at", "done_by", "outcome"])
    answer_requests(contact.plan.situation, by)


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
    close_contact(contact, by, outcome)
    following = NextContact.objects.create(plan=contact.plan, on=next_on, at=next_at, way=next_way)
    messages.queue_contact_reminder(following)
    return following


@transaction.atomic
def keep_outcome(*, contact: NextContact, by: Worker, outcome: str) -> NextContact:
    """Keep what was written of a contact that isn't done yet: the review comes before the end."""
    contact = _locked_contact(contact)
    require(rules.why_not_record_contact(by, contact))
    contact.outcome = outcome
    contact.full_clean(exclude=["plan", "done_by"], validate_constraints=False)
    contact.save(update_fields=["outcome"])
    return contact
