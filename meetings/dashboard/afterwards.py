"""Afterwards: promised contacts, what was done, and what came of the plans from both sides.

The plans' floor counts these; here they are read by the names of their figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.models import Worker
from network.tallies import network_numbers

from .parts import Parts, parts_of, share_in_words
from .ranges import Range
from .tables import Table, makes

CONTACTS, MEASURES = "luvatut-yhteydenotot", "toimet"
FAMILY_OUTCOMES, WORKER_OUTCOMES = "arviot-perheet", "arviot-tyontekijat"
FIGURES = ("contact", "measure", "outcome_family", "outcome_worker")


@dataclass(frozen=True)
class Afterwards:
    """Each figure by its parts over the months."""

    months: Range
    contacts: Parts
    measures: Parts
    by_families: Parts
    by_workers: Parts

    @property
    def on_time_share(self) -> str:
        """86 % of the contacts that were made; nothing when there were none."""
        return share_in_words(self.contacts.total("on_time"), [self.contacts.total("late")])

    @property
    def better_by_families(self) -> str:
        return _better(self.by_families)

    @property
    def better_by_workers(self) -> str:
        return _better(self.by_workers)

    @property
    def contact_table(self) -> Table:
        return self.contacts.table(
            CONTACTS, self.months, rows_are=_("Miten"), together=_("Yhteydenottoja yhteensä")
        )

    @property
    def measure_table(self) -> Table:
        """Without a sum: what was agreed on in one month is done in another."""
        return self.measures.table(MEASURES, self.months, rows_are=_("Mitä tapahtui"))

    @property
    def family_table(self) -> Table:
        return self._outcomes(FAMILY_OUTCOMES, self.by_families)

    @property
    def worker_table(self) -> Table:
        return self._outcomes(WORKER_OUTCOMES, self.by_workers)

    def _outcomes(self, name: str, parts: Parts) -> Table:
        return parts.table(name, self.months, rows_are=_("Miten nyt on"), together=_("Arvioituja asioita"))

    @property
    def tables(self) -> Sequence[Table]:
        return [self.contact_table, self.measure_table, self.family_table, self.worker_table]


def _better(parts: Parts) -> str:
    return share_in_words(parts.total("better"), [parts.total("same"), parts.total("worse")])


def afterwards(worker: Worker, months: Range) -> Afterwards:
    """For a person who may count; one query."""
    numbers = network_numbers(worker, FIGURES, months.first, months.last)
    return Afterwards(months, *(parts_of(numbers, figure, months) for figure in FIGURES))


@makes(CONTACTS, MEASURES, FAMILY_OUTCOMES, WORKER_OUTCOMES)
def _tables(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return afterwards(worker, months).tables
