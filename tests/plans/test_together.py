"""Two people at the same moment: one plan, nothing overwritten, one promise."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from network.models import Worker
from perhekeskus.refusals import Refused
from plans import actions
from plans.models import NextContact, Plan
from tests.factories.plans import a_guardian

from .conftest import in_days, written

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave, or its refusal, when they all set off at the same moment."""
    line = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int) -> None:
        line.wait(timeout=10)
        try:
            outcomes[number] = acts[number]()
        except Refused as refused:
            outcomes[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_two_first_savings_make_one_draft(situation) -> None:
    def write(matter: str) -> Callable[[], Plan]:
        return lambda: actions.write_plan(
            situation=situation, by=situation.holder, **written(matters=[matter])
        )

    outcomes = at_once(write("Ensimmäisen asia"), write("Toisen asia"))

    assert Plan.objects.count() == 1
    assert sum(isinstance(one, actions.PlanChanged) for one in outcomes) == 1
    assert Plan.objects.get().matters.count() == 1


def test_plan_is_agreed_once(draft: Plan) -> None:
    def agree(seen: Plan) -> Callable[[], Plan]:
        return lambda: actions.agree(plan=seen, by=seen.situation.holder, given_by=a_guardian(seen))

    outcomes = at_once(*[agree(Plan.objects.get(pk=draft.pk)) for _person in range(2)])
    assert sum(isinstance(one, Plan) for one in outcomes) == 1
    assert sum(isinstance(one, Refused) for one in outcomes) == 1


def test_contact_is_recorded_once(contact: NextContact, nurse: Worker) -> None:
    def record(seen: NextContact) -> Callable[[], NextContact]:
        return lambda: actions.record_contact(contact=seen, by=nurse, outcome="Hyvin.", next_on=in_days(9))

    # Each has opened the page on their own.
    outcomes = at_once(*[record(NextContact.objects.get(pk=contact.pk)) for _person in range(2)])
    assert sum(isinstance(one, NextContact) for one in outcomes) == 1
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert contact.plan.contacts.count() == 2
