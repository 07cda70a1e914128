"""In the demonstration a family's responsible worker changes once, and a family asks to be contacted."""

from datetime import datetime, timedelta

from network.models import Worker
from network.states import MemberRole
from plans import actions
from plans.states import ToldHow

from .clock import set_to
from .threads import Thread


def passed_to(thread: Thread, at: datetime, former: Worker, to: Worker, why: str) -> None:
    """The former one offers it, with the family's permission, and the new one takes it an hour later."""
    guardian = thread.situation.family.members.filter(role=MemberRole.GUARDIAN).earliest("pk")
    with set_to(at):
        handing = actions.offer_responsibility(
            plan=thread.plan,
            by=former,
            former=former,
            to=to,
            why=why,
            said=actions.FamilySaid(at.date(), ToldHow.PHONE, guardian),
        )
    assert handing is not None
    with set_to(at + timedelta(hours=1)):
        actions.accept_responsibility(handing=handing, by=to)


def asked_for_contact(thread: Thread, at: datetime, words: str) -> None:
    with set_to(at):
        actions.ask_contact(situation=thread.situation, words=words)
