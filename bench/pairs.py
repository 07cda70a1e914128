"""Two ways to the same answer, taking turns."""

import random
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

WARM_UP = 5
PAIRS = 40
RESAMPLES = 2_000


class AnswersDiffer(Exception):
    """The two ways do not say the same: their times mean nothing."""


def compared(
    *,
    what: str,
    reference: str,
    ours: Callable[[Any], Any],
    theirs: Callable[[Any], Any],
    cases: Sequence[Any],
    goal: float | None,
    agree: Callable[[Any], bool] | None = None,
    pairs: int = PAIRS,
    between: Callable[[bool], None] | None = None,
) -> dict[str, Any]:
    """A row of results: the median of the pairs' ratios and its 95 % interval by bootstrap.

    Each pair works on the same case, and who goes first changes from pair to pair. Before that the answers to
    every case are compared, by `agree` when they come in different shapes. Raises AnswersDiffer.

    What must be made ready before each turn, and is no part of it, is done by `between`, which is told
    whether the turn is ours.
    """
    ready = between or (lambda _is_ours: None)
    for case in cases:
        if not (agree(case) if agree else ours(case) == theirs(case)):
            raise AnswersDiffer(f"{what}: {case}")
    times: list[tuple[float, float]] = []
    for number in range(WARM_UP + pairs):
        case, seconds = cases[number % len(cases)], {}
        for is_ours in (True, False) if number % 2 else (False, True):
            ready(is_ours)
            seconds[is_ours] = _seconds(ours if is_ours else theirs, case)
        mine, other = seconds[True], seconds[False]
        if number >= WARM_UP:
            times.append((mine, other))
    ratios = [mine / other for mine, other in times]
    low, high = interval(ratios)
    ratio = median(ratios)
    return {
        "what": what,
        "reference": reference,
        "ours_ms": round(1000 * median(mine for mine, _other in times), 3),
        "reference_ms": round(1000 * median(other for _mine, other in times), 3),
        "ratio": round(ratio, 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "goal": goal,
        "ok": goal is None or ratio <= goal,
    }


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the median, by bootstrap; the same for the same values."""
    dice = random.Random(len(values))
    medians = sorted(median(dice.choices(values, k=len(values))) for _resample in range(RESAMPLES))
    return medians[int(0.025 * RESAMPLES)], medians[int(0.975 * RESAMPLES)]


def _seconds(way: Callable[[Any], Any], case: Any) -> float:
    start = time.perf_counter()
    way(case)
    return time.perf_counter() - start
