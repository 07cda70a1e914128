"""The promised contacts among what waits for a worker."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.waiting import Waiting, number_of
from network.models import Worker

from .models import NextContact

NEAR = timedelta(days=7)


def promised_contacts(worker: Worker) -> Iterable[Waiting]:
    """The open contacts that this worker has promised, late ones first."""
    for contact in NextContact.objects.waiting_for(worker).select_related("plan__situation"):
        yield Waiting(
            at=timezone.make_aware(datetime.combine(contact.on, contact.at or time(8, 0))),
            title=_("Sovittu yhteydenotto perheeseen: %(way)s") % {"way": contact.get_way_display()},
            text=f"{number_of(contact.plan.situation)} · {_('sinä olet vastuutyöntekijä')}",
            action_label=_("Kirjaa yhteydenotto"),
            action_url=reverse("contact_record", args=[contact.pk]),
            is_promise=True,
        )
