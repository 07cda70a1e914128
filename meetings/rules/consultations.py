"""Who may ask for advice about a family's situation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import Situation

Sentence = str | Promise | None


def why_not_ask(worker: Worker, situation: Situation) -> Sentence:
    """Those who take care of the matter ask: the holder, the convener, the responsible worker."""
    if not situation.is_open:
        return _("Tilanne on päättynyt.")
    if not Situation.objects.opened_to(worker).filter(pk=situation.pk).exists():
        return _("Neuvoa kysyy se, joka hoitaa perheen asiaa.")
    return None


def why_not_asker(worker: Worker, situation_number: int) -> Sentence:
    """May this worker say what came of the advice, or take the question back?"""
    if not Situation.objects.opened_to(worker).filter(pk=situation_number).exists():
        return _("Tämän kirjaa se, joka hoitaa perheen asiaa.")
    return None
