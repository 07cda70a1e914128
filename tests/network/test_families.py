"""A family's rows and the link to its own page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.actions import families
from network.models import Family, FamilyMember
from network.states import ContactChannel, MemberRole
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from tests.factories import ChildFactory, FamilyFactory, GuardianFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def registered(**fields) -> Family:
    return families.register(
        family=FamilyFactory.build(municipality=MunicipalityFactory(), **fields),
        members=[GuardianFactory.build(family=None), ChildFactory.build(family=None)],
    )


def test_a_new_family_has_its_members_and_a_link():
    family = registered()
    assert {one.role for one in family.members.all()} == {MemberRole.CHILD, MemberRole.GUARDIAN}
    assert AccessLink.objects.opened_by(LinkPurpose.FAMILY, family.link.token) == family.link


def test_a_family_with_a_broken_member_is_not_left_half_way():
    with pytest.raises(ValidationError, match="syntymävuosi"):
        families.register(
            family=FamilyFactory.build(municipality=MunicipalityFactory()),
            members=[ChildFactory.build(family=None, birth_year=None)],
        )
    assert not Family.objects.exists()


def test_a_live_link_is_kept_and_a_dead_one_replaced():
    family = registered()
    first = family.link
    assert families.ensure_link(family) == first
    first.revoked_at = timezone.now()
    first.save()
    second = families.ensure_link(family)
    assert second != first and second.is_live
    with time_machine.travel(second.expires_at + timedelta(seconds=1), tick=False):
        assert families.ensure_link(family) not in {first, second}


def test_a_link_opens_its_own_purpose_and_only_while_it_lives():
    link = registered().link
    token = link.token
    assert len(token) >= 32, "at least 128 bits"
    assert token not in str(AccessLink.objects.values().get(pk=link.pk)), "kept only as a hash"
    assert AccessLink.objects.opened_by(LinkPurpose.ANSWER, token) is None
    assert AccessLink.objects.opened_by(LinkPurpose.FAMILY, token[:-1]) is None
    with time_machine.travel(link.expires_at, tick=False):
        assert AccessLink.objects.opened_by(LinkPurpose.FAMILY, token) is None
    link.revoked_at = timezone.now()
    link.save()
    assert AccessLink.objects.opened_by(LinkPurpose.FAMILY, token) is None


@pytest.mark.parametrize(
    ("channel", "missing", "constraint"),
    [
        (ContactChannel.EMAIL, {"email": ""}, "family_email_when_used"),
        (ContactChannel.SMS, {"phone": ""}, "family_phone_when_used"),
    ],
)
def test_a_family_that_is_written_to_has_an_address(channel, missing, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FamilyFactory(contact_channel=channel, **missing)


@pytest.mark.parametrize("channel", [ContactChannel.PHONE, ContactChannel.PAPER])
def test_a_family_that_is_called_or_given_a_paper_gets_no_messages(channel):
    family = FamilyFactory(contact_channel=channel)
    assert family.message_channel is None and family.message_address == ""


def test_a_child_has_a_year_of_birth_and_a_guardian_need_not():
    assert GuardianFactory(birth_year=None).age is None
    assert ChildFactory(birth_year=timezone.localdate().year - 4).age == 4
    with pytest.raises(IntegrityError, match="child_has_birth_year"), transaction.atomic():
        ChildFactory(birth_year=None)


def test_names_are_kept_as_they_are_written():
    for name in ("Åke", "Šöʹǩǩe", "Zoë 🌻"):
        assert FamilyMember.objects.get(pk=GuardianFactory(first_name=name).pk).first_name == name
