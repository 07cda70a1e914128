"""Along the way: what came of the talks and of the advice, how soon families met, where the chain breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.models import Worker
from network.tallies import network_numbers
from perhekeskus.words import today

from ..advice_counts import advice_counts
from ..figures import OFFERED
from ..states import ConversationResult
from . import waits
from .chain import CHAIN, Chain, chain_of
from .parts import Parts, counted, parts_of
from .published import Shown
from .ranges import Range, span_words
from .tables import Table, by_month, makes
from .waiting_now import WAITING_NOW, waiting_now

TALKS, ADVICE, RESULTS = "keskustelut", "neuvot", "neuvojen-tulos"


@dataclass(frozen=True)
class Talks:
    """Talks by what was agreed, and among them the offers of a shared time."""

    parts: Parts

    @property
    def all(self) -> Shown:
        return self.parts.total()

    @property
    def offers(self) -> Shown:
        return self.parts.total(*OFFERED)

    @property
    def accepted(self) -> Shown:
        return self.parts.total(ConversationResult.ACCEPTED)

    @property
    def thinking(self) -> Shown:
        return self.parts.total(ConversationResult.THINKING)

    @property
    def declined(self) -> Shown:
        return self.parts.total(ConversationResult.DECLINED)


def talks_and_chain(worker: Worker, months: Range) -> tuple[Talks, Chain]:
    """For a person who may count; one query."""
    numbers = network_numbers(worker, ["talk", "ended_at", "ended"], months.first, months.last)
    return Talks(parts_of(numbers, "talk", months)), chain_of(numbers, months)


def talk_table(talks: Talks, months: Range) -> Table:
    return talks.parts.table(TALKS, months, rows_are=_("Mitä sovittiin"), together=_("Keskusteluja yhteensä"))


@makes(TALKS, CHAIN)
def _talks_and_chain(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    talks, chain = talks_and_chain(worker, months)
    return [talk_table(talks, months), chain.table()]


@makes(waits.WAITS)
def _waits(worker: Worker, _months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return [waits.table(waits.waits(worker, today()))]


@makes(WAITING_NOW)
def _waiting_now(worker: Worker, _months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return [waiting_now(worker)]


# --- advice ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Advice:
    """How much advice was given, by municipality, and how much of it was enough."""

    given: Shown
    enough: Shown
    tables: tuple[Table, Table]


def advice(worker: Worker, months: Range) -> Advice:
    """For a person who may count; two queries."""
    counts = advice_counts(worker, months.first, months.last)
    span = {"span": span_words(months.first, months.last)}
    words = counted("advice")
    return Advice(
        counts.answered.total,
        counts.enough,
        (
            by_month(
                ADVICE,
                _("Annetut neuvot, %(span)s") % span,
                _("Kunta"),
                counts.answered,
                together=_("Koko verkosto"),
                counted=words,
            ),
            by_month(
                RESULTS,
                _("Mitä neuvoista seurasi, %(span)s") % span,
                _("Mitä seurasi"),
                counts.results,
                together=_("Neuvoja yhteensä"),
                counted=words,
            ),
        ),
    )


@makes(ADVICE, RESULTS)
def _advice(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return advice(worker, months).tables
