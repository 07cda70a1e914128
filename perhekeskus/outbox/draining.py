"""Draining: claim one message, send it outside any lock, mark it, and so on until nothing is due."""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from ..languages import spoken
from ..models import Message
from ..models.outbox import Channel
from ..states import MessageState
from .database import NEEDS_PERMISSION, ONCE, ONE_RECIPIENT, broken_constraint, is_held_by_another
from .kinds import kind_of
from .sending import NotSent, Post, WayClosed

log = logging.getLogger(__name__)

# A round ends well before Celery would end it.
ROUND_SECONDS = 200
MARKING_TRIES = 25
MARKING_PAUSE_SECONDS = 0.2

# What the database says at the moment of claiming, and why the message is then dropped.
DROPPED_BY_DATABASE = {
    NEEDS_PERMISSION: "no_permission",
    ONE_RECIPIENT: "no_address",
    ONCE: "told_already",
}


@dataclass
class _Round:
    """What this round has found out and does not try again."""

    passed_over: set[int] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    sent: int = 0


def drain(*, limit: int = 1000) -> int:
    """Send at most `limit` due messages and return how many were taken by their servers.

    Any number of drains may run at once, and any of them may be killed: a message that was on its way
    is claimed again when OUTBOX_CLAIM_SECONDS have passed, and is marked as perhaps sent twice.
    """
    this_round = _Round()
    ends = time.monotonic() + ROUND_SECONDS
    with Post() as post:
        for _number in range(limit):
            if time.monotonic() > ends:
                break
            message = _claim(this_round)
            if message is None:
                break
            _deliver(message, post, this_round)
    return this_round.sent


def _claim(this_round: _Round) -> Message | None:
    """The next due message, claimed in a transaction of its own; None when nothing is left for this round."""
    while True:
        with transaction.atomic():
            message = _next(this_round)
            if message is None:
                return None
            if message.state == MessageState.CLAIMED:
                # Somebody claimed it and was never heard of again: it may have left.
                message.is_uncertain = True
                if message.attempts > len(settings.OUTBOX_PAUSES_MINUTES):
                    _move(message, MessageState.GIVEN_UP, last_error="WorkerLost")
                    continue
            if reason := _why_not(message):
                _move(message, MessageState.DROPPED, last_error=reason)
                continue
            try:
                with transaction.atomic():
                    _mark_claimed(message)
                return message
            except IntegrityError as error:
                reason = DROPPED_BY_DATABASE.get(broken_constraint(error))
                if reason is None:
                    raise
                _move(message, MessageState.DROPPED, last_error=reason)
            except OperationalError as error:
                if not is_held_by_another(error):
                    raise
                # The permission is being changed at this moment: ask again in the next round.
                this_round.passed_over.add(message.pk)


def _next(this_round: _Round) -> Message | None:
    now = timezone.now()
    lost_at = now - timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)
    return (
        Message.objects.overdue()
        .filter(Q(state=MessageState.WAITING) | Q(claimed_at__lt=lost_at))
        .exclude(pk__in=this_round.passed_over)
        .exclude(channel__in=this_round.closed)
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("due_at", "pk")
        .first()
    )


def _why_not(message: Message) -> str | None:
    """Why it is no longer needed; sets the address as it is now: a former one is told nothing.

    A fault in the questions is left for the sending to meet and count.
    """
    try:
        with transaction.atomic():
            kind = kind_of(message)
            if reason := kind.why_not(message):
                return reason
            if kind.address is not None:
                message.recipient = kind.address(message)
            return None if message.recipient else "no_address"
    except Exception:
        log.exception("outbox: why_not of %s failed", message.kind)
        return None


def _mark_claimed(message: Message) -> None:
    claimed_at = timezone.now()
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.CLAIMED,
        claimed_at=claimed_at,
        attempts=F("attempts") + 1,
        is_uncertain=message.is_uncertain,
        recipient=message.recipient,
    )
    message.state = MessageState.CLAIMED
    message.claimed_at = claimed_at
    message.attempts += 1


def _deliver(message: Message, post: Post, this_round: _Round) -> None:
    try:
        kind = kind_of(message)
        with translation.override(spoken(message.language) if kind.translated else settings.LANGUAGE_CODE):
            letter = kind.compose(message)
        post.send(message, letter)
    except NotSent as error:
        if isinstance(error, WayClosed):
            this_round.closed.add(Channel(message.channel))
        log.warning("outbox: %s not sent: %s", message.kind, error)
        _failed(message, str(error), is_permanent=error.is_permanent, is_uncertain=error.may_have_arrived)
    except ValueError as error:
        # A header with a line break, a link whose key is gone: it would be the same at every try.
        log.warning("outbox: %s cannot be written: %s", message.kind, type(error).__name__)
        _failed(message, type(error).__name__, is_permanent=True)
    except Exception as error:
        log.exception("outbox: %s failed", message.kind)
        _failed(message, type(error).__name__)
    else:
        _move(message, MessageState.SENT, sent_at=timezone.now(), last_error="")
        this_round.sent += 1


def _failed(message: Message, words: str, *, is_permanent: bool = False, is_uncertain: bool = False) -> None:
    """Back to waiting, with a longer pause each time; after the last, or when it is for good, given up."""
    pauses = settings.OUTBOX_PAUSES_MINUTES
    message.is_uncertain = message.is_uncertain or is_uncertain
    if is_permanent or message.attempts > len(pauses):
        _move(message, MessageState.GIVEN_UP, last_error=words)
        return
    due_at = timezone.now() + timedelta(minutes=pauses[message.attempts - 1])
    for _number in range(MARKING_TRIES):
        try:
            with transaction.atomic():
                _move(message, MessageState.WAITING, due_at=due_at, last_error=words)
            return
        except IntegrityError as error:
            if broken_constraint(error) != NEEDS_PERMISSION:
                raise
            # Withdrawn while it was on its way: there is no second try.
            _move(message, MessageState.DROPPED, last_error="no_permission")
            return
        except OperationalError as error:
            if not is_held_by_another(error):
                raise
            time.sleep(MARKING_PAUSE_SECONDS)


def _move(message: Message, state: MessageState, *, last_error: str, **changes: object) -> None:
    """Write the new state, unless another drain has meanwhile taken the message for lost and claimed it."""
    Message.objects.filter(pk=message.pk, state=message.state, claimed_at=message.claimed_at).update(
        state=state, last_error=last_error[:100], is_uncertain=message.is_uncertain, **changes
    )
