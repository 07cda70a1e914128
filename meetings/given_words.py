"""The words that came with the kinds of meeting, in a paper's language; a coordinator's own stay."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

GIVEN = frozenset(
    {
        # the kinds, as a title begins
        _("Yhteinen aika"),
        _("LP-neuvonpito"),
        _("Lapsiperhetiimi"),
        _("MYR"),
        _("Nuoren oma tiimi"),
        _("Viranomaisneuvottelu"),
        _("Seurantatapaaminen"),
        # what is done in them
        _("Tervetuloa ja esittelyt"),
        _("Miksi olemme koolla ja mitä tavoittelemme"),
        _("Hyvinvoinnin tähti: voimavarat ja se, mistä puhutaan"),
        _("Lapsen oma näkemys"),
        _("Yhteinen suunnitelma: kuka tekee, mitä ja milloin"),
        _("Vastuutyöntekijä, yhteydenpito ja palaute"),
        _("Lapsen arki: mikä sujuu ja mitä suojellaan"),
        _("Mistä lapselle tulee kuormaa"),
        _("Mitä kukin voi tehdä lapsen arjessa"),
        _("Suunnitelma, seuranta ja palaute"),
        _("Perheen kuulumiset ja toiveet"),
        _("Mikä auttaisi ja kuka voi auttaa"),
        _("Suunnitelma ja seuranta"),
        _("Palaute"),
        _("Nuoren kuulumiset: mikä on hyvin"),
        _("Mitä nuori toivoo"),
        _("Kuka auttaa ja missä"),
        _("Mitä sovittiin ja milloin tavataan"),
        _("Mistä päätetään ja kuka päättää"),
        _("Perheen oma näkemys"),
        _("Työnjako ja aikataulu"),
        _("Yhteenveto ja palaute"),
        _("Kuulumiset: mikä sujuu"),
        _("Mitä sovituista asioista on tehty"),
        _("Mitä sovitusta on tehty ja mitä jatketaan"),
        _("Mitä jatketaan ja mitä muutetaan"),
        _("Seuraava yhteydenotto ja palaute"),
    }
)


def in_own_language(words: str) -> str:
    """The words in the language that is active when they are the house's own, else as somebody wrote them."""
    return gettext(words) if words in GIVEN else words
