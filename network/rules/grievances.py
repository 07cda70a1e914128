"""Who records a structural grievance, who handles it, and how it goes on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import StructuralGrievance, Worker
from ..states import ANSWERED_GRIEVANCES, GRIEVANCE_MOVES, GrievanceState

Sentence = str | Promise | None


def why_not_record(by: Worker) -> Sentence:
    """Anybody who works in the network may: what nobody may write down is lost."""
    return None if by.is_active else _("Tunnuksesi ei ole käytössä.")


def why_not_handle(by: Worker, grievance: StructuralGrievance) -> Sentence:
    if by.is_active and (by.is_coordinator or grievance.owner_id == by.pk):
        return None
    return _("Epäkohtaa vie eteenpäin se, joka sitä hoitaa, tai koordinaattori.")


def why_not_name_owner(by: Worker, grievance: StructuralGrievance, owner: Worker) -> Sentence:
    if refused := why_not_handle(by, grievance):
        return refused
    if grievance.state not in {GrievanceState.RECORDED, GrievanceState.UNDER_WAY}:
        return _("Epäkohta ei ole enää käsiteltävänä.")
    return None if owner.is_active else _("Työntekijän tunnus ei ole käytössä.")


def why_not_move(
    by: Worker, grievance: StructuralGrievance, to: GrievanceState, *, answer: str, outcome: str
) -> Sentence:
    if refused := why_not_handle(by, grievance):
        return refused
    if to not in GRIEVANCE_MOVES[GrievanceState(grievance.state)]:
        return _("Epäkohta on nyt tilassa ”%(state)s”. Katso sivu uudelleen.") % {
            "state": grievance.get_state_display()
        }
    if to not in {GrievanceState.RECORDED, GrievanceState.PUT_ASIDE} and grievance.owner_id is None:
        return _("Valitse ensin, kuka epäkohtaa hoitaa.")
    if to in ANSWERED_GRIEVANCES and not answer.strip():
        return _("Kirjoita vastaus: se näkyy kaikille verkoston työntekijöille.")
    if to == GrievanceState.PUT_ASIDE and not outcome.strip():
        return _("Kirjoita, miksi epäkohta jätetään.")
    return None
