"""Finding people in the directory."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from .models import Area, Municipality, Organisation, Unit
from .querysets import WorkerQuerySet
from .search import found
from .sorting import finnish


def found_with_account(workers: WorkerQuerySet, text: str) -> WorkerQuerySet:
    """The administrator's search: as in the directory, and by e-mail address."""
    text = text.strip()
    by_address = workers.filter(email__icontains=text) if text else workers
    if "@" in text:
        return by_address
    return workers.filter(Q(pk__in=found(workers, text).values("pk")) | Q(pk__in=by_address.values("pk")))


def organisations_found(text: str) -> QuerySet[Organisation]:
    """Organisations whose name, or the name of whose unit, holds the text, with their `unit_count`."""
    organisations = Organisation.objects.annotate(unit_count=Count("units"))
    if text := text.strip():
        units = Unit.objects.filter(organisation=OuterRef("pk"), name__unaccent__icontains=text)
        organisations = organisations.filter(Q(name__unaccent__icontains=text) | Q(Exists(units)))
    return organisations


def municipalities_found(text: str) -> QuerySet[Municipality]:
    """Municipalities by either name, number or wellbeing services county."""
    municipalities = Municipality.objects.all()
    if text := text.strip():
        municipalities = municipalities.filter(
            Q(name_fi__unaccent__icontains=text)
            | Q(name_sv__unaccent__icontains=text)
            | Q(county_fi__unaccent__icontains=text)
            | Q(county_sv__unaccent__icontains=text)
            | Q(code=text)
        )
    return municipalities


def areas_found(text: str) -> QuerySet[Area]:
    """Areas by their own name or a municipality's, with their municipalities."""
    areas = Area.objects.prefetch_related(
        Prefetch("municipalities", Municipality.objects.order_by(finnish("name_fi")))
    )
    if text := text.strip():
        belongs = Municipality.objects.filter(areas=OuterRef("pk"), name_fi__unaccent__icontains=text)
        areas = areas.filter(Q(name__unaccent__icontains=text) | Q(Exists(belongs)))
    return areas
