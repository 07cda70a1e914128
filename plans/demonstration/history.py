"""Shared times of the past months, whose families' everyday life already runs.

A thousand families walked by the actions would take minutes, so these alone are written as rows: many at
a time, each in the state in which the actions leave a family whose situation has ended. The database's
constraints and triggers hold for them like for any row, and the coordinator's counts follow by them. No
invitation and no message is made: nothing of it is waiting for anybody.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

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
from network.models import Consent, Consultation, Family, FamilyMember, Worker
from network.states import ConsentMethod, ConsentPurpose, ContactChannel, MemberRole
from plans.models import Matter, Measure, NextContact, Plan, Presence, ResponsibleWorker
from plans.states import PlanStatus

from .advice import past_advice
from .chance import Chance
from .clock import is_workday, moment
from .network import Network
from .places import PLACES, Place
from .stories import STORIES, Story

MONTHS = 14
# Of those longer ago there is what the counts need; who came and what was agreed has been erased by then.
IN_FULL_DAYS = 92
# Of an ordinary month's shared times: July is quiet, January and September are busy.
SEASON = {1: 1.2, 6: 0.7, 7: 0.25, 8: 0.9, 9: 1.2, 10: 1.15, 12: 0.7}
CONVENERS = ["day_care_teacher", "class_teacher", "clinic_nurse", "school_nurse", "family_counsellor"]
BATCH = 1000


@dataclass
class _Rows:
    """The rows of many families, in the order in which they can be written."""

    families: list[Family] = field(default_factory=list)
    members: list[FamilyMember] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    # Each with the situation whose number it gets once that is written.
    advice: list[tuple[Consultation, Situation]] = field(default_factory=list)
    plan_rows: list[Matter | Measure | ResponsibleWorker | NextContact | Presence] = field(
        default_factory=list
    )

    def write(self) -> None:
        for rows in (
            self.families,
            self.members,
            self.situations,
            self.conversations,
            self.consents,
            self.meetings,
            self.topics,
            self.participations,
            self.plans,
        ):
            _write(rows)
        for consultation, situation in self.advice:
            consultation.situation_number = situation.pk
        _write([consultation for consultation, _situation in self.advice])
        for model in (Matter, Measure, ResponsibleWorker, NextContact, Presence):
            _write([row for row in self.plan_rows if isinstance(row, model)])
        for plan in self.plans:
            plan.status = PlanStatus.AGREED
            plan.agreed_at, plan.agreed_by = plan.written_at, plan.written_by
            plan.ended_at = plan.situation.ended_at
        agreed = ["status", "agreed_at", "agreed_by", "ended_at"]
        Plan.objects.bulk_update(self.plans, agreed, batch_size=BATCH)


def _write(rows: list) -> None:
    if rows:
        model: type[Model] = type(rows[0])
        model._default_manager.bulk_create(rows, batch_size=BATCH)


def tell_of_old_times(network: Network, today: date, chance: Chance, scale: int) -> int:
    """The held shared times of the past months in every municipality; how many there were."""
    rows = _Rows()
    desks = {worker.pk for worker in network.desks.values()}
    rooms = {place.name: _rooms(network, place) for place in PLACES}
    for place in PLACES:
        for day in _days(place, today, chance, scale):
            conveners = [
                worker
                for post in CONVENERS
                for worker in network.workers[place.name, post]
                if worker.pk not in desks
            ]
            story = STORIES[chance.choice(sorted(STORIES))]
            people = [network.one(place.name, post, chance) for post, _why in story.people]
            convener = chance.choice(conveners)
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
    rows.write()
    return len(rows.meetings)


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


def _tell(rows: _Rows, past: _Past) -> None:
    story, chance = past.story, past.chance
    raised_at = past.before(chance.randint(6, 21))
    held_at = past.before(0, time(chance.randint(8, 14), chance.choice([0, 30])))
    family = Family(
        municipality=past.network.municipalities[past.place.name],
        language=story.language,
        other_language=story.other_language,
        needs_interpreter=story.needs_interpreter,
        address_protected=story.address_protected,
        contact_channel=ContactChannel.PAPER,
    )
    rows.families.append(family)
    for _name, age in story.children:
        rows.members.append(
            FamilyMember(
                family=family,
                role=MemberRole.CHILD,
                first_name=chance.first_name(),
                birth_year=past.day.year - age,
            )
        )
    guardians = [
        FamilyMember(family=family, role=MemberRole.GUARDIAN, first_name=chance.first_name())
        for _name in story.guardians
    ]
    rows.members += guardians
    ended_at = held_at + timedelta(days=2)
    situation = Situation(
        family=family,
        stage=Stage.EVERYDAY,
        stage_since=ended_at,
        holder=past.convener,
        opened_at=raised_at,
        opened_by=past.convener,
        ending=Ending.EVERYDAY,
        ended_at=ended_at,
        ended_by=past.convener,
    )
    rows.situations.append(situation)
    rows.conversations.append(
        Conversation(
            situation=situation,
            held_on=raised_at.date(),
            noticed_where=story.noticed_where,
            strengths=story.strengths,
            family_words=story.family_words,
            child_view=story.child_view,
            worries=story.worries,
            result=ConversationResult.ACCEPTED,
            recorded_at=raised_at,
            recorded_by=past.convener,
        )
    )
    meeting = _meeting(rows, past, situation, raised_at, held_at)
    if past.people:
        asked = past_advice(
            situation, guardians[0], past.convener, past.people[-1], raised_at, len(rows.meetings)
        )
        if asked is not None:
            rows.consents.append(asked[0])
            rows.advice.append((asked[1], situation))
    if past.days_ago > IN_FULL_DAYS:
        return
    _topics(rows, past, meeting)
    _participations(rows, past, family, meeting, guardians, raised_at + timedelta(days=2))
    _plan(rows, past, situation, meeting, guardians, ended_at)


def _meeting(
    rows: _Rows, past: _Past, situation: Situation, raised_at: datetime, held_at: datetime
) -> Meeting:
    ends_at = held_at + timedelta(minutes=90)
    decided_at = raised_at + timedelta(days=2)
    meeting = Meeting(
        situation=situation,
        kind_id=MeetingKind.FOLLOW_UP if past.chance.random() < 0.15 else MeetingKind.SHARED_TIME,
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


def _topics(rows: _Rows, past: _Past, meeting: Meeting) -> None:
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
    rows: _Rows, past: _Past, family: Family, meeting: Meeting, guardians: list[FamilyMember], on: datetime
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
    for worker in past.people:
        consent = Consent(
            family=family,
            purpose=ConsentPurpose.INVITE,
            worker=worker,
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
                worker=worker,
                decision=Decision.YES,
                decided_at=on,
                consent=consent,
                attendance=Attendance.PRESENT if past.chance.random() < 0.93 else Attendance.EXCUSED,
            )
        )


def _plan(
    rows: _Rows,
    past: _Past,
    situation: Situation,
    meeting: Meeting,
    guardians: list[FamilyMember],
    ended_at: datetime,
) -> None:
    """An agreed plan, whose one promised contact was kept on the day when everyday life ran."""
    public = [one for one in [past.convener, *past.people] if one.unit.organisation.is_public_service]
    text = past.story.plan
    plan = Plan(
        situation=situation,
        meeting=meeting,
        wish=text.wish,
        strengths=text.strengths,
        follow_up=text.follow_up,
        contact_to_family=text.to_family,
        contact_from_family=text.from_family,
        written_at=ended_at - timedelta(days=2),
        written_by=past.convener,
    )
    rows.plans.append(plan)
    rows.plan_rows += [Matter(plan=plan, position=i, text=words) for i, words in enumerate(text.matters, 1)]
    rows.plan_rows += [
        Measure(
            plan=plan,
            position=i,
            place=row.place,
            where=row.where,
            what=row.what,
            who=row.who,
            when=row.when,
        )
        for i, row in enumerate(text.doings, 1)
    ]
    rows.plan_rows.append(ResponsibleWorker(plan=plan, worker=public[0]))
    rows.plan_rows += [Presence(plan=plan, member=guardian) for guardian in guardians]
    rows.plan_rows.append(
        NextContact(
            plan=plan, on=ended_at.date(), done_at=ended_at, done_by=public[0], outcome=past.story.outcome
        )
    )
