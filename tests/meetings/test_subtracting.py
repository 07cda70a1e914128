"""A curious reader of the pages, the files and the open data together: no small number is worked out of them.

The rules of each table are attacked in test_published.py. Here they are read side by side as they are told,
of ranges long and short: also that a table stands there, or does not, says something.
"""

from datetime import date

import pytest

from meetings.dashboard import open_data
from meetings.dashboard.ranges import Range
from meetings.dashboard.readers import the_house
from meetings.dashboard.tables import MAKERS, words_of
from meetings.models import Kind
from network.models import Municipality
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory
from tests.factories.tallies import counted, nothing_counted

AUGUST = date(2026, 8, 1)
RANGES = [(8, 8), (7, 9), (1, 11)]
# What is told of these figures, by the names of tables.
TABLES = ["yhteiset-ajat", "tapaamislajit", "neuvot", "odotusajat"]
# What was held in August where few families live: of one kind, or of two.
WAYS = [{"shared_time": 1}, {"shared_time": 2}, {"shared_time": 3}, {"shared_time": 4}]
WAYS += [{"shared_time": 1, "lp": 1}, {"shared_time": 2, "lp": 2}]


def write(few: Municipality, many: Municipality, held: dict[str, int]) -> None:
    """The shared times of both municipalities: each of them a wait, each after advice that was enough."""
    nothing_counted()
    for municipality, kinds in ((few, held), (many, {"shared_time": 8})):
        for kind, number in kinds.items():
            counted(municipality, AUGUST, "held", kind, number)
        counted(municipality, AUGUST, "wait", "0014", sum(kinds.values()))
        counted(municipality, AUGUST, "advice", "enough", sum(kinds.values()))


def all_that_is_read(client) -> str:
    """The tables of every range, the pages with drawings and sentences of them, the open data."""
    house = the_house()
    read = []
    for first, last in RANGES:
        months = Range(date(2026, first, 1), date(2026, last, 1))
        for name in TABLES:
            for table in MAKERS[name](house, months, {}):
                rows = [[words_of(value) for value in row] for row in table.rows]
                read.append((table.name, table.caption, table.head, rows))
    asked = {"first": "2026-08", "last": "2026-08"}
    pages = [client.get(f"/koonti/{page}", asked).content.decode() for page in ("", "matkan-varrella/")]
    # The form above is sealed anew for each page.
    read += [page.split("<main")[1] for page in pages]
    published = open_data.publish(date(2026, 10, 1))
    read += [published.csv, published.json]
    return repr(read)


@pytest.mark.django_db
def test_whatever_is_read_together_a_small_number_can_be_any(client, monday):
    few, many = MunicipalityFactory(code="263"), MunicipalityFactory(code="140")
    for municipality in (few, many):
        UnitFactory(municipality=municipality)
    assert Kind.objects.filter(code__in=["shared_time", "lp"], counts_as_shared_time=True).count() == 2
    client.force_login(WorkerFactory(coordinator=True))
    lots: dict[str, set[int]] = {}
    for held in WAYS:
        write(few, many, held)
        lots.setdefault(all_that_is_read(client), set()).add(sum(held.values()))
    assert list(lots.values()) == [{1, 2, 3, 4}]
