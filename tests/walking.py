"""Stateful tests: how many steps are walked, and how."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

STEPS = 2_000
STEPS_OF_EXAMPLE = 100


def walk(
    machine: type[RuleBasedStateMachine], *, steps: int = STEPS, of_example: int = STEPS_OF_EXAMPLE
) -> None:
    """As many lives as `make test` needs for its steps; in the nightly profile as many as that says.

    Each life leaves some of the rules out: many short ones try more of them than a few long ones.
    """
    is_nightly = settings.get_current_profile_name() == "nightly"
    how = settings(
        max_examples=settings.default.max_examples if is_nightly else steps // of_example + 1,
        stateful_step_count=of_example,
        # The same walks each day; new ones are the night's.
        derandomize=not is_nightly,
        # In the morning's tests a failure ends the run at once; the night has time to make it small.
        phases=tuple(Phase) if is_nightly else (Phase.reuse, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    # Once: a second time would walk the very same walks. So each of them is walked to its end.
    run_state_machine_as_test(machine, settings=how, _min_steps=of_example)


@contextmanager
def prepared(**questions: str) -> Iterator[None]:
    """Long questions that the database plans once: they are put some thousands of times."""
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(f"PREPARE {name} AS {question}")
        yield
        for name in questions:
            cursor.execute(f"DEALLOCATE {name}")
