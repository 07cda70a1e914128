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
        title=_("Mitä suunnitelmista on tehty"),
        counted=_(
            "Se, mitä suunnitelmassa sovittiin tehtäväksi, lasketaan siihen kuukauteen, jona siitä ensin"
            " sovittiin; tehdyksi tai sikseen jätetyksi merkitty lasketaan merkinnän kuukauteen."
        ),
        parts=lambda: {
            status.value: status.label
            for status in (MeasureStatus.AGREED, MeasureStatus.DONE, MeasureStatus.PUT_ASIDE)
        },
    ),
    Figure(
        name="outcome_family",
        title=_("Perheiden arvio suunnitelmista"),
        counted=_(
            "Jokainen suunnitelman asia lasketaan siihen kuukauteen, jona se arvioitiin, sen mukaan,"
            " miten asia on perheen mielestä muuttunut; uusi arvio tulee aiemman tilalle."
        ),
        parts=lambda: dict(OutcomeChange.choices),
    ),
    Figure(
        name="outcome_worker",
        title=_("Työntekijöiden arvio suunnitelmista"),
        counted=_(
            "Jokainen suunnitelman asia lasketaan siihen kuukauteen, jona se arvioitiin, sen mukaan,"
            " miten asia on työntekijöiden mielestä muuttunut; uusi arvio tulee aiemman tilalle."
        ),
        parts=lambda: dict(OutcomeChange.choices),
    ),
)
