"""Who works with whom: sectors that sat down together in the shared times of the latest whole half-year.

Half-years follow each other without a month in common: of two maps that overlapped, one less the other would
tell of a single month.

No family is behind any number: small ones are hidden (docs/adr/0006-small-numbers.md). A sector was in no
more shared times of a municipality than were held there: so its number is told only as far as those are told
(0035), and that of the whole network only when it tells none of its municipalities' numbers closer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from network.models import Municipality
from network.states import Sector
from network.tally_rows import rows_by_month

from .dashboard.published import Shown, shown, total_of_shown
from .dashboard.ranges import later, month_of, months_between
from .dashboard.readers import the_house
from .dashboard.shared_times import all_kinds

HALF_YEAR = 6

# The convener is there; of the others those who came. Somebody of a unit or a team is of the sector of the
# one who came, or of the unit; a professional from outside has none.
TOGETHER = """
    WITH held AS (
        SELECT id, municipality_id, convener_id FROM meetings_meeting
        WHERE status = 'held' AND kind = 'shared_time'
          AND lower(period) >= %(first)s::timestamp AT TIME ZONE 'Europe/Helsinki'
          AND lower(period) < %(after)s::timestamp AT TIME ZONE 'Europe/Helsinki'
          AND (%(municipality)s::text IS NULL OR municipality_id = %(municipality)s)
    ),
    seat AS (
        SELECT held.id, worker.unit_id
        FROM held JOIN network_worker AS worker ON worker.id = held.convener_id
        UNION
        SELECT held.id, COALESCE(worker.unit_id, participation.unit_id)
        FROM held
        JOIN meetings_participation AS participation ON participation.meeting_id = held.id
        LEFT JOIN network_invitation AS invitation ON invitation.id = participation.invitation_id
        LEFT JOIN network_worker AS worker
               ON worker.id = COALESCE(participation.worker_id, invitation.coming_worker_id)
        WHERE participation.attendance = 'present'
    ),
    present AS (
        SELECT DISTINCT seat.id, organisation.sector
        FROM seat
        JOIN network_unit AS unit ON unit.id = seat.unit_id
        JOIN network_organisation AS organisation ON organisation.id = unit.organisation_id
    )
    SELECT held.municipality_id, one.sector, other.sector, count(*)
    FROM held
    JOIN present AS one ON one.id = held.id
    JOIN present AS other ON other.id = held.id AND other.sector >= one.sector COLLATE "C"
    GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class NetworkMap:
    """What is told: of each sector in how many shared times it was, and of each two in how many together."""

    first: date
    last: date
    sectors: dict[str, Shown]
    pairs: dict[tuple[str, str], Shown]

    @property
    def missing(self) -> list[str]:
        """Sectors that were in none."""
        return [sector for sector in Sector.values if not self.sectors[sector].high]

    def together(self, one: str, other: str) -> Shown:
        return self.pairs.get((min(one, other), max(one, other)), Shown(0, 0))


def months_of_map(today: date) -> tuple[date, date]:
    """The first and the last month of the latest half-year of the calendar that is over."""
    now = month_of(today)
    first = later(now, -((now.month - 1) % HALF_YEAR) - HALF_YEAR)
    return first, later(first, HALF_YEAR - 1)


def network_map(today: date, municipality: Municipality | None) -> NetworkMap:
    """The map of a municipality, or of the whole network. Three queries."""
    first, last = months_of_map(today)
    with connection.cursor() as cursor:
        cursor.execute(
            TOGETHER,
            {
                "first": first,
                "after": later(last, 1),
                "municipality": municipality.pk if municipality else None,
            },
        )
        rows = cursor.fetchall()
    held = _held(first, last)
    numbers: dict[tuple[str, str], list[tuple[int, Shown]]] = defaultdict(list)
    for code, one, other, count in rows:
        numbers[one, other].append((count, as_far_as_held(count, held.get(code, shown(0)))))
    told = {
        pair: counts[0][1] if municipality is not None else sum_of_told(counts)
        for pair, counts in numbers.items()
    }
    return NetworkMap(
        first=first,
        last=last,
        sectors={sector: told.get((sector, sector), Shown(0, 0)) for sector in Sector.values},
        pairs={pair: number for pair, number in told.items() if pair[0] != pair[1]},
    )


def _held(first: date, last: date) -> dict[str, Shown]:
    """Of each municipality how many shared times are told to have been held in these months."""
    shared = [kind.code for kind in all_kinds() if kind.counts_as_shared_time]
    months = rows_by_month(the_house(), "held", shared, months_between(first, last))
    return {code: total_of_shown(map(shown, numbers)) for code, numbers in months.items()}


def as_far_as_held(count: int, held: Shown) -> Shown:
    """In how many shared times a sector was; when in nearly all that are told, only that it was."""
    sure = max(settings.SMALL_NUMBER_LIMIT, held.low)
    return shown(count) if count < sure else Shown(sure, max(held.high, count))


def sum_of_told(numbers: Sequence[tuple[int, Shown]]) -> Shown:
    """What is told of the sum of numbers, each of which is told: exactly it, but for both ends.

    As `blocks.sum_of_hidden`, for ranges of any length: each number can still be any that it is told to be.
    """
    rough = [(count, told) for count, told in numbers if not told.is_exact]
    total, around = sum(count for count, _told in numbers), total_of_shown(told for _count, told in numbers)
    reach = max((told.high - told.low for _count, told in rough), default=0)
    if around.high - around.low <= 2 * reach:
        return around
    if total <= around.low + reach:
        return Shown(around.low, around.low + reach)
    if total >= around.high - reach:
        return Shown(around.high - reach, around.high)
    return Shown(total, total)
