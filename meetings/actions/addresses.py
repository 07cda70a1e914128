"""Where the family's letters go: written down by the one with the koppi, or by the family itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Family, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Situation
from ..rules.addresses import why_not_have_address
from ..rules.situations import why_not_edit_family
from .situations import locked


@transaction.atomic
def set_address(*, situation: Situation, by: Worker, address: str, seen: str) -> Family:
    """Write down where the letters go; an empty address takes it away. `seen` is what the page showed."""
    situation = locked(situation)
    require(why_not_edit_family(by, situation))
    return _set(situation.family, address, seen)


@transaction.atomic
def set_own_address(*, family: Family, address: str, seen: str) -> Family:
    """The same, by the family on its own page."""
    return _set(family, address, seen)


def _set(family: Family, address: str, seen: str) -> Family:
    lock(family)
    family.refresh_from_db()
    require(why_not_have_address(family))
    if family.postal_address == address:
        return family
    if family.postal_address != seen:
        raise Refused(_("Osoite on vaihdettu sen jälkeen, kun sivu avattiin. Sivu pitää avata uudelleen."))
    family.postal_address = address
    family.full_clean(exclude=["link"])
    family.save(update_fields=["postal_address"])
    return family
