"""A family's protected address (turvakielto): written down and taken away by the one with the koppi."""

from django.db import transaction

from network.models import Family, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import require

from ..models import Situation
from ..rules.situations import why_not_edit_family
from .situations import locked


@transaction.atomic
def set_protection(*, situation: Situation, by: Worker, protected: bool) -> Family:
    """From now on nothing tells where the family is, or may again. Saying the same twice changes nothing.

    With the protection go the postal address, and what the invited were told of the services: a name can
    tell where a family goes. They don't come back when the protection ends.
    """
    situation = locked(situation)
    require(why_not_edit_family(by, situation))
    family = situation.family
    lock(family)
    family.refresh_from_db()
    if family.address_protected == protected:
        return family
    if protected:
        family.services.filter(told_since__isnull=False).update(told_since=None, told_by=None)
        family.postal_address = ""
    family.address_protected = protected
    family.full_clean(exclude=["link"])
    family.save(update_fields=["address_protected", "postal_address"])
    return family
