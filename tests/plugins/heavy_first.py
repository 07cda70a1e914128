"""The longest files first: begun last, one of them is waited for by everybody else."""

import pytest

# By how long they take, longest first. Each is one process's work from beginning to end.
HEAVY = (
    "meetings/test_situation_machine.py",
    "network/test_consent_machine.py",
    "system/test_main_job.py",
    "perhekeskus/test_make_run.py",
    "tests/test_access.py",
)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((place for place, file in enumerate(HEAVY) if path.endswith(file)), len(HEAVY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
