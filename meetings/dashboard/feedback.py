"""How shared times were felt to be, as tables: a row for each question of each closed quarter."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from network.states import Sector
from perhekeskus.words import today

from ..feedback_counts import Quarter, Told, feedback_counts
from ..forms.feedback import QUESTIONS
from ..states import FeedbackSide, FeedbackStep, WasNeeded
from .ranges import Range
from .tables import Table, Value, makes

MISSED = "puuttuneet"
OF_SIDES = {
    FeedbackSide.FAMILY: ("palaute-perheet", gettext_lazy("Perheiden vastaukset")),
    FeedbackSide.PROFESSIONAL: ("palaute-ammattilaiset", gettext_lazy("Ammattilaisten vastaukset")),
}
TOLD = (
    gettext_lazy("Palaute tapaamisista"),
    gettext_lazy(
        "Perheiden ja ammattilaisten vastaukset vuosineljänneksen tapaamisista koko verkostossa. Luvut"
        " näytetään vasta, kun kysymyksiin ei voi enää vastata."
    ),
)
TOLD_OF_MISSED = (
    gettext_lazy("Olisiko puuttunutta tarvittu"),
    gettext_lazy(
        "Koollekutsujan arvio kutsutuista, jotka eivät päässeet tapaamiseen, heidän toimialansa mukaan."
    ),
)


def feedback_tables(quarters: Sequence[Quarter]) -> list[Table]:
    """A table of each side that has answered, and one of whom the meetings missed."""
    tables = [_of_side(side, quarters) for side in FeedbackSide]
    tables.append(
        Table(
            MISSED,
            str(TOLD_OF_MISSED[0]),
            (_("Toimiala"), _("Neljännes"), *(str(word.label) for word in WasNeeded), _("Yhteensä")),
            tuple(
                (str(sector.label), quarter.name, *_cells(quarter.needed[sector]))
                for sector in Sector
                for quarter in quarters
                if sector in quarter.needed
            ),
            ((str(TOLD_OF_MISSED[0]), str(TOLD_OF_MISSED[1])),),
            has_total_column=True,
        )
    )
    return [table for table in tables if table.rows]


def _of_side(side: FeedbackSide, quarters: Sequence[Quarter]) -> Table:
    name, caption = OF_SIDES[side]
    return Table(
        name,
        str(caption),
        (_("Kysymys"), _("Neljännes"), *(str(step.label) for step in FeedbackStep), _("Vastauksia")),
        tuple(
            (str(label), quarter.name, *_cells(quarter.sides[side][place]))
            for place, (label, _steps) in enumerate(QUESTIONS[side])
            for quarter in quarters
            if quarter.sides[side][place].total.high
        ),
        ((str(TOLD[0]), str(TOLD[1])),),
        has_total_column=True,
    )


def _cells(one: Told) -> tuple[Value, ...]:
    """The steps, or lines where they would tell too much, and how many there are."""
    return (*(one.steps if one.steps is not None else ("–", "–", "–")), one.total)


@makes(*(name for name, _caption in OF_SIDES.values()), MISSED)
def _tables(worker: Worker, _months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    return feedback_tables(feedback_counts(worker, today()))
