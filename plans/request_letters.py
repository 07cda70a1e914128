"""The letters of a contact that the family asked for: at once, and when it is late. Nothing of the family."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.words import day

from .models import ContactRequest, NextContact, Plan
from .promise_clock import morning, working_days_after

ASKED = "contact_asked"
ASKED_LATE = "contact_asked_late"


# One who asks again and again still waits on the worker's page, and is reminded of when late.
MOST_A_DAY = 3


def queue_asked(request: ContactRequest) -> None:
    """Tell the one who is first in the plan that is in force, and again when the day has gone by."""
    plan = request.situation.plans.in_force().first()
    if plan is not None:
        lately = ContactRequest.objects.filter(
            situation=request.situation_id, asked_at__gt=request.asked_at - timedelta(days=1)
        )
        _queue(request, plan, 1, at_once=lately.count() <= MOST_A_DAY)


def queue_to_first_now(request: ContactRequest, plan: Plan, *, version: int) -> None:
    """The responsibility has moved: the family's asking is told to the one who is first now."""
    outbox.drop_unsent(Message.objects.filter(kind__in=[ASKED, ASKED_LATE], occasion=f"request:{request.pk}"))
    _queue(request, plan, version)


def _queue(request: ContactRequest, plan: Plan, version: int, *, at_once: bool = True) -> None:
    first = plan.responsible_workers.select_related("worker").filter(position=1).first()
    if first is None:
        return
    rows = []
    for kind, due_at in ((ASKED, None), (ASKED_LATE, morning(working_days_after(request.answer_by, 1)))):
        row = Message(
            kind=kind,
            occasion=f"request:{request.pk}",
            version=version,
            channel=Channel.EMAIL,
            recipient=first.worker.email,
            language="fi",
            about_id=request.pk,
            owner=first.worker,
        )
        if due_at is not None:
            row.due_at = due_at
        if due_at is not None or at_once:
            rows.append(row)
    outbox.queue(rows)


def _about(message: Message) -> tuple[ContactRequest | None, Plan | None]:
    request = ContactRequest.objects.open().select_related("situation__holder").filter(pk=message.about_id)
    found = request.first()
    return found, found.situation.plans.in_force().first() if found is not None else None


def _why_not(message: Message) -> str | None:
    request, plan = _about(message)
    if request is None or plan is None:
        return "done"
    if not plan.responsible_workers.filter(worker=message.owner_id, position=1).exists():
        return "handed_over"
    return None


def _compose(message: Message) -> outbox.Letter:
    from .messages import way_on

    request, plan = _about(message)
    if request is None or plan is None:
        raise LookupError("contact request")
    contact = NextContact.objects.open().select_related("plan__situation__holder").get(plan=plan)
    action, notes = way_on(message.owner, contact)
    title = (
        _("Perhe odottaa vielä yhteydenottoasi")
        if message.kind == ASKED_LATE
        else _("Perhe pyytää sinua ottamaan yhteyttä")
    )
    return outbox.written(
        subject=title,
        title=title,
        facts=[
            (_("Tilanne"), request.situation_id),
            (_("Ota yhteyttä viimeistään"), day(request.answer_by)),
        ],
        action=action,
        notes=notes,
    )


def _address(message: Message) -> str:
    return message.owner.email if message.owner is not None else message.recipient


for _name, _label in (
    (ASKED, gettext_lazy("perheen yhteydenottopyyntö")),
    (ASKED_LATE, gettext_lazy("muistutus perheen yhteydenottopyynnöstä")),
):
    outbox.register(outbox.Kind(_name, compose=_compose, why_not=_why_not, label=_label, address=_address))
