"""Who took part in the meetings that were held, and needs for which nobody is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import ContactRule, Municipality, Need, Unit, Worker
from network.states import Sector
from network.tallies import may_count, network_numbers
from perhekeskus.words import finnish_sort_key, listed

from .by_kind import by_kind
from .parts import Parts, parts_of, per_one_in_words, share_in_words
from .published import Shown, total_of_shown
from .ranges import Range
from .shared_times import all_kinds, shared_times
from .tables import Table, makes

SEATS, UNMET_NEEDS = "osallistujat", "tarpeet-ilman-yhteystietoa"
# Those who come for their work: the shares are of these.
WORKING = (*Sector, "other")

TOLD = (
    gettext_lazy("Tarpeet, joihin ei ole nimetty ketään"),
    gettext_lazy(
        "Yhteydenottolistan tarpeet, joihin kunnassa ei ole nimetty yhtään yksikköä, tiimiä tai työntekijää"
        " juuri nyt; mukana ovat kunnat, joissa verkostolla on yksikkö."
    ),
)


@dataclass(frozen=True)
class Seats:
    """Who was there, each counted at each meeting; and how many meetings there were."""

    parts: Parts
    meetings: Shown

    @property
    def all(self) -> str:
        return self.parts.total().words

    @property
    def close_people(self) -> str:
        return self.parts.total("close_person").words

    @property
    def close_people_of_one(self) -> str:
        """0,3: how many of them there were for each meeting; nothing when it can't be said."""
        return per_one_in_words(self.parts.total("close_person"), self.meetings)

    @property
    def third_sector_share(self) -> str:
        """25 % of those who came for their work; nothing when nobody did."""
        others = [self.parts.total(code) for code in WORKING if code != Sector.THIRD_SECTOR]
        return share_in_words(self.parts.total(Sector.THIRD_SECTOR), others)

    def table(self, months: Range) -> Table:
        return self.parts.table(SEATS, months, rows_are=_("Mistä"), together=_("Kaikki yhteensä"))


def seats(worker: Worker, months: Range) -> Seats:
    """For a person who may count. The meetings are those that are told: shared times, and of other kinds."""
    numbers = network_numbers(worker, ["seat"], months.first, months.last)
    kinds = all_kinds()
    times = shared_times(worker, months, kinds)
    meetings = total_of_shown([times.now.total, by_kind(worker, times, kinds).held_besides])
    return Seats(parts_of(numbers, "seat", months), meetings)


@makes(SEATS)
def _seats(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return [seats(worker, months).table(months)]


# --- needs -------------------------------------------------------------------------------------------


def unmet_needs(worker: Worker) -> Table:
    """Needs × municipalities of the network where nobody is on the yhteydenottolista; three queries.

    Nothing is hidden: it tells of the list, not of families.
    """
    rows: list[tuple[str, str]] = []
    if may_count(worker):
        named = set(ContactRule.objects.order_by().values_list("need", "municipality").distinct())
        with_units = Municipality.objects.filter(Exists(Unit.objects.filter(municipality=OuterRef("pk"))))
        municipalities = sorted(with_units, key=finnish_sort_key)
        for need in sorted(Need.objects.all(), key=finnish_sort_key):
            without = [one for one in municipalities if (need.pk, one.pk) not in named]
            if without:
                everywhere = len(without) == len(municipalities) > 1
                rows.append((str(need), _("kaikki kunnat") if everywhere else listed(without)))
    return Table(
        UNMET_NEEDS,
        _("Tarpeet, joihin ei ole nimetty ketään, ja kunnat, joissa näin on"),
        (_("Tarve"), _("Missä kunnissa")),
        tuple(rows),
        ((str(TOLD[0]), str(TOLD[1])),),
    )


@makes(UNMET_NEEDS)
def _unmet_needs(worker: Worker, _months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return [unmet_needs(worker)]
