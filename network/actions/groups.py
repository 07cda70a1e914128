"""Keeping a group: its people, its meetings, its memos."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from .. import gathering_letters
from ..models import Group, GroupMeeting, GroupMembership, Worker
from ..rules import groups as rules
from ..rules.texts import people_of, why_not_this_text
from ..states import GroupRole

FIELDS = ("name", "kind", "purpose", "municipality", "unit", "is_active")


@transaction.atomic
def save_group(*, group: Group, by: Worker, fields: dict[str, Any]) -> Group:
    """Found a group, or correct what is told of it."""
    if group.pk:
        lock(group)
        require(rules.why_not_keep(by, group))
    else:
        require(rules.why_not_found_group(by))
    require(why_not_this_text(by, fields["name"], fields["purpose"], apart_from=people_of(group)))
    for name in FIELDS:
        if name in fields:
            setattr(group, name, fields[name])
    group.save()
    return group


@transaction.atomic
def add_member(
    *, group: Group, worker: Worker, by: Worker, role: GroupRole = GroupRole.MEMBER
) -> GroupMembership:
    """Take somebody into the group. A new chair replaces the one before, who stays as a member."""
    lock(group)
    require(rules.why_not_keep(by, group))
    require(rules.why_not_join(group, worker))
    return _begin(group, worker, role)


@transaction.atomic
def change_role(*, membership: GroupMembership, role: GroupRole, by: Worker) -> GroupMembership:
    """Give a member another role from today on; the same role again changes nothing."""
    lock(membership.group)
    membership = GroupMembership.objects.select_related("group", "worker").get(pk=membership.pk)
    require(rules.why_not_keep(by, membership.group))
    if membership.role == role or membership.until is not None:
        return membership
    _end(membership)
    return _begin(membership.group, membership.worker, role)


@transaction.atomic
def end_membership(*, membership: GroupMembership, by: Worker) -> GroupMembership:
    """The person belongs to the group until today; a second press changes nothing."""
    lock(membership.group)
    membership = GroupMembership.objects.select_related("group").get(pk=membership.pk)
    require(rules.why_not_keep(by, membership.group))
    if membership.until is None:
        _end(membership)
    return membership


def _begin(group: Group, worker: Worker, role: GroupRole) -> GroupMembership:
    if role == GroupRole.CHAIR:
        for former in group.memberships.filter(role=GroupRole.CHAIR, until=None):
            _end(former)
            if former.worker_id != worker.pk:
                GroupMembership.objects.create(group=group, worker_id=former.worker_id)
    return GroupMembership.objects.create(group=group, worker=worker, role=role)


def _end(membership: GroupMembership) -> None:
    membership.until = max(timezone.localdate(), membership.since)
    membership.save(update_fields=["until"])


# --- meetings ------------------------------------------------------------------------------------


@transaction.atomic
def plan_meeting(
    *, group: Group, by: Worker, starts_at: datetime, ends_at: datetime, place: str, agenda: str
) -> GroupMeeting:
    """A new meeting, told to every member."""
    lock(group)
    group = Group.objects.get(pk=group.pk)
    period = DateTimeTZRange(starts_at, ends_at)
    require(rules.why_not_plan(by, group))
    require(rules.why_not_meet_then(group, period))
    require(why_not_this_text(by, place, agenda, apart_from=people_of(group)))
    meeting = GroupMeeting.objects.create(
        group=group, period=period, place=place, agenda=agenda, created_by=by
    )
    gathering_letters.queue_group_meeting(meeting, owner=by)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: GroupMeeting,
    by: Worker,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    agenda: str,
    seen_version: int,
) -> GroupMeeting:
    """Another time, place or agenda. The members are told anew of a time or a place."""
    meeting = _locked(meeting)
    period = DateTimeTZRange(starts_at, ends_at)
    require(rules.why_not_change(by, meeting))
    require(rules.why_not_seen(meeting.version, seen_version))
    require(rules.why_not_meet_then(meeting.group, period, than=meeting))
    require(why_not_this_text(by, place, agenda, apart_from=people_of(meeting.group)))
    moved = (meeting.starts_at, meeting.ends_at, meeting.place) != (starts_at, ends_at, place)
    meeting.period, meeting.place, meeting.agenda = period, place, agenda
    meeting.version += 1
    meeting.sequence += int(moved)
    meeting.save(update_fields=["period", "place", "agenda", "version", "sequence"])
    if moved:
        gathering_letters.queue_group_meeting(meeting, owner=by)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: GroupMeeting, by: Worker) -> GroupMeeting:
    """The meeting is not held; those who were told of it are told so. A second press changes nothing."""
    meeting = _locked(meeting)
    if meeting.cancelled_at is not None:
        return meeting
    require(rules.why_not_change(by, meeting))
    meeting.cancelled_at, meeting.cancelled_by = timezone.now(), by
    meeting.version += 1
    meeting.save(update_fields=["cancelled_at", "cancelled_by", "version"])
    gathering_letters.queue_group_meeting_cancelled(meeting, owner=by)
    return meeting


@transaction.atomic
def write_memo(*, meeting: GroupMeeting, by: Worker, memo: str, seen_version: int) -> GroupMeeting:
    """What was agreed, for the group's own people until it is approved."""
    meeting = _locked(meeting)
    require(rules.why_not_write_memo(by, meeting))
    require(rules.why_not_seen(meeting.version, seen_version))
    require(why_not_this_text(by, memo, apart_from=people_of(meeting.group)))
    meeting.memo = memo
    meeting.version += 1
    meeting.save(update_fields=["memo", "version"])
    return meeting


@transaction.atomic
def approve_memo(*, meeting: GroupMeeting, by: Worker, seen_version: int) -> GroupMeeting:
    """The memo is as it should be: from now on everybody in the network reads it, and it never changes."""
    meeting = _locked(meeting)
    if meeting.memo_approved_at is not None:
        return meeting
    require(rules.why_not_approve(by, meeting))
    require(rules.why_not_seen(meeting.version, seen_version))
    meeting.memo_approved_at, meeting.memo_approved_by = timezone.now(), by
    meeting.save(update_fields=["memo_approved_at", "memo_approved_by"])
    return meeting


def _locked(meeting: GroupMeeting) -> GroupMeeting:
    lock(meeting.group)
    return GroupMeeting.objects.select_related("group").get(pk=meeting.pk)
