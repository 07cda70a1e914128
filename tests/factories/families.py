"""Families, their members and the people close to them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from network.models import ClosePerson, Family, FamilyMember
from network.states import ContactChannel, MemberRole

from .directory import MunicipalityFactory


class FamilyFactory(DjangoModelFactory):
    """A family that is written to by e-mail. `.build()` it for the action that opens a situation."""

    class Meta:
        model = Family

    municipality = factory.SubFactory(MunicipalityFactory)
    contact_channel = ContactChannel.EMAIL
    email = factory.Sequence(lambda number: f"perhe{number}@demo.example")


class GuardianFactory(DjangoModelFactory):
    class Meta:
        model = FamilyMember

    family = factory.SubFactory(FamilyFactory)
    role = MemberRole.GUARDIAN
    first_name = factory.Faker("first_name", locale="fi_FI")


class ChildFactory(DjangoModelFactory):
    class Meta:
        model = FamilyMember

    family = factory.SubFactory(FamilyFactory)
    role = MemberRole.CHILD
    first_name = factory.Faker("first_name", locale="fi_FI")
    is_mature = False
    birth_year = factory.LazyAttribute(lambda one: timezone.localdate().year - (15 if one.is_mature else 6))


class ClosePersonFactory(DjangoModelFactory):
    class Meta:
        model = ClosePerson

    family = factory.SubFactory(FamilyFactory)
    name = factory.Sequence(lambda number: f"Mummo {number}")
    relation = "mummo"
    email = factory.Sequence(lambda number: f"laheinen{number}@demo.example")
