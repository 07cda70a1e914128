"""The longest files first: begun last, one of them is waited for by everybody else."""

import pytest

# Parts of paths, those first whose files take longest. Each file is one process from beginning to end.
HEAVY = (
    "tests/test_access.py",
    # Together: the town of a process is taken down after its last test there.
    "system/test_main_job.py",
    "system/",
    "perhekeskus/test_make_run.py",
    "plans/test_seed_demo",
    "meetings/test_autosave_browser.py",
    "meetings/test_situation_machine.py",
    "network/test_consent_machine.py",
    "meetings/test_booking_crowd.py",
)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((place for place, part in enumerate(HEAVY) if part in path), len(HEAVY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
