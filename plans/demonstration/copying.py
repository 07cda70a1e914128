"""Copies of a plan: one by link, whose letter waits in the demonstration's mailbox, and one on paper."""

from datetime import datetime

from meetings.actions import permissions
from network.actions.consents import Receiver
from network.models import Worker
from network.states import ConsentMethod, ConsentPurpose, MemberRole
from plans import actions
from plans.states import CopyMethod

from .clock import set_to
from .threads import Thread


def copied(
    thread: Thread, on: datetime, to: Receiver, method: CopyMethod, *, by: Worker, handed_to: str = ""
) -> None:
    """The family says that somebody may have the plan, and it is given."""
    guardian = thread.situation.family.members.filter(role=MemberRole.GUARDIAN).earliest("pk")
    with set_to(on):
        consent = permissions.give(
            situation=thread.situation,
            by=by,
            to=to,
            purpose=ConsentPurpose.COPY,
            topics=[],
            method=ConsentMethod.PHONE,
            given_by=guardian,
        )
        actions.give_copy(plan=thread.plan, consent=consent, by=by, method=method, handed_to=handed_to)
