"""A plan as a file, for the worker who carries it into the client information system.

What it holds is told by export.schema.json beside this, and in words by docs/plan-export.md. A change that
breaks a reader is a new number at the end of SCHEMA.
"""

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from network.models import Consent, Family
from network.whereabouts import phone_of
from perhekeskus.words import HELSINKI

from .holders import Holder, holders_of
from .models import Measure, NextContact, Plan, Presence, ResponsibleWorker
from .models.presence import Attender, kind_of

SCHEMA = "yhteinen-aika/plan-export/1"


def exported(plan: Plan, *, at: datetime | None = None) -> bytes:
    """The plan as JSON in UTF-8, always in the same order. Of a protected family no place of work is told."""
    facts = facts_of(plan, at=at or timezone.now())
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def facts_of(plan: Plan, *, at: datetime) -> dict[str, Any]:
    family = plan.situation.family
    period = plan.meeting.period if plan.meeting is not None else None
    return {
        "schema": SCHEMA,
        "exported_at": _moment(at),
        "plan": {
            "situation": plan.situation_id,
            "version": plan.version,
            "status": plan.status,
            "language": family.language,
            "agreed_at": _moment(plan.agreed_at),
            "ended_at": _moment(plan.ended_at),
            "shared_time": {"starts_at": _moment(period.lower), "ends_at": _moment(period.upper)}
            if period is not None
            else None,
        },
        "wish": plan.wish,
        "strengths": plan.strengths,
        "matters": [
            {"position": place, "text": matter.text} for place, matter in enumerate(plan.matters.all(), 1)
        ],
        "measures": [_measure(place, one) for place, one in enumerate(plan.measures.all(), 1)],
        "follow_up": {
            "how": plan.follow_up,
            "contact_to_family": plan.contact_to_family,
            "contact_from_family": plan.contact_from_family,
        },
        "responsible_workers": [_responsible(one, family) for one in plan.responsible_workers.all()],
        "contacts": [_contact(one) for one in plan.contacts.select_related("done_by")],
        "presence": [_present(one) for one in plan.presences.all()],
        "copies": [copy for holder in holders_of(plan) for copy in _copies(holder, family)],
    }


def _moment(value: datetime | None) -> str | None:
    """2027-03-15T09:30:00+02:00, on Helsinki's clock."""
    if value is None:
        return None
    return timezone.localtime(value, HELSINKI).isoformat(timespec="seconds")


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _measure(place: int, measure: Measure) -> dict[str, Any]:
    doer = measure.doer
    return {
        "position": place,
        "place": measure.place,
        "where": measure.where,
        "what": measure.what,
        "doer": _person(doer) if doer is not None else None,
        "who": measure.who,
        "when": measure.when,
        "by": _day(measure.by),
        "words_of": measure.words_of,
        "status": measure.status.value,
        "states": [
            {
                "status": state.status,
                "why": state.why,
                "marked_at": _moment(state.marked_at),
                "marked_by": state.marked_by.name,
            }
            for state in measure.states.all()
        ],
    }


def _person(person: Attender) -> dict[str, Any]:
    """One of the family by the first name, the others by their whole name; a worker's place is not told."""
    kind = kind_of(person)
    name = person.first_name if kind == "member" else person.name  # type: ignore[union-attr]
    return {"kind": kind, "name": name, "title": getattr(person, "title", "")}


def _present(one: Presence) -> dict[str, Any]:
    return _person(one.person)


def _responsible(one: ResponsibleWorker, family: Family) -> dict[str, Any]:
    worker = one.worker
    return {
        "position": one.position,
        "name": worker.name,
        "title": worker.title,
        "unit": None if family.address_protected else worker.unit.name,
        "phone": phone_of(worker, family),
        "stands_in": one.stands_in,
    }


def _contact(contact: NextContact) -> dict[str, Any]:
    return {
        "on": _day(contact.on),
        "at": f"{contact.at:%H:%M}" if contact.at is not None else None,
        "way": contact.way,
        "done_at": _moment(contact.done_at),
        "done_by": contact.done_by.name if contact.done_by is not None else None,
        "outcome": contact.outcome,
    }


def _copies(holder: Holder, family: Family) -> list[dict[str, Any]]:
    consent = holder.consent
    kind = next(field for field, key in consent.receiver_ids.items() if key is not None)
    return [
        {
            "receiver": _receiver(consent, family),
            "kind": kind,
            "version": copy.plan.version,
            "method": copy.method,
            "handed_to": copy.handed_to,
            "given_at": _moment(copy.given_at),
            "permission": {
                "given_at": _moment(consent.given_at),
                "method": consent.method,
                "in_force": holder.in_force,
                "ended_at": _moment(holder.ended_at),
            },
        }
        for copy in holder.copies
    ]


def _receiver(consent: Consent, family: Family) -> str | None:
    is_place = consent.unit_id is not None or consent.team_id is not None
    return None if is_place and family.address_protected else consent.receiver
