"""Who is responsible for the family, and how it came to be so: the facts of the plan's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.family_cards import Card
from meetings.models import Situation
from network.models import Family, Worker
from network.whereabouts import phone_of, title_and_place_of_work
from perhekeskus import words

from . import rules, rules_of_handing
from .models import ContactRequest, Plan, ResponsibilityHandover
from .requests import received_words
from .states import HandingCause, HandingStatus


def responsibility_facts(plan: Plan, worker: Worker) -> dict[str, Any]:
    """Who stands in, what is offered to whom, who it was before, and the next step. For those who see all."""
    handings = list(
        plan.responsibility_handovers.select_related("from_worker", "to_worker", "offered_by").order_by("pk")
    )
    return {
        "now": words.listed(row.worker.name for row in plan.responsible_workers.all()),
        "stand_in": _stand_in(plan, handings),
        "offer": next((_offer(one) for one in handings if one.status == HandingStatus.OFFERED), None),
        "history": [_line(one) for one in handings if one.status in _HAPPENED],
        "hand_url": reverse("responsibility_offer", args=[plan.pk])
        if not rules_of_handing.why_not_hand(worker, plan)
        else "",
    }


_HAPPENED = {HandingStatus.ACCEPTED, HandingStatus.PASSED}


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


def who_carries(plan: Plan, family: Family) -> list[dict[str, str]]:
    """To the family: who is responsible for it now, and how they are reached."""
    rows = []
    for row in plan.responsible_workers.all():
        phone = phone_of(row.worker, family)
        work = title_and_place_of_work(row.worker, family)
        rows.append(
            {
                "name": row.worker.name,
                "what": _("%(work)s, toistaiseksi") % {"work": work} if row.stands_in else work,
                "phone": phone,
                "dial": "".join(sign for sign in phone if sign.isdigit() or sign == "+"),
            }
        )
    return rows


def told_to_family(plan: Plan) -> dict[str, Any]:
    """To the family, of a plan in force: what is on its way and what has changed."""
    handings = plan.responsibility_handovers.select_related("from_worker", "to_worker").order_by("pk")
    offered = next((one for one in handings if one.status == HandingStatus.OFFERED), None)
    standing = words.listed(worker.name for worker in rules.standing_in(plan))
    return {
        "stand_in": _("Teistä huolehtii toistaiseksi %(names)s. Voitte nimetä uuden vastuutyöntekijän.")
        % {"names": standing}
        if standing
        else "",
        "offered": _("Uudeksi vastuutyöntekijäksenne on pyydetty: %(name)s. Vastausta odotetaan.")
        % {"name": offered.to_worker.name}
        if offered is not None
        else "",
        "history": [
            {
                "when": words.day(one.answered_at),
                "title": _("%(new)s jatkoi, ennen häntä %(former)s")
                % {"new": one.to_worker.name, "former": one.from_worker.name},
                "text": one.why or str(one.get_cause_display()).capitalize(),
            }
            for one in handings
            if one.status in _HAPPENED and one.answered_at is not None
        ],
    }


def responsible_card(situation: Situation, token: str) -> Card | None:
    """On the family's front page: who is responsible for it, and asking to be contacted."""
    plan = situation.plans.in_force().prefetch_related("responsible_workers__worker__unit").first()
    if plan is None or not situation.is_open:
        return None
    people = who_carries(plan, situation.family)
    asked = ContactRequest.objects.open().filter(situation=situation).first()
    lines = [", ".join(part for part in (one["name"], one["what"], one["phone"]) if part) for one in people]
    return Card(
        title=_("Vastuutyöntekijänne"),
        lines=[*lines, received_words(asked)] if asked is not None else lines,
        label=_("Katsokaa pyyntöänne") if asked is not None else _("Pyytäkää yhteydenottoa"),
        url=reverse("family_contact", args=[token]),
    )
