"""Situations, their koppi and their meetings in any order, against a plain model of what ought to be.

`make test` walks at least `STEPS` steps; any number with
`pytest --hypothesis-profile=nightly tests/meetings/test_situation_machine.py`.
"""

import pytest

from meetings.states import HandoverStatus, MeetingStatus, Stage
from network.states import InvitationStatus
from tests.walking import STEPS, prepared, walk

from .situation_machine.machine import Machine
from .situation_machine.questions import AFTER_EACH_STEP, EVERYTHING
from .situation_machine.walk import Town


@pytest.mark.django_db
def test_the_koppi_the_time_and_the_permission_hold_in_whatever_order():
    Machine.town = Town()
    Machine.steps, Machine.seen = 0, set()
    with prepared(after_each_step=AFTER_EACH_STEP, everything=EVERYTHING):
        walk(Machine)
    assert Machine.steps >= STEPS
    # It has been everywhere.
    everywhere = {
        *[f"situation {stage}" for stage in Stage.values],
        *[f"meeting {status}" for status in MeetingStatus.values],
        *[f"offer {status}" for status in HandoverStatus.values],
        *[f"invitation {status}" for status in InvitationStatus.values],
        *["hold live", "hold ended", "times asked", "times refused", "poll open", "poll closed"],
        *[f"message {state}" for state in ("waiting", "sent", "dropped")],
    }
    missing = everywhere - Machine.seen
    assert not missing
