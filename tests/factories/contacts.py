"""Families' contacts, reached by the real actions."""

import uuid

from meetings.actions import contacts
from meetings.models import Contact
from network.models import Municipality, Unit, Worker

from .directory import MunicipalityFactory, UnitFactory, WorkerFactory

WORDS = "Aamut ovat yhtä huutoa, enkä enää jaksa."


def a_guidance_service(municipality: Municipality | None = None) -> Unit:
    """The unit that answers the families of the municipality."""
    municipality = municipality or MunicipalityFactory()
    unit = UnitFactory(municipality=municipality, name="Ohjaus ja neuvonta", phone="+358171234567")
    municipality.guidance_unit = unit
    municipality.save()
    return unit


def a_guide(unit: Unit | None = None, **facts) -> Worker:
    """Somebody who answers there."""
    return WorkerFactory(guidance=True, unit=unit or a_guidance_service(), **facts)


def a_contact(*, unit: Unit | None = None, **facts) -> Contact:
    """A family has written to the guidance service."""
    unit = unit or a_guidance_service()
    given = {"words": WORDS, "phone": "+358401112223", "name": "Kaisa"} | facts
    contact = Contact(municipality=unit.guided_municipalities.get(), **given)
    return contacts.send(contact=contact, form_key=uuid.uuid4())


def a_picked_up_contact(*, by: Worker, **facts) -> Contact:
    return contacts.pick_up(contact=a_contact(unit=by.unit, **facts), by=by)


def an_answered_contact(*, by: Worker, **facts) -> Contact:
    contact = a_picked_up_contact(by=by, **facts)
    return contacts.answer(contact=contact, by=by, text="Soitan huomenna aamupäivällä.")
