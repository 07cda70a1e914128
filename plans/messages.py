"""The reminders of a promised contact: to the one who is first, that morning and when it is late."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Consent, Worker
from network.states import ConsentPurpose
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.words import clock, day, today

from . import request_letters
from .models import ContactRequest, NextContact, Plan, ResponsibleWorker
from .promise_clock import morning, working_days_after

REMINDER = "contact_reminder"
LATE = "contact_late"


def queue_contact_reminder(contact: NextContact, *, version: int = 1) -> None:
    """Remind the first contact that morning, and again the next working morning if it is not done by then."""
    first = contact.plan.responsible_workers.select_related("worker").filter(position=1).first()
    if first is None:
        return
    due = ((REMINDER, morning(contact.on)), (LATE, morning(working_days_after(contact.on, 1))))
    # A contact that is agreed for today needs no reminder of this morning.
    ahead = [(kind, at) for kind, at in due if at > timezone.now()]
    outbox.queue(_rows(contact, first, ahead, version))


def remind_those_named_now(plan: Plan) -> None:
    """The responsibility has moved: what is promised is in the hands of the one who is first now."""
    version = plan.responsibility_handovers.exclude(answered_at=None).count() + 1
    for contact in NextContact.objects.open().filter(plan=plan):
        contact.plan = plan
        outbox.drop_unsent(
            Message.objects.filter(kind__in=[REMINDER, LATE], occasion=f"contact:{contact.pk}")
        )
        queue_contact_reminder(contact, version=version)
    for request in ContactRequest.objects.open().filter(situation=plan.situation_id):
        request_letters.queue_to_first_now(request, plan, version=version)


def permission_of(worker: Worker, plan: Plan) -> int | None:
    """The family's permission under which the worker is written to; one who stands in has none."""
    permissions = Consent.objects.in_force().filter(
        family=plan.situation.family_id, purpose=ConsentPurpose.COPY, worker=worker
    )
    return permissions.values_list("pk", flat=True).first()


def _rows(
    contact: NextContact, first: ResponsibleWorker, due: Iterable[tuple[str, datetime]], version: int
) -> list[Message]:
    permission = permission_of(first.worker, contact.plan)
    if permission is None and not first.stands_in:
        return []
    return [
        Message(
            kind=kind,
            occasion=f"contact:{contact.pk}",
            version=version,
            channel=Channel.EMAIL,
            recipient=first.worker.email,
            language="fi",
            about_id=contact.pk,
            permission_id=permission,
            owner=first.worker,
            due_at=at,
        )
        for kind, at in due
    ]


def _why_not(message: Message) -> str | None:
    """A reminder of something that is done, replaced or no longer this person's is not sent."""
    contact = (
        NextContact.objects.select_related("plan__situation")
        .filter(
            pk=message.about_id,
            plan__responsible_workers__worker=message.owner_id,
            plan__responsible_workers__position=1,
        )
        .first()
    )
    if contact is None:
        return "gone"
    if contact.done_at is not None:
        return "done"
    if not contact.plan.is_in_force or not contact.plan.situation.is_open:
        return "superseded"
    if message.owner is not None and not message.owner.works_with_families:
        return "inactive"
    if message.kind == REMINDER and contact.on < today():
        # It says "today"; what could not leave in time is told of by the next one.
        return "day_gone"
    return None


def _compose(message: Message) -> outbox.Letter:
    contact = NextContact.objects.select_related("plan").get(pk=message.about_id)
    late = message.kind == LATE
    action, notes = way_on(message.owner, contact)
    return outbox.written(
        subject=_("Sovittu yhteydenotto odottaa vielä") if late else _("Yhteydenotto tänään"),
        title=_("Sovittu yhteydenotto odottaa vielä")
        if late
        else _("Sinulla on tänään sovittu yhteydenotto"),
        facts=[
            (_("Tilanne"), contact.plan.situation_id),
            (_("Päivä"), day(contact.on)),
            (_("Kello"), clock(contact.at) if contact.at else ""),
        ],
        action=action,
        notes=notes,
    )


def way_on(worker: Worker | None, contact: NextContact) -> tuple[outbox.Action, list[str]]:
    """The link for those who see the family's matters; for the others, who sees them."""
    if worker is not None and NextContact.objects.visible_to(worker).filter(pk=contact.pk).exists():
        url = outbox.site_url("contact_record", contact.pk)
        return outbox.Action(_("Katso ja kirjaa yhteydenotto"), url), []
    note = _(
        "Et näe perheen asioita. Ne näkee se, jolla on koppi: %(name)s. Sovi hänen kanssaan, kuka soittaa."
    )
    holder = contact.plan.situation.holder
    return outbox.Action(_("Avaa Minun kopissani"), outbox.site_url("home")), [note % {"name": holder.name}]


def address_of_owner(message: Message) -> str:
    return message.owner.email if message.owner is not None else message.recipient


for _name, _label in (
    (REMINDER, gettext_lazy("muistutus sovitusta yhteydenotosta")),
    (LATE, gettext_lazy("muistutus myöhässä olevasta yhteydenotosta")),
):
    outbox.register(
        outbox.Kind(_name, compose=_compose, why_not=_why_not, label=_label, address=address_of_owner)
    )
