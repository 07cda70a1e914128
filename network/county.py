"""Which municipalities are ours: all of the county, also those where nobody works in this way yet."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import AdoptionStage, Municipality, Unit


def our_municipalities() -> QuerySet[Municipality]:
    """Those of our counties and those of which a stage is recorded, in no order.

    Our counties are those of the setting `COUNTIES`; without it those where the network has units.
    """
    counties = settings.COUNTIES or Unit.objects.values("municipality__county_fi")
    recorded = AdoptionStage.objects.in_force().filter(municipality=OuterRef("pk"))
    return Municipality.objects.filter(Q(county_fi__in=counties) | Q(Exists(recorded)))
