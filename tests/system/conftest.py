"""A running town for each file of tests, and the people at their browsers."""

from collections.abc import Callable, Iterator

import pytest

from tests.plugins.browser import WIDE, Visitor
from tests.plugins.https import Website
from tests.system.town import Town


@pytest.fixture(scope="package")
def _town(
    tmp_path_factory: pytest.TempPathFactory, _website: Website, django_db_setup: None
) -> Iterator[Town]:
    with Town(tmp_path_factory.mktemp("town"), _website).running() as town:
        yield town


@pytest.fixture(scope="module")
def town(_town: Town, django_db_blocker) -> Iterator[Town]:
    """The town as nobody has lived in it yet."""
    with django_db_blocker.unblock():
        yield _town.emptied()


@pytest.fixture
def visitor(chromium, town: Town) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser for one more person."""
    opened: list[Visitor] = []

    def opens(width: int = WIDE) -> Visitor:
        opened.append(Visitor(chromium, town.base_url, width=width))
        return opened[-1]

    yield opens
    for one in opened:
        one.close()
