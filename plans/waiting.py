"""The promised contacts among what waits for a worker."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.waiting import Waiting, number_of
from network.models import Worker
from perhekeskus.words import HELSINKI, today

from .models import NextContact
from .states import ContactWay

# A contact that is further away is promised, but does not wait yet.
NEAR = timedelta(days=7)


def promised_contacts(worker: Worker) -> Iterable[Waiting]:
    """The contacts that this worker has promised and that are near or late."""
    titles = {
        ContactWay.PHONE: _("Soita perheelle: sovittu yhteydenotto"),
        ContactWay.SMS: _("Lähetä perheelle viesti: sovittu yhteydenotto"),
        ContactWay.EMAIL: _("Kirjoita perheelle: sovittu yhteydenotto"),
        ContactWay.VISIT: _("Tapaa perhe: sovittu yhteydenotto"),
    }
    for contact in NextContact.objects.waiting_for(worker).filter(on__lte=today() + NEAR):
        number = number_of(contact.plan.situation)
        yield Waiting(
            at=datetime.combine(contact.on, contact.at or time(8), tzinfo=HELSINKI),
            title=titles[ContactWay(contact.way)],
            text=_("%(number)s · sinä olet vastuutyöntekijä") % {"number": number},
            action_label=_("Kirjaa yhteydenotto"),
            action_url=reverse("contact_record", args=[contact.pk]),
            is_promise=True,
        )
