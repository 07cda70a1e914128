"""Proposing those who are not in the directory, and those whom an invited person would ask instead."""

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.models import OutsideProfessional, Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Meeting, Participation
from ..rules.meetings import why_not_mend
from .convening import ask_family, locked, propose_person


@transaction.atomic
def propose_outside(
    *, meeting: Meeting, by: Worker, person: OutsideProfessional
) -> tuple[Participation, bool]:
    """Propose somebody from outside, and say whether they turned out to have an account.

    An address is one person's: who is known already is proposed as they are known.
    """
    colleague = Worker.objects.active().filter(email__iexact=person.email).first()
    if colleague is not None:
        return propose_person(meeting=meeting, by=by, person=colleague), True
    if person.pk is None:
        person.added_by = by
        person.full_clean()
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            # Somebody else wrote the same address down at this very moment.
            person = OutsideProfessional.objects.get(email__iexact=person.email)
    return propose_person(meeting=meeting, by=by, person=person), False


@transaction.atomic
def mend_outside(
    *,
    meeting: Meeting,
    by: Worker,
    person: OutsideProfessional,
    name: str,
    title: str,
    organisation: str,
    why: str,
) -> OutsideProfessional:
    """Mend what is known of somebody from outside, for everybody; what was, and the reason, are on record."""
    meeting = locked(meeting)
    lock(person)
    person = OutsideProfessional.objects.get(pk=person.pk)
    name, organisation = " ".join(name.split()), " ".join(organisation.split())
    require(why_not_mend(by, meeting, person, name=name, why=why.strip()))
    person.name, person.organisation = name, organisation
    # Left empty, the title is not known to be another.
    person.title = " ".join(title.split()) or person.title
    person.full_clean()
    with pghistory.context(worker=by.pk, why=why.strip()[:200]):
        person.save(update_fields=["name", "title", "organisation"])
    return person


@transaction.atomic
def propose_instead(*, participation: Participation, by: Worker) -> Participation:
    """Propose to the family the one whom the invited person would ask instead, and ask for its decision."""
    lock(participation.meeting)
    invitation = participation.invitation
    if invitation is None or invitation.instead_worker is None:
        raise Refused(_("Kukaan ei ole ehdottanut toista työntekijää."))
    proposed = propose_person(
        meeting=participation.meeting, by=by, person=invitation.instead_worker, why=participation.why
    )
    meeting = Meeting.objects.select_related("situation__family").get(pk=participation.meeting_id)
    if meeting.situation.family.message_address:
        ask_family(meeting=meeting, by=by)
    return proposed
