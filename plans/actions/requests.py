"""The family asks to be contacted: once at a time, with a day by which somebody does."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meetings.actions.situations import locked as locked_situation
from meetings.actions.situations import stand_in_line
from meetings.models import Situation
from network.models import Worker
from perhekeskus.refusals import require
from perhekeskus.words import today

from .. import request_letters, rules_of_requests
from ..models import ContactRequest
from ..promise_clock import working_days_after


@transaction.atomic
def ask_contact(
    *, situation: Situation, words: str = "", form_key: uuid.UUID | None = None
) -> ContactRequest:
    """Ask for a contact on the family's own page. Asking twice is asking once.

    An old page of a request that is over asks for nothing, and promises nothing.
    """
    if form_key is not None:
        stand_in_line(form_key)
        if earlier := ContactRequest.objects.filter(form_key=form_key).first():
            require(rules_of_requests.why_not_again(earlier, situation))
            return earlier
    situation = locked_situation(situation)
    require(rules_of_requests.why_not_ask(situation))
    request = ContactRequest(
        situation=situation,
        words=words,
        answer_by=working_days_after(today(), settings.CONTACT_REQUEST_DAYS),
        form_key=form_key,
    )
    request.full_clean(exclude=["situation"])
    request.save()
    request_letters.queue_asked(request)
    return request


@transaction.atomic
def take_back_request(*, situation: Situation) -> None:
    """The family needs it no more. Taking back twice is taking back once."""
    situation = locked_situation(situation)
    ContactRequest.objects.open().filter(situation=situation).update(withdrawn_at=timezone.now())


def answer_requests(situation: Situation, by: Worker) -> None:
    """A recorded contact is the answer to what the family of a locked situation asked for."""
    ContactRequest.objects.open().filter(situation=situation).update(
        answered_at=timezone.now(), answered_by=by
    )
