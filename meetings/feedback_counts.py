"""How shared times were felt to be, in numbers: closed quarters of the whole network, small numbers hidden.

The three steps of a question add up to the same number of answers in every question, so small ones can't
just be left out (docs/adr/0022-feedback-without-a-giver.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import TruncQuarter

from network.models import Worker
from network.states import Sector
from network.tallies import may_count
from perhekeskus.words import HELSINKI

from .dashboard.published import Shown, shown
from .dashboard.ranges import later, quarter_words
from .models import FeedbackAnswer, Participation
from .states import FeedbackSide, FeedbackStep, WasNeeded

QUARTERS = 4


@dataclass(frozen=True)
class Told:
    """What is told of one question: how many answered, and the steps when they do not tell too much."""

    total: Shown
    steps: tuple[Shown, ...] | None


def told(numbers: Sequence[int]) -> Told:
    """What may be told of three numbers whose sum N is told as well, with the limit L.

    With small ones among them, the large ones are told as ranges wide enough for each small one to be
    anything from 1 to L - 1: the only large one by itself; of two, the second as a band of L numbers and the
    first as what is then left. When N is too small for that (under 2L - 1 for two numbers above zero, under
    3L - 1 for three), only N is told.
    """
    limit, total = settings.SMALL_NUMBER_LIMIT, sum(numbers)
    small = [place for place, number in enumerate(numbers) if 1 <= number < limit]
    big = [place for place, number in enumerate(numbers) if number >= limit]
    if not small:
        return Told(shown(total), tuple(Shown(number, number) for number in numbers))
    if not big or total < (len(small) + len(big)) * limit - 1:
        return Told(shown(total), None)
    steps = [shown(number) for number in numbers]
    if len(big) == 1:
        steps[big[0]] = Shown(total - len(small) * (limit - 1), total - len(small))
        return Told(shown(total), tuple(steps))
    first, second = big
    # The last band reaches as far as the first one leaves room.
    last = (total - (limit - 1) - limit) // limit
    band = min(numbers[second] // limit, last)
    low, high = band * limit, (total - limit - 1 if band == last else (band + 1) * limit - 1)
    steps[second] = Shown(low, high)
    steps[first] = Shown(max(limit, total - high - (limit - 1)), total - low - 1)
    return Told(shown(total), tuple(steps))


# --- quarters ------------------------------------------------------------------------------------


def closed_quarters(today: date) -> list[date]:
    """The first days of the latest quarters about which nobody can answer any more, the newest first."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    quarters: list[date] = []
    while len(quarters) < QUARTERS:
        first = later(first, -3)
        ends = later(first, 3) - timedelta(days=1)
        if ends + timedelta(days=settings.FEEDBACK_DAYS + 1) < today:
            quarters.append(first)
    return quarters


@dataclass
class Quarter:
    """What is told of one quarter: each side's questions, and of which sectors somebody was missed."""

    first: date
    sides: dict[FeedbackSide, list[Told]] = field(default_factory=dict)
    needed: dict[Sector, Told] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """7–9/2026"""
        return quarter_words(self.first)


def _bounds(quarters: Sequence[date], prefix: str) -> Q:
    return Q(
        **{
            f"{prefix}period__startswith__date__gte": quarters[-1],
            f"{prefix}period__startswith__date__lt": later(quarters[0], 3),
        }
    )


def _quarter(prefix: str) -> TruncQuarter:
    return TruncQuarter(F(f"{prefix}period__startswith"), tzinfo=HELSINKI)


def feedback_counts(worker: Worker, today: date) -> list[Quarter]:
    """The closed quarters, for a person who may count; two queries."""
    if not may_count(worker):
        return []
    quarters = closed_quarters(today)
    answers = (
        FeedbackAnswer.objects.filter(_bounds(quarters, "meeting__"))
        .annotate(quarter=_quarter("meeting__"))
        .order_by()
        .values_list("quarter", "side", "first", "second", "third")
        .annotate(Count("pk"))
    )
    rows = [(quarter.date(), side, steps, number) for quarter, side, *steps, number in answers]
    missed = _missed(quarters)
    found = []
    for first in quarters:
        quarter = Quarter(first)
        for side in FeedbackSide:
            mine = [(steps, number) for day, of, steps, number in rows if (day, of) == (first, side)]
            quarter.sides[side] = [told(_sums(mine, place)) for place in range(3)]
        quarter.needed = {
            sector: told([missed.get((first, sector, word), 0) for word in WasNeeded])
            for sector in Sector
            if any((first, sector, word) in missed for word in WasNeeded)
        }
        found.append(quarter)
    return found


def _sums(rows: Iterable[tuple[Sequence[str], int]], place: int) -> list[int]:
    rows = list(rows)
    return [sum(number for steps, number in rows if steps[place] == step) for step in FeedbackStep]


def _missed(quarters: Sequence[date]) -> dict[tuple[date, Sector, WasNeeded], int]:
    """How often somebody of a sector who was missing was, or was not, needed."""
    counts: dict[tuple[date, Sector, WasNeeded], int] = {}
    for path in ("worker__unit__organisation__sector", "unit__organisation__sector"):
        rows = (
            Participation.objects.filter(_bounds(quarters, "meeting__"), **{f"{path}__isnull": False})
            .exclude(was_needed="")
            .annotate(quarter=_quarter("meeting__"))
            .order_by()
            .values_list("quarter", path, "was_needed")
            .annotate(Count("pk"))
        )
        for quarter, sector, word, number in rows:
            key = (quarter.date(), Sector(sector), WasNeeded(word))
            counts[key] = counts.get(key, 0) + number
    return counts


def lessons(worker: Worker, today: date) -> list[str]:
    """What professionals say that they learned in the latest closed quarter; none when there are few."""
    if not may_count(worker):
        return []
    newest = closed_quarters(today)[:1]
    answers = list(
        FeedbackAnswer.objects.filter(_bounds(newest, "meeting__"), side=FeedbackSide.PROFESSIONAL)
        .exclude(words="")
        .order_by("key")
        .values_list("words", flat=True)[:100]
    )
    # What several have said in the same words is read once.
    return list(dict.fromkeys(answers)) if len(answers) >= settings.SMALL_NUMBER_LIMIT else []
