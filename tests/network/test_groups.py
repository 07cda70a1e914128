"""Standing groups: who keeps them, who belongs to them, their meetings and memos."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from icalendar import Calendar

from network.actions import groups as actions
from network.actions.administration import change_worker
from network.duties import in_hand
from network.models import Group, GroupMeeting, GroupMembership, Worker
from network.rules.groups import reads_memo
from network.states import GroupKind, GroupRole
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import GroupFactory, MunicipalityFactory, WorkerFactory, a_group, a_group_meeting
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Worker:
    return WorkerFactory(last_name="Puheenjohtaja")


@pytest.fixture
def member() -> Worker:
    return WorkerFactory(last_name="Jäsen")


@pytest.fixture
def group(chair, member) -> Group:
    return a_group(chair=chair, members=(member,))


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def roles(group: Group) -> dict[str, str]:
    now = group.memberships.filter(until=None).select_related("worker")
    return {one.worker.last_name: one.role for one in now}


def held(meeting: GroupMeeting):
    """The moment after the meeting has begun."""
    return time_machine.travel(meeting.starts_at + timedelta(minutes=1), tick=False)


# --- who keeps it --------------------------------------------------------------------------------


def test_coordinators_found_groups_and_nobody_else():
    fields = {
        "name": "Päivähoitotiimi",
        "kind": GroupKind.DAY_CARE,
        "purpose": "Kierrämme päiväkodit.",
        "municipality": MunicipalityFactory(),
        "unit": None,
    }
    for by in (WorkerFactory(), WorkerFactory(administrator=True), WorkerFactory(guidance=True)):
        with pytest.raises(Refused, match="Koordinaattori perustaa"):
            actions.save_group(group=Group(), by=by, fields=fields)
    assert actions.save_group(group=Group(), by=WorkerFactory(coordinator=True), fields=fields).pk


def test_chair_secretary_and_coordinator_keep_the_page(group, chair, member):
    secretary, boss = WorkerFactory(), WorkerFactory(coordinator=True)
    actions.add_member(group=group, worker=secretary, by=chair, role=GroupRole.SECRETARY)
    for by in (chair, secretary, boss):
        assert Group.objects.kept_by(by).filter(pk=group.pk).exists()
        a_group_meeting(group=group, by=by, days=10 + by.pk)
    for by in (member, WorkerFactory(), WorkerFactory(administrator=True)):
        with pytest.raises(Refused, match="puheenjohtaja, sihteeri ja koordinaattori"):
            a_group_meeting(group=group, by=by, days=3)


def test_a_closed_account_keeps_nothing(group, chair):
    Worker.objects.filter(pk=chair.pk).update(is_active=False)
    chair.refresh_from_db()
    assert not Group.objects.kept_by(chair).exists()
    assert not Group.objects.visible_to(chair).exists()
    assert not Group.objects.with_member(chair).exists()


def test_an_ended_group_is_seen_by_its_own_people_and_coordinators(group, chair, member):
    Group.objects.filter(pk=group.pk).update(is_active=False)
    sees = {
        who: Group.objects.visible_to(worker).filter(pk=group.pk).exists()
        for who, worker in (
            ("member", member),
            ("other", WorkerFactory()),
            ("boss", WorkerFactory(coordinator=True)),
        )
    }
    assert sees == {"member": True, "other": False, "boss": True}
    group.refresh_from_db()
    with pytest.raises(Refused, match="ei enää kokoonnu"):
        a_group_meeting(group=group, by=chair)


def test_keeping_a_group_is_told_before_an_account_is_closed(group, chair, member):
    assert in_hand(chair) == ["1 ryhmän vetäminen"]
    assert in_hand(member) == []


# --- members -------------------------------------------------------------------------------------


def test_a_new_chair_replaces_the_one_before_who_stays_as_a_member(group, chair, member):
    membership = group.memberships.get(worker=member)
    actions.change_role(membership=membership, role=GroupRole.CHAIR, by=chair)
    assert roles(group) == {"Jäsen": "chair", "Puheenjohtaja": "member"}
    # What they were, and until when, is kept.
    assert group.memberships.filter(worker=chair, role="chair", until=timezone.localdate()).exists()


def test_who_leaves_belongs_no_more(group, chair, member):
    membership = group.memberships.get(worker=member)
    actions.end_membership(membership=membership, by=chair)
    actions.end_membership(membership=membership, by=chair)
    assert roles(group) == {"Puheenjohtaja": "chair"}
    actions.add_member(group=group, worker=member, by=chair)
    with pytest.raises(Refused, match="kuuluu jo ryhmään"):
        actions.add_member(group=group, worker=member, by=chair)


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_person_at_once_add_one(group, chair):
    worker = WorkerFactory()
    refusals = together(*[lambda: actions.add_member(group=group, worker=worker, by=chair)] * 3)
    assert len(refusals) == 2
    assert group.memberships.filter(worker=worker).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_chairs_at_once_leave_one(group, chair, member):
    third = WorkerFactory(last_name="Kolmas")
    actions.add_member(group=group, worker=third, by=chair)
    boss = WorkerFactory(coordinator=True)

    def promote(worker: Worker):
        membership = group.memberships.get(worker=worker, until=None)
        return lambda: actions.change_role(membership=membership, role=GroupRole.CHAIR, by=boss)

    assert not together(promote(member), promote(third))
    assert sorted(roles(group).values()) == ["chair", "member", "member"]


# --- meetings ------------------------------------------------------------------------------------


def test_every_member_is_told_of_a_meeting_with_a_calendar_entry_and_no_agenda(group, chair, member):
    meeting = a_group_meeting(group=group, by=chair, agenda="Salainen asialista")
    messages = {one.recipient: one for one in Message.objects.filter(kind="group_meeting")}
    assert set(messages) == {chair.email, member.email}
    letter = kind_of(messages[member.email]).compose(messages[member.email])
    assert group.name in letter.subject and "Salainen" not in letter.text + letter.html
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert event["summary"] == group.name and event.start == meeting.starts_at.replace(microsecond=0)
    assert b"METHOD:REQUEST" in letter.calendar and b"Salainen" not in letter.calendar


def test_the_members_are_told_anew_of_another_time_but_not_of_another_agenda(group, chair):
    meeting = a_group_meeting(group=group, by=chair)
    facts = {"place": meeting.place, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    meeting = actions.change_meeting(
        meeting=meeting, by=chair, agenda="Uusi asia", seen_version=meeting.version, **facts
    )
    assert Message.objects.filter(kind="group_meeting").count() == 2
    facts["place"] = "Koulu"
    meeting = actions.change_meeting(
        meeting=meeting, by=chair, agenda="Uusi asia", seen_version=meeting.version, **facts
    )
    new = Message.objects.filter(kind="group_meeting", version=2)
    assert new.count() == 2 and {kind_of(one).why_not(one) for one in new} == {None}
    assert {kind_of(one).why_not(one) for one in Message.objects.filter(kind="group_meeting", version=1)} == {
        "outdated"
    }


def test_a_page_that_somebody_has_overtaken_changes_nothing(group, chair):
    meeting = a_group_meeting(group=group, by=chair)
    facts = {"place": "Koulu", "starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "agenda": ""}
    actions.change_meeting(meeting=meeting, by=chair, seen_version=1, **facts)
    with pytest.raises(Refused, match="muuttanut"):
        actions.change_meeting(meeting=meeting, by=chair, seen_version=1, **facts)


def test_a_group_meets_once_at_a_time(group, chair):
    a_group_meeting(group=group, by=chair)
    with pytest.raises(Refused, match="samaan aikaan"):
        a_group_meeting(group=group, by=chair)


@pytest.mark.django_db(transaction=True)
def test_two_who_call_the_group_together_at_once_make_one_meeting(group, chair):
    with time_machine.travel(timezone.now(), tick=False):
        refusals = together(*[lambda: a_group_meeting(group=group, by=chair)] * 3)
    assert len(refusals) == 2 and group.meetings.count() == 1


def test_those_who_were_told_are_told_of_the_cancelling(group, chair, member):
    meeting = a_group_meeting(group=group, by=chair)
    Message.objects.filter(recipient=member.email).update(state=MessageState.CLAIMED)
    Message.objects.filter(recipient=member.email).update(state=MessageState.SENT, sent_at=timezone.now())
    actions.cancel_meeting(meeting=meeting, by=chair)
    actions.cancel_meeting(meeting=meeting, by=chair)
    told = Message.objects.get(kind="group_meeting_cancelled")
    assert told.recipient == member.email
    assert b"METHOD:CANCEL" in kind_of(told).compose(told).calendar
    assert Message.objects.get(kind="group_meeting", recipient=chair.email).state == MessageState.DROPPED


@pytest.mark.parametrize("change", ["is_active = false", "email = 'uusi@koe.example'"])
def test_the_letter_of_a_meeting_goes_to_who_belongs_to_the_group_when_it_leaves(
    group, chair, member, change
):
    a_group_meeting(group=group, by=chair)
    message = Message.objects.get(kind="group_meeting", recipient=member.email)
    kind = kind_of(message)
    assert kind.why_not(message) is None and kind.address(message) == member.email

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE network_worker SET {change} WHERE id = %s", [member.pk])

    is_gone = "is_active" in change
    assert kind.why_not(message) == ("left" if is_gone else None)
    assert kind.address(message) == ("" if is_gone else "uusi@koe.example")


def test_one_who_has_left_the_group_is_told_of_a_cancelled_meeting_but_not_of_a_new_one(group, chair, member):
    meeting = a_group_meeting(group=group, by=chair)
    message = Message.objects.get(kind="group_meeting", recipient=member.email)
    GroupMembership.objects.filter(group=group, worker=member).update(until=timezone.localdate())
    assert kind_of(message).why_not(message) == "left" and kind_of(message).address(message) == ""

    Message.objects.filter(pk=message.pk).update(state=MessageState.CLAIMED)
    actions.cancel_meeting(meeting=meeting, by=chair)
    told = Message.objects.get(kind="group_meeting_cancelled")
    assert kind_of(told).why_not(told) is None and kind_of(told).address(told) == member.email
    Worker.objects.filter(pk=member.pk).update(is_active=False)
    assert kind_of(told).why_not(told) == "left" and kind_of(told).address(told) == ""


# --- memos ---------------------------------------------------------------------------------------


def test_a_draft_memo_is_the_groups_own_and_an_approved_one_everybodys(group, chair, member):
    meeting = a_group_meeting(group=group, by=chair)
    with pytest.raises(Refused, match="kun kokous on alkanut"):
        actions.write_memo(meeting=meeting, by=chair, memo="Sovittiin", seen_version=meeting.version)
    outsider = WorkerFactory()
    with held(meeting):
        with pytest.raises(Refused, match="ei ole vielä tekstiä"):
            actions.approve_memo(meeting=meeting, by=chair, seen_version=meeting.version)
        meeting = actions.write_memo(
            meeting=meeting, by=chair, memo="Sovittiin", seen_version=meeting.version
        )
        assert reads_memo(member, meeting) and not reads_memo(outsider, meeting)
        meeting = actions.approve_memo(meeting=meeting, by=chair, seen_version=meeting.version)
        assert reads_memo(outsider, meeting)
        with pytest.raises(Refused, match="ei muuteta"):
            actions.write_memo(meeting=meeting, by=chair, memo="Toinen", seen_version=meeting.version)


# --- what the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE network_groupmembership SET role = 'chair' WHERE worker_id = {member}",
         "membership_one_chair"),
        ("INSERT INTO network_groupmembership (group_id, worker_id, role, since)"
         " VALUES ({group}, {member}, 'member', '2026-01-01')", "membership_once"),
        ("UPDATE network_groupmembership SET until = since - 1", "membership_ends_after_it_begins"),
        ("UPDATE network_groupmeeting SET memo = 'toinen'", "groupmeeting_memo_sealed"),
        ("DELETE FROM network_groupmeeting WHERE id = {approved}", "groupmeeting_memo_sealed"),
        ("UPDATE network_groupmeeting SET cancelled_at = now() WHERE id = {open}",
         "groupmeeting_cancelled_paired"),
        ("UPDATE network_groupmeeting SET memo_approved_at = now(), memo_approved_by_id = {member}"
         " WHERE id = {open}", "groupmeeting_approved_has_memo"),
        ("UPDATE network_groupmeeting SET period = (SELECT period FROM network_groupmeeting"
         " WHERE id = {approved}) WHERE id = {open}", "groupmeeting_one_at_a_time"),
        ("UPDATE network_groupmeeting SET period = tstzrange(now(), NULL) WHERE id = {open}",
         "groupmeeting_period_has_ends"),
        ("UPDATE network_group SET name = {name} WHERE id = {other}", "group_once"),
    ],
)  # fmt: skip
def test_the_database_refuses(group, chair, member, statement, constraint):
    approved, other = a_group_meeting(group=group, by=chair), GroupFactory()
    with held(approved):
        approved = actions.write_memo(
            meeting=approved, by=chair, memo="Sovittiin", seen_version=approved.version
        )
        actions.approve_memo(meeting=approved, by=chair, seen_version=approved.version)
    facts = {
        "group": group.pk,
        "member": member.pk,
        "approved": approved.pk,
        "open": a_group_meeting(group=group, by=chair, days=30).pk,
        "other": other.pk,
        "name": f"'{group.name}'",
    }
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement.format(**facts))


def test_a_closed_account_leaves_the_list_of_members(group, chair, member):
    boss = WorkerFactory(administrator=True)
    card = {
        name: getattr(member, name)
        for name in (
            "first_name", "last_name", "email", "title", "unit", "is_guidance", "is_coordinator",
            "is_administrator",
        )
    }  # fmt: skip
    change_worker(worker=member, by=boss, card=card | {"is_active": False})
    a_group_meeting(group=group, by=chair)
    assert [one.recipient for one in Message.objects.filter(kind="group_meeting")] == [chair.email]
