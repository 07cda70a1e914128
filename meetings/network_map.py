"""Who works with whom: sectors that sat down together in the shared times of the latest whole half-year.

Half-years follow each other without a month in common: of two maps that overlapped, one less the other would
tell of a single month.

No family is behind any number: small ones are hidden, and what is told of the whole network is worked out of
what may be told of its municipalities (docs/adr/0006-small-numbers.md).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from network.models import Municipality
from network.states import Sector

from .dashboard.published import Shown, month_total, shown
from .dashboard.ranges import later, month_of

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
    """The map of a municipality, or of the whole network. One query."""
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
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for _municipality, one, other, count in rows:
        numbers[one, other].append(count)
    told = {
        pair: shown(counts[0]) if municipality is not None else month_total(counts)
        for pair, counts in numbers.items()
    }
    return NetworkMap(
        first=first,
        last=last,
        sectors={sector: told.get((sector, sector), Shown(0, 0)) for sector in Sector.values},
        pairs={pair: number for pair, number in told.items() if pair[0] != pair[1]},
    )
