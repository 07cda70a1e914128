"""Who keeps which card: a worker their own, the unit's editor the unit's."""

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Unit, Worker


def why_not_keep_unit(by: Worker, unit: Unit) -> Sentence | None:
    if by.is_active and (by.is_administrator or (by.is_unit_editor and by.unit_id == unit.pk)):
        return None
    return _("Yksikön tietoja muuttaa sen oma tietojen pitäjä tai pääkäyttäjä.")
