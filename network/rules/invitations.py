"""May this invitation be answered now, and by somebody of whom?"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Invitation, Worker
from ..states import InvitationStatus

Sentence = str | Promise | None


def why_not_answer(invitation: Invitation) -> Sentence:
    invited = invitation.consent.worker
    may_come = invited is None or invited.works_with_families
    if invitation.status == InvitationStatus.REVOKED or not invitation.consent.is_in_force or not may_come:
        return _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    if invitation.period.upper <= timezone.now():
        return _("Tapaaminen on jo ollut, joten kutsuun ei voi enää vastata.")
    if invitation.status == InvitationStatus.EXPIRED or _is_overdue(invitation):
        return _("Vastausaika on päättynyt. Jos pääset sittenkin tulemaan, soita koollekutsujalle.")
    return None


def why_not_send_again(invitation: Invitation) -> Sentence:
    if invitation.status != InvitationStatus.EXPIRED:
        return _("Vain kutsun, johon ei vastattu ajoissa, voi lähettää uudelleen.")
    if not invitation.consent.is_in_force:
        return _("Perheen lupa ei ole enää voimassa.")
    if invitation.period.lower <= timezone.now():
        return _("Tapaaminen on jo alkanut.")
    return None


def why_not_move(invitation: Invitation) -> Sentence:
    if invitation.status == InvitationStatus.REVOKED or not invitation.consent.is_in_force:
        return _("Perheen lupa ei ole enää voimassa.")
    return None


def why_not_comes(worker: Worker, invitation: Invitation) -> Sentence:
    """Only somebody of the invited unit or team, who works with families, comes in its name."""
    consent = invitation.consent
    of_unit = consent.unit_id is not None and consent.unit_id == worker.unit_id
    of_team = consent.team is not None and consent.team.members.filter(pk=worker.pk).exists()
    if not (of_unit or of_team) or not worker.works_with_families:
        return _("Tulija on kutsutun yksikön tai tiimin työntekijä.")
    return None


def why_not_speak_for(by: Worker | None, invitation: Invitation) -> Sentence:
    """Once somebody of a unit comes, a colleague takes neither their seat nor their word."""
    comes = invitation.coming_worker
    if by is None or comes is None or comes.pk == by.pk:
        return None
    return _("Teiltä tulee jo %(name)s. Jos tulija vaihtuu, hän kertoo sen itse.") % {"name": comes.name}


def _is_overdue(invitation: Invitation) -> bool:
    by = invitation.answer_by
    return invitation.status == InvitationStatus.PENDING and by is not None and by <= timezone.now()
