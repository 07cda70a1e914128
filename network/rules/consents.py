"""Who may give a permission, so that the page can say it before the database does."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Family, FamilyMember
from ..models.families import YOUNGEST_TO_DECIDE
from ..states import MemberRole

Sentence = str | Promise | None


def why_not_given_by(
    family: Family, given_by: FamilyMember | None, given_with: FamilyMember | None = None
) -> Sentence:
    """May these give the family's permission? The same as the triggers of `Consent` say."""
    for one in (given_by, given_with):
        if one is not None and one.family_id != family.pk:
            return _("Luvan antaa joku perheestä.")
    if given_by is not None and given_by.role != MemberRole.GUARDIAN and not given_by.is_mature:
        return _("Luvan antaa perheen huoltaja tai nuori, joka päättää itse.")
    if given_with is not None and (
        given_by is None
        or given_by.pk == given_with.pk
        or {given_by.role, given_with.role} != {MemberRole.GUARDIAN}
    ):
        return _("Luvan antavat kaksi eri huoltajaa.")
    alone = given_with is None and (given_by is None or given_by.role == MemberRole.GUARDIAN)
    if family.both_guardians_asked and alone:
        return _("Tässä perheessä lupa kysytään kummaltakin huoltajalta. Merkitse molemmat.")
    return None


def why_not_ask_permission(family: Family) -> Sentence:
    """Is there anybody in the family who may give a permission?"""
    if not family.members.filter(Q(role=MemberRole.GUARDIAN) | Q(is_mature=True)).exists():
        return _("Merkitse ensin perheelle huoltaja, tai nuori, joka päättää itse luvistaan.")
    return None


def why_not_ask_both(family: Family) -> Sentence:
    """Both guardians are asked only where there are two."""
    if family.members.filter(role=MemberRole.GUARDIAN).count() < 2:
        return _("Perheelle on merkitty vain yksi huoltaja. Lisää ensin toinen huoltaja.")
    return None


def why_not_decide_alone(member: FamilyMember) -> Sentence:
    """May this one be marked as deciding alone on their own permissions? The same as the trigger says."""
    if member.role != MemberRole.CHILD:
        return _("Huoltaja antaa luvan jo huoltajana.")
    if member.age is not None and member.age < YOUNGEST_TO_DECIDE:
        return _("%(name)s on alle %(age)s-vuotias. Hänen luvistaan päättävät huoltajat.") % {
            "name": member.first_name,
            "age": YOUNGEST_TO_DECIDE,
        }
    return None


def why_not_remove(member: FamilyMember) -> Sentence:
    """Who has given a permission stays on record, as does the last child and the second of both guardians."""
    # Read whole, so that a page that asks of each member can have fetched them all beforehand.
    family = member.family
    others = [one.role for one in family.members.all() if one.pk != member.pk]
    if member.role == MemberRole.CHILD and MemberRole.CHILD not in others:
        return _("Perheessä on oltava ainakin yksi lapsi.")
    if (
        member.role == MemberRole.GUARDIAN
        and family.both_guardians_asked
        and others.count(MemberRole.GUARDIAN) < 2
    ):
        return _("Lupa kysytään kummaltakin huoltajalta. Muuta ensin se, keneltä lupa kysytään.")
    if any(member.pk in (one.given_by_id, one.given_with_id) for one in family.consents.all()):
        return _("%(name)s on antanut lupia, ja niiden antaja säilyy luettelossa.") % {
            "name": member.first_name
        }
    return None
