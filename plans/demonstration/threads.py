"""A family's thread, walked step by step by the real actions, each on its own day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.utils import timezone

from meetings.actions import answers, booking, convening, handovers, recording, situations
from meetings.actions.convening import FamilyDecision
from meetings.actions.leading import possible_leaders
from meetings.actions.recording import Record
from meetings.models import Conversation, Handover, Kind, Meeting, Participation, Situation
from meetings.slots import Question, Slot, best_slots, room_for, seats_needed, workers_coming
from meetings.states import Attendance, ConversationResult, Ending, MeetingKind, WayIn
from network.actions.consents import Receiver
from network.models import ClosePerson, Family, FamilyMember, Unit, Worker
from network.states import ConsentMethod, ContactChannel, InvitationStatus, MemberRole
from perhekeskus.looks import record_look
from perhekeskus.models import Message
from perhekeskus.states import MessageState
from plans import actions as plan_actions
from plans.actions import Promise
from plans.models import NextContact, Plan
from plans.presence import suggested
from plans.states import ContactWay

from .chance import Chance, invented_phone
from .clock import moment, set_to, workday
from .measures import mark_on_the_way, rows_of
from .network import Network
from .reviewing import reviewed
from .stories import Story

CHANNELS = [ContactChannel.SMS, ContactChannel.SMS, ContactChannel.EMAIL, ContactChannel.PHONE]


class NoCommonTime(Exception):
    """Those who should meet have no hour in common in three weeks: there are very many families."""


@dataclass
class Teller:
    """What all the threads share: the people, the day, the chance, and how many families there are."""

    network: Network
    today: date
    chance: Chance
    families: int = 0

    def at(self, workdays: int, clock: time = time(10)) -> datetime:
        """The moment on the workday so many workdays from today."""
        return moment(workday(self.today, workdays), clock)

    def thread(self, story: Story, place: str, by: Worker, **changes: Any) -> "Thread":
        self.families += 1
        return Thread(self, story, place, by, self.families, **changes)


@dataclass
class Thread:
    """One family's thread; each method is one step that a person took at the moment `on`."""

    teller: Teller
    story: Story
    place: str
    by: Worker
    number: int
    # Whether the family has the names of the story, or others.
    is_named: bool = True
    channel: ContactChannel | None = None
    # Who comes for a post of the story, when it is not left to chance.
    cast: Mapping[str, Worker] = field(default_factory=dict)
    situation: Situation = field(init=False)
    meeting: Meeting = field(init=False)
    plan: Plan = field(init=False)
    contact: NextContact = field(init=False)
    close: list[ClosePerson] = field(default_factory=list)
    _messages_before: int = 0

    def __post_init__(self) -> None:
        newest = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
        self._messages_before = newest or 0

    # --- puheeksiotto ---

    def raised(
        self,
        on: datetime,
        *,
        way_in: WayIn = WayIn.CLOSE_WORKER,
        result: ConversationResult = ConversationResult.ACCEPTED,
        talked: bool = True,
    ) -> "Thread":
        with set_to(on):
            self.situation = situations.raise_matter(
                by=self.by, family=self._family(), members=self._members(on.year), way_in=way_in
            )
            for name, relation in self.story.close:
                self.close.append(self._add_close(name, relation))
            if talked:
                self.talked(on, result=result)
        return self

    def talked(
        self,
        on: datetime,
        *,
        result: ConversationResult = ConversationResult.ACCEPTED,
        words: Mapping[str, str] | None = None,
        by: Worker | None = None,
    ) -> "Thread":
        """A talk with the family; `words` stand in place of the story's own."""
        story = self.story
        said = words or {
            "noticed_where": story.noticed_where,
            "strengths": story.strengths,
            "family_words": story.family_words,
            "child_view": story.child_view,
            "worries": story.worries,
        }
        with set_to(on):
            situations.record_conversation(
                situation=self.situation,
                by=by or self.by,
                conversation=Conversation(held_on=timezone.localdate(), result=result, **said),
            )
        return self

    def offered(self, on: datetime, to: Worker | Unit, note: str) -> Handover:
        with set_to(on):
            return handovers.offer(situation=self.situation, by=self.by, to=to, note=note)

    def handed_over(self, on: datetime, to: Worker, note: str) -> "Thread":
        """Offered, and taken two hours later."""
        handover = self.offered(on, to, note)
        with set_to(on + timedelta(hours=2)):
            handovers.accept(handover=handover, by=to)
        self.by = to
        return self

    def ended(self, on: datetime, ending: Ending) -> "Thread":
        with set_to(on):
            situations.end(situation=self.situation, by=self.by, ending=ending)
        return self

    # --- koollekutsuminen ---

    def proposed(
        self,
        on: datetime,
        *,
        extra: Sequence[tuple[Worker, str]] = (),
        code: MeetingKind = MeetingKind.SHARED_TIME,
    ) -> "Thread":
        """The convener proposes the people and the topics of the story, and those who are `extra`."""
        with set_to(on):
            self._look(self.by, "Perheen tilanne")
            kind = Kind.objects.get(code=code)
            self.meeting = convening.convene(situation=self.situation, by=self.by, kind=kind)
            for person, why in [*self.people_asked(), *extra]:
                if person.pk != self.by.pk:
                    self._propose(person, why)
            for relative in self.close:
                self._propose(relative, "Tuntee lapset ja on ollut arjessa apuna.")
            for title in self.story.topics:
                convening.propose_topic(meeting=self.meeting, by=self.by, title=title)
        return self._read_again()

    def follow_up(self, on: datetime, people: Sequence[Receiver], topics: Sequence[str]) -> "Thread":
        """The convener calls the same people together again."""
        with set_to(on):
            kind = Kind.objects.get(code=MeetingKind.FOLLOW_UP)
            self.meeting = convening.convene(situation=self.situation, by=self.by, kind=kind)
            for person in people:
                self._propose(person, "Kerrotaan, miten sovitut asiat ovat sujuneet.")
            for title in topics:
                convening.propose_topic(meeting=self.meeting, by=self.by, title=title)
        return self._read_again()

    def asked(self, on: datetime) -> "Thread":
        """The family gets its link."""
        with set_to(on):
            convening.ask_family(meeting=self.meeting, by=self.by)
        return self._read_again()

    def decided(self, on: datetime, *, by_link: bool = False) -> "Thread":
        """The family says yes to all but those people and topics that the story says no to."""
        refused = {person.pk for person, _why in self.people_asked(self.story.refused_people)}
        people = self.meeting.participations.filter(member=None)
        decision = FamilyDecision(
            people={one.pk: one.worker_id not in refused or not one.worker_id for one in people},
            topics={one.pk: one.title not in self.story.refused_topics for one in self.meeting.topics.all()},
        )
        guardian = self.situation.family.members.filter(role=MemberRole.GUARDIAN).earliest("pk")
        with set_to(on):
            convening.decide(
                meeting=self.meeting,
                decision=decision,
                method=ConsentMethod.OWN_LINK if by_link else ConsentMethod.FACE_TO_FACE,
                given_by=guardian,
                by=None if by_link else self.by,
            )
        return self._read_again()

    def booked(self, on: datetime, first: int, last: int | None = None, *, minutes: int = 90) -> "Thread":
        """The first common time between the workdays `first` and `last` of those who come, and a room."""
        with set_to(on):
            slot = self.free_slot(first, last or first, minutes=minutes)
            booking.book(
                meeting=self.meeting,
                by=self.by,
                period=DateTimeTZRange(slot.starts_at, slot.ends_at),
                room=room_for(self.meeting, slot.room_id),
                seen_version=None,
                without=slot.busy_worker_ids,
            )
        return self._read_again()

    def free_slot(self, first: int, last: int, *, minutes: int = 90) -> Slot:
        """The first common time between the workdays `first` and `last`, or soon after."""
        today = self.teller.today
        for later in range(15):
            slot = self._slot(workday(today, first), workday(today, last + later), minutes)
            if slot is not None:
                return slot
        raise NoCommonTime

    def invited(self, on: datetime) -> "Thread":
        """The convener leads; the first of the professionals writes."""
        with set_to(on):
            leaders = possible_leaders(self.meeting)
            convening.send_invitations(
                meeting=self.meeting, by=self.by, chair=leaders[0], recorder=leaders[-1]
            )
        return self._read_again()

    def answered(self, on: datetime, *statuses: InvitationStatus) -> "Thread":
        """The invited answer in this order; those who are left over do not."""
        invited = self._invited()
        said = statuses or [InvitationStatus.ACCEPTED] * len(invited)
        with set_to(on):
            for participation, status in zip(invited, said, strict=False):
                if status != InvitationStatus.PENDING and participation.invitation is not None:
                    answers.answer(invitation=participation.invitation, status=status)
                    if participation.worker is not None and status == InvitationStatus.ACCEPTED:
                        self._look(participation.worker, "Yhteinen aika")
        return self

    # --- yhteinen aika, suunnitelma ---

    def recorded(self) -> "Thread":
        """Those who said yes came; the star and the notes are the story's, written down while talking."""
        came = {}
        for participation in self.meeting.participations.select_related("invitation"):
            invitation = participation.invitation
            if participation.member_id or (invitation and invitation.status == InvitationStatus.ACCEPTED):
                came[participation.pk] = Attendance.PRESENT
            elif invitation is not None:
                came[participation.pk] = Attendance.EXCUSED
        with set_to(self.ends_at - timedelta(minutes=10)):
            recording.record(
                meeting=self.meeting,
                by=self.by,
                record=Record(attendance=came, rays=self.story.star, notes=self.story.notes),
            )
        return self._read_again()

    def planned(
        self,
        responsible: Sequence[Worker],
        next_contact: date,
        *,
        at: time | None = None,
        way: ContactWay = ContactWay.PHONE,
        is_agreed: bool = True,
    ) -> "Thread":
        """The plan is written while talking, and agreed on before people rise."""
        text = self.story.plan
        with set_to(self.ends_at - timedelta(minutes=5)):
            newest = plan_actions.latest(self.situation)
            self.plan = plan_actions.write_plan(
                situation=self.situation,
                by=self.by,
                texts={
                    "wish": text.wish,
                    "strengths": text.strengths,
                    "follow_up": text.follow_up,
                    "contact_to_family": text.to_family,
                    "contact_from_family": text.from_family,
                },
                matters=text.matters,
                measures=rows_of(text.doings, self.situation, next_contact),
                responsible=responsible,
                next_contact=Promise(next_contact, at, way),
                seen_edition=newest.edition if newest else 0,
            )
            if is_agreed:
                guardian = self.situation.family.members.filter(role=MemberRole.GUARDIAN).earliest("pk")
                present = suggested(self.plan, self.by)
                plan_actions.agree(plan=self.plan, by=self.by, given_by=guardian, present=present)
        self.contact = self.plan.contacts.get()
        return self._read_again()

    def contacted(self, by: Worker, outcome: str, next_on: date, at: time | None = None) -> "Thread":
        """The responsible worker keeps the promise on its day, and promises the next contact."""
        with set_to(moment(self.contact.on, self.contact.at or time(14))):
            mark_on_the_way(self.plan, by)
            self.contact = plan_actions.record_contact(
                contact=self.contact, by=by, outcome=outcome, next_on=next_on, next_at=at
            )
        return self

    def finished(self, on: datetime, by: Worker) -> "Thread":
        reviewed(self.plan, self.story.review, on - timedelta(hours=1), by)
        with set_to(on):
            plan_actions.finish(situation=self.situation, by=by, outcome=self.story.outcome)
        return self

    # --- messages of days when nothing ran ---

    def settled(self) -> "Thread":
        """What this thread's steps queued, and would have left by now, counts as sent when it was due.

        What is queued later waits for the real worker, so that the demonstration's mailbox has it.
        """
        due = Message.objects.filter(
            pk__gt=self._messages_before, state=MessageState.WAITING, due_at__lte=timezone.now()
        )
        settle(list(due.values_list("pk", flat=True)))
        return self

    # --- parts of the steps ---

    @property
    def starts_at(self) -> datetime:
        return self.meeting.period.lower

    @property
    def ends_at(self) -> datetime:
        return self.meeting.period.upper

    def _read_again(self) -> "Thread":
        self.meeting = Meeting.objects.select_related("situation__family").get(pk=self.meeting.pk)
        return self

    def _family(self) -> Family:
        story, teller = self.story, self.teller
        channel = self.channel or teller.chance.choice(CHANNELS)
        return Family(
            municipality=teller.network.municipalities[self.place],
            language=story.language,
            other_language=story.other_language,
            needs_interpreter=story.needs_interpreter,
            address_protected=story.address_protected,
            postal_address=story.postal_address if self.is_named else "",
            contact_channel=channel,
            email=f"perhe{self.number}@posti.example" if channel == ContactChannel.EMAIL else "",
            phone=invented_phone("050", self.number),
        )

    def _members(self, year: int) -> list[FamilyMember]:
        name = (lambda own: own) if self.is_named else (lambda own: self.teller.chance.first_name())
        children = [
            FamilyMember(role=MemberRole.CHILD, first_name=name(own), birth_year=year - age)
            for own, age in self.story.children
        ]
        return children + [
            FamilyMember(role=MemberRole.GUARDIAN, first_name=name(own)) for own in self.story.guardians
        ]

    def _add_close(self, name: str, relation: str) -> ClosePerson:
        number = 5000 + self.number * 3 + len(self.close)
        person = ClosePerson(
            name=name if self.is_named else self.teller.chance.first_name_of(relation),
            relation=relation,
            phone=invented_phone("050", number),
        )
        return situations.add_close_person(situation=self.situation, by=self.by, person=person)

    def people_asked(self, posts: Sequence[str] | None = None) -> list[tuple[Worker, str]]:
        """The workers whom the story asks for: of each post always the same one for the same family."""
        chosen = []
        for post, why in self.story.people:
            if posts is None or post in posts:
                own = Random(self.number)
                person = self.cast.get(post) or self.teller.network.one(self.place, post, own)
                chosen.append((person, why))
        return chosen

    def _propose(self, person: Receiver, why: str) -> None:
        convening.propose_person(meeting=self.meeting, by=self.by, person=person, why=why)

    def _slot(self, first: date, last: date, minutes: int) -> Slot | None:
        workers = workers_coming(self.meeting)
        asked = tuple(worker.pk for worker in workers)
        found = best_slots(
            Question(
                worker_ids=asked,
                required_ids=(self.by.pk,),
                municipality_code=self.situation.family.municipality_id,
                seats=seats_needed(self.meeting, workers),
                minutes=minutes,
                first_day=first,
                last_day=last,
            ),
            limit=1,
        )
        return found[0] if found else None

    def _look(self, worker: Worker, what: str) -> None:
        """Somebody opens a page, and it stands on the family's list of looks."""
        ground = Situation.objects.filter(pk=self.situation.pk).ground_for(worker)
        if ground is not None:
            record_look(worker=worker, family_id=self.situation.family_id, what=what, ground=ground.words)

    def _invited(self) -> list[Participation]:
        return list(
            self.meeting.participations.exclude(invitation=None)
            .select_related("invitation", "worker__unit")
            .order_by("pk")
        )


def settle(messages: Sequence[int]) -> None:
    """Mark the messages as sent at the time when they were due, by the moves that a message can make."""
    rows = Message.objects.filter(pk__in=messages)
    rows.update(state=MessageState.CLAIMED, claimed_at=F("due_at"), attempts=1)
    rows.update(state=MessageState.SENT, sent_at=F("due_at") + timedelta(seconds=20))
