"""The promised contacts among what waits for a worker."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Situation
from meetings.waiting import Step, Waiting, number_of
from network.models import Worker
from perhekeskus.words import HELSINKI, short_day, today

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


def contact_step(situation: Situation, worker: Worker) -> Step | None:
    """To the responsible worker: the contact that is promised next."""
    contact = NextContact.objects.waiting_for(worker).filter(plan__situation=situation).order_by("on").first()
    if contact is None:
        return None
    return Step(
        _("Olet luvannut ottaa yhteyttä perheeseen %(day)s") % {"day": short_day(contact.on).rstrip(".")},
        _("Kirjaa yhteydenotto"),
        reverse("contact_record", args=[contact.pk]),
    )
