"""Who may hand the responsibility of a family on, to whom, and who may take it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from network.models import Worker
from perhekeskus.refusals import Sentence
from perhekeskus.words import today

from .models import Plan, ResponsibilityHandover
from .rules import why_not_named, why_not_opened
from .states import HandingStatus, PlanStatus


def why_not_hand(worker: Worker, plan: Plan) -> Sentence | None:
    """May this worker offer the responsibility of the plan to another?"""
    if refused := why_not_opened(worker, plan.situation):
        return refused
    if plan.status == PlanStatus.SUPERSEDED:
        return _("Suunnitelmasta on uudempi versio. Siirrä vastuu sen sivulta.")
    if not plan.is_in_force:
        return _("Vastuu siirretään, kun suunnitelma on sovittu ja voimassa.")
    if plan.responsibility_handovers.offered().exists():
        return _("Vastuuta tarjotaan jo. Odota vastausta tai peru tarjous.")
    return None


def why_not_receive(worker: Worker, plan: Plan) -> Sentence | None:
    """May the responsibility be offered to this one?"""
    if plan.responsible_workers.filter(worker=worker, stands_in=False).exists():
        return _("%(name)s on jo perheen vastuutyöntekijä.") % {"name": worker.name}
    return why_not_named([worker], plan.situation)


def why_not_told(on: date) -> Sentence | None:
    """May the family have been told on this day?"""
    if on > today():
        return _("Kerro perheelle ensin. Päivä on vielä edessä.")
    return None


def why_not_answer(worker: Worker, handing: ResponsibilityHandover) -> Sentence | None:
    """Why the worker can't say yes or no to the offer."""
    if handing.to_worker_id != worker.pk:
        return _("Vastuuta tarjotaan toiselle.")
    match HandingStatus(handing.status):
        case HandingStatus.WITHDRAWN:
            return _("Tarjous on peruttu. Sinun ei tarvitse tehdä mitään.")
        case HandingStatus.RETURNED:
            return _("Tarjous ei ole enää voimassa. Sinun ei tarvitse tehdä mitään.")
        case HandingStatus.ACCEPTED | HandingStatus.DECLINED | HandingStatus.PASSED:
            return _("Tähän on jo vastattu.")
    if not handing.plan.is_in_force:
        return _("Suunnitelma ei ole enää voimassa. Sinun ei tarvitse tehdä mitään.")
    if not worker.works_with_families or not worker.unit.organisation.is_public_service:
        return _("Vastuutyöntekijä työskentelee julkisessa palvelussa.")
    if handing.consent is None or not handing.consent.is_in_force:
        return _("Perhe on perunut luvan, joten vastuu ei siirry sinulle.")
    return None


def why_not_take_back(worker: Worker, handing: ResponsibilityHandover) -> Sentence | None:
    """Who sees all of the situation takes the offer back, before it is answered."""
    if handing.status != HandingStatus.OFFERED:
        return _("Tähän on jo vastattu.")
    return why_not_opened(worker, handing.plan.situation)
