"""The situation's own steps: raised, talked about, ended, taken up again."""

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from meetings.actions import situations
from meetings.models import Conversation, Situation
from meetings.states import ConversationResult, Ending, Stage
from tests.factories import ChildFactory, ClosePersonFactory, FamilyFactory, GuardianFactory

from .model import COORDINATOR, ENDING_RESULTS, UPCOMING, WORKERS, Matter
from .walk import Walk, step

MOST_SITUATIONS = 3


class Situations(Walk):
    @initialize(holders=st.sampled_from([(0, 2), (2, 0), (1, 3), (3, 1)]))
    def two_have_been_raised(self, holders):
        for by in holders:
            self.opens(by)
            self.talks(self.matters[-1], by, "accepted")

    @step(when=lambda self: len(self.matters) < MOST_SITUATIONS, by=[*WORKERS, COORDINATOR], weight=1)
    def open(self, chance, by):
        self.opens(by)

    def opens(self, by):
        family = FamilyFactory.build(municipality=self.town.town)
        members = [GuardianFactory.build(family=None), ChildFactory.build(family=None)]

        def act():
            return situations.raise_matter(by=self.worker(by), family=family, members=members)

        made = self.tries(act, self.works(by))
        if made is not None:
            self.matters.append(Matter(made.pk, by))
            self.close_person(made.family)

    def close_person(self, family):
        return family.close_people.first() or ClosePersonFactory(family=family)

    @step(
        result=["accepted", "thinking", *sorted(ENDING_RESULTS)],
    )
    def talk(self, chance, result):
        matter = self.one_of(chance, self.matters)
        self.talks(matter, self.somebody(chance, matter), result)

    def talks(self, matter, by, result):
        talk = Conversation(held_on=timezone.localdate(), result=ConversationResult(result))

        def act():
            return situations.record_conversation(
                situation=self.row(matter), by=self.worker(by), conversation=talk
            )

        if self.tries(act, matter.has_koppi(by)) is None:
            return
        matter.talks += 1
        if matter.is_ended_by(result):
            matter.ends(result)

    @step(
        when=lambda self: any(one.is_open for one in self.matters),
        ending=["everyday", "moved"],
    )
    def end(self, chance, ending):
        matter = self.one_of(chance, self.matters)
        self.ends(matter, self.somebody(chance, matter), ending)

    def ends(self, matter, by, ending):
        is_ahead = matter.meeting is not None and matter.meeting.status in UPCOMING
        may = matter.has_koppi(by) and not is_ahead and (ending != "everyday" or matter.stage == "plan")

        def act():
            return situations.end(situation=self.row(matter), by=self.worker(by), ending=Ending(ending))

        if self.tries(act, may) is not None:
            matter.ends(ending)

    @step(when=lambda self: any(not one.is_open for one in self.matters))
    def reopen(self, chance):
        matter = self.one_of(chance, self.matters)
        self.reopens(matter, self.somebody(chance, matter))

    def reopens(self, matter, by):
        def act():
            return situations.reopen(situation=self.row(matter), by=self.worker(by))

        if self.tries(act, not matter.is_open and matter.holder == by) is not None:
            matter.stage, matter.ending = "raised", ""

    @step(when=lambda self: any(self.may_plan(one) for one in self.matters))
    def agree_on_a_plan(self, chance):
        """The upper floor's part: the plan is agreed after a meeting that was held."""
        self.agrees(self.one_of(chance, [one for one in self.matters if self.may_plan(one)]))

    def agrees(self, matter):
        situations.move(Situation.objects.get(pk=matter.pk), Stage.PLAN)
        matter.stage = "plan"

    def may_plan(self, matter):
        return matter.stage == "shared_time" and matter.meeting is None
