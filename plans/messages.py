"""The letters of this floor: the responsible worker's reminders of a promised contact."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Consent
from network.states import ConsentPurpose
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.words import HELSINKI, clock, day

from .models import NextContact

REMINDER = "contact_reminder"
LATE = "contact_late"
MORNING = time(8)


def _morning(contact: NextContact, days: int) -> datetime:
    return datetime.combine(contact.on + timedelta(days=days), MORNING, tzinfo=HELSINKI)


def queue_contact_reminder(contact: NextContact) -> None:
    """Remind each responsible worker that morning, and again the next morning if it is not done by then."""
    situation = contact.plan.situation
    permissions = dict(
        Consent.objects.in_force()
        .filter(family=situation.family_id, purpose=ConsentPurpose.COPY, worker__isnull=False)
        .values_list("worker_id", "pk")
    )
    rows = []
    for named in contact.plan.responsible_workers.select_related("worker"):
        permission = permissions.get(named.worker_id)
        if permission is None:
            continue
        for kind, due_at in ((REMINDER, _morning(contact, 0)), (LATE, _morning(contact, 1))):
            # A contact that is agreed for today needs no reminder of this morning.
            if due_at <= timezone.now():
                continue
            rows.append(
                Message(
                    kind=kind,
                    occasion=f"contact:{contact.pk}",
                    channel=Channel.EMAIL,
                    recipient=named.worker.email,
                    language="fi",
                    about_id=contact.pk,
                    permission_id=permission,
                    owner=named.worker,
                    due_at=due_at,
                )
            )
    outbox.queue(rows)


def _why_not(message: Message) -> str | None:
    """A reminder of something that is done, replaced or no longer this person's is not sent."""
    contact = (
        NextContact.objects.select_related("plan__situation")
        .filter(pk=message.about_id, plan__responsible_workers__worker=message.owner_id)
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
    return None


def _compose(message: Message) -> outbox.Letter:
    contact = NextContact.objects.select_related("plan").get(pk=message.about_id)
    late = message.kind == LATE
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
        action=outbox.Action(
            _("Katso ja kirjaa yhteydenotto"), outbox.site_url("contact_record", contact.pk)
        ),
    )


def _address(message: Message) -> str:
    return message.owner.email if message.owner is not None else message.recipient


for _name, _label in (
    (REMINDER, gettext_lazy("muistutus sovitusta yhteydenotosta")),
    (LATE, gettext_lazy("muistutus myöhässä olevasta yhteydenotosta")),
):
    outbox.register(outbox.Kind(_name, compose=_compose, why_not=_why_not, label=_label, address=_address))
