"""Saying something beforehand when one can't come, and the family's word on reading it at the table."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..contribution_letters import drop_written, queue_written
from ..models import Contribution, Participation
from ..rules import contributions as rules
from ..rules.meetings import why_not_prepare
from .convening import locked


@transaction.atomic
def contribute(*, participation: Participation, text: str, by: Worker | None = None) -> Contribution:
    """Write it down for the family, or write it anew, and tell the family that there is something to read.

    `by` has signed in; in the name of an invited unit or team it is who the family is told. The same words
    twice are once.
    """
    meeting = locked(participation.meeting)
    participation = Participation.objects.select_related("invitation", "consent").get(pk=participation.pk)
    participation.meeting = meeting
    require(rules.why_not_contribute(participation, by))
    assert participation.consent is not None and participation.invitation is not None, "The rule asks."
    if not text.strip():
        raise Refused(_("Kirjoita, mitä haluat sanoa."))
    writer = by if participation.invitation.is_to_many else None
    one = Contribution.objects.select_for_update(of=("self",)).filter(participation=participation).first()
    if one is not None and one.text == text and one.withdrawn_at is None:
        return one
    if one is None:
        one = Contribution(participation=participation)
    one.text, one.consent, one.written_by = text, participation.consent, writer
    one.written_at, one.withdrawn_at = timezone.now(), None
    one.may_be_read = one.decided_at = one.decided_recorded_by = None
    one.save()
    queue_written(one, owner=meeting.convener)
    return one


@transaction.atomic
def decide_on_contribution(
    *, contribution: Contribution, may_be_read: bool, by: Worker | None = None, seen_text: str | None = None
) -> Contribution:
    """The family's word on reading it at the table; `by` is the worker who writes it down.

    `seen_text` is what the family had before its eyes: words written anew meanwhile are decided on anew.
    """
    meeting = locked(contribution.participation.meeting)
    if by is not None:
        require(why_not_prepare(by, meeting))
    require(rules.why_not_decide_on_contribution(meeting))
    lock(contribution)
    contribution = Contribution.objects.get(pk=contribution.pk)
    if contribution.withdrawn_at is not None:
        raise Refused(_("Lupa on peruttu, joten tätä ei lueta."))
    if seen_text is not None and seen_text != contribution.text:
        raise Refused(_("Teksti on muuttunut. Lukekaa se uudelleen ja päättäkää sitten."))
    contribution.may_be_read, contribution.decided_at = may_be_read, timezone.now()
    contribution.decided_recorded_by = by
    contribution.save(update_fields=["may_be_read", "decided_at", "decided_recorded_by"])
    drop_written(contribution)
    return contribution
