"""When a family's postal address may be written down."""

from django.utils.translation import gettext as _

from network.models import Family

from .situations import Sentence


def why_not_have_address(family: Family) -> Sentence:
    if family.address_protected:
        return _("Perheellä on turvakielto, joten osoitetta ei kirjata.")
    return None
