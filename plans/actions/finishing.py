"""The day when everyday life runs."""

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.situations import close
from meetings.actions.situations import locked as locked_situation
from meetings.models import Situation
from meetings.states import Ending
from network.models import Worker
from perhekeskus.refusals import Refused, require

from .. import rules
from ..models import NextContact
from ..outcome_rules import why_not_everyday
from .contacts import close_contact


@transaction.atomic
def finish(*, situation: Situation, by: Worker, outcome: str) -> Situation:
    """Everyday life runs: what came of the last contact is written down and the situation ends well."""
    situation = locked_situation(situation)
    require(rules.why_not_finish(by, situation))
    require(why_not_everyday(situation))
    if not outcome.strip():
        raise Refused(_("Kirjoita, miten perheen tilanne on muuttunut."))
    for contact in NextContact.objects.open().filter(plan__situation=situation).select_related("plan"):
        close_contact(contact, by, outcome)
    close(situation, Ending.EVERYDAY, by)
    return situation
