"""Writing down a child's own view, and taking it away for good."""

import uuid
from typing import BinaryIO

from django.db import transaction

from network.models import Worker
from perhekeskus import photographs
from perhekeskus.refusals import require

from ..models import ChildDrawing, ChildView, Situation
from ..models.children import LARGEST_DRAWING
from ..rules import children as rules
from .situations import locked, stand_in_line

LONGEST_SIDE = 1600


@transaction.atomic
def write(
    *,
    situation: Situation,
    by: Worker,
    view: ChildView,
    drawing: BinaryIO | None = None,
    size: int = 0,
    form_key: uuid.UUID | None = None,
) -> ChildView:
    """Keep what a child told; Refused when the drawing is no picture that we take. One form is one view."""
    # Unpacked before anything is locked: a large picture takes its moment.
    picture = photographs.read(drawing, size) if drawing is not None else None
    found = photographs.fitted_jpeg(picture, LONGEST_SIDE, LARGEST_DRAWING) if picture is not None else None
    if form_key is not None:
        stand_in_line(form_key)
        if earlier := ChildView.objects.filter(form_key=form_key, written_by=by).first():
            return earlier
    situation = locked(situation)
    require(rules.why_not_write(by, situation))
    view.situation, view.written_by, view.form_key = situation, by, form_key
    view.full_clean()
    view.save()
    if found is not None:
        jpeg, width, height = found
        ChildDrawing.objects.create(view=view, jpeg=jpeg, width=width, height=height)
    return view


@transaction.atomic
def remove(*, view: ChildView, by: Worker | None) -> None:
    """Take a child's view away for good, drawing and all; `by` is None when the family does."""
    view.situation = locked(view.situation)
    if by is not None:
        require(rules.why_not_remove(by, view))
    ChildView.objects.filter(pk=view.pk).delete()
