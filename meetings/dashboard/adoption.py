"""How far the county's municipalities are: now, on the map, and over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.county import our_municipalities
from network.models import AdoptionStage, Municipality, Worker
from network.states import Adoption
from perhekeskus.words import finnish_sort_key

from .ranges import later

Words = str | Promise

# So many quarters are told at most, and at least.
MOST_QUARTERS, FEWEST_QUARTERS = 12, 4


@dataclass(frozen=True)
class Step:
    """One way to be: its code, the sign that stands for it in pictures, its words. The code "" is no row."""

    code: str
    sign: str
    words: Words


STEPS = (
    Step(Adoption.NOT_DISCUSSED, "1", Adoption.NOT_DISCUSSED.label),
    Step(Adoption.GOAL, "2", Adoption.GOAL.label),
    Step(Adoption.PLANNED, "3", Adoption.PLANNED.label),
    Step(Adoption.TRIAL, "4", Adoption.TRIAL.label),
    Step(Adoption.ROOTED, "5", Adoption.ROOTED.label),
    Step(Adoption.NOT_NEEDED, "–", Adoption.NOT_NEEDED.label),
    Step(Adoption.NO_ANSWER, "?", Adoption.NO_ANSWER.label),
    Step("", "·", _("vaihetta ei ole kirjattu")),
)
STEP = {step.code: step for step in STEPS}


@dataclass(frozen=True)
class Now:
    """A municipality today: its step, and the row that says so, if there is one."""

    municipality: Municipality
    step: Step
    row: AdoptionStage | None


@dataclass(frozen=True)
class CountyMap:
    """A county's municipalities that have a place on its map, and those that have none."""

    county: str
    tiles: tuple[Now, ...]
    outside: tuple[Now, ...]


@dataclass(frozen=True)
class Moment:
    """On the evening of a day how many municipalities were at each of the `STEPS`, in their order."""

    day: date
    is_today: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class AdoptionFacts:
    now: tuple[Now, ...]
    maps: tuple[CountyMap, ...]
    over_time: tuple[Moment, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many municipalities are at each of the `STEPS` today."""
        return self.over_time[-1].numbers


def adoption(worker: Worker, today: date) -> AdoptionFacts:
    """The municipalities as Finns sort them, in two queries; without stages for one who may not count."""
    municipalities = sorted(our_municipalities(), key=finnish_sort_key)
    rows: dict[str, list[AdoptionStage]] = {one.pk: [] for one in municipalities}
    found = AdoptionStage.objects.visible_to(worker).in_force().filter(municipality__in=list(rows))
    for row in found.order_by("since"):
        rows[row.municipality_id].append(row)
    now = tuple(_now(one, rows[one.pk], today) for one in municipalities)
    first = min((of_one[0].since for of_one in rows.values() if of_one), default=today)
    return AdoptionFacts(now, tuple(_maps(now)), tuple(_over_time(list(rows.values()), first, today)))


def _at(rows: Sequence[AdoptionStage], day: date) -> AdoptionStage | None:
    """The last of the rows, which are in order of time, that had begun by the day."""
    begun = [row for row in rows if row.since <= day]
    return begun[-1] if begun else None


def _now(municipality: Municipality, rows: Sequence[AdoptionStage], today: date) -> Now:
    row = _at(rows, today)
    return Now(municipality, STEP[row.stage if row else ""], row)


def _maps(now: Iterable[Now]) -> Iterable[CountyMap]:
    counties: dict[str, list[Now]] = {}
    for one in now:
        counties.setdefault(one.municipality.county_fi, []).append(one)
    for of_county in counties.values():
        yield CountyMap(
            of_county[0].municipality.county,
            tuple(one for one in of_county if one.municipality.tile_column),
            tuple(one for one in of_county if not one.municipality.tile_column),
        )


def _over_time(rows: Sequence[Sequence[AdoptionStage]], first: date, today: date) -> Iterable[Moment]:
    """The ends of the quarters since the first row, and today."""
    for day in [*quarter_ends(first, today), today]:
        numbers = dict.fromkeys(STEP, 0)
        for of_one in rows:
            row = _at(of_one, day)
            numbers[row.stage if row else ""] += 1
        yield Moment(day, day == today, tuple(numbers.values()))


def quarter_ends(first: date, today: date) -> list[date]:
    """The last days of the quarters that are over, from that of the first day on: some, but not too many."""
    now = date(today.year, today.month - (today.month - 1) % 3, 1)
    ends = [later(now, -3 * ago) - timedelta(days=1) for ago in range(MOST_QUARTERS)]
    told = [end for number, end in enumerate(ends) if end >= first or number < FEWEST_QUARTERS]
    return told[::-1]
