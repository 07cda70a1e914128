"""The measurements' own honesty: unequal answers void a row, and a row has the agreed shape."""

import pytest

from bench.pairs import AnswersDiffer, compared, interval

FIELDS = {"what", "reference", "ours_ms", "reference_ms", "ratio", "low", "high", "goal", "ok"}


def row(**changes):
    facts = {
        "what": "koe",
        "reference": "sama",
        "ours": lambda case: sum(range(case)),
        "theirs": lambda case: case * (case - 1) // 2,
        "cases": [1000, 2000],
        "goal": None,
    }
    return compared(**{**facts, **changes})


def test_a_row_says_what_was_agreed():
    found = row()

    assert set(found) == FIELDS
    assert found["low"] <= found["ratio"] <= found["high"]
    assert found["ok"]


def test_a_goal_that_is_missed_is_not_ok():
    assert not row(ours=lambda case: sum(range(100 * case)) and sum(range(case)), goal=1.0)["ok"]


def test_unequal_answers_void_the_row():
    with pytest.raises(AnswersDiffer):
        row(theirs=lambda case: case)


def test_the_interval_holds_the_median_and_is_the_same_again():
    values = [1.0, 1.1, 1.2, 1.3, 5.0] * 8

    assert interval(values) == interval(values)
    assert interval(values)[0] <= 1.2 <= interval(values)[1]
