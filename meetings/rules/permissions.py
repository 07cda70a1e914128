"""Who may write down a family's permission."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker
from network.rules.consents import why_not_ask_permission

from ..models import Situation

Sentence = str | Promise | None


def why_not_give(worker: Worker, situation: Situation) -> Sentence:
    """A permission is written down by those who take care of the family's matters."""
    if not Situation.objects.opened_to(worker).filter(pk=situation.pk).exists():
        return _("Luvan kirjaa se, joka hoitaa perheen asiaa.")
    if not situation.is_open:
        return _("Tilanne on päättynyt. Avaa se uudelleen, jos perheen kanssa jatketaan.")
    return why_not_ask_permission(situation.family)
