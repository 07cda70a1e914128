"""Families' contacts as the pages tell of them: the rows by age, the numbers, what waits for a worker."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from network.states import ContactChannel
from perhekeskus import words

from .answer_clock import age_in_words
from .models import Contact
from .querysets import ContactQuerySet
from .states import UNANSWERED_CONTACTS, ContactReach, ContactStatus
from .waiting import Waiting


def in_order(contacts: ContactQuerySet) -> ContactQuerySet:
    """The one that has waited longest first."""
    return contacts.select_related("picked_up_by", "municipality").order_by("waits_since", "pk")


def contact_row(contact: Contact, worker: Worker, now: datetime) -> dict[str, Any]:
    """A line of the list: how long, by which way, whose it is; nothing of whose matter."""
    row: dict[str, Any] = {
        "when": words.short_day(contact.waits_since),
        "title": _("Yhteydenotto %(number)s") % {"number": contact.pk},
        "text": " · ".join(one for one in (str(contact.municipality), contact.get_way_display()) if one),
        "action_label": _("Avaa"),
        "action_url": contact.get_absolute_url(),
        "quiet": True,
    }
    if contact.is_unanswered:
        row["when_note"] = _("odottanut %(age)s") % {"age": age_in_words(contact.waits_since, now)}
        row["late"] = contact.answer_by <= now
    row["chip"] = _chip(contact, worker, now)
    return row


def _chip(contact: Contact, worker: Worker, now: datetime) -> dict[str, str]:
    if contact.is_unanswered and contact.answer_by <= now:
        return {"text": _("myöhässä"), "tone": "alert"}
    if contact.is_unanswered and contact.urgent_at <= now:
        return {"text": _("kiireellinen"), "tone": "wait"}
    if contact.picked_up_by is None:
        return {"text": str(contact.get_status_display()), "tone": "wait"}
    if contact.is_open and contact.picked_up_by_id == worker.pk:
        return {"text": _("sinulla"), "tone": "ok"}
    if contact.is_open:
        return {"text": contact.picked_up_by.name, "tone": "neutral"}
    return {"text": str(contact.get_result_display() or contact.get_status_display()), "tone": "neutral"}


def numbers(units: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """How many wait in each guidance service, how many of them too long, and for how long the oldest has."""
    now = timezone.now()
    waiting = Contact.objects.unanswered()
    if units is not None:
        waiting = waiting.filter(unit__in=units)
    rows = (
        waiting.order_by()
        .values("unit__name", "unit__municipality__name_fi")
        .annotate(
            count=Count("pk"), late=Count("pk", filter=Q(answer_by__lte=now)), oldest=Min("waits_since")
        )
    )
    return [
        {
            "cells": [
                {"text": row["unit__name"]},
                {"text": words.counted(row["count"]), "number": True},
                {"text": words.counted(row["late"]), "number": True},
                {"text": age_in_words(row["oldest"], now), "number": True},
            ]
        }
        for row in sorted(rows, key=lambda row: words.finnish_sort_key(row["unit__name"]))
    ]


def contacts_waiting(worker: Worker) -> Iterable[Waiting]:
    """What nobody in the guidance service has taken, and one's own that are unanswered; one query."""
    now = timezone.now()
    for contact in Contact.objects.visible_to(worker).filter(
        Q(status=ContactStatus.RECEIVED) | Q(picked_up_by=worker, status__in=UNANSWERED_CONTACTS)
    ):
        taken = contact.picked_up_by_id is not None
        yield Waiting(
            at=contact.answer_by if contact.urgent_at <= now else contact.waits_since,
            is_promise=contact.urgent_at <= now,
            title=_("Vastaa perheelle, jonka yhteydenoton otit") if taken else _("Perhe on ottanut yhteyttä"),
            text=_("Yhteydenotto %(number)s · odottanut %(age)s")
            % {"number": contact.pk, "age": age_in_words(contact.waits_since, now)},
            action_label=_("Vastaa") if taken else _("Katso ja ota"),
            action_url=contact.get_absolute_url(),
        )


def family_of_contact(contact: Contact) -> dict[str, Any]:
    """What the form of a new family knows already when the family has contacted us."""
    channel = {
        ContactReach.SMS: ContactChannel.SMS,
        ContactReach.EMAIL: ContactChannel.EMAIL,
    }.get(ContactReach(contact.reach), ContactChannel.PHONE)
    return {
        "way_in": contact.way,
        "municipality": contact.municipality_id,
        "language": contact.language,
        "other_language": contact.interpreter,
        "needs_interpreter": bool(contact.interpreter),
        "contact_channel": channel,
        "phone": contact.phone,
        "email": contact.email,
        "address_protected": contact.address_protected,
    }
