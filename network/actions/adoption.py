"""Recording how far a municipality is, and taking a mistaken row back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from ..models import AdoptionStage, Municipality, Worker
from ..rules import adoption as rules
from ..rules.groups import why_not_seen
from ..states import Adoption


def mark_of(municipality: Municipality) -> int:
    """A number that grows with every row that is written or taken back."""
    rows = AdoptionStage.objects.filter(municipality=municipality)
    return sum(rows.aggregate(rows=Count("pk"), taken_back=Count("taken_back_at")).values())


@transaction.atomic
def record(
    *,
    by: Worker,
    municipality: Municipality,
    stage: Adoption,
    since: date,
    note: str = "",
    form_key: UUID | None = None,
    seen_mark: int | None = None,
) -> AdoptionStage:
    """From this day on the municipality is in this stage; an earlier row of the same day is taken back."""
    lock(municipality)
    already = AdoptionStage.objects.filter(form_key=form_key).first() if form_key else None
    # The same form with other words, after going back, is not the same: its page is too old.
    if already and (already.stage, already.since, already.note) == (stage, since, note.strip()):
        return already
    require(rules.why_not_record(by, since))
    if seen_mark is not None:
        require(why_not_seen(mark_of(municipality), seen_mark))
    now = timezone.now()
    same_day = AdoptionStage.objects.in_force().filter(municipality=municipality, since=since)
    same_day.update(taken_back_at=now, taken_back_by=by)
    return AdoptionStage.objects.create(
        municipality=municipality,
        stage=stage,
        since=since,
        note=note.strip(),
        recorded_at=now,
        recorded_by=by,
        form_key=form_key,
    )


@transaction.atomic
def take_back(*, stage: AdoptionStage, by: Worker) -> AdoptionStage:
    """The row was a mistake: it stays to be read, and says nothing of the municipality any more."""
    lock(stage.municipality)
    stage = AdoptionStage.objects.get(pk=stage.pk)
    require(rules.why_not_take_back(by, stage))
    stage.taken_back_at, stage.taken_back_by = timezone.now(), by
    stage.save(update_fields=["taken_back_at", "taken_back_by"])
    return stage
