"""Who is calling: the families and contacts of a number, among those that the worker may see anyway."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus import words
from perhekeskus.limits import asked_too_often
from perhekeskus.looks import record_look

from .models import CallDraft, Contact, Situation
from .states import WayIn
from .waiting import Waiting, number_of

# Fewer digits would find half of the town.
FEWEST_DIGITS = 6
MOST_FOUND = 5
# The same family found again while the same number is being typed is one look.
SAME_LOOK_SECONDS = 600


def beginning_of(typed: str) -> str:
    """+35840111: how a number that begins so is kept; empty when too little of it is known."""
    digits = "".join(sign for sign in typed if sign in "+0123456789")
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+358{digits[1:]}"
    elif not digits.startswith("+"):
        return ""
    # The country's part is known of everybody.
    return digits if len(digits) - 4 >= FEWEST_DIGITS else ""


@transaction.atomic
def found_by_number(typed: str, worker: Worker) -> list[dict[str, Any]]:
    """First names and the situation's number, or a contact that waits; each look on record."""
    beginning = beginning_of(typed)
    if not beginning:
        return []
    situations = (
        Situation.objects.opened_to(worker)
        .filter(family__phone__startswith=beginning)
        .select_related("family")
        .prefetch_related("family__members")
        .order_by("-opened_at", "-pk")[:MOST_FOUND]
    )
    rows: list[dict[str, Any]] = []
    for situation in situations:
        _look(worker, family_id=situation.family_id)
        rows.append(
            {
                "title": words.listed(one.first_name for one in situation.family.members.all()),
                "text": f"{number_of(situation)} · {situation.get_stage_display()}",
                "url": situation.get_absolute_url(),
                "is_protected": situation.family.address_protected,
            }
        )
    contacts = Contact.objects.visible_to(worker).open().filter(phone__startswith=beginning)
    for contact in contacts.order_by("-received_at", "-pk")[:MOST_FOUND]:
        _look(worker, contact_id=contact.pk)
        rows.append(
            {
                "title": contact.name or _("Ei nimeä"),
                "text": _("Yhteydenotto %(number)s · %(status)s")
                % {"number": contact.pk, "status": contact.get_status_display()},
                "url": contact.get_absolute_url(),
                "is_protected": contact.address_protected,
            }
        )
    return rows


def _look(worker: Worker, *, family_id: int | None = None, contact_id: int | None = None) -> None:
    if not asked_too_often(
        f"number-look:{worker.pk}:{family_id}:{contact_id}", most=1, seconds=SAME_LOOK_SECONDS
    ):
        record_look(
            worker=worker,
            what=_("Haku puhelinnumerolla"),
            ground=_("perhe soitti, ja asia on hänelle avoin"),
            family_id=family_id,
            contact_id=contact_id,
        )


def _unfinished(draft: CallDraft) -> str:
    return _("Puhelu on kesken") if draft.way == WayIn.PHONE else _("Kohtaaminen on kesken")


def draft_rows(worker: Worker) -> list[dict[str, Any]]:
    """The same as rows of a list, the one written last first."""
    return [
        {
            "when": words.short_day(row.at),
            "title": row.title,
            "text": row.text,
            "action_label": row.action_label,
            "action_url": row.action_url,
            "quiet": True,
        }
        for row in calls_waiting(worker)
    ]


def calls_waiting(worker: Worker) -> Iterable[Waiting]:
    """One's own unfinished calls; nothing of what is in them."""
    for draft in CallDraft.objects.visible_to(worker):
        yield Waiting(
            at=draft.started_at,
            title=_unfinished(draft),
            text=_("Tallennettu %(saved)s. Vain sinä näet tämän. Kirjaus poistuu %(gone)s, ellet jatka sitä.")
            % {"saved": words.moment(draft.saved_at), "gone": words.moment(draft.kept_until)},
            action_label=_("Jatka"),
            action_url=reverse("call_edit", args=[draft.form_key]),
        )
