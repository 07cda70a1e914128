"""The coordinator's count of shared times held, per month and municipality, with small numbers hidden."""

from collections import Counter
from datetime import date

from network.models import Worker
from network.tallies import counted_municipalities, numbers, oldest_month

from .dashboard.published import CountTable, published
from .dashboard.ranges import months_between
from .models import Kind


def first_month(worker: Worker, today: date) -> date:
    """The first month that can be asked for: that of the oldest count, or January of last year."""
    oldest = oldest_month(worker, ["held"])
    return min(oldest or date.max, date(today.year - 1, 1, 1))


def count_table(worker: Worker, first: date, last: date) -> CountTable:
    """Shared times held from the first month to the last, for a person who may count; three queries."""
    months = months_between(first, last)
    shared = set(Kind.objects.filter(counts_as_shared_time=True).values_list("code", flat=True))
    held: Counter[tuple[str, date]] = Counter()
    for (_figure, kind, municipality, month), number in numbers(worker, ["held"], first, last).items():
        if kind in shared:
            held[municipality, month] += number
    # Always the same municipalities, whatever the months: a month's total is the same in every range.
    municipalities = counted_municipalities(worker, ["held"])
    return published(
        [str(municipality) for municipality in municipalities],
        months,
        [[held[municipality.pk, month] for month in months] for municipality in municipalities],
    )
