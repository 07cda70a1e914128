"""Where the chain breaks: how far the situations had come that ended in these months."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus.bars import Bars, Part, lying_bars

from ..states import OPEN_STAGES, Ending, Stage
from .parts import Numbers
from .published import Shown, published, total_of_shown
from .ranges import Range, months_between, span_words
from .tables import Table

CHAIN = "ketju"
STAGES = (*OPEN_STAGES, Stage.EVERYDAY)

TOLD = (
    gettext_lazy("Missä ketju katkeaa"),
    gettext_lazy(
        "Ajanjaksolla päättyneet tilanteet sen mukaan, mihin vaiheeseen ne ehtivät ennen päättymistään;"
        " viimeiseen vaiheeseen lasketaan ne, joissa perheen arki sujuu."
    ),
)


def chain_of(numbers: Numbers, months: Range) -> "Chain":
    """How many ended at each stage: four where the way broke off or was enough, and one where life runs."""
    each = months_between(months.first, months.last)
    rows = [[numbers.get(("ended_at", stage, month), 0) for month in each] for stage in OPEN_STAGES]
    everyday = [_running(numbers, month) for month in each]
    # Whose everyday life runs had a plan until then: they did not end at the plan.
    rows[-1] = [max(at_plan - run, 0) for at_plan, run in zip(rows[-1], everyday, strict=True)]
    counts = published([str(stage.label) for stage in STAGES], each, [*rows, everyday])
    return Chain(months, [row.total for row in counts.rows])


def _running(numbers: Numbers, month: date) -> int:
    return numbers.get(("ended", Ending.EVERYDAY, month), 0)


class Chain:
    """Stage by stage how many came so far, and how many ended there."""

    def __init__(self, months: Range, ended: Sequence[Shown]) -> None:
        self.months, self.ended = months, ended
        self.came = [total_of_shown(ended[place:]) for place in range(len(ended))]

    @property
    def all(self) -> Shown:
        return self.came[0]

    @property
    def running(self) -> Shown:
        return self.ended[-1]

    def picture(self) -> Bars | None:
        return lying_bars(
            [
                Part(str(stage.label), came.low, came.high, self._words(place))
                for place, (stage, came) in enumerate(zip(STAGES, self.came, strict=True))
            ],
            str(TOLD[0]),
            centred=True,
        )

    def _words(self, place: int) -> str:
        """56, joista 12 päättyi tähän"""
        came, ended = self.came[place], self.ended[place]
        if place == len(STAGES) - 1 or not ended.high:
            return came.words
        return _("%(came)s, tähän päättyi %(ended)s") % {"came": came.words, "ended": ended.words}

    def table(self) -> Table:
        went_on = [*self.came[1:], self.ended[-1]]
        return Table(
            CHAIN,
            f"{TOLD[0]}, {span_words(self.months.first, self.months.last)}",
            (_("Vaihe"), _("Ehti tähän"), _("Jatkui seuraavaan"), _("Päättyi tähän")),
            tuple(
                (str(stage.label), came, on, ended)
                if stage != Stage.EVERYDAY
                else (str(stage.label), came, "–", "–")
                for stage, came, on, ended in zip(STAGES, self.came, went_on, self.ended, strict=True)
            ),
            ((str(TOLD[0]), str(TOLD[1])),),
        )
