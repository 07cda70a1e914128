"""Whom a family can let in: a worker, a unit, a team, a professional from outside, a close person."""

import pytest
from django.db import IntegrityError, transaction

from meetings.models import Participation
from network.models import Consent
from network.models.consents import RECEIVERS
from network.states import ConsentMethod, ConsentPurpose
from tests.factories import (
    ClosePersonFactory,
    OutsideProfessionalFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_convened_meeting,
    a_decided_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def a_receiver(kind: str, family):
    """A new one of the kind, as a family would let in."""
    match kind:
        case "worker":
            return WorkerFactory()
        case "unit":
            return UnitFactory()
        case "team":
            return TeamFactory(members=[WorkerFactory()])
        case "outside_professional":
            return OutsideProfessionalFactory()
        case _:
            return ClosePersonFactory(family=family)


def given(family, kind: str, to) -> Consent:
    return Consent.objects.create(
        family=family,
        purpose=ConsentPurpose.INVITE,
        method=ConsentMethod.FACE_TO_FACE,
        recorded_by=WorkerFactory(),
        **{kind: to},
    )


@pytest.mark.parametrize("kind", RECEIVERS)
def test_each_kind_is_proposed_decided_on_and_let_in(kind):
    situation = with_conversation()
    who = a_receiver(kind, situation.family)
    meeting = a_decided_meeting(meeting=a_convened_meeting(situation=situation, people=[who]))
    seat = invited(meeting)
    assert seat.receiver == who
    assert seat.name == str(who)
    assert seat.from_where
    assert seat.consent.receiver_ids == seat.receiver_ids
    assert seat.consent.is_in_force


@pytest.mark.parametrize("kind", RECEIVERS)
@pytest.mark.parametrize("other", RECEIVERS)
def test_the_database_refuses_a_seat_under_a_permission_to_somebody_else(kind, other):
    situation = with_conversation()
    who = a_receiver(kind, situation.family)
    meeting = a_convened_meeting(situation=situation, people=[who])
    seat = meeting.participations.get(member=None)
    somebody_else = TeamFactory() if kind == other == "team" else a_receiver(other, situation.family)
    foreign = given(situation.family, other, somebody_else)
    with pytest.raises(IntegrityError, match="toiselle tai toisesta perheestä"), transaction.atomic():
        Participation.objects.filter(pk=seat.pk).update(consent=foreign)
    Participation.objects.filter(pk=seat.pk).update(consent=given(situation.family, kind, who))


@pytest.mark.parametrize("kind", RECEIVERS)
def test_the_seat_is_not_given_to_another_under_the_same_permission(kind):
    situation = with_conversation()
    meeting = a_decided_meeting(
        meeting=a_convened_meeting(situation=situation, people=[a_receiver(kind, situation.family)])
    )
    other = TeamFactory() if kind == "team" else a_receiver(kind, situation.family)
    with pytest.raises(IntegrityError, match="toiselle tai toisesta perheestä"), transaction.atomic():
        Participation.objects.filter(pk=invited(meeting).pk).update(**{kind: other})


@pytest.mark.parametrize("kind", RECEIVERS)
def test_the_same_one_has_one_seat(kind):
    situation = with_conversation()
    who = a_receiver(kind, situation.family)
    meeting = a_convened_meeting(situation=situation, people=[who])
    with pytest.raises(IntegrityError, match=f"participation_{kind}_once"), transaction.atomic():
        Participation.objects.create(meeting=meeting, **{kind: who})


def test_a_seat_is_of_exactly_one():
    meeting = a_convened_meeting()
    for both in ({}, {"unit": UnitFactory(), "worker": WorkerFactory()}):
        with pytest.raises(IntegrityError, match="participation_of_one"), transaction.atomic():
            Participation.objects.create(meeting=meeting, **both)
