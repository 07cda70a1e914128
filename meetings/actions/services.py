"""Who already helps the family: written down, told to the invited or not, taken away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import ServiceInvolved, Situation
from ..rules.situations import why_not_edit_family
from .situations import locked


def _opened(situation: Situation, by: Worker | None) -> Situation:
    situation = locked(situation)
    if by is not None:
        require(why_not_edit_family(by, situation))
    lock(situation.family)
    situation.family.refresh_from_db()
    return situation


def _require_may_tell(situation: Situation) -> None:
    if situation.family.address_protected:
        raise Refused(_("Perheellä on turvakielto: palveluista ei kerrota kutsutuille."))


@transaction.atomic
def add(*, situation: Situation, by: Worker, service: ServiceInvolved, tell: bool = False) -> ServiceInvolved:
    """Write down who helps already; the same one twice is once."""
    situation = _opened(situation, by)
    if same := situation.family.services.filter(name=service.name).first():
        return same
    service.family, service.recorded_by = situation.family, by
    if tell:
        _require_may_tell(situation)
        service.told_since, service.told_by = timezone.now(), by
    service.full_clean()
    service.save()
    return service


@transaction.atomic
def tell(*, situation: Situation, service: ServiceInvolved, by: Worker | None, told: bool) -> None:
    """Write down that the family lets the invited know of it, or does not; `by` is None on its own page."""
    situation = _opened(situation, by)
    service = situation.family.services.select_for_update(of=("self",)).get(pk=service.pk)
    if told == (service.told_since is not None):
        return
    if told:
        _require_may_tell(situation)
    service.told_since, service.told_by = (timezone.now(), by) if told else (None, None)
    service.save(update_fields=["told_since", "told_by"])


@transaction.atomic
def remove(*, situation: Situation, service: ServiceInvolved, by: Worker | None) -> None:
    """Take one away that no longer helps, or was written down by mistake."""
    situation = _opened(situation, by)
    situation.family.services.filter(pk=service.pk).delete()
