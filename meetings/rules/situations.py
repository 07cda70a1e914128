"""What may be done to a situation, and by whom."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Consultation, Worker
from network.states import ConsultationResult, ConsultationStatus

from ..agreed import carriers
from ..models import Situation
from ..states import Ending, MeetingStatus, Stage, WayIn

Sentence = str | Promise | None

# Why a situation can't end in this way yet. Upper floors add theirs when they load (plans: the review).
ENDINGS: list[Callable[[Situation, Ending], Sentence]] = []


def why_not_raise(worker: Worker) -> Sentence:
    if not worker.works_with_families:
        return _("Koordinaattori ja pääkäyttäjä eivät kirjaa perheiden asioita.")
    return None


def why_not_raise_of_advice(worker: Worker, consultation: Consultation) -> Sentence:
    """May the one who gave advice open a situation of their own from it?"""
    is_direct = (
        consultation.status == ConsultationStatus.CLOSED
        and consultation.result == ConsultationResult.DIRECT
        and consultation.answered_by_id == worker.pk
    )
    if not is_direct:
        return _("Tilanteen avaa neuvosta se, jonka kanssa perhe haluaa jatkaa.")
    if Situation.objects.filter(consultation=consultation).exists():
        return _("Tästä neuvosta on jo avattu tilanne.")
    return None


def why_not_holder(worker: Worker, situation: Situation) -> Sentence:
    if not situation.is_open:
        return _("Tilanne on päättynyt.")
    if situation.holder_id != worker.pk:
        return _("Koppi on nyt toisella: %(name)s.") % {"name": situation.holder.name}
    return None


def why_not_edit_family(worker: Worker, situation: Situation) -> Sentence:
    return why_not_holder(worker, situation)


def why_not_record_conversation(worker: Worker, situation: Situation) -> Sentence:
    return why_not_holder(worker, situation)


def why_not_correct_conversation(worker: Worker, situation: Situation) -> Sentence:
    """The words are put right also when the situation has ended."""
    if situation.holder_id != worker.pk:
        return _("Keskustelun korjaa se, jolla koppi on: %(name)s.") % {"name": situation.holder.name}
    return None


def why_not_convene(worker: Worker, situation: Situation) -> Sentence:
    refused = why_not_holder(worker, situation)
    # A follow-up is called together by the one who carries the plan, too.
    if refused and not (situation.is_open and worker in carriers(situation)):
        return refused
    if not situation.conversations.exists():
        return _("Kirjaa ensin keskustelu perheen kanssa.")
    if situation.stage not in {Stage.RAISED, Stage.CONVENING, Stage.PLAN}:
        return _(
            "Yhteinen aika on jo sovittu tai pidetty. Uuden voi kutsua koolle, kun suunnitelmasta on sovittu."
        )
    return None


def why_not_end(worker: Worker, situation: Situation) -> Sentence:
    if refused := why_not_holder(worker, situation):
        return refused
    if situation.meetings.upcoming().exists():
        return _("Yhteinen aika on sovittu. Pidä tai peru se ensin.")
    return None


def why_not_end_as(situation: Situation, ending: Ending) -> Sentence:
    """Each way to end belongs somewhere: an answer that was given, a plan that was agreed on."""
    match ending:
        case Ending.EVERYDAY if situation.stage != Stage.PLAN:
            return _("Sujuva arki kirjataan, kun yhteinen suunnitelma on sovittu.")
        case Ending.CONSULTATION if not _was_advised(situation):
            return _("Neuvoa ei ole kysytty, tai siihen ei ole vielä vastattu.")
        case Ending.DECLINED if situation.meetings.filter(status=MeetingStatus.HELD).exists():
            return _("Yhteinen aika on jo pidetty. Valitse, miten tilanne nyt päättyi.")
    for why_not in ENDINGS:
        if refused := why_not(situation, ending):
            return refused
    return None


def _was_advised(situation: Situation) -> bool:
    asked = Consultation.objects.filter(situation_number=situation.pk, answered_at__isnull=False)
    # A situation that began from a colleague's answer was advised, too.
    return situation.way_in == WayIn.COLLEAGUE or asked.exists()


def why_not_reopen(worker: Worker, situation: Situation) -> Sentence:
    if situation.is_open:
        return _("Tilanne on jo auki.")
    if situation.holder_id != worker.pk:
        return _("Tilanteen avaa uudelleen se, jolla koppi viimeksi oli: %(name)s.") % {
            "name": situation.holder.name
        }
    return None
