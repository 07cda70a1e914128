"""Recording a structural grievance without any family's data, and handling it until it has an answer."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require
from perhekeskus.words import today

from ..models import GrievanceStep, Municipality, StructuralGrievance, Worker
from ..rules import grievances as rules
from ..rules.groups import why_not_seen
from ..rules.texts import why_not_this_text
from ..states import GrievanceState, GrievanceTheme


@transaction.atomic
def record(
    *, by: Worker, municipality: Municipality, theme: GrievanceTheme, text: str, form_key: UUID | None = None
) -> StructuralGrievance:
    """Write down what stands in many families' way. Neither the writer nor the day is kept."""
    require(rules.why_not_record(by))
    require(why_not_this_text(by, text))
    told = {
        "municipality": municipality,
        "theme": theme,
        "text": text.strip(),
        "recorded_month": StructuralGrievance.month_of(today()),
    }
    if form_key is None:
        return StructuralGrievance.objects.create(**told)
    grievance, _is_new = StructuralGrievance.objects.get_or_create(form_key=form_key, defaults=told)
    return grievance


@transaction.atomic
def name_owner(*, grievance: StructuralGrievance, by: Worker, owner: Worker) -> StructuralGrievance:
    """Give the grievance to somebody to handle; what waited is being handled from then on."""
    grievance = _locked(grievance)
    require(rules.why_not_name_owner(by, grievance, owner))
    return _save(grievance, by, owner=owner, state=GrievanceState.UNDER_WAY)


@transaction.atomic
def move(
    *,
    grievance: StructuralGrievance,
    by: Worker,
    to: GrievanceState,
    answer: str,
    outcome: str,
    seen_version: int,
) -> StructuralGrievance:
    """Answer it, finish it, put it aside with the reason, or take it up again."""
    grievance = _locked(grievance)
    require(why_not_seen(grievance.version, seen_version))
    require(rules.why_not_move(by, grievance, to, answer=answer, outcome=outcome))
    require(why_not_this_text(by, answer, outcome))
    owner = None if to == GrievanceState.RECORDED else grievance.owner
    return _save(grievance, by, owner=owner, state=to, answer=answer.strip(), outcome=outcome.strip())


def _locked(grievance: StructuralGrievance) -> StructuralGrievance:
    lock(grievance)
    return StructuralGrievance.objects.select_related("owner").get(pk=grievance.pk)


def _save(grievance: StructuralGrievance, by: Worker, **changes: Any) -> StructuralGrievance:
    for name, value in changes.items():
        setattr(grievance, name, value)
    grievance.version += 1
    grievance.save()
    GrievanceStep.objects.create(
        grievance=grievance, state=grievance.state, owner=grievance.owner, at=timezone.now(), by=by
    )
    return grievance
