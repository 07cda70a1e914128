"""Who is responsible for the family, and how it came to be so: the facts of the plan's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus import words

from . import rules
from .models import Plan, ResponsibilityHandover
from .states import HandingCause, HandingStatus


def responsibility_facts(plan: Plan, worker: Worker) -> dict[str, Any]:
    """Who stands in, what is offered to whom, who it was before, and the next step. For those who see all."""
    handings = list(
        plan.responsibility_handovers.select_related("from_worker", "to_worker", "offered_by").order_by("pk")
    )
    return {
        "stand_in": _stand_in(plan, handings),
        "offer": next((_offer(one) for one in handings if one.status == HandingStatus.OFFERED), None),
        "history": [_line(one) for one in handings if one.status in _HAPPENED],
        "hand_url": _hand_url(plan),
    }


_HAPPENED = {HandingStatus.ACCEPTED, HandingStatus.PASSED}


def _hand_url(plan: Plan) -> str:
    return ""


def _stand_in(plan: Plan, handings: list[ResponsibilityHandover]) -> dict[str, str] | None:
    names = words.listed(worker.name for worker in rules.standing_in(plan))
    if not names:
        return None
    passed = [
        one for one in handings if one.status == HandingStatus.PASSED and one.cause != HandingCause.KOPPI
    ]
    former = passed[-1].from_worker.name if passed else ""
    if not passed or passed[-1].cause == HandingCause.PERMISSION:
        title = _("Perhe on perunut vastuutyöntekijän luvan")
    else:
        title = _("Vastuutyöntekijä on lähtenyt: %(name)s") % {"name": former}
    text = _(
        "Perheestä huolehtii toistaiseksi %(names)s. Sopikaa perheen kanssa, kuka on uusi vastuutyöntekijä."
    )
    return {"title": title, "text": text % {"names": names}}


def _offer(handing: ResponsibilityHandover) -> dict[str, str]:
    return {
        "text": _("Vastuuta on tarjottu: %(name)s. Vastausta odotetaan.") % {"name": handing.to_worker.name},
        "url": reverse("responsibility_withdraw", args=[handing.pk]),
    }


def _line(handing: ResponsibilityHandover) -> dict[str, str]:
    """Kaisa Peltonen → Juhani Aalto, ma 12.4.2027: when and why the responsibility moved."""
    assert handing.answered_at is not None
    facts = [handing.why or str(handing.get_cause_display())]
    if handing.family_told_on is not None:
        told = _("Perheelle kerrottiin %(day)s (%(how)s).")
        facts.append(
            told
            % {
                "day": words.short_day(handing.family_told_on).rstrip("."),
                "how": handing.get_family_told_how_display(),
            }
        )
    return {
        "when": words.day(handing.answered_at),
        "title": _("%(former)s → %(new)s")
        % {"former": handing.from_worker.name, "new": handing.to_worker.name},
        "text": ". ".join(fact.rstrip(".") for fact in facts) + ".",
    }
