"""What is counted on this floor, in words."""

from django.utils.translation import gettext_lazy as _

from network.states import Sector
from network.tallies import Figure, add_figures

from .given_words import in_own_language
from .models import Kind
from .states import OPEN_STAGES, ConversationResult, Ending, WayIn, WhoCancelled

# The results of a talk in which a shared time was offered.
OFFERED = (ConversationResult.ACCEPTED, ConversationResult.THINKING, ConversationResult.DECLINED)
# What the form says in the worker's own voice.
RESULTS = {ConversationResult.DECLINED: _("Perhe ei halunnut yhteistä aikaa")}


def kinds() -> dict[str, str]:
    """Every kind of meeting, by code, in its order."""
    return {kind.code: in_own_language(kind.title) for kind in Kind.objects.order_by("position", "code")}


add_figures(
    Figure(
        name="held",
        title=_("Pidetyt tapaamiset"),
        counted=_(
            "Tapaaminen lasketaan, kun se on merkitty pidetyksi: siihen kuukauteen, jona se alkoi Suomen"
            " aikaa, ja siihen kuntaan, jossa perhe asui, kun sitä alettiin valmistella."
        ),
        parts=kinds,
    ),
    Figure(
        name="not_held",
        title=_("Pitämättä jääneet tapaamiset"),
        counted=_(
            "Tapaaminen, johon kutsut oli lähetetty mutta jota ei pidetty, lasketaan siihen kuukauteen,"
            " jolle se oli sovittu."
        ),
        parts=kinds,
    ),
    Figure(
        name="cancelled",
        title=_("Perutut tapaamiset"),
        counted=_(
            "Peruttu tapaaminen lasketaan siihen kuukauteen, jolle sen aika oli varattu, ja jos aikaa ei"
            " vielä ollut, siihen, jona se peruttiin; perujasta kerrotaan vain, kenen puolelta peruminen"
            " tuli."
        ),
        parts=lambda: dict(WhoCancelled.choices) | {"": _("ei tiedossa")},
    ),
    Figure(
        name="opened",
        title=_("Avatut tilanteet"),
        counted=_(
            "Perheen tilanne lasketaan siihen kuukauteen, jona se avattiin, ja siihen kuntaan, jossa"
            " perhe silloin asui."
        ),
        parts=lambda: dict(WayIn.choices),
    ),
    Figure(
        name="ended",
        title=_("Päättyneet tilanteet"),
        counted=_(
            "Tilanne lasketaan siihen kuukauteen, jona se päättyi, sen mukaan, miten se päättyi; jos se"
            " avataan uudelleen, se ei ole enää luvussa."
        ),
        parts=lambda: dict(Ending.choices),
    ),
    Figure(
        name="ended_at",
        title=_("Missä vaiheessa tilanne päättyi"),
        counted=_("Päättynyt tilanne lasketaan siihen vaiheeseen, jossa se oli juuri ennen päättymistään."),
        parts=lambda: {stage.value: stage.label for stage in OPEN_STAGES},
    ),
    Figure(
        name="talk",
        title=_("Keskustelut perheiden kanssa"),
        counted=_(
            "Kirjattu keskustelu (puheeksiotto tai Lapset puheeksi) lasketaan siihen kuukauteen, jona"
            " keskusteltiin, sen mukaan, mitä sovittiin."
        ),
        parts=lambda: {result.value: RESULTS.get(result, result.label) for result in ConversationResult},
    ),
    Figure(
        name="offer",
        title=_("Tarjotut yhteiset ajat"),
        counted=_(
            "Keskustelu, jossa perheelle tarjottiin yhteistä aikaa, lasketaan siihen kuukauteen, jona"
            " keskusteltiin, sen mukaan, mitä perhe silloin vastasi."
        ),
        parts=lambda: {result.value: RESULTS.get(result, result.label) for result in OFFERED},
    ),
    Figure(
        name="wait",
        title=_("Päiviä puheeksiotosta yhteiseen aikaan"),
        counted=_(
            "Päivät siitä, kun perheen tilanne avattiin, siihen, kun ensimmäinen yhteinen aika pidettiin;"
            " odotus lasketaan siihen kuukauteen, jona se pidettiin."
        ),
    ),
    Figure(
        name="seat",
        title=_("Keitä tapaamisissa oli"),
        counted=_(
            "Pidetyn tapaamisen koollekutsuja ja jokainen paikalla ollut lasketaan sen mukaan, mistä he"
            " silloin tulivat; yksi ihminen on luvussa niin monta kertaa kuin hän oli tapaamisissa."
        ),
        parts=lambda: (
            dict(Sector.choices)
            | {"other": _("muualta"), "close_person": _("perheen läheiset"), "family": _("perheet itse")}
        ),
    ),
)
