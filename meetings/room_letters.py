"""The letter about a closed room, to the convener whose meeting is ahead there. Nothing of the family."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from perhekeskus import outbox, words
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter

from .models import Booking, Meeting, Room

ROOM_CLOSED = "room_closed"


def queue_room_closed(room: Room, *, owner: Worker) -> None:
    """Tell each convener of each time ahead in the room."""
    outbox.queue(
        [
            Message(
                kind=ROOM_CLOSED,
                occasion=f"booking:{booking.pk}",
                version=room.version,
                channel=Channel.EMAIL,
                recipient=booking.meeting.convener.email,
                about_id=booking.pk,
                owner=owner,
            )
            for booking in ahead(room).select_related("meeting__convener")
            if booking.meeting is not None
        ]
    )


def ahead(room: Room) -> QuerySet[Booking]:
    """The bookings of meetings that are ahead in the room."""
    return Booking.objects.in_force().filter(
        room=room, period__endswith__gt=timezone.now(), meeting__isnull=False
    )


def _about(message: Message) -> tuple[Booking, Meeting, Room] | None:
    booking = (
        Booking.objects.in_force()
        .select_related("meeting__convener", "meeting__situation__family", "room__unit")
        .filter(pk=message.about_id)
        .first()
    )
    if booking is None or booking.meeting is None or booking.room is None:
        return None
    return booking, booking.meeting, booking.room


def _why_not(message: Message) -> str | None:
    found = _about(message)
    if found is None or found[0].period.upper <= timezone.now():
        return "gone"
    _booking, meeting, room = found
    if room.closed_at is None:
        return "opened"
    return None if meeting.convener.works_with_families else "left"


def _convener_now(message: Message) -> str:
    found = _about(message)
    return found[1].convener.email if found is not None else ""


def _compose(message: Message) -> Letter:
    found = _about(message)
    if found is None:
        raise LookupError("booking")
    booking, meeting, room = found
    title = _("Varaamasi tila ei ole enää käytössä")
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Aika"), words.span(booking.period.lower, booking.period.upper)),
            (_("Tila"), "" if meeting.situation.family.address_protected else str(room)),
        ],
        notes=[
            _("Varaus on tallella, mutta tilaa ei voi käyttää."),
            _("Valitse tapaamiselle toinen tila tai aika. Muille kerrotaan siitä vasta, kun olet valinnut."),
        ],
        action=Action(_("Kirjaudu ja avaa tapaaminen"), outbox.site_url("meeting_detail", meeting.pk)),
    )


outbox.register(Kind(ROOM_CLOSED, _compose, _why_not, gettext_lazy("Tila ei ole käytössä"), _convener_now))
