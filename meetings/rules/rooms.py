"""Who keeps the rooms of a unit, and when one is taken away altogether."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Unit, Worker
from network.rules.cards import why_not_keep_unit

from ..models import Room

Sentence = str | Promise | None

USED = _("Tilaa on varattu tai tarjottu, joten sitä ei voi poistaa. Merkitse se pois käytöstä.")


def keeps_some_rooms(worker: Worker) -> bool:
    """Somebody of a unit keeps its rooms, the coordinator and the administrator those of all."""
    return worker.is_active and (worker.is_administrator or worker.is_coordinator or worker.is_unit_editor)


def why_not_keep_rooms(worker: Worker, unit: Unit) -> Sentence:
    if worker.is_active and worker.is_coordinator:
        return None
    if why_not_keep_unit(worker, unit):
        return _(
            "Tilojen tietoja muuttaa se, joka pitää yksikön tiedot ajan tasalla, koordinaattori tai"
            " pääkäyttäjä."
        )
    return None


def why_not_seen(room: Room, seen_version: int) -> Sentence:
    """A page that shows an older state changes nothing."""
    if room.version != seen_version:
        return _("Joku muu on muuttanut tilan tietoja sen jälkeen, kun avasit sivun. Katso ne uudelleen.")
    return None


def why_not_close(room: Room, reason: str) -> Sentence:
    if not reason:
        return _("Kerro, miksi tila ei ole käytössä.")
    return None


def why_not_remove_room(room: Room) -> Sentence:
    """What has been booked or offered to a family even once is part of what was."""
    if room.bookings.exists() or room.meetings.exists():
        return USED
    return None
