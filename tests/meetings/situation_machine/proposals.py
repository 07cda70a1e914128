"""Who is proposed, what the family decides, and what it takes back."""

from meetings.actions import convening, permissions
from network.models import Consent
from network.states import ConsentMethod

from .model import KEYS, PREPARING, Seat, Shared, worker_of
from .walk import Walk, step


class Proposals(Walk):
    @step(key=KEYS)
    def convene(self, chance, key):
        matter = self.one_of(chance, self.matters)
        self.convenes(matter, self.somebody(chance, matter))

    def convenes(self, matter, by):
        def act():
            return convening.convene(situation=self.row(matter), by=self.worker(by))

        made = self.tries(act, matter.convenes(by))
        if made is None:
            return
        if matter.meeting is None:
            matter.meetings.append(Shared(made.pk, by))
            matter.stage = "convening"
        assert matter.meeting.pk == made.pk

    @step(when=lambda self: any(one.meeting for one in self.matters), key=KEYS)
    def propose(self, chance, key):
        matter, meeting = self.one_meeting(chance)
        self.proposes(matter, meeting, self.somebody(chance, matter), key)

    def proposes(self, matter, meeting, by, key):
        worker = worker_of(key)
        may = matter.proposes(meeting, by)
        if worker is not None:
            may = may and worker != meeting.convener and self.works(worker)

        def act():
            person = self.receiver(matter, key)
            return convening.propose_person(meeting=self.row(meeting), by=self.worker(by), person=person)

        made = self.tries(act, may)
        if made is not None and key not in meeting.seats:
            meeting.seats[key] = Seat(made.pk, key)
            self.goes_to_the_family_again(meeting)

    @step(when=lambda self: any(one.meeting for one in self.matters), title=["Uni", "Arki"])
    def propose_topic(self, chance, title):
        matter, meeting = self.one_meeting(chance)
        self.proposes_topic(matter, meeting, self.somebody(chance, matter), title)

    def proposes_topic(self, matter, meeting, by, title):
        def act():
            return convening.propose_topic(meeting=self.row(meeting), by=self.worker(by), title=title)

        made = self.tries(act, matter.proposes(meeting, by))
        if made is not None and title not in meeting.topics:
            meeting.topics[title] = [made.pk, "undecided"]
            self.goes_to_the_family_again(meeting)

    def goes_to_the_family_again(self, meeting):
        if meeting.status == "decided":
            meeting.goes_to("with_family")

    @step(when=lambda self: any(one.meeting for one in self.matters))
    def ask_family(self, chance):
        matter, meeting = self.one_meeting(chance, *PREPARING)
        by = self.somebody(chance, matter)
        may = matter.proposes(meeting, by) and meeting.is_decidable

        def act():
            return convening.ask_family(meeting=self.row(meeting), by=self.worker(by))

        if self.tries(act, may) is not None and meeting.status in PREPARING:
            meeting.goes_to("with_family")

    @step(
        when=lambda self: any(one.meeting and one.meeting.seats for one in self.matters),
        is_own_page=[False, True],
    )
    def decide(self, chance, is_own_page):
        matter, meeting = self.one_meeting(chance, *PREPARING)
        both = [*meeting.seats, *meeting.topics]
        noes = set(chance.sample(both, min(len(both), chance.choice([0, 0, 1]))))
        self.decides(matter, meeting, None if is_own_page else self.somebody(chance, matter), noes)

    def decides(self, matter, meeting, by, noes):
        leaving = [worker_of(key) for key in meeting.seats if key not in noes]
        may = (by is None or matter.prepares(meeting, by)) and meeting.is_decidable
        may = may and all(one is None or self.works(one) for one in leaving)

        def act():
            row = self.row(meeting)
            return convening.decide(
                meeting=row,
                decision=convening.FamilyDecision(
                    people={seat.pk: key not in noes for key, seat in meeting.seats.items()},
                    topics={topic[0]: title not in noes for title, topic in meeting.topics.items()},
                ),
                method=ConsentMethod.OWN_LINK if by is None else ConsentMethod.FACE_TO_FACE,
                given_by=row.situation.family.members.get(role="guardian"),
                by=None if by is None else self.worker(by),
            )

        if self.tries(act, may) is not None:
            matter.decides(meeting, noes)

    @step(when=lambda self: any(one.let_in for one in self.matters))
    def withdraw_permission(self, chance):
        matter = self.one_of(chance, [one for one in self.matters if one.let_in])
        key = self.one_of(chance, sorted(matter.let_in))
        receiver = {self.field_of(key): self.receiver(matter, key)}
        consent = Consent.objects.filter(family=self.row(matter).family, **receiver).latest("pk")
        self.tries(lambda: permissions.withdraw(consent=consent), may=True)
        matter.takes_permission_back(key)
        seat = matter.meeting.seats.get(key) if matter.meeting is not None else None
        if seat is not None and seat.has_consent:
            seat.decision = "no"

    def field_of(self, key):
        return {"unit": "unit", "close": "close_person"}.get(key, "worker")
