"""Along the way: what came of the talks, of the advice, and how soon the shared time was."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from network.models import Worker

from ..advice_counts import advice_counts
from .ranges import Range, span_words
from .tables import Table, by_month, makes

ADVICE, ENOUGH = "neuvot", "neuvot-riittivat"


@makes(ADVICE, ENOUGH)
def advice_tables(worker: Worker, months: Range, _choices: Mapping[str, str]) -> Sequence[Table]:
    """Advice that was given, and what of it was enough, by municipality."""
    counts = advice_counts(worker, months.first, months.last)
    span = {"span": span_words(months.first, months.last)}
    counted = [
        (
            _("Annetut neuvot"),
            _(
                "Neuvot, jotka annettiin perheen luvalla. Neuvo kuuluu siihen kuukauteen, jona siihen"
                " vastattiin, ja perheen kuntaan."
            ),
        ),
        (_("Neuvo riitti"), _("Niistä ne, joista kysyjä on kirjannut, ettei tapaamista tarvittu.")),
    ]
    return [
        by_month(name, caption % span, _("Kunta"), table, together=_("Koko verkosto"), counted=counted)
        for name, caption, table in (
            (ADVICE, _("Annetut neuvot, %(span)s"), counts.answered),
            (ENOUGH, _("Niistä riitti neuvo, %(span)s"), counts.enough),
        )
    ]
