"""The under-18s of municipalities."""

from collections.abc import Collection

from .models import Population


def populations(codes: Collection[str], year: int) -> dict[str, int]:
    """By municipality the under-18s of the latest known year that is not after this one; one query.

    A municipality of which nothing is known is left out.
    """
    known = Population.objects.filter(year__lte=year)
    latest = known.order_by("municipality_id", "-year").distinct("municipality_id")
    wanted = set(codes)
    found = latest.values_list("municipality_id", "under_18")
    return {code: under_18 for code, under_18 in found if code in wanted}
