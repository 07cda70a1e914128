"""Permissions, invitations, answers and messages in any order, against a plain model of what ought to be.

`make test` walks at least `STEPS` steps; any number with
`pytest --hypothesis-profile=nightly tests/network/test_consent_machine.py`.
"""

import pytest

from tests.walking import STEPS, prepared, walk

from .consent_machine.machine import Machine
from .consent_machine.model import MAY
from .consent_machine.walk import AFTER_EACH_STEP, some_people


@pytest.mark.django_db
def test_permissions_hold_whatever_happens_in_whatever_order():
    Machine.people = some_people()
    Machine.steps, Machine.seen = 0, set()
    with prepared(after_each_step=AFTER_EACH_STEP):
        walk(Machine)
    assert Machine.steps >= STEPS
    assert Machine.seen >= {*MAY, "message waiting", "message claimed", "message sent", "message dropped"}
