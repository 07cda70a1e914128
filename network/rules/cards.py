"""Who keeps which card: a worker their own, the unit's editor the unit's."""

from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Unit, Worker

OWN_FIELDS = (
    "phone",
    "what_i_do",
    "languages",
    "reachable",
    "available_for_consultation",
    "available_for_shared_times",
)
UNIT_FIELDS = (
    "address",
    "phone",
    "email",
    "website",
    "electronic_contact",
    "opening_hours",
    "description",
)


def why_not_keep_unit(by: Worker, unit: Unit) -> Sentence | None:
    if by.is_active and (by.is_administrator or (by.is_unit_editor and by.unit_id == unit.pk)):
        return None
    return _("Yksikön tietoja muuttaa se, joka pitää ne ajan tasalla, tai pääkäyttäjä.")


def card_mark(card: Worker | Unit, told: dict[str, Any] | None = None) -> str:
    """A name for what the card tells now, or would tell with `told`: another one when anything differs."""
    names = OWN_FIELDS if isinstance(card, Worker) else UNIT_FIELDS
    # The same telephone number has many spellings, but one as words.
    parts = [str((told[name] if told is not None else getattr(card, name)) or "") for name in names]
    if isinstance(card, Worker):
        expertise = told["expertise"] if told is not None else card.expertise.all()
        parts.append(repr(sorted(one.pk for one in expertise)))
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def why_not_over(card: Worker | Unit, told: dict[str, Any], seen: str) -> Sentence | None:
    """Why what was written on a page that showed an earlier card is not put over the present one.

    The same once more is a second press of the button.
    """
    now = card_mark(card)
    if seen in {"", now} or card_mark(card, told) == now:
        return None
    return _(
        "Korttia on muutettu sen jälkeen, kun avasit tämän sivun. Kirjoittamasi on alla, eikä sitä ole"
        " vielä tallennettu. Katso kortilta, mikä muuttui. Kun tallennat uudelleen, tämän sivun tiedot"
        " jäävät voimaan."
    )
