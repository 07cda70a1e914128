"""When a family may ask to be contacted on its own page."""

from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from perhekeskus.refusals import Sentence

from .models import ContactRequest


def why_not_ask(situation: Situation) -> Sentence | None:
    """Said to the family."""
    if not situation.is_open or not situation.plans.in_force().exists():
        return _("Teillä ei ole nyt voimassa olevaa suunnitelmaa. Voitte soittaa työntekijällenne.")
    if ContactRequest.objects.open().filter(situation=situation).exists():
        return _("Pyyntönne on jo perillä. Teihin otetaan yhteyttä.")
    return None


def why_not_again(earlier: ContactRequest, situation: Situation) -> Sentence | None:
    """The same page was sent again: is what it asked for still waiting? Said to the family."""
    is_open = ContactRequest.objects.open().filter(pk=earlier.pk, situation=situation).exists()
    return None if is_open else _("Tämä pyyntö ei ole enää voimassa. Pyytäkää uudelleen, jos haluatte.")
