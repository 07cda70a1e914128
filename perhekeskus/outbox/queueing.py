"""Putting messages into the outbox, taking them out unsent, and trying again by hand."""

import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from ..celery import app
from ..models import Message
from ..models.outbox import MessageQuerySet
from ..refusals import Sentence, require
from ..states import MessageState
from .database import refusals_of_the_database
from .kinds import kind_of

log = logging.getLogger(__name__)

KICK_EXPIRES_SECONDS = 60


def queue(messages: Iterable[Message]) -> None:
    """Write the messages in the transaction of their cause; the same message twice is one message.

    Refused when the database does: no permission in force, or an address that is not one address.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A message is queued in the transaction of the change that calls for it.")
    rows = list(messages)
    for row in rows:
        kind_of(row)
    with refusals_of_the_database():
        Message.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.due_at <= timezone.now() for row in rows):
        transaction.on_commit(_kick, robust=True)


def drop_unsent(messages: MessageQuerySet) -> list[Message]:
    """Drop those that have not left, and return the ones that have, or may have.

    The rows are locked first: none of them is claimed between the look and the end of the transaction.
    """
    left: list[Message] = []
    for message in messages.select_for_update(of=("self",)).order_by("pk"):
        if message.state in {MessageState.CLAIMED, MessageState.SENT} or message.is_uncertain:
            left.append(message)
        if message.state in {MessageState.WAITING, MessageState.GIVEN_UP}:
            message.state = MessageState.DROPPED
            message.last_error = "cancelled"
            message.save(update_fields=["state", "last_error"])
    return left


def why_not_retry(by, message: Message) -> Sentence | None:
    """Only what was given up is tried again, by the one whose message it is or by an administrator."""
    if not (by.is_administrator or message.owner_id == by.pk):
        return _("Viestin voi lähettää uudelleen se, jonka työhön se kuuluu, tai pääkäyttäjä.")
    if message.state != MessageState.GIVEN_UP:
        return _("Viesti on jo lähdössä uudelleen.")
    return None


@transaction.atomic
def retry(message: Message, by) -> Message:
    """Try a given-up message again from the beginning.

    What is no longer needed is dropped instead; the state of the returned message tells which.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    require(why_not_retry(by, message))
    if reason := kind_of(message).why_not(message):
        message.state = MessageState.DROPPED
        message.last_error = reason[:100]
        message.save(update_fields=["state", "last_error"])
        return message
    message.state = MessageState.WAITING
    message.due_at = timezone.now()
    message.attempts = 0
    message.last_error = ""
    with refusals_of_the_database():
        message.save(update_fields=["state", "due_at", "attempts", "last_error"])
    transaction.on_commit(_kick, robust=True)
    return message


def _kick() -> None:
    """Ask for a drain now. Without a broker nothing is lost: the next tick of beat drains."""
    try:
        app.send_task("perhekeskus.tasks.drain_outbox", expires=KICK_EXPIRES_SECONDS, retry=False)
    except (KombuError, OSError) as error:
        log.warning("outbox not kicked: %s", type(error).__name__)
