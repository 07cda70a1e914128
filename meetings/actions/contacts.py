"""A family's contact: it comes, somebody picks it up and answers, and what came of it is written down."""

import uuid
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from .. import contact_messages as letters
from ..answer_clock import times_from
from ..models import Contact, ContactMessage, Situation
from ..rules import contacts as rules
from ..states import ContactResult, ContactStatus, WayIn


def locked(contact: Contact) -> Contact:
    """The contact's row, locked and read again."""
    lock(contact)
    return Contact.objects.select_related("picked_up_by", "unit", "municipality").get(pk=contact.pk)


@transaction.atomic
def send(*, contact: Contact, form_key: uuid.UUID) -> Contact:
    """A family has written to us: it waits for somebody of its municipality's guidance service.

    The same form sent twice is one contact, with one code. With other words it is another one: no words are
    lost, and whoever comes after at the same browser is not led to a stranger's contact.
    """
    require(rules.why_not_send(contact.municipality))
    form_key = _key_of_words(contact, form_key)
    stand_in_line(form_key)
    if earlier := Contact.objects.filter(form_key=form_key).first():
        return earlier
    contact.way = WayIn.ELECTRONIC
    assert contact.municipality.guidance_unit is not None
    contact.unit = contact.municipality.guidance_unit
    contact.form_key = form_key
    contact.give_code()
    _start_clock(contact)
    contact.full_clean()
    contact.save()
    letters.queue_confirmation(contact)
    letters.queue_arrived(contact)
    return contact


# What the family itself fills in.
WRITTEN = (
    "municipality_id",
    "words",
    "name",
    "phone",
    "email",
    "reach",
    "when_to_reach",
    "children_ages",
    "language",
    "interpreter",
    "address_protected",
)


def _key_of_words(contact: Contact, form_key: uuid.UUID) -> uuid.UUID:
    """A key of this form with just these words; no other kind of form has one like it."""
    return uuid.uuid5(form_key, "\0".join(str(getattr(contact, name)) for name in WRITTEN))


@transaction.atomic
def pick_up(*, contact: Contact, by: Worker, instead_of: int | None = None) -> Contact:
    """Take it for oneself; from a colleague only when one has seen that it is theirs."""
    contact = locked(contact)
    require(rules.why_not_pick_up(by, contact))
    if contact.picked_up_by_id == by.pk:
        return contact
    if contact.picked_up_by is not None and contact.picked_up_by_id != instead_of:
        raise Refused(_("%(name)s ehti ottaa yhteydenoton.") % {"name": contact.picked_up_by.name})
    if contact.status == ContactStatus.RECEIVED:
        contact.status = ContactStatus.PICKED_UP
    contact.picked_up_by = by
    contact.picked_up_at = timezone.now()
    contact.save(update_fields=["status", "picked_up_by", "picked_up_at"])
    return contact


@transaction.atomic
def let_go(*, contact: Contact, by: Worker) -> Contact:
    """Leave it to the others of the guidance service; the clock runs on."""
    contact = locked(contact)
    require(rules.why_not_let_go(by, contact))
    contact.status = ContactStatus.RECEIVED
    contact.picked_up_by = contact.picked_up_at = None
    contact.save(update_fields=["status", "picked_up_by", "picked_up_at"])
    return contact


@transaction.atomic
def answer(*, contact: Contact, by: Worker, text: str, form_key: uuid.UUID | None = None) -> Contact:
    """Write to the family; it reads the words by its code, and no letter holds them."""
    contact = locked(contact)
    if form_key is not None and ContactMessage.objects.filter(form_key=form_key, contact=contact).exists():
        return contact
    require(rules.why_not_work_on(by, contact))
    if not contact.code_hash:
        raise Refused(_("Tämä perhe ei ole kirjoittanut verkossa. Soita perheelle."))
    message = ContactMessage.objects.create(contact=contact, by=by, text=text, form_key=form_key)
    _mark_answered(contact)
    letters.queue_answered(contact, message)
    return contact


@transaction.atomic
def reached_by_phone(*, contact: Contact, by: Worker) -> Contact:
    """The family was called, and answered."""
    contact = locked(contact)
    require(rules.why_not_work_on(by, contact))
    _mark_answered(contact)
    return contact


@transaction.atomic
def close(*, contact: Contact, by: Worker, result: ContactResult) -> Contact:
    """Write down what came of it, when no situation was opened."""
    contact = locked(contact)
    require(rules.why_not_close(by, contact, result))
    _close(contact, by, result)
    return contact


@transaction.atomic
def becomes(*, contact: Contact, by: Worker, situation: Situation) -> Contact:
    """The family's situation was opened from it, in the same transaction."""
    contact = locked(contact)
    if contact.situation_id == situation.pk:
        return contact
    require(rules.why_not_work_on(by, contact))
    contact.situation = situation
    if contact.answered_at is None:
        contact.answered_at = timezone.now()
    _close(contact, by, ContactResult.SITUATION)
    return contact


@transaction.atomic
def add_message(*, contact: Contact, text: str, form_key: uuid.UUID | None = None) -> Contact:
    """The family writes again; after an answer the clock begins anew."""
    contact = locked(contact)
    if form_key is not None and ContactMessage.objects.filter(form_key=form_key, contact=contact).exists():
        return contact
    require(rules.why_not_message(contact))
    ContactMessage.objects.create(contact=contact, text=text, form_key=form_key)
    if contact.status == ContactStatus.ANSWERED:
        contact.status = ContactStatus.PICKED_UP
        _start_clock(contact)
        contact.save()
    return contact


@transaction.atomic
def withdraw(*, contact: Contact) -> Contact:
    """The family takes it back, and the database empties it of the family. Twice is once."""
    contact = locked(contact)
    if contact.status == ContactStatus.WITHDRAWN:
        return contact
    require(rules.why_not_withdraw(contact))
    contact.status = ContactStatus.WITHDRAWN
    contact.save(update_fields=["status"])
    letters.forget_address(contact)
    contact.refresh_from_db()
    return contact


def _mark_answered(contact: Contact) -> None:
    contact.status = ContactStatus.ANSWERED
    contact.answered_at = contact.answered_at or timezone.now()
    contact.save(update_fields=["status", "answered_at"])


def _close(contact: Contact, by: Worker, result: ContactResult) -> None:
    contact.status = ContactStatus.CLOSED
    contact.result = result
    contact.closed_by = by
    contact.closed_at = timezone.now()
    contact.save(update_fields=["status", "result", "closed_by", "closed_at", "situation", "answered_at"])


def _start_clock(contact: Contact) -> None:
    contact.waits_since = timezone.now()
    times = times_from(contact.waits_since)
    contact.urgent_at, contact.answer_by = times.urgent_at, times.answer_by
    contact.supervisor_at = times.supervisor_at
    contact.told_unit_at = contact.told_supervisor_at = None


def written_down(contact: Contact, by: Worker, **facts: Any) -> Contact:
    """What a worker heard on the phone or met on the way, saved as the family's contact."""
    for name, value in facts.items():
        setattr(contact, name, value)
    assert contact.municipality.guidance_unit is not None
    contact.unit = contact.municipality.guidance_unit
    contact.written_by = by
    _start_clock(contact)
    contact.full_clean()
    contact.save()
    if contact.status == ContactStatus.RECEIVED:
        letters.queue_arrived(contact, by=by)
    return contact


def stand_in_line(form_key: uuid.UUID) -> None:
    """Two presses of the same button come one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(form_key)])
