"""Permissions, invitations, answers and messages in any order, against a plain model of what ought to be.

Hypothesis makes up the steps; every step is a real action or a raw statement in the database, and after each
of them the rows are compared with the model. `make test` walks at least `STEPS` steps; any number with
`pytest --hypothesis-profile=nightly tests/network/test_consent_machine.py`.
"""

from dataclasses import dataclass, field

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from network import messages
from network.actions import consents, invitations
from network.actions.invitations import NOBODY, Comer
from network.models import Consent, Invitation
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus import outbox
from perhekeskus.models import AccessLink, Message
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused
from tests.factories import (
    ClosePersonFactory,
    FamilyFactory,
    GuardianFactory,
    OutsideProfessionalFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    next_weekday,
)

STEPS = 2_000
STEPS_OF_EXAMPLE = 100

OPEN = {"pending", "accepted", "tentative"}
ANSWERS = ["accepted", "tentative", "declined"]
# Written out by hand, as in test_invitations.
MAY = {
    "pending": {"accepted", "tentative", "declined", "expired", "revoked"},
    "accepted": {"tentative", "declined", "revoked"},
    "tentative": {"accepted", "declined", "revoked"},
    "declined": {"accepted", "tentative", "revoked"},
    "expired": {"pending", "revoked"},
    "revoked": set(),
}
PURPOSES = ["invite", "invite", "invite", "consult", "copy", "inform"]
KINDS = ["worker", "unit", "team", "outside_professional", "close_person"]
MANY = {"unit", "team"}
TAMPERING = ["purpose = 'copy'", "topics = '{Muu}'", "withdrawn_at = NULL"]
NO = (Refused, DatabaseError, ValidationError)


@dataclass
class Permission:
    """What the model knows of a permission."""

    family: int
    kind: str
    purpose: str
    topics: list[str]
    is_withdrawn: bool = False
    has_run_out: bool = False

    @property
    def is_in_force(self) -> bool:
        return not (self.is_withdrawn or self.has_run_out)


@dataclass
class Asked:
    """What the model knows of an invitation; `comes` is "", "worker" or "name"."""

    consent: int
    status: str = "pending"
    comes: str = ""
    is_overdue: bool = False
    sequence: int = 0


@dataclass
class Letter:
    """What the model knows of a message."""

    invitation: int
    permission: int
    kind: str
    version: int
    state: str = "waiting"


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


class Machine(RuleBasedStateMachine):
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
        type(self).steps += max(self.walked, 0)
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    # --- permissions ------------------------------------------------------------------------------

    @rule(
        family=st.integers(0, 1),
        kind=st.sampled_from(KINDS),
        purpose=st.sampled_from(PURPOSES),
        topics=st.sampled_from([["Uni"], ["Uni", "Arki"]]),
        givers=st.sampled_from(["one", "both", "none", "stranger"]),
    )
    def give(self, family, kind, purpose, topics, givers):
        own, others = self.people.guardians[family], self.people.guardians[1 - family]
        given_by, given_with = {
            "one": (own[0], None),
            "both": (own[0], own[1]),
            "none": (None, None),
            "stranger": (others[0], None),
        }[givers]
        may = givers == "both" or (givers in {"one", "none"} and family == 0)

        def act():
            return consents.give(
                family=self.people.families[family],
                to=self.people.receiver(family, kind),
                purpose=ConsentPurpose(purpose),
                topics=topics,
                method=ConsentMethod.FACE_TO_FACE,
                given_by=given_by,
                given_with=given_with,
                by=self.people.recorder,
            )

        consent = self.tries(act, may)
        if consent is None or consent.pk in self.consents:
            return
        earlier = [
            key
            for key, one in self.consents.items()
            if one.is_in_force and (one.family, one.kind, one.purpose) == (family, kind, purpose)
        ]
        # The same again is no new row.
        assert not earlier or self.consents[max(earlier)].topics != topics
        self.consents[consent.pk] = Permission(family, kind, purpose, topics)
        for old in earlier:
            for asked in self.invited.values():
                if asked.consent == old and asked.status != "revoked":
                    asked.consent = consent.pk
            for letter in self.letters.values():
                if letter.permission == old and letter.state not in {"sent", "dropped"}:
                    letter.permission = consent.pk
            self.consents[old].is_withdrawn = True

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), in_raw_sql=st.booleans())
    def withdraw(self, data, in_raw_sql):
        key = self.one_of(data, self.consents)
        chosen = self.consents[key]
        if in_raw_sql:
            statement = "UPDATE network_consent SET withdrawn_at = now() WHERE id = %s"
            done = self.tries(lambda: sql(statement, key), not chosen.is_withdrawn)
            closed = [key] if done else []
        else:
            self.tries(lambda: consents.withdraw(consent=Consent.objects.get(pk=key)), may=True)
            closed = [
                other
                for other, one in self.consents.items()
                if not one.is_withdrawn
                and (one.family, one.kind, one.purpose) == (chosen.family, chosen.kind, chosen.purpose)
            ]
        for one in closed:
            self.consents[one].is_withdrawn = True
            for asked in self.invited.values():
                if asked.consent == one:
                    asked.status = "revoked"
            for letter in self.letters.values():
                if letter.permission == one and letter.state == "waiting":
                    letter.state = "dropped"

    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def run_out(self, data):
        """Time passes for one of them: nobody writes such a thing, so the guard looks away for a moment."""
        key = self.one_of(data, self.consents)
        with pgtrigger.ignore("network.Consent:consent_unchanged", "network.Consent:consent_withdrawn_once"):
            sql("UPDATE network_consent SET valid_until = now() - interval '1 hour' WHERE id = %s", key)
        self.consents[key].has_run_out = True

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), column=st.sampled_from(TAMPERING))
    def tamper(self, data, column):
        """Nobody changes a permission, and nobody takes a withdrawal back."""
        key = self.one_of(data, self.consents)
        one = self.consents[key]
        same = {
            "purpose = 'copy'": one.purpose == "copy",
            "topics = '{Muu}'": False,
            "withdrawn_at = NULL": not one.is_withdrawn,
        }[column]
        may = same and not one.is_withdrawn
        self.tries(lambda: sql(f"UPDATE network_consent SET {column} WHERE id = %s", key), may)

    # --- invitations ------------------------------------------------------------------------------

    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def invite(self, data):
        key = self.one_of(data, self.consents)
        consent = self.consents[key]
        may = consent.is_in_force and consent.purpose == "invite"

        def act():
            period = next_weekday()
            with transaction.atomic():
                return Invitation.objects.create(
                    consent_id=key,
                    event_name="Yhteinen aika",
                    period=period,
                    answer_by=invitations.answer_time(period.lower),
                    link=AccessLink.objects.issue(LinkPurpose.ANSWER, days=60),
                )

        made = self.tries(act, may)
        if made is not None:
            self.invited[made.pk] = Asked(key)
            self.queue(made)

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), status=st.sampled_from([*MAY]))
    def invite_in_raw_sql(self, data, status):
        key = self.one_of(data, self.consents)
        consent = self.consents[key]
        may = status not in OPEN or (consent.is_in_force and consent.purpose == "invite")
        may = may and not (status == "accepted" and consent.kind in MANY)
        made = self.tries(
            lambda: sql(
                "INSERT INTO network_invitation (consent_id, event_name, event_uid, sequence, period,"
                " place, expectation, status, link_id, created_at)"
                " VALUES (%s, 'Yhteinen aika', gen_random_uuid(), 0,"
                " tstzrange(now() + interval '5 days', now() + interval '6 days'), '', '', %s, %s, now())"
                " RETURNING id",
                key,
                status,
                AccessLink.objects.issue(LinkPurpose.ANSWER, days=1).pk,
            ),
            may,
        )
        if made is not None:
            self.invited[made] = Asked(key, status)

    @precondition(lambda self: self.invited)
    @rule(
        data=st.data(),
        status=st.sampled_from(ANSWERS),
        comer=st.sampled_from(["", "worker", "name", "stranger"]),
    )
    def answer(self, data, status, comer):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        is_many = consent.kind in MANY
        is_open = asked.status not in {"revoked", "expired"} and consent.is_in_force
        may = is_open and not (asked.status == "pending" and asked.is_overdue)
        # A row written past the actions can stand on a permission for something else: it opens nothing.
        may = may and (status == "declined" or consent.purpose == "invite")
        if is_many and status != "declined":
            may = may and comer != "stranger" and (status != "accepted" or bool(comer or asked.comes))
        who = {
            "": NOBODY,
            "worker": Comer(self.people.colleague.get(consent.kind, self.people.recorder)),
            "name": Comer(name="Maija Mallinen", title="ohjaaja"),
            "stranger": Comer(self.people.stranger),
        }[comer]

        def act():
            return invitations.answer(
                invitation=Invitation.objects.get(pk=key), status=InvitationStatus(status), comer=who
            )

        if self.tries(act, may) is None:
            return
        asked.status = status
        asked.comes = "" if status == "declined" or not is_many else (comer or asked.comes)
        self.drop_answer_reminders(key)

    @precondition(lambda self: self.invited)
    @rule(data=st.data(), status=st.sampled_from([*MAY]))
    def move_in_raw_sql(self, data, status):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        may = status == asked.status or status in MAY[asked.status]
        if status in OPEN:
            may = may and consent.is_in_force and consent.purpose == "invite"
        if status == "accepted" and consent.kind in MANY:
            may = may and bool(asked.comes)
        statement = "UPDATE network_invitation SET status = %s WHERE id = %s"
        if self.tries(lambda: sql(statement, status, key), may):
            asked.status = status

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def time_to_answer_passes(self, data):
        key = self.one_of(data, self.invited)
        sql("UPDATE network_invitation SET answer_by = now() - interval '1 minute' WHERE id = %s", key)
        self.invited[key].is_overdue = True

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def expire(self, data):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        invitations.expire(invitation=Invitation.objects.get(pk=key))
        if asked.status == "pending" and asked.is_overdue:
            asked.status = "expired"
            self.drop_answer_reminders(key)

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def send_again(self, data):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        may = asked.status == "expired" and consent.is_in_force and consent.purpose == "invite"

        def act():
            return invitations.send_again(invitation=Invitation.objects.get(pk=key), by=self.people.recorder)

        if self.tries(act, may) is None:
            return
        asked.status, asked.is_overdue, asked.sequence = "pending", False, asked.sequence + 1
        self.learn_letters(key)

    # --- messages ---------------------------------------------------------------------------------

    @precondition(lambda self: any(one.state == "waiting" for one in self.letters.values()))
    @rule(data=st.data())
    def claim_in_raw_sql(self, data):
        """Some sender takes a message: the database lets nothing out unpermitted, whoever asks."""
        waiting = {key: one for key, one in self.letters.items() if one.state == "waiting"}
        key = self.one_of(data, waiting)
        may = self.consents[waiting[key].permission].is_in_force
        # Not now(): that is the beginning of the whole life, and a claim so old is taken for lost.
        claim = (
            "UPDATE perhekeskus_message SET state = 'claimed', claimed_at = clock_timestamp() WHERE id = %s"
        )
        if self.tries(lambda: sql(claim, key), may):
            self.letters[key].state = "claimed"

    @precondition(lambda self: any(self.is_due(one) for one in self.letters.values()))
    @rule()
    def drain(self):
        """The real sender sends one message, and drops what must not leave on its way to it."""
        outbox.drain(limit=1)
        for key in sorted(self.letters):
            letter = self.letters[key]
            if not self.is_due(letter):
                continue
            asked = self.invited[letter.invitation]
            is_wanted = asked.status not in {"revoked", "expired"} and letter.version == asked.sequence + 1
            if is_wanted and self.consents[letter.permission].is_in_force:
                letter.state = "sent"
                break
            letter.state = "dropped"

    # --- what holds after every step ----------------------------------------------------------------

    @invariant()
    def the_rows_are_as_the_model(self):
        self.walked += 1
        rows = {
            pk: (purpose, topics, withdrawn_at is not None)
            for pk, purpose, topics, withdrawn_at in Consent.objects.values_list(
                "pk", "purpose", "topics", "withdrawn_at"
            )
        }
        assert rows == {
            key: (one.purpose, one.topics, one.is_withdrawn) for key, one in self.consents.items()
        }
        seats = {
            pk: (consent, status, "worker" if worker else "name" if name else "", sequence)
            for pk, consent, status, worker, name, sequence in Invitation.objects.values_list(
                "pk", "consent", "status", "coming_worker", "coming_name", "sequence"
            )
        }
        assert seats == {
            key: (one.consent, one.status, one.comes, one.sequence) for key, one in self.invited.items()
        }
        assert dict(Message.objects.values_list("pk", "state")) == {
            key: one.state for key, one in self.letters.items()
        }
        type(self).seen |= {one.status for one in self.invited.values()}
        type(self).seen |= {f"message {one.state}" for one in self.letters.values()}

    @invariant()
    def no_door_is_open_without_a_permission(self):
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT count(*) FROM network_invitation JOIN network_consent consent
                       ON consent.id = consent_id
                   WHERE status IN ('pending', 'accepted', 'tentative') AND consent.withdrawn_at IS NOT NULL
                   UNION ALL
                   SELECT count(*) FROM perhekeskus_message JOIN network_consent consent
                       ON consent.id = permission_id
                   WHERE state = 'waiting' AND consent.withdrawn_at IS NOT NULL"""
            )
            assert cursor.fetchall() == [(0,), (0,)]

    @invariant()
    def each_sees_what_they_were_asked_to_and_no_more(self):
        kind = ("worker", "unit", "team")[self.walked % 3]
        worker = self.people.colleague.get(kind, self.people.receivers["worker"])
        seen = set(Invitation.objects.visible_to(worker).values_list("pk", flat=True))
        assert seen == {
            key
            for key, one in self.invited.items()
            if one.status != "revoked"
            and self.consents[one.consent].is_in_force
            and self.consents[one.consent].kind == kind
        }
        assert not Invitation.objects.visible_to(self.people.stranger).exists()

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


@pytest.mark.django_db
def test_permissions_hold_whatever_happens_in_whatever_order(settings_of_machine):
    Machine.people = some_people()
    Machine.steps = 0
    # Once: a second time would walk the very same walks. So each of them is walked to its end.
    run_state_machine_as_test(Machine, settings=settings_of_machine, _min_steps=STEPS_OF_EXAMPLE)
    assert Machine.steps >= STEPS
    assert Machine.seen >= {*MAY, "message waiting", "message claimed", "message sent", "message dropped"}


@pytest.fixture
def settings_of_machine():
    """As many lives as `make test` needs for its steps; in the nightly profile as many as that says."""
    is_nightly = settings.get_current_profile_name() == "nightly"
    return settings(
        max_examples=settings.default.max_examples if is_nightly else STEPS // STEPS_OF_EXAMPLE + 1,
        stateful_step_count=STEPS_OF_EXAMPLE,
        # The same walks each day; new ones are the night's.
        derandomize=not is_nightly,
        # In the morning's tests a failure ends the run at once; the night has time to make it small.
        phases=tuple(Phase) if is_nightly else (Phase.reuse, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
