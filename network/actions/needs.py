"""Keeping the needs of the yhteydenottolista: the same ones in every municipality."""

from collections.abc import Iterable

from django.db import transaction

from perhekeskus.refusals import require

from ..models import Expertise, Need, Worker
from ..rules.contacts import why_not_edit_contacts, why_not_remove_need


@transaction.atomic
def save(*, need: Need, by: Worker, expertise: Iterable[Expertise]) -> Need:
    """Write down a new need, or the changed words of one. Raises Refused and ValidationError."""
    require(why_not_edit_contacts(by))
    need.full_clean()
    need.save()
    need.expertise.set(expertise)
    return need


@transaction.atomic
def remove(*, need: Need, by: Worker) -> None:
    """Take away a need that no list answers any more; gone already, there is nothing to do."""
    require(why_not_edit_contacts(by))
    locked = Need.objects.select_for_update().filter(pk=need.pk).first()
    if locked is None:
        return
    require(why_not_remove_need(locked))
    locked.delete()
