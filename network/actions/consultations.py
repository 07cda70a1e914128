"""Asking for advice under the family's permission, answering, and what came of it.

Locks: the one who takes the question first, as closing their account does; then the permission and the
consultation, as a withdrawal takes them.
"""

import uuid

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, Sentence, require

from .. import consultation_messages as messages
from ..models import Consent, Consultation, TeamMember, Worker
from ..rules import consultations as rules
from ..states import OPEN_CONSULTATIONS, ConsultationResult, ConsultationStatus


@transaction.atomic
def ask(
    *,
    consent: Consent,
    situation_number: int,
    by: Worker,
    question: str,
    is_anonymous: bool,
    form_key: uuid.UUID | None = None,
) -> Consultation:
    """Send a question to the one whom the permission names. The same form twice asks once."""
    consent = _locked_consent(consent.pk)
    if form_key is not None and (earlier := Consultation.objects.filter(form_key=form_key).first()):
        if earlier.asked_by_id == by.pk and earlier.question == question:
            return earlier
        form_key = None
    if not consent.is_in_force:
        raise Refused(rules.PERMISSION_GONE)
    adviser = consent.worker or consent.unit or consent.team
    if adviser is None:
        raise Refused(_("Neuvoa voi kysyä työntekijältä, yksiköltä tai tiimiltä."))
    require(rules.why_not_be_asked(by, adviser))
    require(rules.why_not_words(consent.family, question, is_anonymous=is_anonymous))
    consultation = Consultation(
        consent=consent,
        situation_number=situation_number,
        municipality_id=consent.family.municipality_id,
        is_anonymous=is_anonymous,
        question=question,
        asked_by=by,
        form_key=form_key,
    )
    consultation.full_clean(exclude=["consent", "municipality", "asked_by"], validate_constraints=False)
    consultation.save()
    messages.queue_question(consultation)
    return consultation


@transaction.atomic
def pick_up(*, consultation: Consultation, by: Worker) -> Consultation:
    """Take the question, so that the others of the unit or the team know that it is taken care of."""
    by = _in_place(by)
    consultation = _locked(consultation)
    require(_why_not_receiver(by, consultation) or rules.why_not_pick_up(by, consultation))
    if consultation.status == ConsultationStatus.ASKED:
        consultation.status = ConsultationStatus.PICKED_UP
        consultation.picked_up_by, consultation.picked_up_at = by, timezone.now()
        consultation.save(update_fields=["status", "picked_up_by", "picked_up_at"])
    return consultation


@transaction.atomic
def let_go(*, consultation: Consultation, by: Worker) -> Consultation:
    """Leave a question that was picked up to the others."""
    consultation = _locked(consultation)
    require(_why_not_receiver(by, consultation) or rules.why_not_let_go(by, consultation))
    consultation.status = ConsultationStatus.ASKED
    consultation.picked_up_by = consultation.picked_up_at = None
    consultation.save(update_fields=["status", "picked_up_by", "picked_up_at"])
    return consultation


@transaction.atomic
def answer(*, consultation: Consultation, by: Worker, text: str) -> Consultation:
    """Answer the question; who answers without picking it up first has picked it up."""
    by = _in_place(by)
    consultation = _locked(consultation)
    if (
        consultation.status == ConsultationStatus.ANSWERED
        and consultation.answered_by_id == by.pk
        and consultation.answer == text
    ):
        return consultation
    require(_why_not_receiver(by, consultation))
    require(rules.why_not_answer(by, consultation, consultation.consent))
    if not text.strip():
        raise Refused(_("Kirjoita vastaus."))
    if (word := rules.identity_code_in(text)) is not None:
        require(rules.why_not_words(consultation.consent.family, word, is_anonymous=False))
    now = timezone.now()
    if consultation.picked_up_by_id is None:
        consultation.picked_up_by, consultation.picked_up_at = by, now
    consultation.status = ConsultationStatus.ANSWERED
    consultation.answer = text
    consultation.answered_by, consultation.answered_at = by, now
    consultation.save(
        update_fields=["status", "picked_up_by", "picked_up_at", "answer", "answered_by", "answered_at"]
    )
    messages.drop_question(consultation)
    messages.queue_answered(consultation)
    return consultation


@transaction.atomic
def close(*, consultation: Consultation, by: Worker, result: ConsultationResult) -> Consultation:
    """Write down what came of the advice."""
    consultation = _locked(consultation)
    if consultation.status == ConsultationStatus.CLOSED and consultation.result == result:
        return consultation
    require(rules.why_not_close(by, consultation))
    if result == ConsultationResult.DIRECT and not consultation.consent.is_in_force:
        raise Refused(rules.PERMISSION_GONE)
    consultation.status = ConsultationStatus.CLOSED
    consultation.result = result
    consultation.closed_by, consultation.closed_at = by, timezone.now()
    consultation.save(update_fields=["status", "result", "closed_by", "closed_at"])
    if result == ConsultationResult.DIRECT and not consultation.is_anonymous:
        messages.queue_direct(consultation)
    return consultation


@transaction.atomic
def withdraw(*, consultation: Consultation, by: Worker) -> Consultation:
    """Take the question back before it is answered; nobody is asked any more."""
    consultation = _locked(consultation)
    if consultation.status == ConsultationStatus.WITHDRAWN:
        return consultation
    require(rules.why_not_withdraw(by, consultation))
    consultation.status = ConsultationStatus.WITHDRAWN
    consultation.withdrawn_by, consultation.withdrawn_at = by, timezone.now()
    consultation.save(update_fields=["status", "withdrawn_by", "withdrawn_at"])
    messages.drop_question(consultation)
    return consultation


@transaction.atomic
def withdraw_of_situation(*, situation_number: int, by: Worker) -> None:
    """Take back every unanswered question of a situation that ends."""
    waiting = Consultation.objects.filter(situation_number=situation_number, status__in=OPEN_CONSULTATIONS)
    for consultation in waiting.order_by("consent_id", "pk"):
        withdraw(consultation=consultation, by=by)


def tell_of_left_waiting() -> None:
    """Tell of the questions whose one has left, whichever way they left. May run twice harmlessly."""
    waiting = Consultation.objects.exclude(left_waiting_at=None).order_by("consent_id", "pk")
    for consultation in waiting:
        with transaction.atomic(), translation.override("fi"):
            consultation = _locked(consultation)
            if consultation.left_waiting_at is None:
                continue
            if consultation.is_open and consultation.consent.is_in_force:
                messages.queue_left_waiting(consultation)
            consultation.left_waiting_at = None
            consultation.save(update_fields=["left_waiting_at"])


def _why_not_receiver(by: Worker, consultation: Consultation) -> Sentence | None:
    """Only the one whom the family's permission names, or somebody of theirs; nobody answers oneself."""
    if consultation.asked_by_id == by.pk:
        return _("Kysyit tätä itse, joten vastaaja on joku toinen.")
    is_received = Consultation.objects.received_by(by).filter(pk=consultation.pk).exists()
    if is_received or not consultation.is_open:
        return None
    if not consultation.consent.is_in_force:
        return rules.PERMISSION_GONE
    if consultation.picked_up_by_id is not None and consultation.picked_up_by_id != by.pk:
        return None
    return _("Perheen lupa on annettu toiselle.")


def _in_place(by: Worker) -> Worker:
    """The worker as they are now: their account is not closed, nor are they moved, before this is done."""
    list(Worker.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))
    list(TeamMember.objects.select_for_update().filter(worker_id=by.pk).order_by("pk").values_list("pk"))
    return Worker.objects.get(pk=by.pk)


def _locked_consent(pk: int) -> Consent:
    lock(Consent(pk=pk))
    return Consent.objects.select_related("family", "worker", "unit", "team").get(pk=pk)


def _locked(consultation: Consultation) -> Consultation:
    """The consultation, locked after its permission, and read again."""
    consent_id = None
    while consent_id != consultation.consent_id:
        # A new permission can have replaced the old one while we waited.
        consent_id = consultation.consent_id
        _locked_consent(consent_id)
        consultation = Consultation.objects.get(pk=consultation.pk)
    lock(consultation)
    people = ("consent__family", "asked_by", "picked_up_by", "answered_by")
    return Consultation.objects.select_related(*people).get(pk=consultation.pk)
