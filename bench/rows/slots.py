"""Common times of eight people in sixty days with a room: one statement against another, written by hand."""

import math
import os
import time
from datetime import timedelta
from statistics import linear_regression, median
from typing import Any

from bench.many_bookings import load_bookings
from bench.pairs import AnswersDiffer, compared
from bench.rows.slots_by_hand import by_hand
from bench.scratch import tell_planner
from meetings.slots import Question, best_slots
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

    The asked people's own weeks are the same in every size, and so is the answer.
    """
    sizes, costs, cases, said = GROWTH[_scale()], [], _cases(), None
    for size in sizes:
        load_bookings(size, guards_last=True)
        tell_planner()
        answers = [best_slots(case) for case in cases]
        if said not in (None, answers):
            raise AnswersDiffer(f"{size} bookings")
        said = answers
        costs.append(1000 * median(_seconds(case) for _turn in range(TURNS) for case in cases))
    slope = linear_regression(
        [math.log10(size) for size in sizes], [math.log10(cost) for cost in costs]
    ).slope
    told = ", ".join(f"{size}: {cost:.1f} ms" for size, cost in zip(sizes, costs, strict=True))
    return {
        "what": f"hinnan kulmakerroin (log-log), kun varauksia on yhä enemmän ({told})",
        "reference": f"pienin taulu, {sizes[0]} varausta; tavoite koskee kulmakerrointa",
        "ours_ms": round(costs[-1], 3),
        "reference_ms": round(costs[0], 3),
        "ratio": round(slope, 3),
        "low": round(slope, 3),
        "high": round(slope, 3),
        "goal": SLOPE,
        "ok": slope <= SLOPE,
    }


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


def _seconds(case: Question) -> float:
    start = time.perf_counter()
    best_slots(case)
    return time.perf_counter() - start
