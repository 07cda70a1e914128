"""Who writes down a call or a meeting on the way, and when it can be finished."""

from django.utils.translation import gettext_lazy as _

from network.models import Municipality, Worker
from perhekeskus.refusals import Sentence

from ..states import WayIn


def why_not_write_call(worker: Worker, way: WayIn) -> Sentence | None:
    if not worker.works_with_families:
        return _("Koordinaattori ja pääkäyttäjä eivät kirjaa perheiden asioita.")
    if way == WayIn.PHONE and not worker.is_guidance:
        return _("Puhelut kirjaa ohjaus- ja neuvontapalvelu. Kohtaamisen voi kirjata jokainen.")
    return None


def why_not_finish_call(worker: Worker, way: WayIn, municipality: Municipality) -> Sentence | None:
    if refused := why_not_write_call(worker, way):
        return refused
    if municipality.guidance_unit_id is None:
        return _("Tässä kunnassa ei ole ohjaus- ja neuvontapalvelua. Kirjaa asia kohdassa Ota puheeksi.")
    return None
