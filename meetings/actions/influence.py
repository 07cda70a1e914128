"""Writing down what we can influence and what we can't."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.refusals import Refused, require

from ..models import InfluenceItem, Meeting
from ..rules.meetings import why_not_record
from ..states import InfluenceSide
from .convening import locked

MOST_ITEMS = 60


@transaction.atomic
def add(*, meeting: Meeting, by: Worker, side: InfluenceSide, text: str) -> InfluenceItem:
    """Add a thing to a column. Twice is once; a thing in the other column is moved here."""
    meeting = locked(meeting)
    require(why_not_record(by, meeting))
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Kirjoita asia."))
    if meeting.influence_items.count() >= MOST_ITEMS:
        raise Refused(_("Listalla on jo paljon asioita. Yhdistäkää muutama."))
    item, is_new = InfluenceItem.objects.get_or_create(
        meeting=meeting, text=text, defaults={"side": side, "position": _last(meeting, side) + 1}
    )
    if not is_new and item.side != side:
        _to(item, side)
    return item


@transaction.atomic
def move(*, item: InfluenceItem, by: Worker, side: InfluenceSide) -> None:
    """Move a thing to the other column, at its end."""
    meeting = locked(item.meeting)
    require(why_not_record(by, meeting))
    if item.side != side:
        _to(item, side)


@transaction.atomic
def remove(*, item: InfluenceItem, by: Worker) -> None:
    """Take a thing off the list."""
    meeting = locked(item.meeting)
    require(why_not_record(by, meeting))
    item.delete()


def _to(item: InfluenceItem, side: InfluenceSide) -> None:
    item.side, item.position = side, _last(item.meeting, side) + 1
    item.save(update_fields=["side", "position"])


def _last(meeting: Meeting, side: InfluenceSide) -> int:
    return meeting.influence_items.filter(side=side).aggregate(last=Max("position"))["last"] or 0
