"""Shared times of the past months, whose families' everyday life already runs.

A thousand families walked by the actions would take minutes, so these alone are written as rows: many at
a time, each in the state in which the actions leave a family whose situation has ended. The database's
constraints and triggers hold for them like for any row, and the coordinator's counts follow by them. No
invitation and no message is made: nothing of it is waiting for anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from meetings.models import Conversation, Meeting, Participation, Room, Situation, Topic
from meetings.states import (
    Attendance,
    ConversationResult,
    Decision,
    Ending,
    MeetingKind,
    MeetingStatus,
    Stage,
)
from network.models import ClosePerson, Consent, Family, FamilyMember, Worker
from network.states import ConsentMethod, ConsentPurpose, ContactChannel, MemberRole

from .advice import past_advice
from .chance import Chance
from .clock import is_workday, moment
from .network import Network
from .past_partings import WAYS_IN, tell_called_off, tell_parting
from .past_plans import PastPlan, tell_plan
from .past_rows import PastRows
from .places import PLACES, Place
from .stories import STORIES, Story

# Two years and the month that has begun: so that each number has the same months a year before beside it.
MONTHS = 25
# Of those longer ago there is what the numbers need: a year long who came and the plans of some, before that
# only what was held.
IN_FULL_DAYS = 92
WITH_PEOPLE_DAYS = 400
WITH_A_PLAN = 0.35
# To each shared time that was held, so many families whose matter ended without one.
PARTED = 0.45
# Of the shared times that were held, so many come after one that was called off.
SECOND_TRY = 0.16
THOUGHT_FIRST = 0.15
KINDS = (
    [MeetingKind.SHARED_TIME] * 13
    + [MeetingKind.FOLLOW_UP] * 3
    + [MeetingKind.LP] * 2
    + [MeetingKind.FAMILY_TEAM, MeetingKind.YOUTH_TEAM]
)
# Of an ordinary month's shared times: July is quiet, January and September are busy.
SEASON = {1: 1.2, 6: 0.7, 7: 0.25, 8: 0.9, 9: 1.2, 10: 1.15, 12: 0.7}
CONVENERS = ["day_care_teacher", "class_teacher", "clinic_nurse", "school_nurse", "family_counsellor"]


def tell_of_old_times(network: Network, today: date, chance: Chance, scale: int) -> int:
    """The held shared times of the past months in every municipality; how many there were."""
    rows = PastRows()
    desks = {worker.pk for worker in network.desks.values()}
    rooms = {place.name: _rooms(network, place) for place in PLACES}
    conveners = {
        place.name: [
            worker
            for post in CONVENERS
            for worker in network.workers[place.name, post]
            if worker.pk not in desks
        ]
        for place in PLACES
    }
    held = 0
    for place in PLACES:
        for day in _days(place, today, chance, scale):
            held += 1
            story = STORIES[chance.choice(sorted(STORIES))]
            people = [network.one(place.name, post, chance) for post, _why in story.people]
            convener = chance.choice(conveners[place.name])
            _tell(
                rows,
                _Past(
                    network,
                    place,
                    story,
                    day,
                    convener,
                    [one for one in people if one != convener],
                    chance.choice(rooms[place.name]),
                    chance,
                    (today - day).days,
                ),
            )
            if chance.random() < PARTED:
                tell_parting(
                    rows,
                    STORIES[chance.choice(sorted(STORIES))],
                    network.municipalities[place.name],
                    chance.choice(conveners[place.name]),
                    people[0],
                    moment(day - timedelta(days=16), time(chance.randint(8, 14))),
                    chance,
                )
    rows.write()
    return held


def _rooms(network: Network, place: Place) -> list[Room]:
    return list(Room.objects.filter(unit__municipality=network.municipalities[place.name]).order_by("pk"))


def _days(place: Place, today: date, chance: Chance, scale: int) -> list[date]:
    """The days of the shared times of the past months, each as many times as there were on it."""
    days = []
    first = (today.replace(day=1) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    while first <= today:
        following = (first + timedelta(days=32)).replace(day=1)
        # Each month a little more than the one before: the model takes root.
        grown = 0.6 + 0.5 * (1 - (today - first).days / (31 * MONTHS))
        expected = place.held_a_month * scale * grown * SEASON.get(first.month, 1.0)
        past = [
            first + timedelta(days=offset)
            for offset in range((following - first).days)
            if is_workday(first + timedelta(days=offset)) and first + timedelta(days=offset) < today
        ]
        if following > today:
            expected *= len(past) / 21
        count = int(expected + chance.random())
        if past:
            days += sorted(chance.choice(past) for _number in range(count))
        first = following
    return days


@dataclass(frozen=True)
class _Past:
    network: Network
    place: Place
    story: Story
    day: date
    convener: Worker
    people: list[Worker]
    room: Room
    chance: Chance
    days_ago: int

    def before(self, days: int, clock: time = time(10)) -> datetime:
        return moment(self.day - timedelta(days=days), clock)


def _tell(rows: PastRows, past: _Past) -> None:
    story, chance = past.story, past.chance
    raised_at = past.before(chance.randint(6, 21))
    # A fortnight for a time that was called off, some days to think it over.
    is_second_try = chance.random() < SECOND_TRY
    thought_first = not is_second_try and chance.random() < THOUGHT_FIRST
    opened_at = raised_at - timedelta(days=14 if is_second_try else 4 if thought_first else 0)
    held_at = past.before(0, time(chance.randint(8, 14), chance.choice([0, 30])))
    municipality = past.network.municipalities[past.place.name]
    family, guardians = _family(rows, past)
    situation = Situation(
        family=family,
        stage=Stage.PLAN,
        stage_since=held_at,
        holder=past.convener,
        way_in=chance.choice(WAYS_IN),
        opened_at=opened_at,
        opened_by=past.convener,
    )
    rows.situations.append(situation)
    if thought_first:
        _talk(rows, past, situation, opened_at, ConversationResult.THINKING)
    _talk(rows, past, situation, raised_at if thought_first else opened_at, ConversationResult.ACCEPTED)
    if is_second_try:
        starts_at = raised_at - timedelta(days=3)
        tell_called_off(rows, situation, municipality, opened_at, starts_at, chance)
    meeting = _meeting(rows, past, situation, raised_at, held_at)
    if past.people:
        asked = past_advice(
            situation, guardians[0], past.convener, past.people[-1], raised_at, len(rows.situations)
        )
        if asked is not None:
            rows.consents.append(asked[0])
            rows.advice.append((asked[1], situation))
    is_in_full = past.days_ago <= IN_FULL_DAYS
    has_plan = is_in_full or (past.days_ago <= WITH_PEOPLE_DAYS and chance.random() < WITH_A_PLAN)
    # A plan is carried for some weeks, if there have been so many.
    days = min(chance.randint(21, 45), past.days_ago - 1) if has_plan else 2
    agreed_at = held_at + timedelta(hours=2)
    ended_at = min(agreed_at + timedelta(days=days), timezone.localtime())
    rows.endings.append((situation, Ending.EVERYDAY, ended_at))
    if is_in_full:
        _topics(rows, past, meeting)
    if past.days_ago <= WITH_PEOPLE_DAYS:
        _participations(rows, past, family, meeting, guardians, raised_at + timedelta(days=2))
    if has_plan:
        public = [one for one in [past.convener, *past.people] if one.unit.organisation.is_public_service]
        tell_plan(
            rows,
            PastPlan(
                situation=situation,
                meeting=meeting,
                story=story,
                guardians=guardians,
                by=past.convener,
                responsible=public[0],
                agreed_at=agreed_at,
                ended_at=ended_at,
                chance=chance,
            ),
        )


def _family(rows: PastRows, past: _Past) -> tuple[Family, list[FamilyMember]]:
    story, chance = past.story, past.chance
    family = Family(
        municipality=past.network.municipalities[past.place.name],
        language=story.language,
        other_language=story.other_language,
        needs_interpreter=story.needs_interpreter,
        address_protected=story.address_protected,
        contact_channel=ContactChannel.PAPER,
    )
    rows.families.append(family)
    guardians = [
        FamilyMember(family=family, role=MemberRole.GUARDIAN, first_name=chance.first_name())
        for _name in story.guardians
    ]
    rows.members += [
        FamilyMember(
            family=family,
            role=MemberRole.CHILD,
            first_name=chance.first_name(),
            birth_year=past.day.year - age,
        )
        for _name, age in story.children
    ]
    rows.members += guardians
    return family, guardians


def _talk(
    rows: PastRows, past: _Past, situation: Situation, at: datetime, result: ConversationResult
) -> None:
    story = past.story
    rows.conversations.append(
        Conversation(
            situation=situation,
            held_on=at.date(),
            noticed_where=story.noticed_where,
            strengths=story.strengths,
            family_words=story.family_words,
            child_view=story.child_view,
            worries=story.worries,
            result=result,
            recorded_at=at,
            recorded_by=past.convener,
        )
    )


def _meeting(
    rows: PastRows, past: _Past, situation: Situation, raised_at: datetime, held_at: datetime
) -> Meeting:
    ends_at = held_at + timedelta(minutes=90)
    decided_at = raised_at + timedelta(days=2)
    meeting = Meeting(
        situation=situation,
        kind_id=past.chance.choice(KINDS),
        status=MeetingStatus.HELD,
        municipality=past.network.municipalities[past.place.name],
        convener=past.convener,
        period=DateTimeTZRange(held_at, ends_at),
        room=past.room,
        chair=past.convener,
        recorder=past.convener,
        notes=past.story.notes,
        created_at=raised_at + timedelta(hours=1),
        decided_at=decided_at,
        invited_at=decided_at + timedelta(hours=1),
        invited_by=past.convener,
        held_at=ends_at,
        held_by=past.convener,
    )
    rows.meetings.append(meeting)
    return meeting


def _topics(rows: PastRows, past: _Past, meeting: Meeting) -> None:
    rows.topics += [
        Topic(
            meeting=meeting,
            title=title,
            decision=Decision.NO if title in past.story.refused_topics else Decision.YES,
            decided_at=meeting.decided_at,
        )
        for title in past.story.topics
    ]


def _participations(
    rows: PastRows, past: _Past, family: Family, meeting: Meeting, guardians: list[FamilyMember], on: datetime
) -> None:
    for guardian in guardians:
        rows.participations.append(
            Participation(
                meeting=meeting,
                member=guardian,
                decision=Decision.YES,
                decided_at=on,
                attendance=Attendance.PRESENT,
            )
        )
    # Of two families one wants somebody close along.
    close_people = [
        ClosePerson(family=family, name=past.chance.first_name_of(relation), relation=relation)
        for _name, relation in past.story.close[: past.chance.randint(0, 1)]
    ]
    rows.close_people += close_people
    invited: list[dict[str, Worker | ClosePerson]] = [{"worker": worker} for worker in past.people]
    invited += [{"close_person": person} for person in close_people]
    for who in invited:
        consent = Consent(
            family=family,
            purpose=ConsentPurpose.INVITE,
            **who,
            topics=[title for title in past.story.topics if title not in past.story.refused_topics],
            given_by=guardians[0],
            method=ConsentMethod.FACE_TO_FACE,
            given_at=on,
            recorded_by=past.convener,
        )
        rows.consents.append(consent)
        rows.participations.append(
            Participation(
                meeting=meeting,
                **who,
                decision=Decision.YES,
                decided_at=on,
                consent=consent,
                attendance=Attendance.PRESENT if past.chance.random() < 0.93 else Attendance.EXCUSED,
            )
        )
