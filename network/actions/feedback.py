"""Thanking a colleague, and telling them something that helps: between the two, apart from every family."""

from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import letters
from ..models import PeerFeedback, Thanks, Worker
from ..rules.feedback import why_not_reply, why_not_so_many, why_not_write_to
from ..rules.texts import why_not_this_text

M = TypeVar("M", Thanks, PeerFeedback)
SAME_PRESS = timedelta(minutes=1)


@transaction.atomic
def thank(*, to: Worker, by: Worker, text: str) -> Thanks:
    """Thank a colleague."""
    require(why_not_write_to(by, to))
    require(why_not_this_text(by, text, apart_from=[to.name]))
    _one_at_a_time(by)
    if (same := _just_sent(Thanks, by, to, text)) is not None:
        return same
    require(why_not_so_many(by, to, Thanks))
    thanks = Thanks.objects.create(from_worker=by, to_worker=to, text=text)
    letters.queue_thanks(thanks)
    return thanks


@transaction.atomic
def give(*, to: Worker, by: Worker, text: str) -> PeerFeedback:
    """Give a colleague feedback that only the two of them ever read."""
    require(why_not_write_to(by, to))
    require(why_not_this_text(by, text, apart_from=[to.name]))
    _one_at_a_time(by)
    if (same := _just_sent(PeerFeedback, by, to, text)) is not None:
        return same
    require(why_not_so_many(by, to, PeerFeedback))
    feedback = PeerFeedback.objects.create(from_worker=by, to_worker=to, text=text)
    letters.queue_feedback(feedback)
    return feedback


def _one_at_a_time(by: Worker) -> None:
    """What one person sends is counted one by one; without the key, two who thank each other never wait."""
    list(Worker.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))


def _just_sent(model: type[M], by: Worker, to: Worker, text: str) -> M | None:
    """The same words to the same colleague a moment ago: the button was pressed twice."""
    since = timezone.now() - SAME_PRESS
    rows = model._default_manager.filter(from_worker=by, to_worker=to, text=text, created_at__gt=since)
    return rows.first()


@transaction.atomic
def reply(*, feedback: PeerFeedback, by: Worker, text: str) -> PeerFeedback:
    """Answer the feedback, once."""
    lock(feedback)
    feedback = PeerFeedback.objects.select_related("from_worker").get(pk=feedback.pk)
    require(why_not_reply(by, feedback))
    require(why_not_this_text(by, text, apart_from=[feedback.from_worker.name]))
    feedback.reply, feedback.replied_at = text, timezone.now()
    feedback.save(update_fields=["reply", "replied_at"])
    letters.queue_feedback_reply(feedback)
    return feedback
