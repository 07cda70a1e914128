"""Who sends a bulletin, and what may be done to it afterwards."""

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Bulletin, Group, Worker
from .groups import why_not_keep


def why_not_send(by: Worker, group: Group | None) -> Sentence | None:
    """Why this person may not send for this group, or without one."""
    if group is not None:
        if why_not_keep(by, group):
            return _("Ryhmän nimissä tiedottavat puheenjohtaja, sihteeri ja koordinaattori.")
        return None
    if not (by.is_active and by.is_coordinator):
        return _("Tiedotteen lähettää koordinaattori, tai ryhmän puheenjohtaja tai sihteeri ryhmän nimissä.")
    return None


def why_not_edit(by: Worker, bulletin: Bulletin) -> Sentence | None:
    if refusal := why_not_send(by, bulletin.group):
        return refusal
    if bulletin.published_at is not None:
        return _("Tiedote on jo lähetetty, eikä sitä voi enää muuttaa. Voit vetää sen takaisin.")
    return None


def why_not_publish(by: Worker, bulletin: Bulletin, reach: int) -> Sentence | None:
    if refusal := why_not_edit(by, bulletin):
        return refusal
    if not reach:
        return _("Näillä rajauksilla tiedote ei tavoita ketään. Muuta, keille se lähtee.")
    return None


def why_not_withdraw(by: Worker, bulletin: Bulletin) -> Sentence | None:
    if refusal := why_not_send(by, bulletin.group):
        return refusal
    if bulletin.published_at is None:
        return _("Tiedotetta ei ole vielä lähetetty.")
    return None
