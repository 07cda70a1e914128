"""What is counted on this floor, in words."""

from django.utils.translation import gettext_lazy as _

from network.tallies import Figure, add_figures

from .states import MeasureStatus, OutcomeChange

add_figures(
    Figure(
        name="contact",
        title=_("Luvatut yhteydenotot"),
        counted=_(
            "Perheelle luvattu ja tehty yhteydenotto lasketaan siihen kuukauteen, jolle se luvattiin; se"
            " on ajallaan, jos se tehtiin viimeistään luvattuna päivänä."
        ),
        parts=lambda: {"on_time": _("ajallaan"), "late": _("myöhässä")},
    ),
    Figure(
        name="measure",
        title=_("Suunnitelmien toimet"),
        counted=_(
            "Sovittu toimi lasketaan siihen kuukauteen, jona siitä ensin sovittiin, ja tehty tai sikseen"
            " jätetty siihen, jona se merkittiin."
        ),
        parts=lambda: {
            status.value: status.label
            for status in (MeasureStatus.AGREED, MeasureStatus.DONE, MeasureStatus.PUT_ASIDE)
        },
    ),
    Figure(
        name="outcome_family",
        title=_("Mitä suunnitelmasta oli hyötyä, perheiden mukaan"),
        counted=_(
            "Jokainen suunnitelman asia lasketaan sen mukaan, miten perhe arvioi sen kanssa käyneen,"
            " siihen kuukauteen, jona arvio annettiin; uusi arvio tulee aiemman tilalle."
        ),
        parts=lambda: dict(OutcomeChange.choices),
    ),
    Figure(
        name="outcome_worker",
        title=_("Mitä suunnitelmasta oli hyötyä, työntekijöiden mukaan"),
        counted=_(
            "Jokainen suunnitelman asia lasketaan sen mukaan, miten työntekijät arvioivat sen kanssa"
            " käyneen, siihen kuukauteen, jona arvio annettiin; uusi arvio tulee aiemman tilalle."
        ),
        parts=lambda: dict(OutcomeChange.choices),
    ),
)
