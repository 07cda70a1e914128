"""May this invitation be answered now?"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Invitation
from ..states import InvitationStatus


def why_not_answer(invitation: Invitation) -> str | Promise | None:
    invited = invitation.consent.worker
    may_come = invited is None or invited.works_with_families
    if invitation.status == InvitationStatus.REVOKED or not invitation.consent.is_in_force or not may_come:
        return _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    if invitation.period.upper <= timezone.now():
        return _("Tapaaminen on jo ollut, joten kutsuun ei voi enää vastata.")
    return None
