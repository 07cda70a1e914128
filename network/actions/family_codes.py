"""The one-time code of the family's own page, sent when the family asks."""

from django.db import transaction

from perhekeskus.models import LinkCode
from perhekeskus.refusals import require

from ..code_messages import queue_code
from ..models import Family
from ..rules.families import why_not_code
from .link_codes import new_code


@transaction.atomic
def send_code(family: Family) -> LinkCode:
    """Send the family a code to the address on record. Asked again within a moment, the same code will do."""
    require(why_not_code(family))
    assert family.link is not None
    code, is_new = new_code(family.link, family.code_address[1])
    if is_new:
        queue_code(code, family)
    return code
