"""How a situation has gone, as a line of dated events, the oldest first, and what is agreed ahead."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Consultation
from perhekeskus import words
from perhekeskus.words import HELSINKI

from .models import Handover, Meeting, Situation
from .states import HandoverStatus, MeetingStatus


class Lane(TextChoices):
    """In which row of the picture an event stands."""

    TALK = "talk", gettext_lazy("Keskustelut")
    ADVICE = "advice", gettext_lazy("Neuvot")
    KOPPI = "koppi", gettext_lazy("Kopin siirrot")
    MEETING = "meeting", gettext_lazy("Tapaamiset")
    PLAN = "plan", gettext_lazy("Suunnitelmat")
    CONTACT = "contact", gettext_lazy("Yhteydenpito")


@dataclass(frozen=True)
class Event:
    """Something that happened, or is agreed ahead; `day_only` when no clock was written down.

    Without a lane it is told in the list only: the picture's bars show it.
    """

    at: datetime
    title: str
    text: str = ""
    url: str = ""
    day_only: bool = True
    lane: Lane | None = None
    # Agreed and not done yet, whether its time has come or not.
    is_promise: bool = False

    @property
    def is_to_come(self) -> bool:
        return self.is_promise or self.at > timezone.now()

    @property
    def is_late(self) -> bool:
        """Of a day it is late only when the day is over."""
        over = (
            timezone.localdate(self.at) < timezone.localdate() if self.day_only else self.at <= timezone.now()
        )
        return self.is_promise and over

    @property
    def when(self) -> str:
        return words.day(self.at) if self.day_only else words.moment(self.at)


# Upper floors add theirs when they load (plans: the plan, the contacts). With places or without.
SOURCES: list[Callable[[Situation], Iterable[Event]]] = []


def at_noon(day: date) -> datetime:
    """A moment for a day of which no clock is known: it sorts in the middle of that day's events."""
    return datetime.combine(day, time(12), tzinfo=HELSINKI)


def events_of(situation: Situation, *, with_places: bool) -> list[Event]:
    """The oldest first, what is ahead last; in a fixed number of queries. The talks come with the row."""
    found = [
        Event(situation.opened_at, _("Tilanne avattiin"), str(situation.get_way_in_display()).capitalize()),
        *_talks(situation),
        *_offers(situation, with_places=with_places),
        *_advice(situation),
        *_meetings(situation),
    ]
    if situation.ended_at is not None:
        found.append(
            Event(situation.ended_at, _("Tilanne päättyi"), str(situation.get_ending_display()).capitalize())
        )
    for source in SOURCES:
        found += source(situation)
    return sorted(found, key=lambda event: event.at)


def event_rows(events: Iterable[Event]) -> list[dict[str, str | bool]]:
    """The events as the list shows them."""
    return [
        {
            "when": event.when,
            "title": event.title,
            "text": event.text,
            "url": event.url,
            "is_ahead": event.is_to_come,
            "is_late": event.is_late,
        }
        for event in events
    ]


def _talks(situation: Situation) -> Iterable[Event]:
    for talk in situation.talks:  # type: ignore[attr-defined]
        result = str(talk.get_result_display())
        if talk.corrected_at is not None:
            day = words.short_day(talk.corrected_at)
            result = _("%(result)s · Korjattu %(day)s") % {"result": result, "day": day}
        # Of a talk of that very day it is known when it was written down: never before the talk, never ahead.
        same_day = timezone.localdate(talk.recorded_at, HELSINKI) == talk.held_on
        yield Event(
            talk.recorded_at if same_day else at_noon(talk.held_on),
            str(talk.get_kind_display()).capitalize(),
            result,
            reverse("conversation_detail", args=[situation.pk, talk.pk]),
            lane=Lane.TALK,
        )


def _offers(situation: Situation, *, with_places: bool) -> Iterable[Event]:
    answers = {
        HandoverStatus.ACCEPTED: _("Koppi siirtyi"),
        HandoverStatus.DECLINED: _("Koppia ei otettu"),
        HandoverStatus.WITHDRAWN: _("Tarjous peruttiin"),
        HandoverStatus.RETURNED: _("Tarjous palasi tarjoajalle"),
    }
    offers: Iterable[Handover] = situation.handovers.select_related("to_worker", "to_unit", "caught_by")
    for offer in offers:
        whom = offer.receiver_shown(with_places=with_places)
        yield Event(offer.offered_at, _("Koppia tarjottiin"), whom, lane=Lane.KOPPI)
        if offer.answered_at is not None:
            taker = offer.caught_by or offer.to_worker
            yield Event(
                offer.answered_at,
                answers[HandoverStatus(offer.status)],
                taker.name if taker is not None else "",
                lane=Lane.KOPPI,
            )


def _advice(situation: Situation) -> Iterable[Event]:
    for question in Consultation.objects.filter(situation_number=situation.pk):
        yield Event(question.asked_at, _("Kysyttiin neuvoa"), lane=Lane.ADVICE)
        if question.answered_at is not None:
            yield Event(question.answered_at, _("Neuvoon vastattiin"), lane=Lane.ADVICE)


def _meetings(situation: Situation) -> Iterable[Event]:
    meetings: Iterable[Meeting] = situation.meetings.exclude(period=None).select_related("kind")
    for meeting in meetings:
        assert meeting.period is not None
        said = {
            MeetingStatus.CANCELLED: _("peruttiin"),
            MeetingStatus.NOT_HELD: _("ei pidetty"),
            MeetingStatus.HELD: _("pidettiin"),
        }
        status = MeetingStatus(meeting.status)
        yield Event(
            meeting.period.lower,
            meeting.kind.title,
            str(said.get(status, status.label)).capitalize(),
            meeting.get_absolute_url(),
            day_only=False,
            lane=Lane.MEETING,
        )
