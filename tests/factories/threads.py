"""The thread, reached by the real actions: no status is ever set by hand."""

from datetime import datetime, timedelta

import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.actions import booking, convening, handovers, recording, situations
from meetings.models import Conversation, Handover, Meeting, Participation, Room, Situation
from meetings.states import Attendance, ConversationResult, Decision, Ending, StarHeading, StarTone
from network.models import Family, Worker
from network.states import ConsentMethod
from perhekeskus.words import HELSINKI

from .directory import MunicipalityFactory, RoomFactory, WorkerFactory
from .families import ChildFactory, FamilyFactory, GuardianFactory


def a_situation(*, by: Worker | None = None, **family) -> Situation:
    """A situation just raised: two guardians and a child; the koppi is at `by`, or at somebody new."""
    by = by or WorkerFactory()
    new: Family = FamilyFactory.build(municipality=MunicipalityFactory(), **family)
    return situations.raise_matter(
        by=by,
        family=new,
        members=[
            GuardianFactory.build(family=None, first_name="Äiti-Kaisa"),
            GuardianFactory.build(family=None, first_name="Isä-Örjan"),
            ChildFactory.build(family=None, first_name="Aada"),
        ],
    )


def with_conversation(
    situation: Situation | None = None, *, result: ConversationResult = ConversationResult.ACCEPTED
) -> Situation:
    """A situation in which somebody has talked with the family."""
    situation = situation or a_situation()
    situations.record_conversation(
        situation=situation,
        by=situation.holder,
        conversation=Conversation(
            held_on=timezone.localdate(),
            noticed_where="Päiväkodin eteisessä",
            strengths="Sisarukset leikkivät yhdessä.",
            family_words="Haluaisimme rauhallisia aamuja.",
            child_view="Leikin majaa.",
            worries="Aamut ovat raskaita.",
            result=result,
        ),
    )
    situation.refresh_from_db()
    return situation


def an_ended_situation(*, by: Worker | None = None) -> Situation:
    situation = with_conversation(a_situation(by=by))
    return situations.end(situation=situation, by=situation.holder, ending=Ending.NOTHING_MORE)


def an_offered_handover(*, situation: Situation | None = None, to: Worker | None = None) -> Handover:
    situation = situation or with_conversation()
    return handovers.offer(situation=situation, by=situation.holder, to=to or WorkerFactory())


def a_convened_meeting(
    *,
    people: int | list = 2,
    topics: int | list[str] = 2,
    situation: Situation | None = None,
    by: Worker | None = None,
) -> Meeting:
    """A meeting being prepared: `people` proposed (a number, or the very people), and so the topics."""
    situation = situation or with_conversation(a_situation(by=by))
    convener = situation.holder
    meeting = convening.convene(situation=situation, by=convener)
    for person in [WorkerFactory() for _ in range(people)] if isinstance(people, int) else people:
        convening.propose_person(meeting=meeting, by=convener, person=person, why="Tuntee lapsen arjen.")
    titles = [f"Aihe {number}" for number in range(1, topics + 1)] if isinstance(topics, int) else topics
    for title in titles:
        convening.propose_topic(meeting=meeting, by=convener, title=title)
    meeting.refresh_from_db()
    return meeting


def everything(meeting: Meeting, *, say: bool = True, no_to: list | None = None) -> convening.FamilyDecision:
    """The family's answer to all: yes (or no), and no to the participations and topics of `no_to`."""
    no = set(no_to or [])
    return convening.FamilyDecision(
        people={one.pk: say and one not in no for one in meeting.participations.filter(member=None)},
        topics={one.pk: say and one not in no for one in meeting.topics.all()},
    )


def a_decided_meeting(*, meeting: Meeting | None = None, no_to: list | None = None, **convened) -> Meeting:
    """The family has said yes to everything but `no_to`; written down by the convener on the spot."""
    meeting = meeting or a_convened_meeting(**convened)
    return convening.decide(
        meeting=meeting,
        decision=everything(meeting, no_to=no_to),
        method=ConsentMethod.FACE_TO_FACE,
        given_by=meeting.situation.family.members.filter(role="guardian").first(),
        by=meeting.convener,
    )


def next_weekday(*, days: int = 7, hour: int = 9, minute: int = 30, minutes: int = 90) -> DateTimeTZRange:
    """A stretch of time on the first Monday to Friday at least `days` days ahead, on Helsinki's clock."""
    day = timezone.localdate() + timedelta(days=days)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=HELSINKI)
    return DateTimeTZRange(start, start + timedelta(minutes=minutes))


def a_booked_meeting(
    *,
    meeting: Meeting | None = None,
    period: DateTimeTZRange | None = None,
    room: Room | None = None,
    **convened,
) -> Meeting:
    """A decided meeting with its time and room."""
    meeting = meeting or a_decided_meeting(**convened)
    return booking.book(
        meeting=meeting,
        by=meeting.convener,
        period=period or next_weekday(),
        room=room or RoomFactory(),
        seen_version=meeting.version,
    )


def an_invited_meeting(*, meeting: Meeting | None = None, **booked) -> Meeting:
    """A booked meeting whose invitations have been queued; the convener chairs and records."""
    meeting = meeting or a_booked_meeting(**booked)
    return convening.send_invitations(
        meeting=meeting, by=meeting.convener, chair=meeting.convener, recorder=meeting.convener
    )


def a_held_meeting(
    *, meeting: Meeting | None = None, notes: str = "Puhuttiin aamuista.", **booked
) -> Meeting:
    """A meeting that was held: everybody came, one ray of the star has a text. Recorded when it had begun."""
    meeting = meeting or an_invited_meeting(**booked)
    assert meeting.period is not None
    with time_machine.travel(meeting.period.lower + timedelta(minutes=10), tick=False):
        return recording.record(
            meeting=meeting,
            by=meeting.convener,
            record=recording.Record(
                attendance={one.pk: Attendance.PRESENT for one in meeting.participations.all()},
                rays={StarHeading.EVERYDAY: recording.RayWords(StarTone.TALK, "Aamut ovat raskaita.")},
                notes=notes,
            ),
        )


def invited(meeting: Meeting, number: int = 0) -> Participation:
    """The meeting's `number`th participation of somebody who has been let in."""
    return list(
        meeting.participations.by_decision()
        .filter(decision=Decision.YES)
        .with_people()
        .select_related("consent", "invitation__link")
    )[number]
