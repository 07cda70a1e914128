"""The stages of adoption as tables: each municipality now, and how many were where over time."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Worker
from perhekeskus.words import today

from .adoption import STEPS, AdoptionFacts, Moment, adoption
from .ranges import Range
from .tables import Table, makes

NOW, OVER_TIME = "kayttoonotto", "kayttoonotto-ajassa"

COUNTED = (
    (
        gettext_lazy("Vaihe"),
        gettext_lazy(
            "Koordinaattori kirjaa, missä vaiheessa kunta on ottamassa yhteistä toimintamallia käyttöön."
            " Vaihe on voimassa kirjatusta päivästä seuraavaan kirjaukseen."
        ),
    ),
    (
        gettext_lazy("Kunnat"),
        gettext_lazy(
            "Mukana ovat hyvinvointialueen kaikki kunnat, myös ne, joissa mallia ei vielä käytetä. Kunnat"
            " ovat aakkosjärjestyksessä, ja jokainen on kartalla yhtä suuri."
        ),
    ),
)


def moment_label(moment: Moment) -> str:
    """3/2026, or nyt"""
    return _("nyt") if moment.is_today else f"{moment.day.month}/{moment.day.year}"


def tables_of(facts: AdoptionFacts) -> tuple[Table, Table]:
    """Each municipality now, and the numbers over time."""
    counted = tuple((str(name), str(sentence)) for name, sentence in COUNTED)
    now = Table(
        NOW,
        _("Kunnat ja niiden vaiheet"),
        (_("Kunta"), _("Vaihe"), _("Mistä alkaen"), _("Lisätieto")),
        tuple(
            (
                str(one.municipality),
                str(one.step.words),
                one.row.since if one.row else "",
                one.row.note if one.row else "",
            )
            for one in facts.now
        ),
        counted,
    )
    over_time = Table(
        OVER_TIME,
        _("Kuntien määrä vaiheittain neljännesvuosien lopussa ja nyt"),
        (_("Vaihe"), *map(moment_label, facts.over_time)),
        tuple(
            (str(step.words), *(moment.numbers[i] for moment in facts.over_time))
            for i, step in enumerate(STEPS)
        ),
        counted,
    )
    return now, over_time


@makes(NOW, OVER_TIME)
def adoption_tables(worker: Worker, _months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    """As it is today, whatever months are asked for."""
    return tables_of(adoption(worker, today()))
