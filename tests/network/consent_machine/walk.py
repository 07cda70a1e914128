"""What every step stands on: the people, the rows compared with the model, acts that may be refused."""

import sys
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from network import messages
from network.models import Invitation
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.factories import (
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    OutsideProfessionalFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)

from .model import Asked, Letter, Permission

EYES = ["worker", "unit", "team", "stranger"]

AFTER_EACH_STEP = """
    SELECT 'consent', id, concat_ws(' ', purpose, array_to_string(topics, ','),
        CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' END) FROM network_consent
    UNION ALL SELECT 'invitation', id, concat_ws(' ', consent_id, status, sequence,
        CASE WHEN coming_worker_id IS NOT NULL THEN 'worker' WHEN coming_name <> '' THEN 'name' END)
        FROM network_invitation
    UNION ALL SELECT 'message', id, state FROM perhekeskus_message
    UNION ALL SELECT 'a door open without a permission', i.id, status
        FROM network_invitation i JOIN network_consent c ON c.id = i.consent_id
        WHERE status IN ('pending', 'accepted', 'tentative') AND c.withdrawn_at IS NOT NULL
    UNION ALL SELECT 'a letter that waits without a permission', m.id, state
        FROM perhekeskus_message m JOIN network_consent c ON c.id = m.permission_id
        WHERE state = 'waiting' AND c.withdrawn_at IS NOT NULL"""

NO = (Refused, DatabaseError, ValidationError)


@dataclass
class People:
    """Two families, and everybody whom they can let in."""

    families: list = field(default_factory=list)
    guardians: list = field(default_factory=list)
    receivers: dict = field(default_factory=dict)
    recorder: object = None
    colleague: dict = field(default_factory=dict)
    stranger: object = None

    def receiver(self, family: int, kind: str):
        return self.receivers[kind][family] if kind == "close_person" else self.receivers[kind]


def some_people() -> People:
    people = People(recorder=WorkerFactory(), stranger=WorkerFactory())
    people.families = [FamilyFactory(), FamilyFactory()]
    people.guardians = [[GuardianFactory(family=family) for _ in range(2)] for family in people.families]
    # The second family's permissions are asked of both.
    people.families[1].both_guardians_asked = True
    people.families[1].save()
    unit = UnitFactory(email="yksikko@kuopio.example")
    people.colleague = {"unit": WorkerFactory(unit=unit), "team": WorkerFactory()}
    people.receivers = {
        "worker": WorkerFactory(),
        "unit": unit,
        "team": TeamFactory(members=[people.colleague["team"]]),
        "outside_professional": OutsideProfessionalFactory(),
        "close_person": [ClosePersonFactory(family=family) for family in people.families],
    }
    return people


class Walk(RuleBasedStateMachine):
    """One life of permissions. Everything that it wrote is rolled back at its end."""

    people: People
    steps = 0
    seen: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.consents: dict[int, Permission] = {}
        self.invited: dict[int, Asked] = {}
        self.letters: dict[int, Letter] = {}
        # The rows are compared once before the first step.
        self.walked = -1
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                for kind in EYES:
                    self.sees_what_is_theirs(kind)
        finally:
            self.roll_back()

    def roll_back(self) -> None:
        type(self).steps += max(self.walked, 0)
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    # --- what holds after every step ----------------------------------------------------------------

    @invariant()
    def the_rows_are_as_the_model(self):
        """And no door is open without a permission: nothing is found among the faults."""
        self.walked += 1
        expected = {("consent", key): one.in_a_row for key, one in self.consents.items()}
        expected |= {("invitation", key): one.in_a_row for key, one in self.invited.items()}
        expected |= {("message", key): one.state for key, one in self.letters.items()}
        with connection.cursor() as cursor:
            cursor.execute("EXECUTE after_each_step")
            assert {(table, pk): row for table, pk, row in cursor.fetchall()} == expected
        type(self).seen |= {one.status for one in self.invited.values()}
        type(self).seen |= {f"message {one.state}" for one in self.letters.values()}

    @invariant()
    def each_sees_what_they_were_asked_to_and_no_more(self):
        """One of them after each step, and all of them at the end."""
        self.sees_what_is_theirs(EYES[self.walked % len(EYES)])

    def sees_what_is_theirs(self, kind):
        workers = self.people.colleague | {
            "worker": self.people.receivers["worker"],
            "stranger": self.people.stranger,
        }
        seen = set(Invitation.objects.visible_to(workers[kind]).values_list("pk", flat=True))
        assert seen == {
            key
            for key, one in self.invited.items()
            if one.status != "revoked"
            and self.consents[one.consent].is_in_force
            and self.consents[one.consent].kind == kind
        }

    # --- the model's own ------------------------------------------------------------------------------

    def tries(self, act, may: bool):
        """What the act gives; None when it was refused. It is refused exactly when it may not be done."""
        try:
            with transaction.atomic():
                done = act()
        except NO:
            assert not may, "It was refused, though it may be done."
            return None
        assert may, "It was done, though it may not be."
        return done if done is not None else True

    def one_of(self, data, rows: dict[int, object]) -> int:
        # By its place: keys grow from example to example, and the same example has to come again the same.
        keys = sorted(rows)
        return keys[-1 - data.draw(st.integers(0, len(keys) - 1))]

    def is_due(self, letter: Letter) -> bool:
        return letter.state == "waiting" and letter.kind == messages.REQUEST

    def queue(self, invitation: Invitation) -> None:
        with transaction.atomic():
            messages.queue_request(invitation, owner=self.people.recorder)
        self.learn_letters(invitation.pk)

    def learn_letters(self, invitation: int) -> None:
        for message in Message.objects.filter(about_id=invitation).exclude(pk__in=self.letters):
            self.letters[message.pk] = Letter(
                invitation, message.permission_id, message.kind, message.version
            )

    def drop_answer_reminders(self, invitation: int) -> None:
        for letter in self.letters.values():
            is_reminder = letter.invitation == invitation and letter.kind == messages.ANSWER_REMINDER
            if is_reminder and letter.state == "waiting":
                letter.state = "dropped"


def sql(statement: str, *values: object):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else True
