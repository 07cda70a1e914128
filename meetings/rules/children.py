"""Who writes down a child's view, and who takes it away."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import ChildView, Situation

Sentence = str | Promise | None


def why_not_write(worker: Worker, situation: Situation) -> Sentence:
    if not situation.is_open:
        return _("Tilanne on päättynyt.")
    if not Situation.objects.opened_to(worker).filter(pk=situation.pk).exists():
        return _("Lapsen näkemyksen kirjaa se, jolla koppi on, koollekutsuja tai vastuutyöntekijä.")
    return None


def why_not_remove(worker: Worker, view: ChildView) -> Sentence:
    """The family takes away any; of the workers the writer and the one with the koppi."""
    if worker.pk not in {view.written_by_id, view.situation.holder_id}:
        return _("Tämän voi poistaa perhe, se, joka sen kirjasi, tai se, jolla koppi on.")
    return None
