"""Asking by a poll which times suit, answering it, closing it, and booking what suits best."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused, require

from .. import poll_letters
from ..models import Booking, Meeting, PollAnswer, PollTime, PollVoice, Room, TimePoll
from ..models.polls import FEWEST, MOST
from ..rules import bookings as booking_rules
from ..rules import meetings as meeting_rules
from ..rules import polls as rules
from ..slots import seats_needed, workers_coming
from ..states import Decision, PlaceKind, PollChoice
from .booking import book
from .convening import changed, locked
from .rescheduling import busy_at


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    by: Worker,
    periods: Sequence[DateTimeTZRange],
    closes_at: datetime,
    seen_version: int | None = None,
) -> TimePoll:
    """Ask the family and everybody whom it lets come which of two to ten times suit them.

    The periods and `closes_at` are aware. Nothing is booked, and nothing of the family is told.
    """
    meeting = locked(meeting)
    require(rules.why_not_poll(by, meeting))
    require(meeting_rules.why_not_fresh(meeting, seen_version))
    if not FEWEST <= len(set(periods)) <= MOST or len(set(periods)) != len(periods):
        raise Refused(_("Kysy vähintään kahta ja enintään kymmentä eri aikaa."))
    for period in periods:
        require(booking_rules.why_not_at(period.lower, period.upper))
    if not timezone.now() < closes_at < min(period.lower for period in periods):
        raise Refused(
            _("Valitse vastausaika, joka ei ole vielä mennyt ja päättyy ennen ensimmäistä kysyttyä aikaa.")
        )
    meeting.polls.filter(closed_at=None).update(closed_at=timezone.now())
    poll = TimePoll.objects.create(meeting=meeting, asked_by=by, closes_at=closes_at)
    for period in sorted(periods):
        PollTime.objects.create(poll=poll, period=period)
    PollVoice.objects.create(poll=poll)
    seats = meeting.participations.by_decision().filter(decision=Decision.YES).exclude(consent=None)
    days = max(settings.INVITATION_LINK_DAYS, (closes_at - timezone.now()).days + 2)
    for seat in seats.select_related("consent").order_by("pk"):
        if seat.consent is None or not seat.consent.is_in_force:
            continue
        link = None if seat.worker_id else AccessLink.objects.issue(LinkPurpose.POLL, days=days)
        PollVoice.objects.create(poll=poll, participation=seat, consent=seat.consent, link=link)
    changed(meeting)
    poll_letters.queue_questions(poll, owner=by)
    return poll


@transaction.atomic
def answer(*, voice: PollVoice, answers: Mapping[int, PollChoice], by: Worker | None = None) -> PollVoice:
    """Keep how each time (by key) suits; the same again changes nothing.

    `by` is the worker who writes down what the family said by word; None for everybody's own answer.
    """
    lock(voice.poll)
    voice = PollVoice.objects.select_related("poll__meeting__situation", "consent").get(pk=voice.pk)
    require(rules.why_not_answer_poll(voice))
    if by is not None:
        require(meeting_rules.why_not_prepare(by, voice.poll.meeting))
        if not voice.is_family:
            raise Refused(_("Jokainen vastaa itse."))
    times = set(voice.poll.times.values_list("pk", flat=True))
    if set(answers) != times:
        raise Refused(_("Vastaa jokaisesta ajasta, miten se sopii."))
    before = dict(voice.answers.values_list("time", "answer"))
    for time, choice in answers.items():
        if before.get(time) != choice:
            PollAnswer.objects.update_or_create(
                voice=voice,
                time_id=time,
                defaults={"answer": choice, "answered_at": timezone.now(), "recorded_by": by},
            )
    poll_letters.drop_reminders(voice)
    return voice


@transaction.atomic
def close(*, poll: TimePoll, by: Worker) -> TimePoll:
    """End the poll now: nobody answers or is reminded any more. Twice is once."""
    meeting = locked(poll.meeting)
    poll = TimePoll.objects.get(pk=poll.pk)
    poll.meeting = meeting
    require(rules.why_not_close(by, poll))
    if poll.closed_at is None:
        poll.closed_at = timezone.now()
        poll.save(update_fields=["closed_at"])
        changed(meeting)
    return poll


@transaction.atomic
def close_overdue() -> int:
    """Close those whose time has come, and return how many. May run twice harmlessly."""
    return TimePoll.objects.filter(closed_at=None, closes_at__lte=timezone.now()).update(
        closed_at=timezone.now()
    )


def book_time(*, time: PollTime, by: Worker) -> tuple[Meeting, list[Worker]]:
    """Book the time for everybody with a free room; also who has something else in the calendar then.

    Who answered that it does not suit, and whose calendar is taken, is invited but not booked. Raises `Taken`
    when somebody was faster.
    """
    time = PollTime.objects.select_related("poll__meeting__situation").get(pk=time.pk)
    meeting, period = time.poll.meeting, time.period
    said = PollAnswer.objects.filter(time=time, voice__participation=None).first()
    require(rules.why_not_book_by_poll(by, time, PollChoice(said.answer) if said else None))
    busy = busy_at(meeting, period)
    if any(worker.pk == meeting.convener_id for worker in busy):
        raise Refused(_("Olet itse silloin jo varattu. Valitse toinen aika tai vapauta kalenterisi."))
    refused = PollAnswer.objects.filter(
        time=time, answer=PollChoice.NO, voice__participation__worker__isnull=False
    ).values_list("voice__participation__worker", flat=True)
    room = free_room(meeting, period) if meeting.place_kind == PlaceKind.ROOM else None
    without = {*refused, *(worker.pk for worker in busy)}
    booked = book(meeting=meeting, by=by, period=period, room=room, seen_version=None, without=without)
    return booked, busy


def free_room(meeting: Meeting, period: DateTimeTZRange) -> Room:
    """A room that is free then and has seats for everybody: an accessible one first, then the smallest.

    What is held for the meeting itself is in nobody's way, nor is a hold that has ended.
    """
    seats = seats_needed(meeting, workers_coming(meeting))
    rooms = Room.objects.open().filter(unit__municipality=meeting.municipality_id, seats__gte=seats)
    taken = Booking.objects.in_force().filter(period__overlap=period).exclude(meeting=meeting)
    free = rooms.exclude(Exists(taken.filter(room=OuterRef("pk"))))
    room = free.order_by("-is_accessible", "seats", "pk").first()
    if room is None:
        raise Refused(_("Yksikään riittävän iso tila ei ole silloin vapaana. Valitse toinen aika."))
    return room
