"""What came of the plan as a letter to the family: its own words, the workers', and whom to ask later."""

from typing import Any

from django.utils.translation import gettext as _

from perhekeskus.paper import Layout, printed

from .models import Plan
from .outcomes import outcome_of


def outcome_pdf(plan: Plan, *, layout: Layout = Layout.ORDINARY) -> bytes:
    """The letter as a tagged PDF in the family's language."""
    family = plan.situation.family

    def facts() -> dict[str, Any]:
        outcome = outcome_of(plan)
        return {
            "title": _("Mitä saimme aikaan"),
            "outcome": outcome,
            "address": family.postal_address.split("\n") if family.postal_address else [],
            "is_easy": layout == Layout.EASY,
            "footer": _("Mitä saimme aikaan · tilanne %(number)s · %(day)s")
            % {"number": outcome.number, "day": outcome.ended_on or outcome.agreed_on},
        }

    return printed("plans/outcome_paper.html", facts, language=family.language, layout=layout)
