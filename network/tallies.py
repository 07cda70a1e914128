"""The county's numbers: what each of them counts, and how they are read.

A floor adds its own figures when it loads. Whatever is told of the numbers goes through the rules of small
numbers (docs/adr/0006-small-numbers.md): nothing here hides anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import get_language

from perhekeskus.words import finnish_sort_key

from .models import Municipality, Worker

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Figure:
    """One thing that is counted, in words: what stands beside the number wherever it is shown."""

    name: str
    title: "StrOrPromise"
    # "Mitä tässä lasketaan", in one sentence.
    counted: "StrOrPromise"
    # Code of a part → its words, in the order in which they are shown. A part that is missing here has none.
    parts: "Callable[[], Mapping[str, StrOrPromise]]" = field(default=dict)


# By name; a floor adds its own when it loads.
FIGURES: dict[str, Figure] = {}


def add_figures(*figures: Figure) -> None:
    """Let these be counted in words, in the order in which they are added."""
    for figure in figures:
        FIGURES[figure.name] = figure


def may_count(worker: Worker) -> bool:
    """Whether the numbers exist for this person at all."""
    return worker.is_authenticated and (worker.is_coordinator or worker.is_administrator)


# The folded and the unfolded, in one statement: a fold in between is seen on neither side or on both.
_OF_ALL = """
    SELECT figure, part, municipality_id, month, number FROM network_tally
    WHERE figure = ANY(%(figures)s) AND month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT figure, part, municipality_id, month, change FROM network_tallychange
    WHERE figure = ANY(%(figures)s) AND month BETWEEN %(first)s AND %(last)s
"""
_OF_NETWORK = """
    SELECT figure, part, month, sum(number)::bigint FROM (
        SELECT figure, part, month, number FROM network_networktally
        WHERE figure = ANY(%(figures)s) AND month BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT figure, part, month, change FROM network_tallychange
        WHERE figure = ANY(%(figures)s) AND month BETWEEN %(first)s AND %(last)s
    ) AS counted
    GROUP BY figure, part, month HAVING sum(number) <> 0
"""
# One figure at a time: so the index gives its first row at once.
_OLDEST = """
    SELECT min(month) FROM unnest(%(figures)s::text[]) AS asked, LATERAL (
        (SELECT month FROM network_tally WHERE figure = asked ORDER BY month LIMIT 1)
        UNION ALL (SELECT month FROM network_tallychange WHERE figure = asked ORDER BY month LIMIT 1)
    ) AS oldest
"""


# The municipalities with a unit of the network or any number of these figures.
_COUNTED = """
    SELECT {columns} FROM network_municipality
    WHERE EXISTS (SELECT FROM network_unit WHERE municipality_id = code)
       OR EXISTS (SELECT FROM network_tally WHERE municipality_id = code AND figure = ANY(%(figures)s))
       OR EXISTS (SELECT FROM network_tallychange WHERE municipality_id = code AND figure = ANY(%(figures)s))
"""


def numbers(
    worker: Worker, figures: Sequence[str], first: date, last: date
) -> dict[tuple[str, str, str, date], int]:
    """(figure, part, municipality's code, month) → how many, from the first month to the last; one query.

    Exact at the moment of asking. What is not there is zero. Empty for those who may not count.
    """
    if not may_count(worker):
        return {}
    found: dict[tuple[str, str, str, date], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL, {"figures": list(figures), "first": first, "last": last})
        for *key, number in cursor.fetchall():
            figure, part, municipality, month = key
            place = (figure, part, municipality, month)
            found[place] = found.get(place, 0) + number
    return {place: number for place, number in found.items() if number}


def network_numbers(
    worker: Worker, figures: Sequence[str], first: date, last: date
) -> dict[tuple[str, str, date], int]:
    """(figure, part, month) → how many in all municipalities together; one query, of some rows a month."""
    if not may_count(worker):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_NETWORK, {"figures": list(figures), "first": first, "last": last})
        return {(figure, part, month): number for figure, part, month, number in cursor.fetchall()}


def oldest_month(worker: Worker, figures: Sequence[str]) -> date | None:
    """The month of the oldest number of these figures; None without any, or for one who may not count."""
    if not may_count(worker):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, {"figures": list(figures)})
        return cursor.fetchone()[0]


def counted_municipalities(worker: Worker, figures: Sequence[str]) -> list[Municipality]:
    """The municipalities with a unit of the network or any number of these figures, as Finns sort them."""
    found = Municipality.objects.raw(_COUNTED.format(columns="*"), {"figures": _asked(worker, figures)})
    return sorted(found, key=finnish_sort_key)


def counted_names(worker: Worker, figures: Sequence[str]) -> list[tuple[str, str]]:
    """The same as code and name: enough for a table of the whole country, and quicker."""
    name = "name_sv" if get_language() == "sv" else "name_fi"
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(columns=f"code, {name}"), {"figures": _asked(worker, figures)})
        return sorted(cursor.fetchall(), key=lambda row: finnish_sort_key(row[1]))


def _asked(worker: Worker, figures: Sequence[str]) -> list[str]:
    """No number exists for one who may not count."""
    return list(figures) if may_count(worker) else []
