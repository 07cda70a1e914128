"""The dashboard's pages besides the shared times: what they say, and that little is told of few."""

from datetime import date

import pytest
from django.urls import reverse

from meetings.dashboard.along import talks_and_chain
from meetings.dashboard.ranges import Range
from network.models import Tally
from tests.factories import MunicipalityFactory, WorkerFactory

PAGES = ["count_along", "count_people", "count_afterwards"]
YEAR = Range(date(2026, 1, 1), date(2026, 12, 1))


def counted(figure: str, month: int = 3, municipality=None, **parts: int) -> None:
    """So many of each part, as if the triggers had counted them."""
    for part, number in parts.items():
        Tally.objects.create(
            municipality=municipality or MunicipalityFactory(),
            month=date(2026, month, 1),
            figure=figure,
            part=part,
            number=number,
        )


@pytest.fixture
def coordinator(db):
    return WorkerFactory(coordinator=True)


def test_the_chain_tells_how_far_ended_situations_came(coordinator):
    counted("ended_at", raised=12, convening=7, shared_time=5, plan=26)
    counted("ended", everyday=20, declined=7)
    _talks, chain = talks_and_chain(coordinator, YEAR)
    assert [[str(getattr(cell, "words", cell)) for cell in row] for row in chain.table().rows] == [
        ["Puheeksiotto", "50", "38", "12"],
        ["Koollekutsuminen", "38", "31", "7"],
        ["Yhteinen aika", "31", "26", "5"],
        ["Suunnitelma", "26", "20", "6"],
        ["Sujuva arki", "20", "–", "–"],
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_any_numbers_opens(client, coordinator, name):
    client.force_login(coordinator)
    assert client.get(reverse(name)).status_code == 200
