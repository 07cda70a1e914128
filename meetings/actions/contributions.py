"""Saying something beforehand when one can't come, and the family's word on reading it at the table."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Contribution, Participation
from ..rules import contributions as rules
from ..rules.meetings import why_not_prepare
from .convening import locked


@transaction.atomic
def contribute(*, participation: Participation, text: str) -> Contribution:
    """Write it down for the family, or write it anew; the same words twice are once."""
    meeting = locked(participation.meeting)
    participation = Participation.objects.select_related("invitation", "consent").get(pk=participation.pk)
    participation.meeting = meeting
    require(rules.why_not_contribute(participation))
    assert participation.consent is not None, "The rule asks for it."
    if not text.strip():
        raise Refused(_("Kirjoita, mitä haluat sanoa."))
    earlier = Contribution.objects.select_for_update().filter(participation=participation).first()
    if earlier is None:
        return Contribution.objects.create(
            participation=participation, consent=participation.consent, text=text
        )
    if earlier.text != text or earlier.withdrawn_at is not None:
        earlier.text, earlier.consent = text, participation.consent
        earlier.written_at, earlier.withdrawn_at = timezone.now(), None
        earlier.may_be_read = earlier.decided_at = earlier.decided_recorded_by = None
        earlier.save()
    return earlier


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
    return contribution
