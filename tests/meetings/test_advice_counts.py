"""The counts of advice: nothing small can be worked out of the two tables together."""

import itertools
import random
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from meetings.advice_counts import advice_counts, only_as_shown
from meetings.dashboard.published import published
from network.states import ConsultationResult
from tests.factories import WorkerFactory, a_situation
from tests.factories.consultations import a_closed_consultation, an_answered_consultation


def both_published(answered: list[int], enough: list[int]) -> tuple:
    months, towns = [date(2026, 1, 1)], "ABC"[: len(answered)]
    first = published(towns, months, [[number] for number in answered])
    return first, only_as_shown(published(towns, months, [[number] for number in enough]), first)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_published_each_hidden_number_can_be_any_small_number(seed):
    """Try every other pair of tables, keep those that would be published just the same."""
    draw = random.Random(seed)
    answered = [draw.choice([0, 1, 2, 3, 4, 6]) for _town in range(3)]
    enough = [draw.randint(0, number) for number in answered]
    seen = both_published(answered, enough)
    possible: dict[tuple[str, int], set[int]] = {}
    ranges = [range(1, 5) if 1 <= number <= 4 else [number] for number in (*answered, *enough)]
    for numbers in itertools.product(*ranges):
        one, two = list(numbers[:3]), list(numbers[3:])
        if any(few > many for few, many in zip(two, one, strict=True)) or both_published(one, two) != seen:
            continue
        for town in range(3):
            possible.setdefault(("answered", town), set()).add(one[town])
            possible.setdefault(("enough", town), set()).add(two[town])
    for town in range(3):
        if 1 <= answered[town] <= 4:
            assert possible["answered", town] == {1, 2, 3, 4}
        if 1 <= enough[town] <= 4:
            assert possible["enough", town] == {1, 2, 3, 4}


@pytest.mark.django_db
def test_the_coordinator_sees_numbers_and_hidden_small_ones(django_assert_num_queries):
    situation = a_situation()
    for number in range(6):
        result = ConsultationResult.ENOUGH if number < 2 else ConsultationResult.SHARED_TIME
        a_closed_consultation(situation=situation, result=result)
    coordinator = WorkerFactory(is_coordinator=True)
    month = timezone.localdate().replace(day=1)
    with django_assert_num_queries(2):
        counts = advice_counts(coordinator, month, month)
    assert (counts.answered.total.words, counts.enough.total.words) == ("6", "alle 5")
    client = Client()
    client.force_login(coordinator)
    said = client.get("/koonti/matkan-varrella/").content.decode()
    assert "Neuvoja annettiin perheen luvalla: 6." in said
    assert "Lapsi herää öisin" not in said and "Kokeilkaa iltasatua" not in said


@pytest.mark.django_db
def test_numbers_are_for_those_who_count():
    an_answered_consultation()
    month = timezone.localdate().replace(day=1)
    assert advice_counts(WorkerFactory(), month, month).answered.total.words == "0"
