"""What may be done to a family's contact, and by whom."""

from django.utils.translation import gettext_lazy as _

from network.models import Municipality, Worker
from perhekeskus.refusals import Sentence

from ..models import Contact
from ..states import ContactResult, ContactStatus

# So many messages may wait in one contact: a page of words, not a place to fill.
MOST_MESSAGES_OF_FAMILY = 20


def why_not_send(municipality: Municipality) -> Sentence | None:
    """May a family of the municipality write to us here?"""
    if municipality.guidance_unit_id is None:
        return _("Tästä kunnasta ei voi vielä ottaa yhteyttä verkossa. Soita numeroomme.")
    return None


def why_not_write_down(worker: Worker) -> Sentence | None:
    if not worker.works_with_families:
        return _("Koordinaattori ja pääkäyttäjä eivät kirjaa perheiden asioita.")
    return None


def why_not_pick_up(worker: Worker, contact: Contact) -> Sentence | None:
    if not (worker.works_with_families and worker.is_guidance and worker.unit_id == contact.unit_id):
        return _("Yhteydenoton ottaa joku siitä ohjaus- ja neuvontapalvelusta, johon se tuli.")
    return _why_ended(contact)


def why_not_work_on(worker: Worker, contact: Contact) -> Sentence | None:
    """Answering, letting go and ending belong to the one who picked it up."""
    if ended := _why_ended(contact):
        return ended
    if not worker.works_with_families:
        return _("Koordinaattori ja pääkäyttäjä eivät kirjaa perheiden asioita.")
    if contact.picked_up_by_id is None:
        return _("Ota yhteydenotto ensin itsellesi.")
    if contact.picked_up_by_id != worker.pk:
        assert contact.picked_up_by is not None
        return _("Yhteydenotto on nyt toisella: %(name)s.") % {"name": contact.picked_up_by.name}
    return None


def why_not_let_go(worker: Worker, contact: Contact) -> Sentence | None:
    if refused := why_not_work_on(worker, contact):
        return refused
    if contact.status != ContactStatus.PICKED_UP:
        return _("Perhe on jo saanut vastauksen sinulta. Kirjaa, mitä yhteydenotosta seurasi.")
    return None


def why_not_close(worker: Worker, contact: Contact, result: ContactResult) -> Sentence | None:
    if refused := why_not_work_on(worker, contact):
        return refused
    if result == ContactResult.GUIDANCE and contact.is_unanswered and contact.answered_at is None:
        return _("Vastaa perheelle ensin, tai merkitse, että tavoitit sen puhelimella.")
    return None


def why_not_message(contact: Contact) -> Sentence | None:
    """May the family add a word?"""
    if not contact.is_open:
        return _("Tämä yhteydenotto on käsitelty. Voit ottaa yhteyttä uudelleen.")
    if contact.messages.filter(by=None).count() >= MOST_MESSAGES_OF_FAMILY:
        return _("Viestejä on jo monta. Vastaamme pian, tai voit soittaa meille.")
    return None


def why_not_withdraw(contact: Contact) -> Sentence | None:
    if not contact.is_open:
        return _("Tämä yhteydenotto on jo käsitelty.")
    return None


def _why_ended(contact: Contact) -> Sentence | None:
    if contact.status == ContactStatus.WITHDRAWN:
        return _("Perhe on perunut yhteydenoton.")
    if contact.status == ContactStatus.CLOSED:
        return _("Yhteydenotto on jo käsitelty.")
    return None
