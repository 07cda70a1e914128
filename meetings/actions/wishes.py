"""Wishing for an earlier time, and telling the convener once when one has come free."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from network.models import Worker
from perhekeskus.refusals import require

from .. import wish_letters
from ..asking import Wishes, asked
from ..models import EarlierWish, Meeting
from ..rules import meetings as meeting_rules
from ..rules.wishes import NOTICE, why_not_wish
from ..slots import best_slots
from ..states import UPCOMING
from .convening import locked


@transaction.atomic
def wish(*, meeting: Meeting, by: Worker | None = None) -> EarlierWish:
    """Wish for an earlier time; twice is once. `by` is the convener, None the family on its own page."""
    meeting = locked(meeting)
    if by is not None:
        require(meeting_rules.why_not_prepare(by, meeting))
    require(why_not_wish(meeting))
    open_wish = meeting.earlier_wishes.filter(ended_at=None).first()
    if open_wish is not None and open_wish.told_at is None:
        return open_wish
    # Wished again after something was found: it is looked for anew.
    meeting.earlier_wishes.filter(ended_at=None).update(ended_at=timezone.now())
    return EarlierWish.objects.create(meeting=meeting, recorded_by=by)


@transaction.atomic
def give_up(*, meeting: Meeting, by: Worker | None = None) -> None:
    """Look for no earlier time any more; twice is once."""
    meeting = locked(meeting)
    if by is not None:
        require(meeting_rules.why_not_prepare(by, meeting))
    meeting.earlier_wishes.filter(ended_at=None).update(ended_at=timezone.now())


def look_for_earlier() -> int:
    """Tell each convener once of an earlier time that suits everybody, with a room; how many were told.

    May run twice, and many at once, harmlessly: the same question as in the search, one query a wish.
    """
    waiting = EarlierWish.objects.filter(ended_at=None, told_at=None, meeting__status__in=UPCOMING)
    keys = waiting.order_by("pk").values_list("pk", flat=True)
    return sum(_looked(key) for key in list(keys))


@transaction.atomic
def _looked(key: int) -> bool:
    wished = EarlierWish.objects.select_related("meeting").get(pk=key)
    meeting = locked(wished.meeting)
    wished = EarlierWish.objects.get(pk=key)
    if wished.ended_at or wished.told_at or why_not_wish(meeting):
        return False
    found = earlier_time(meeting)
    if found is None:
        return False
    wished.found_period, wished.told_at = found, timezone.now()
    wished.save(update_fields=["found_period", "told_at"])
    wished.meeting = meeting
    wish_letters.queue_found(wished)
    return True


def earlier_time(meeting: Meeting) -> DateTimeTZRange | None:
    """The first time before the booked one that suits everybody, with a room where one is needed."""
    assert meeting.period is not None
    first = timezone.localdate(timezone.now() + NOTICE)
    last = timezone.localdate(meeting.period.lower)
    if last < first:
        return None
    minutes = int((meeting.period.upper - meeting.period.lower) / timedelta(minutes=1))
    question = asked(meeting, Wishes(minutes=minutes, first_day=first, last_day=last)).question
    early = [slot for slot in best_slots(question) if slot.suits_all and slot.ends_at <= meeting.period.lower]
    best = min(early, key=lambda slot: slot.starts_at, default=None)
    return None if best is None else DateTimeTZRange(best.starts_at, best.ends_at)
