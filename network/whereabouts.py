"""What is told of places and of who works where: of a protected family, nothing that shows where it is."""

from django.conf import settings
from django.utils.translation import gettext as _

from perhekeskus.words import telephone

from .models import Family, Invitation, Worker


def place_of(invitation: Invitation) -> str:
    """Where it is; empty when the family's address is protected, also when it became so later."""
    return "" if invitation.consent.family.address_protected else invitation.place


def where_to_ask(invitation: Invitation) -> str:
    """How an invited person learns a place that is not written down."""
    if invitation.consent.worker_id is not None:
        return _("Paikan näet kirjautumalla.")
    if invitation.is_to_many:
        return _("Paikan näkee kirjautumalla se, joka teiltä tulee.")
    return _("Paikan kuulet koollekutsujalta.")


def title_and_place_of_work(worker: Worker, family: Family) -> str:
    """What the worker is and where; only what, when where could tell a protected family's whereabouts."""
    return worker.title if family.address_protected else f"{worker.title}, {worker.unit.name}"


def phone_of(worker: Worker, family: Family) -> str:
    """The worker's own number or their unit's; a unit's could tell a protected family's whereabouts."""
    if family.address_protected:
        return telephone(worker.phone) if worker.phone else settings.GUIDANCE_PHONE
    return telephone(worker.phone or worker.unit.phone)


def convener_facts(convener: Worker | None, family: Family, *, with_work: bool) -> list[tuple[str, str]]:
    """Who convenes and how to reach them; their work is told to colleagues only, for it can tell why."""
    if convener is None:
        return []
    who = f"{convener.name}, {title_and_place_of_work(convener, family)}" if with_work else convener.name
    return [(_("Koollekutsuja"), who), (_("Puhelin"), phone_of(convener, family))]
