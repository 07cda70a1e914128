"""The same seed makes the same demonstration, another seed another."""

import hashlib
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from meetings.models import Booking, Meeting, Situation
from network.models import Family, Invitation, Worker
from perhekeskus.models import Message
from plans.demonstration import contacts, crowd, groups, history, network
from plans.demonstration.chance import Chance
from plans.demonstration.places import PLACES
from plans.models import NextContact
from tests.tallied import tallied

pytestmark = pytest.mark.django_db


class _NotKept(Exception):
    """Thrown to leave no row behind."""


def digest() -> str:
    """Everything that a seed decides, without keys, random bits and times of day."""
    day = timezone.localdate
    parts = [
        list(
            Worker.objects.order_by("email").values_list(
                "email", "first_name", "last_name", "title", "unit__name"
            )
        ),
        list(
            Situation.objects.order_by("pk").values_list(
                "stage", "holder__email", "family__municipality", "way_in", "ending", "family__phone"
            )
        ),
        list(
            Family.objects.order_by("pk", "members__pk").values_list(
                "members__first_name", "members__birth_year", "language"
            )
        ),
        [
            (
                one.status,
                one.kind,
                one.convener.email,
                one.period and one.period.lower,
                one.room and str(one.room),
            )
            for one in Meeting.objects.order_by("pk").select_related("convener", "room__unit")
        ],
        list(
            Invitation.objects.order_by("pk").values_list(
                "consent__worker__email", "status", "place", "expectation"
            )
        ),
        list(
            Booking.objects.order_by("worker__email", "room__name", "period").values_list(
                "worker__email", "period"
            )
        ),
        [(row.on, row.done_at and day(row.done_at)) for row in NextContact.objects.order_by("pk")],
        list(Message.objects.order_by("pk").values_list("kind", "recipient", "state")),
        sorted(tallied().items()),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def made_with(seed: int) -> str:
    """The digest of a demonstration that is not kept."""
    found = ""
    try:
        with transaction.atomic():
            call_command("seed_demo", stdout=StringIO(), scale=1, seed=seed)
            found = digest()
            raise _NotKept
    except _NotKept:
        return found


def test_the_same_seed_gives_the_same_data(monkeypatch) -> None:
    # Three towns, two months and one family of each kind tell as much as the whole county.
    towns = [place for place in PLACES if place.name in {"Kiuruvesi", "Kuopio", "Iisalmi"}]
    for part in (network, contacts, history, crowd, groups):
        monkeypatch.setattr(part, "PLACES", towns)
    monkeypatch.setattr(history, "MONTHS", 2)
    monkeypatch.setattr(crowd, "A_SCALE", len(crowd.ENDS))
    assert made_with(7) == made_with(7)


def test_another_seed_gives_other_people() -> None:
    names = [[chance.last_name() for _number in range(20)] for chance in (Chance(7), Chance(7), Chance(8))]
    assert names[0] == names[1] != names[2]
