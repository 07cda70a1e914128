"""Offering times to the family, and what the family chose: on its own page, or said to the worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.refusals import Refused, require

from .. import messages
from ..models import Meeting, OfferedTime, Room, TimesOffer
from ..models.offers import FEWEST, MOST
from ..rules import bookings as booking_rules
from ..rules import meetings as rules
from ..slots import seats_needed, workers_coming
from ..states import UPCOMING
from .booking import Taken, book, let_go
from .convening import changed, locked


@dataclass(frozen=True)
class Time:
    """A time to offer: aware bounds, the room if there is one, and the keys of those seen to be busy."""

    period: DateTimeTZRange
    room: Room | None
    without: Sequence[int] = ()


@transaction.atomic
def offer_times(
    *, meeting: Meeting, by: Worker, times: Sequence[Time], seen_version: int | None = None
) -> TimesOffer:
    """Offer the family two to five times; an earlier offer is replaced, and what was held is free."""
    meeting = locked(meeting)
    require(rules.why_not_book(by, meeting))
    require(rules.why_not_fresh(meeting, seen_version))
    if not FEWEST <= len({time.period for time in times}) <= MOST or len(times) > MOST:
        raise Refused(_("Tarjoa perheelle vähintään kahta ja enintään viittä aikaa."))
    seats = seats_needed(meeting, workers_coming(meeting))
    for time in times:
        require(booking_rules.why_not_at(time.period.lower, time.period.upper))
        require(booking_rules.why_not_held_in(meeting, time.room, seats))
    let_go(meeting)
    TimesOffer.objects.filter(meeting=meeting).delete()
    offer = TimesOffer.objects.create(meeting=meeting, offered_by=by)
    for time in times:
        OfferedTime.objects.create(
            offer=offer, period=time.period, room=time.room, without=list(time.without)
        )
    changed(meeting)
    messages.queue_times_offered(meeting, owner=by)
    return offer


@transaction.atomic
def take_back(*, meeting: Meeting, by: Worker) -> None:
    """Take the offer back, and what is held for it; the family can choose no more."""
    meeting = locked(meeting)
    require(rules.why_not_prepare(by, meeting))
    let_go(meeting)
    TimesOffer.objects.filter(meeting=meeting).delete()
    changed(meeting)


def choose(*, meeting: Meeting, time: int, by: Worker | None = None) -> Meeting:
    """Book the offered time of this key for everybody. `by` wrote it down; None on the family's own page.

    When somebody was taken meanwhile, that time leaves the list, and `Refused` says so.
    """
    chosen = OfferedTime.objects.select_related("room").filter(offer__meeting=meeting, pk=time).first()
    meeting.refresh_from_db()
    if meeting.status in UPCOMING:
        raise Refused(_("Aika on jo varattu."))
    if chosen is None:
        raise Refused(_("Tätä aikaa ei enää ole tarjolla. Valitkaa jokin muista ajoista."))
    try:
        # On the family's own page it is the convener's offer that is taken up.
        return book(
            meeting=meeting,
            by=by or meeting.convener,
            period=chosen.period,
            room=chosen.room,
            seen_version=None,
            without=chosen.without,
        )
    except Taken as taken:
        _drop(meeting, chosen)
        raise Refused(_("Tämä aika ehti mennä toiselle. Valitkaa jokin muista ajoista.")) from taken


@transaction.atomic
def refuse_all(*, meeting: Meeting, word: str = "", by: Worker | None = None) -> TimesOffer:
    """None of the times suits the family; it may say what would. The convener looks for others."""
    meeting = locked(meeting)
    if by is not None:
        require(rules.why_not_prepare(by, meeting))
    offer = TimesOffer.objects.filter(meeting=meeting).first()
    if offer is None:
        raise Refused(_("Näitä aikoja ei enää tarjota."))
    if offer.refused_at is None:
        offer.refused_at, offer.refused_recorded_by = timezone.now(), by
    let_go(meeting)
    offer.word = " ".join(word.split())[:300]
    offer.save(update_fields=["refused_at", "refused_recorded_by", "word"])
    changed(meeting)
    return offer


@transaction.atomic
def _drop(meeting: Meeting, time: OfferedTime) -> None:
    meeting = locked(meeting)
    time.delete()
    changed(meeting)
