"""The guards of the suite itself."""

import socket

import pytest
from django.utils import timezone

from network.models import ClosePerson, Expertise
from tests.factories import ExpertiseFactory


def test_the_outside_world_is_out_of_reach():
    with pytest.raises(AssertionError, match=r"203\.0\.113\.7"):
        socket.create_connection(("203.0.113.7", 80), timeout=0.1)


def test_time_stands_still(monday):
    assert timezone.now() == monday == timezone.now()


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any_order():
    for number in range(30):
        ExpertiseFactory(name=f"osaaminen {number:02}")
    in_order = [one.name for one in Expertise.objects.order_by("name")]
    as_they_come = [one.name for one in Expertise.objects.order_by()]
    assert as_they_come != in_order and sorted(as_they_come) == in_order
    assert [one.name for one in Expertise.objects.all()] == in_order
    assert list(ClosePerson.objects.order_by()) == []
