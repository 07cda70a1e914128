"""The counts of advice: nothing small can be worked out of what is told together."""

import itertools
import random
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from meetings.advice_counts import advice_counts, results_of
from meetings.dashboard.published import published
from network.states import ConsultationResult
from tests.factories import WorkerFactory, a_situation
from tests.factories.consultations import a_closed_consultation, an_answered_consultation


def all_published(answered: list[int], enough: int) -> tuple:
    months, towns = [date(2026, 1, 1)], "ABC"[: len(answered)]
    told = published(towns, months, [[number] for number in answered])
    return told, results_of(told, [sum(answered)], [enough])


@pytest.mark.parametrize("seed", range(24))
def test_whatever_is_published_each_hidden_number_can_be_any_small_number(seed):
    """Try every other month, keep those that would be published just the same."""
    draw = random.Random(seed)
    answered = [draw.choice([0, 1, 2, 3, 4, 6]) for _town in range(3)]
    enough = draw.randint(0, sum(answered))
    seen = all_published(answered, enough)
    possible: dict[object, set[int]] = {}
    ranges = [range(1, 5) if 1 <= number <= 4 else [number] for number in answered]
    for numbers in itertools.product(*ranges):
        for few in range(sum(numbers) + 1):
            if all_published(list(numbers), few) == seen:
                for place, number in enumerate((*numbers, few, sum(numbers) - few)):
                    possible.setdefault(place, set()).add(number)
    for place, number in enumerate((*answered, enough, sum(answered) - enough)):
        if 1 <= number <= 4:
            assert possible[place] >= {1, 2, 3, 4}, (answered, enough)


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
    # Two of six, four of six: the one would tell the other.
    assert (counts.answered.total.words, counts.enough.words) == ("6", "0–6")
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
