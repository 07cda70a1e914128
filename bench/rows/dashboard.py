"""The coordinator's page of shared times over millions of meetings, and what the rollup costs who writes."""

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from statistics import linear_regression, median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.pairs import AnswersDiffer, compared, interval
from bench.scratch import count_keys_on, tell_planner
from meetings.dashboard.published import shown
from meetings.models import Kind
from network.models import Municipality, Unit, Worker
from perhekeskus.words import finnish_sort_key, today
from plans.demonstration.many_meetings import TABLES, closed_months, load_meetings

PAGE_GOAL = 3.0
# Stands for ten million meetings; over fewer the page is still a page, and the ratio only a figure.
SCAN_GOAL = 0.02
SLOPE = 0.1
# By the scale that is measured: how many meetings there are, and as what their number grows.
MEETINGS = {"small": 100_000, "county": 1_000_000, "country": 10_000_000}
GROWTH = {
    "small": (1_000, 10_000, 100_000),
    "county": (10_000, 100_000, 1_000_000),
    "country": (10_000, 100_000, 1_000_000, 10_000_000),
}
# The year that is asked for and the year before it, which stands beside it.
MONTHS, ASKED = 24, 12
TURNS, SCANS = 20, 20

ROLLUP = """
    SELECT figure, part, municipality_id, month, number FROM network_tally
    WHERE figure = ANY(%(figures)s) AND month BETWEEN %(before)s AND %(last)s
"""
# The same question put to the meetings themselves.
SCAN = """
    SELECT municipality_id,
           date_trunc('month', lower(period) AT TIME ZONE 'Europe/Helsinki')::date AS month, count(*)
    FROM meetings_meeting
    WHERE status = 'held' AND kind = ANY(%(kinds)s)
      AND lower(period) >= %(first)s::timestamp AT TIME ZONE 'Europe/Helsinki'
      AND lower(period) < (%(last)s::timestamp + interval '1 month') AT TIME ZONE 'Europe/Helsinki'
    GROUP BY 1, 2
"""
# What the page tells of: shared times held, not held and called off.
FIGURES = ["held", "not_held", "cancelled"]

Numbers = dict[tuple[str, date], int]


@dataclass(frozen=True)
class _Range:
    """The months that are asked for, and the first of those that stand beside them."""

    before: date
    first: date
    last: date


def measure_page() -> dict[str, Any]:
    """The page as it is asked for, against the rows of the rollup that it tells of, read by SQL."""
    size, client = MEETINGS[_scale()], _coordinator()
    _let_there_be(size)
    return _beside(
        client, size, "samat koontitaulun rivit paljaalla SQL:llä samassa yhteydessä", _read, PAGE_GOAL
    )


def measure_statements() -> dict[str, Any]:
    """The same against what it asks of the rollup, where PostgreSQL has added up already: a figure."""
    size, client = MEETINGS[_scale()], _coordinator()
    _let_there_be(size)
    statements = _statements(client, _range())
    return _beside(client, size, "sivun omat kysymykset koontitaululta", lambda case: _sent(statements), None)


def _beside(
    client: Client, size: int, reference: str, theirs: Callable[[_Range], Any], goal: float | None
) -> dict[str, Any]:
    return compared(
        what=f"koonnin sivu, 12 kuukautta ja 309 kuntaa, {size} tapaamista",
        reference=reference,
        ours=lambda case: _page(client, case),
        theirs=theirs,
        cases=[_range()],
        goal=goal,
        agree=lambda case: _told(client, case) == _words(_rolled_up(case), case),
    )


def measure_scan() -> dict[str, Any]:
    """The page against a GROUP BY over the meetings themselves."""
    size, client, asked = MEETINGS[_scale()], _coordinator(), _range()
    _let_there_be(size)
    return compared(
        what=f"koonnin sivu, 12 kuukautta ja 309 kuntaa, {size} tapaamista",
        reference="GROUP BY tapaamisista",
        ours=lambda case: _page(client, case),
        theirs=_scan,
        cases=[asked],
        goal=SCAN_GOAL if _scale() == "country" else None,
        agree=lambda case: _told(client, case) == _words(_scan(case), case),
        pairs=SCANS,
    )


def measure_growth() -> dict[str, Any]:
    """The slope of the page's cost on the number of meetings, both as logarithms: in the place of the ratio.

    The meetings of each size and the rollup over them stand in a schema of their own, and they take turns.
    """
    sizes, client, asked = GROWTH[_scale()], _coordinator(), _range()
    for size in sizes:
        _let_there_be(size)
        if _told(client, asked) != _words(_scan(asked), asked):
            raise AnswersDiffer(f"{size} meetings")
    logs, costs = [math.log10(size) for size in sizes], []
    for turn in range(TURNS + 1):
        times = {size: _seconds(client, size, asked) for size in (sizes if turn % 2 else sizes[::-1])}
        if turn:
            costs.append([1000 * times[size] for size in sizes])
    _look_at("public")
    slopes = [linear_regression(logs, [math.log10(cost) for cost in row]).slope for row in costs]
    low, high = interval(slopes)
    each = [median(column) for column in zip(*costs, strict=True)]
    told = ", ".join(f"{size}: {cost:.1f} ms" for size, cost in zip(sizes, each, strict=True))
    return {
        "what": f"koonnin sivun hinnan kulmakerroin (log-log), kun tapaamisia on yhä enemmän ({told})",
        "reference": f"vähiten tapaamisia, {sizes[0]}; tavoite koskee kulmakerrointa",
        "ours_ms": round(each[-1], 3),
        "reference_ms": round(each[0], 3),
        "ratio": round(median(slopes), 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "goal": SLOPE,
        "ok": median(slopes) <= SLOPE,
    }


# --- so many meetings ----------------------------------------------------------------------------


def _let_there_be(size: int) -> None:
    """Look at the schema with so many meetings; made and counted on the first time."""
    schema = f"meetings_{size}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
        if cursor.fetchone()[0]:
            _look_at(schema)
            return
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table in (*TABLES, "network_tally", "network_networktally", "network_tallychange"):
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)")
    _look_at(schema)
    load_meetings(size, MONTHS)
    tell_planner()


def _look_at(schema: str) -> None:
    """The meetings and the rollup are this schema's; all else is everybody's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")


def _scale() -> str:
    return os.environ.get("SCALE") or "small"


def _range() -> _Range:
    months = closed_months(MONTHS, today())
    return _Range(months[0], months[-ASKED], months[-1])


def _coordinator() -> Client:
    """The browser of one who may count."""
    settings.ALLOWED_HOSTS = ["testserver"]
    _look_at("public")
    count_keys_on()
    worker, _made = Worker.objects.get_or_create(
        email="koordinaattori@koe.example",
        defaults={
            "first_name": "Outi",
            "last_name": "Koonti",
            "title": "koordinaattori",
            "unit": Unit.objects.earliest("pk"),
            "is_coordinator": True,
        },
    )
    client = Client()
    client.force_login(worker)
    return client


# --- the page and what it is compared with -------------------------------------------------------


def _page(client: Client, asked: _Range) -> str:
    answer = client.get(
        reverse("count_page"), {"first": f"{asked.first:%Y-%m}", "last": f"{asked.last:%Y-%m}"}
    )
    if answer.status_code != 200:
        raise AnswersDiffer(f"{answer.status_code}")
    return answer.content.decode()


def _seconds(client: Client, size: int, asked: _Range) -> float:
    _look_at(f"meetings_{size}")
    start = time.perf_counter()
    _page(client, asked)
    return time.perf_counter() - start


def _statements(client: Client, asked: _Range) -> list[str]:
    """What the page asks of the rollup."""
    with CaptureQueriesContext(connection) as found:
        _page(client, asked)
    return [one["sql"] for one in found.captured_queries if "network_tally" in one["sql"]]


def _sent(statements: list[str]) -> int:
    """How many rows there are."""
    rows = 0
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            rows += len(cursor.fetchall())
    return rows


def _read(asked: _Range) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(ROLLUP, {"figures": FIGURES, "before": asked.before, "last": asked.last})
        return cursor.fetchall()


def _rolled_up(asked: _Range) -> Numbers:
    shared, found = set(_shared_kinds()), {}
    for figure, part, municipality, month, number in _read(asked):
        if figure == "held" and part in shared and month >= asked.first:
            place = (municipality, month)
            found[place] = found.get(place, 0) + number
    return found


def _scan(asked: _Range) -> Numbers:
    with connection.cursor() as cursor:
        cursor.execute(SCAN, {"kinds": _shared_kinds(), "first": asked.first, "last": asked.last})
        return {(municipality, month): number for municipality, month, number in cursor.fetchall()}


def _shared_kinds() -> list[str]:
    return list(Kind.objects.filter(counts_as_shared_time=True).values_list("code", flat=True))


def _words(numbers: Numbers, asked: _Range) -> list[list[str]]:
    """What the page ought to say of each municipality by month."""
    months = closed_months(ASKED, today())
    return [
        [str(one), *[shown(numbers.get((one.pk, month), 0)).words for month in months]]
        for one in sorted(Municipality.objects.all(), key=finnish_sort_key)
    ]


def _told(client: Client, asked: _Range) -> list[list[str]]:
    """What the page says of each municipality by month: the rows of its widest table, without the totals."""
    reader = _Rows()
    reader.feed(_page(client, asked))
    names = {str(one) for one in Municipality.objects.all()}
    return [row[: 1 + ASKED] for row in reader.rows if len(row) > ASKED and row[0] in names]


class _Rows(HTMLParser):
    """The rows of every table, each as the words of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.rows[-1].append("".join(self._cell).strip())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
