"""Common times of eight people in sixty days with a room: one statement against another, written by hand."""

import math
import os
import time
from datetime import timedelta
from statistics import linear_regression, median
from typing import Any

from django.db import connection

from bench.many_bookings import load_bookings
from bench.pairs import AnswersDiffer, compared, interval
from bench.rows.slots_by_hand import by_hand
from bench.scratch import tell_planner
from meetings.slots import Question, Slot, best_slots
from perhekeskus.words import today

PEOPLE, DAYS = 8, 60
GOAL = 1.5
SLOPE = 0.1
# By the scale that is measured: how many bookings there are, and as what the table grows.
BOOKINGS = {"small": 100_000, "county": 1_000_000, "country": 1_000_000}
GROWTH = {
    "small": (10_000, 30_000, 100_000, 300_000),
    "county": (10_000, 100_000, 1_000_000),
    "country": (10_000, 100_000, 1_000_000, 10_000_000),
}
TURNS = 15


def measure() -> dict[str, Any]:
    """At most half as long again as by hand; the bookings came one by one with their guards on."""
    load_bookings(bookings := BOOKINGS[_scale()])
    tell_planner()
    return compared(
        what=f"yhteiset ajat, {PEOPLE} ihmistä, {DAYS} päivää ja tila, {bookings} varausta",
        reference="sama kysymys käsin kirjoitetulla SQL:llä",
        ours=best_slots,
        theirs=by_hand,
        cases=_cases(),
        goal=GOAL,
    )


def measure_growth() -> dict[str, Any]:
    """The slope of the cost on the size, both as logarithms: in the place of the ratio.

    A table of each size stands in a schema of its own, and they take turns: what else the machine does slows
    them all alike. The asked people's own weeks are the same in every size, and so is the answer.
    """
    sizes, cases = GROWTH[_scale()], _cases()
    for size in sizes:
        _make_table_of(size)
        load_bookings(size, guards_last=True)
    tell_planner()
    for case in cases:
        if any(_answer(size, case) != _answer(sizes[0], case) for size in sizes):
            raise AnswersDiffer(f"{sizes} bookings: {case}")
    logs, costs = [math.log10(size) for size in sizes], []
    for turn in range(TURNS):
        for case in cases:
            times = {size: _seconds(size, case) for size in (sizes if turn % 2 else sizes[::-1])}
            costs.append([1000 * times[size] for size in sizes])
    _look_at("public")
    slopes = [linear_regression(logs, [math.log10(cost) for cost in row]).slope for row in costs]
    low, high = interval(slopes)
    each = [median(column) for column in zip(*costs, strict=True)]
    told = ", ".join(f"{size}: {cost:.1f} ms" for size, cost in zip(sizes, each, strict=True))
    return {
        "what": f"hinnan kulmakerroin (log-log), kun varauksia on yhä enemmän ({told})",
        "reference": f"pienin taulu, {sizes[0]} varausta; tavoite koskee kulmakerrointa",
        "ours_ms": round(each[-1], 3),
        "reference_ms": round(each[0], 3),
        "ratio": round(median(slopes), 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "goal": SLOPE,
        "ok": median(slopes) <= SLOPE,
    }


def _make_table_of(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA size_{size}")
        cursor.execute(
            f"CREATE TABLE size_{size}.meetings_booking (LIKE public.meetings_booking INCLUDING ALL)"
        )
    _look_at(f"size_{size}")


def _look_at(schema: str) -> None:
    """The table of bookings is this schema's; the others are everybody's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")


def _answer(size: int, case: Question) -> list[Slot]:
    _look_at(f"size_{size}")
    return best_slots(case)


def _scale() -> str:
    return os.environ.get("SCALE") or "small"


def _cases() -> list[Question]:
    return [_question(number) for number in range(1, 5)]


def _question(number: int) -> Question:
    tomorrow = today() + timedelta(days=1)
    people = tuple(range(number * 10, number * 10 + PEOPLE))
    return Question(
        worker_ids=people,
        required_ids=people[:1],
        municipality_code=f"{number:03}",
        seats=8,
        minutes=90,
        first_day=tomorrow,
        last_day=tomorrow + timedelta(days=DAYS - 1),
    )


def _seconds(size: int, case: Question) -> float:
    _look_at(f"size_{size}")
    start = time.perf_counter()
    best_slots(case)
    return time.perf_counter() - start
