"""What every test stands on: real servers, given by `make test`."""

import os

import pytest

pytest_plugins = ["tests.plugins.browser", "tests.plugins.guards", "tests.plugins.post"]


def pytest_configure(config: pytest.Config) -> None:
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise pytest.UsageError(
            "The tests need PostgreSQL and Valkey: make test,"
            " or ENVIRONMENT=test python -m perhekeskus.embedded exec -- python -m pytest"
        )
