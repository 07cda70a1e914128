"""Who may change the directory, and what may not be done to an account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Worker


def why_not_administer(by: Worker) -> Sentence | None:
    if not (by.is_active and by.is_administrator):
        return _("Vain pääkäyttäjä voi muuttaa verkoston tietoja.")
    return None


def why_not_change_worker(by: Worker, worker: Worker | None, card: dict[str, Any]) -> Sentence | None:
    """Why the account may not become what the card says; `worker` is None when it is a new one."""
    if refusal := why_not_administer(by):
        return refusal
    if worker is not None and worker.pk == by.pk:
        if not card["is_active"]:
            return _("Et voi sulkea omaa tunnustasi. Pyydä toista pääkäyttäjää tekemään se.")
        if not card["is_administrator"]:
            return _("Et voi poistaa omaa pääkäyttäjän oikeuttasi. Pyydä toista pääkäyttäjää tekemään se.")
    if card["is_guidance"] and (card["is_coordinator"] or card["is_administrator"]):
        return _(
            "Ohjaus- ja neuvontapalvelu työskentelee perheiden kanssa. Koordinaattori ja pääkäyttäjä"
            " eivät näe perheiden asioita, joten tehtävät eivät sovi samalle tunnukselle."
        )
    return None
