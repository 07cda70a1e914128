"""Who gives a family's permission: a guardian, both where both are asked, a mature minor alone."""

import pytest
from django.db import IntegrityError, connection, transaction

from network.actions import consents
from network.forms.givers import possible_givers
from network.models import Family, FamilyMember
from network.rules.consents import why_not_given_by
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.refusals import Refused
from tests.factories import ChildFactory, FamilyFactory, GuardianFactory, WorkerFactory
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


def a_family(*, both: bool, guardians: int = 2, mature: bool = False) -> Family:
    family = FamilyFactory()
    for number in range(guardians):
        GuardianFactory(family=family, first_name=f"Huoltaja{number}")
    ChildFactory(family=family, first_name="Lapsi", is_mature=mature)
    if both:
        family.both_guardians_asked = True
        family.save()
    return family


def give(family: Family, *givers: FamilyMember | None):
    given_by, given_with = (*givers, None, None)[:2]
    return consents.give(
        family=family,
        to=WorkerFactory(),
        purpose=ConsentPurpose.CONSULT,
        topics=[],
        method=ConsentMethod.PHONE,
        given_by=given_by,
        given_with=given_with,
        by=WorkerFactory(),
    )


@pytest.mark.parametrize(
    ("both", "guardians", "mature", "names"),
    [
        (False, 2, False, ["Huoltaja0", "Huoltaja1"]),
        (False, 1, True, ["Huoltaja0", "Lapsi"]),
        (False, 0, False, []),
        (True, 2, False, ["Huoltaja0 ja Huoltaja1"]),
        (True, 2, True, ["Huoltaja0 ja Huoltaja1", "Lapsi"]),
        (True, 3, False, ["Huoltaja0 ja Huoltaja1", "Huoltaja0 ja Huoltaja2", "Huoltaja1 ja Huoltaja2"]),
    ],
)
def test_who_is_asked(both, guardians, mature, names):
    family = a_family(both=both, guardians=guardians, mature=mature)
    assert [one.words for one in possible_givers(family)] == names
    for one in possible_givers(family):
        assert give(family, one.given_by, one.given_with).is_in_force


def test_the_word_of_one_is_refused_with_a_sentence_where_both_are_asked():
    family = a_family(both=True)
    mother, father = family.members.filter(role="guardian")
    for givers in ((mother,), (), (mother, mother)):
        with pytest.raises(Refused, match="huoltaja"):
            give(family, *givers)
    assert give(family, mother, father).given_with == father


@pytest.mark.parametrize("both", [False, True])
def test_a_child_who_does_not_decide_gives_no_permission(both):
    family = a_family(both=both)
    child, mother = family.members.get(role="child"), family.members.filter(role="guardian")[0]
    for givers in ((child,), (mother, child), (child, mother)):
        assert why_not_given_by(family, *givers) is not None
    stranger = GuardianFactory()
    assert why_not_given_by(family, stranger) is not None


def at_once() -> None:
    """What a transaction would be told at its end."""
    with transaction.atomic():
        connection.check_constraints()


def test_the_database_refuses_to_ask_both_where_there_is_one():
    family = a_family(both=False, guardians=1)
    with pytest.raises(IntegrityError, match="kaksi huoltajaa"), transaction.atomic():
        Family.objects.filter(pk=family.pk).update(both_guardians_asked=True)
        at_once()


@pytest.mark.parametrize("change", ["delete", "role"])
def test_and_to_lose_the_second_of_both(change):
    family = a_family(both=True)
    second = family.members.filter(role="guardian")[1]
    with pytest.raises(IntegrityError, match="kaksi huoltajaa"), transaction.atomic():
        if change == "delete":
            second.delete()
        else:
            FamilyMember.objects.filter(pk=second.pk).update(role="child", birth_year=2010)
        at_once()


def test_a_family_is_written_and_erased_whole():
    family = FamilyFactory(both_guardians_asked=True)
    GuardianFactory(family=family)
    GuardianFactory(family=family)
    at_once()
    family.delete()
    at_once()


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_a_guardian_at_the_same_moment_leave_two():
    family = a_family(both=True, guardians=3)
    first, second, _third = family.members.filter(role="guardian")
    refused: list[IntegrityError] = []

    def remove(member: FamilyMember) -> None:
        try:
            member.delete()
        except IntegrityError as error:
            refused.append(error)

    together(lambda: remove(first), lambda: remove(second))
    assert len(refused) == 1
    assert family.members.filter(role="guardian").count() == 2
