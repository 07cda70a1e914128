"""Who may offer a koppi, to whom, and who may take it."""

from django.utils.translation import gettext_lazy as _

from network.models import Unit, Worker
from network.querysets import WorkerQuerySet
from perhekeskus.refusals import Sentence

from ..models import Absence, Handover, Situation
from ..states import HandoverStatus
from .situations import why_not_holder

Receiver = Worker | Unit


def catchers(unit: Unit) -> WorkerQuerySet:
    """Those of the unit who can catch a koppi."""
    return Worker.objects.working_with_families().filter(unit=unit)


def is_away(worker: Worker) -> bool:
    """Whether the worker has left the work with families, or is away just now."""
    return not worker.works_with_families or Absence.objects.of(worker).now().exists()


def why_not_offer(worker: Worker, situation: Situation) -> Sentence | None:
    return why_not_holder(worker, situation) or _why_not_once_more(situation)


def why_not_offer_for(supervisor: Worker, situation: Situation) -> Sentence | None:
    """May this one offer the koppi of somebody of their unit, who is away or has left?"""
    if not situation.is_open:
        return _("Tilanne on päättynyt.")
    holder = situation.holder
    if not supervisor.is_active or not supervisor.is_supervisor or supervisor.unit_id != holder.unit_id:
        return _("Poissa olevan koppia voi tarjota hänen yksikkönsä esihenkilö.")
    if holder.pk == supervisor.pk:
        return _("Koppi on sinulla. Tarjoa sitä tilanteen sivulta.")
    if not is_away(holder):
        return _("%(name)s ei ole poissa. Hän tarjoaa koppiaan itse.") % {"name": holder.name}
    return _why_not_once_more(situation)


def _why_not_once_more(situation: Situation) -> Sentence | None:
    if situation.handovers.filter(status=HandoverStatus.OFFERED).exists():
        return _("Koppia tarjotaan jo. Odota vastausta tai peru tarjous.")
    return None


def why_not_receive(to: Receiver, situation: Situation) -> Sentence | None:
    """May this person, or this unit, be offered the koppi?"""
    if isinstance(to, Unit):
        if not catchers(to).exclude(pk=situation.holder_id).exists():
            return _("%(name)s: täällä ei ole nyt ketään, joka voisi ottaa kopin.") % {"name": to.name}
        return None
    if not to.works_with_families:
        return _("%(name)s ei työskentele perheiden kanssa.") % {"name": to.name}
    if to.pk == situation.holder_id:
        return _("Koppi on jo hänellä.")
    return None


def why_not_receive_for(supervisor: Worker, to: Receiver) -> Sentence | None:
    """A supervisor offers the koppi of one who is away to the people of their own unit only."""
    unit_id = to.pk if isinstance(to, Unit) else to.unit_id
    if unit_id != supervisor.unit_id:
        return _("Tarjoa koppia oman yksikkösi väelle.")
    return None


def why_not_answer(worker: Worker, handover: Handover) -> Sentence | None:
    """Why the worker can't say yes or no to the offer."""
    if handover.to_unit_id is None and handover.to_worker_id != worker.pk:
        return _("Koppia tarjotaan toiselle.")
    if handover.to_unit_id is not None and (
        handover.to_unit_id != worker.unit_id or handover.from_worker_id == worker.pk
    ):
        return _("Koppia tarjotaan toiselle.")
    match HandoverStatus(handover.status):
        case HandoverStatus.ACCEPTED if handover.caught_by is not None:
            return _("Kopin otti jo %(name)s.") % {"name": handover.caught_by.name}
        case HandoverStatus.WITHDRAWN:
            return _("Tarjous on peruttu. Sinun ei tarvitse tehdä mitään.")
        case HandoverStatus.RETURNED:
            return _("Tarjous on palannut tarjoajalle. Sinun ei tarvitse tehdä mitään.")
        case HandoverStatus.ACCEPTED | HandoverStatus.DECLINED:
            return _("Tähän on jo vastattu.")
    if not handover.situation.is_open:
        return _("Tilanne on päättynyt.")
    if not worker.is_active:
        return _("Tunnuksesi on suljettu.")
    if not worker.works_with_families:
        return _("Koordinaattori ja pääkäyttäjä eivät ota koppia.")
    return None


def why_not_decline(worker: Worker, handover: Handover) -> Sentence | None:
    if refused := why_not_answer(worker, handover):
        return refused
    if handover.to_unit_id is not None:
        return _("Koppia tarjotaan koko yksikölle. Jos et voi ottaa sitä, jätä se toiselle.")
    return None


def why_not_withdraw(worker: Worker, handover: Handover) -> Sentence | None:
    """The one who offered takes the offer back, the holder too; a supervisor when the holder is away."""
    situation = handover.situation
    if handover.status != HandoverStatus.OFFERED:
        return _("Tähän on jo vastattu.")
    if worker.pk in {handover.from_worker_id, handover.offered_by_id}:
        return None
    if worker.is_supervisor and worker.unit_id == situation.holder.unit_id and is_away(situation.holder):
        return None
    return why_not_holder(worker, situation)
