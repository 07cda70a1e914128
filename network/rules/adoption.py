"""Who records how far a municipality is, and what is not recorded."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence
from perhekeskus.words import today

from ..models import AdoptionStage, Worker
from ..models.adoption import FIRST_SINCE


def why_not_record(by: Worker, since: date | None = None) -> Sentence | None:
    """Why this worker may not record a stage, or not one that began on this day."""
    if not (by.is_active and by.is_coordinator):
        return _("Koordinaattori kirjaa, missä vaiheessa kunta on.")
    if since is not None and since > today():
        return _("Vaihe kirjataan vasta, kun se on alkanut. Valitse tämä päivä tai aiempi.")
    if since is not None and since < FIRST_SINCE:
        return _("Tarkista vuosi: päivä on aikaisintaan 1.1.2000.")
    return None


def why_not_take_back(by: Worker, stage: AdoptionStage) -> Sentence | None:
    if refused := why_not_record(by):
        return refused
    return _("Kirjaus on jo peruttu.") if stage.taken_back_at else None
