"""The promised contacts among what waits for a worker."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Situation
from meetings.waiting import Step, Waiting, number_of
from network.models import Worker
from perhekeskus.words import HELSINKI, short_day, today

from .carriers import without_named
from .models import ContactRequest, NextContact, ResponsibilityHandover, ResponsibleWorker
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


def asked_contacts(worker: Worker) -> Iterable[Waiting]:
    """What families have asked of this worker; written down where the contact that is promised next is."""
    open_ones = {contact.plan.situation_id: contact.pk for contact in NextContact.objects.waiting_for(worker)}
    for request in ContactRequest.objects.open().filter(situation__in=open_ones).select_related("situation"):
        yield Waiting(
            at=datetime.combine(request.answer_by, time(16), tzinfo=HELSINKI),
            title=_("Perhe pyytää sinua ottamaan yhteyttä"),
            text=_("%(number)s · sinä olet vastuutyöntekijä") % {"number": number_of(request.situation)},
            action_label=_("Ota yhteyttä ja kirjaa"),
            action_url=reverse("contact_record", args=[open_ones[request.situation_id]]),
            is_promise=True,
        )


def offered_responsibilities(worker: Worker) -> Iterable[Waiting]:
    """The responsibilities that are offered to this worker."""
    offers = ResponsibilityHandover.objects.offered().filter(to_worker=worker)
    for offer in offers.select_related("offered_by", "plan__situation"):
        giver = offer.offered_by.name if offer.offered_by is not None else ""
        yield Waiting(
            at=offer.offered_at,
            title=_("Vastuu tarjolla: %(name)s tarjoaa sinulle vastuuta perheestä") % {"name": giver},
            text=number_of(offer.plan.situation),
            action_label=_("Katso ja vastaa"),
            action_url=reverse("responsibility_answer", args=[offer.pk]),
        )


def families_without(worker: Worker) -> Iterable[Waiting]:
    """Families that have no responsible worker of their own naming: in the hands of whoever has the koppi."""
    for plan in without_named().filter(situation__holder=worker):
        offered = bool(plan.open_offers)  # type: ignore[attr-defined]
        number = number_of(plan.situation)
        yield Waiting(
            at=plan.passed_at or plan.situation.stage_since,  # type: ignore[attr-defined]
            title=_("Perhe tarvitsee uuden vastuutyöntekijän"),
            text=_("%(number)s · vastuuta on tarjottu, vastausta odotetaan") % {"number": number}
            if offered
            else _("%(number)s · huolehdit perheestä toistaiseksi") % {"number": number},
            action_label=_("Avaa suunnitelma") if offered else _("Nimeä perheen kanssa"),
            action_url=plan.get_absolute_url()
            if offered
            else reverse("responsibility_offer", args=[plan.pk]),
        )


def standing_in_unseen(worker: Worker) -> Iterable[Waiting]:
    """To a supervisor who stands in without seeing the family's matters: by number."""
    rows = ResponsibleWorker.objects.in_force().filter(worker=worker, stands_in=True)
    for row in rows.exclude(plan__situation__holder=worker).select_related("plan__situation__holder"):
        situation = row.plan.situation
        yield Waiting(
            at=situation.stage_since,
            title=_("Vastuutyöntekijä on lähtenyt: huolehdit perheestä toistaiseksi"),
            text=_("%(number)s · koppi: %(name)s")
            % {"number": number_of(situation), "name": situation.holder.name},
            action_label=_("Avaa yksikkösi luvut"),
            action_url=reverse("supervised_unit"),
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
