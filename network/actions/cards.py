"""Keeping one's own card, one's photograph, and one's unit."""

from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from perhekeskus import photographs
from perhekeskus.refusals import require

from ..models import Unit, Worker, WorkerPhoto
from ..rules.cards import OWN_FIELDS, UNIT_FIELDS, why_not_keep_unit, why_not_over

PHOTO_SIDE = 320


@transaction.atomic
def keep_card(*, by: Worker, fields: dict[str, Any], seen: str = "") -> Worker:
    """Save one's own card; whoever saves it has looked it through; `seen` marks the card they saw."""
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=by.pk)
    require(why_not_over(worker, fields, seen))
    for name in OWN_FIELDS:
        setattr(worker, name, fields[name])
    worker.card_confirmed_at = timezone.now()
    worker.save(update_fields=[*OWN_FIELDS, "card_confirmed_at"])
    worker.expertise.set(fields["expertise"])
    return worker


@transaction.atomic
def confirm_card(*, by: Worker) -> None:
    """Say that one's card is as it should be."""
    Worker.objects.filter(pk=by.pk).update(card_confirmed_at=timezone.now())


@transaction.atomic
def set_photo(*, by: Worker, file: BinaryIO, size: int) -> WorkerPhoto:
    """Put a photograph on one's own card; Refused when the file is no picture that we take."""
    jpeg = photographs.square_jpeg(photographs.read(file, size), PHOTO_SIDE)
    photo, _is_new = WorkerPhoto.objects.update_or_create(worker=by, defaults={"jpeg": jpeg})
    return photo


@transaction.atomic
def remove_photo(*, by: Worker) -> None:
    """Take one's photograph away; twice is once."""
    WorkerPhoto.objects.filter(worker=by).delete()


@transaction.atomic
def keep_unit(*, unit: Unit, by: Worker, fields: dict[str, Any], seen: str = "") -> Unit:
    """Save what the unit tells of itself; its name and place are the administrator's."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    require(why_not_keep_unit(by, unit))
    require(why_not_over(unit, fields, seen))
    for name in UNIT_FIELDS:
        setattr(unit, name, fields[name])
    unit.save(update_fields=UNIT_FIELDS)
    return unit
