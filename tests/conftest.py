"""What every test stands on: real servers, given by `make test`."""

import os
from uuid import uuid4

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.plugins.browser",
    "tests.plugins.garbage",
    "tests.plugins.guards",
    "tests.plugins.heavy_first",
    "tests.plugins.https",
    "tests.plugins.imap",
    "tests.plugins.post",
    "tests.plugins.quick_flush",
    # After quick_flush, which it imports.
    "tests.plugins.once",
]
# What their asserts compare is shown, as in the tests themselves.
pytest.register_assert_rewrite("tests.meetings.situation_machine", "tests.network.consent_machine")


# `pytest --hypothesis-profile=nightly`: as many examples as there is night; EXAMPLES says how many.
settings.register_profile("nightly", max_examples=int(os.environ.get("EXAMPLES", "2000")), deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise pytest.UsageError(
            "The tests need PostgreSQL and Valkey: make test,"
            " or ENVIRONMENT=test python -m perhekeskus.embedded exec -- python -m pytest"
        )


@pytest.fixture(autouse=True)
def tries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The count of tries to sign in begins anew in each test: the cache is shared by all of them."""
    from django.core.cache import caches

    monkeypatch.setattr(caches["default"], "key_prefix", uuid4().hex)


@pytest.fixture
def family_client():
    """A browser of the family's, whose user types the code of the family's pages when it is asked for."""
    from tests.door import FamilyClient

    return FamilyClient()
