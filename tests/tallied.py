"""What is counted just now: the numbers and the changes that are not folded into them yet, together."""

from collections import Counter
from datetime import date

from network.models import Tally, TallyChange

Place = tuple[str, str, str, date]


def tallied(*figures: str) -> dict[Place, int]:
    """(figure, part, municipality, month) → how many, but zero; all figures when none is named."""
    found: Counter[Place] = Counter()
    for rows, number in ((Tally.objects.all(), "number"), (TallyChange.objects.all(), "change")):
        for *place, how_many in rows.values_list("figure", "part", "municipality_id", "month", number):
            found[tuple(place)] += how_many
    return {
        place: number for place, number in found.items() if number and (not figures or place[0] in figures)
    }


def in_all(figure: str, *parts: str) -> int:
    """How many of the figure, or of these parts of it, everywhere and in every month."""
    return sum(number for place, number in tallied(figure).items() if not parts or place[1] in parts)
