"""The municipalities by stage over time, as columns: points worked out here, a template writes them down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus.words import listed

from .adoption import STEPS, Moment
from .adoption_tables import moment_label

BOARD, TOP, FLOOR = 720, 8.0, 268.0
# Below this a number does not fit into its piece; the table beside the picture has it.
LOWEST_WITH_NUMBER = 14.0


@dataclass(frozen=True)
class Piece:
    """The municipalities of one stage in a column; `tone` names its colour and pattern."""

    tone: int
    number: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    centre: str
    plate_x: str
    plate_y: str
    has_number: bool


@dataclass(frozen=True)
class Column:
    label: str
    middle: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class StageColumns:
    columns: tuple[Column, ...]
    title: str
    description: str
    width: int = BOARD
    height: int = 300
    floor: str = f"{FLOOR:g}"
    label_y: str = f"{FLOOR + 22:g}"


def stage_columns(moments: Sequence[Moment]) -> StageColumns:
    """Each moment a column of as many municipalities, those who are furthest on the way at the bottom."""
    step = BOARD / max(len(moments), 1)
    thick = min(step * 0.74, 72.0)
    columns = []
    for i, moment in enumerate(moments):
        middle = step * (i + 0.5)
        unit = (FLOOR - TOP) / max(sum(moment.numbers), 1)
        pieces, bottom = [], FLOOR
        for tone in [*reversed(range(5)), *range(5, len(STEPS))]:
            number = moment.numbers[tone]
            if not number:
                continue
            height = unit * number
            bottom -= height
            centre = bottom + height / 2
            pieces.append(
                Piece(
                    tone=tone + 1,
                    number=number,
                    x=f"{middle - thick / 2:.1f}",
                    y=f"{bottom:.1f}",
                    width=f"{thick:.1f}",
                    height=f"{height:.1f}",
                    middle=f"{middle:.1f}",
                    centre=f"{centre + 4.5:.1f}",
                    plate_x=f"{middle - 12:.1f}",
                    plate_y=f"{centre - 7:.1f}",
                    has_number=height >= LOWEST_WITH_NUMBER,
                )
            )
        columns.append(Column(moment_label(moment), f"{middle:.1f}", tuple(pieces)))
    return StageColumns(tuple(columns), _("Kunnat vaiheittain"), _describe(moments))


def _describe(moments: Sequence[Moment]) -> str:
    """What the first and the last column say; the table beside has the rest."""
    told = []
    for moment in [moments[0], moments[-1]] if moments else []:
        numbers = listed(
            ngettext("%(words)s %(count)d kunta", "%(words)s %(count)d kuntaa", number)
            % {"words": step.words, "count": number}
            for step, number in zip(STEPS, moment.numbers, strict=True)
            if number
        )
        told.append(f"{moment_label(moment)}: {numbers}.")
    return " ".join(told)
