"""Who keeps the yhteydenottolista, and what may stand on it."""

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import ContactRule, Municipality, Need, Team, Unit, Worker

Target = Unit | Team | Worker


def why_not_edit_contacts(by: Worker) -> Sentence | None:
    if not (by.is_active and (by.is_coordinator or by.is_administrator)):
        return _("Vain koordinaattori ja pääkäyttäjä voivat muuttaa yhteydenottolistaa.")
    return None


def why_not_remove_need(need: Need) -> Sentence | None:
    """Why a need stays: it is taken away only when no municipality's list answers it any more."""
    if need.contact_rules.exists():
        return _("Tarve on vielä jonkin kunnan listalla. Poista ensin sen rivit.")
    return None


def why_not_seen(rule: ContactRule | None, seen_version: int) -> Sentence | None:
    """Why a change made on a page of this version of the row is not accepted."""
    if rule is None:
        return _("Joku muu on poistanut tämän rivin. Katso lista uudelleen.")
    if rule.version != seen_version:
        return _("Joku muu on muuttanut listaa sen jälkeen, kun avasit sivun. Katso lista uudelleen.")
    return None


def why_not_ask(
    target: Target,
    need: Need,
    municipality: Municipality,
    *,
    is_public: bool,
    than: ContactRule | None = None,
) -> Sentence | None:
    """Why this one may not stand on the list; `than` is the row that is being changed."""
    if isinstance(target, Worker):
        if not target.is_active:
            return _("Työntekijän tunnus ei ole käytössä, joten hän ei vastaa. Valitse joku muu.")
        if is_public:
            return _("Perheille näytetään yksikkö tai tiimi, ei yksittäisen työntekijän nimeä.")
    kind = {Unit: "unit", Team: "team", Worker: "worker"}[type(target)]
    same = ContactRule.objects.filter(need=need, municipality=municipality, **{kind: target})
    if than is not None:
        same = same.exclude(pk=than.pk)
    if same.exists():
        return _("%(name)s on jo tällä listalla.") % {"name": target}
    return None
