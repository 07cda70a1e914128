"""Writing while the family talks: saved by itself, finished in one press."""

import uuid
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.refusals import Refused, require

from ..models import CallDraft, Contact
from ..rules import calls as rules
from ..states import ContactResult, ContactStatus, WayIn
from .contacts import stand_in_line, written_down

# What is typed, as it is typed: nothing of a draft is checked before it is finished.
TYPED = ("phone", "name", "words", "children_ages", "interpreter", "when_to_reach")


class Outcome(StrEnum):
    """How a call ends."""

    GUIDANCE = "guidance"
    MINE = "mine"
    UNIT = "unit"
    SITUATION = "situation"


@transaction.atomic
def save_draft(
    *, by: Worker, form_key: uuid.UUID, way: WayIn, typed: dict[str, Any], seen_version: int
) -> CallDraft | None:
    """Keep what has been written so far; None when there is nothing to keep, or the call is finished.

    An older page saves nothing over what a newer one has written.
    """
    require(rules.why_not_write_call(by, way))
    stand_in_line(form_key)
    if Contact.objects.filter(form_key=form_key).exists():
        return None
    draft = CallDraft.objects.filter(form_key=form_key).first()
    if draft is None:
        if not any(typed.get(name) for name in TYPED):
            return None
        draft = CallDraft(writer=by, form_key=form_key, way=way)
    elif draft.writer_id != by.pk:
        raise Refused(_("Puhelu on toisen kirjaama."))
    elif draft.version != seen_version:
        raise Refused(_("Tätä on kirjoitettu toisella välilehdellä. Lataa sivu, niin näet uusimman."))
    for name, value in typed.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.saved_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def finish(
    *, by: Worker, form_key: uuid.UUID, way: WayIn, facts: dict[str, Any], outcome: Outcome
) -> Contact:
    """The call is over: it becomes a contact, and the draft is gone. Two presses are one contact."""
    stand_in_line(form_key)
    if earlier := Contact.objects.filter(form_key=form_key, written_by=by).first():
        return earlier
    require(rules.why_not_finish_call(by, way, facts["municipality"]))
    now = timezone.now()
    contact = Contact(way=way, form_key=form_key)
    if outcome != Outcome.UNIT:
        contact.picked_up_by, contact.picked_up_at = by, now
        contact.status = ContactStatus.PICKED_UP
    if outcome == Outcome.GUIDANCE:
        contact.status, contact.result = ContactStatus.CLOSED, ContactResult.GUIDANCE
        contact.answered_at = contact.closed_at = now
        contact.closed_by = by
    elif outcome == Outcome.MINE:
        # The family has been talked with; what was promised to it is still to be done.
        contact.answered_at = now
    written_down(contact, by, **facts)
    CallDraft.objects.filter(form_key=form_key, writer=by).delete()
    return contact


@transaction.atomic
def discard(*, by: Worker, form_key: uuid.UUID) -> None:
    """Throw the draft away. What is gone already is gone."""
    stand_in_line(form_key)
    CallDraft.objects.filter(form_key=form_key, writer=by).delete()
