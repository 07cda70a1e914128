"""Asking for advice about a situation: the family's permission and the question in one step."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from network.actions import consents
from network.actions import consultations as network_actions
from network.models import Consent, Consultation, FamilyMember, Worker
from network.rules.consultations import Adviser
from network.states import ConsentMethod, ConsentPurpose, ConsultationResult
from perhekeskus.refusals import Refused, require

from ..models import Situation
from ..rules import consultations as rules
from .situations import locked


@dataclass(frozen=True)
class Given:
    """What the family said: who, with whom, how, about what."""

    by: FamilyMember
    method: ConsentMethod
    topics: tuple[str, ...] = ()
    with_: FamilyMember | None = None


def standing(situation: Situation, adviser: Adviser) -> Consent | None:
    """The family's permission to ask this very one, when it is in force already."""
    return (
        Consent.objects.in_force()
        .filter(
            family=situation.family_id,
            purpose=ConsentPurpose.CONSULT,
            **{consents.receiver_field(adviser): adviser},
        )
        .order_by("-given_at", "-pk")
        .first()
    )


@transaction.atomic
def ask(
    *,
    situation: Situation,
    by: Worker,
    to: Adviser,
    question: str,
    is_anonymous: bool,
    given: Given | None = None,
    form_key: uuid.UUID | None = None,
) -> Consultation:
    """Ask, under the permission in force or under the one that the family gave just now.

    Nothing stays of a permission whose question was refused.
    """
    situation = locked(situation)
    require(rules.why_not_ask(by, situation))
    consent = standing(situation, to)
    if consent is None:
        if given is None:
            raise Refused(_("Perheen lupa puuttuu. Kirjaa, kuka perheestä antoi luvan ja miten."))
        consent = consents.give(
            family=situation.family,
            to=to,
            purpose=ConsentPurpose.CONSULT,
            topics=given.topics,
            method=given.method,
            given_by=given.by,
            given_with=given.with_,
            by=by,
        )
    return network_actions.ask(
        consent=consent,
        situation_number=situation.pk,
        by=by,
        question=question,
        is_anonymous=is_anonymous,
        form_key=form_key,
    )


@transaction.atomic
def close(*, consultation: Consultation, by: Worker, result: ConsultationResult) -> Consultation:
    """Write down what came of the advice."""
    require(rules.why_not_asker(by, consultation.situation_number))
    return network_actions.close(consultation=consultation, by=by, result=result)


@transaction.atomic
def withdraw(*, consultation: Consultation, by: Worker) -> Consultation:
    """Take the question back before it is answered."""
    require(rules.why_not_asker(by, consultation.situation_number))
    return network_actions.withdraw(consultation=consultation, by=by)
