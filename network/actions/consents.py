"""Giving and withdrawing a family's permission."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from perhekeskus.refusals import Refused, require

from ..messages import follow_permission
from ..models import ClosePerson, Consent, Family, FamilyMember, OutsideProfessional, Team, Unit, Worker
from ..rules.consents import why_not_given_by
from ..states import ConsentMethod, ConsentPurpose

# What else stands on a permission and goes on under the one that replaces it. Upper floors add theirs.
FOLLOWERS: list[Callable[[Consent, Consent], None]] = []

Receiver = Worker | Unit | Team | OutsideProfessional | ClosePerson


@transaction.atomic
def give(
    *,
    family: Family,
    to: Receiver,
    purpose: ConsentPurpose,
    topics: Iterable[str],
    method: ConsentMethod,
    given_by: FamilyMember | None = None,
    given_with: FamilyMember | None = None,
    valid_until: datetime | None = None,
    by: Worker | None = None,
) -> Consent:
    """Record a permission; `by` is the worker who writes it down, None on the family's own page.

    `given_with` is the other guardian, where both are asked; the database refuses a permission of one too.
    Without `valid_until` it holds until it is taken back.

    A permission to the same receiver for the same purpose is replaced by a new row, and its open
    invitations and questions come along; when nothing has changed, the old one stands.
    """
    receiver = {receiver_field(to): to}
    if isinstance(to, Worker) and not to.works_with_families:
        raise Refused(_("%(name)s ei työskentele perheiden kanssa.") % {"name": to.name})
    require(why_not_given_by(family, given_by, given_with))
    wanted = list(topics)
    earlier = list(
        Consent.objects.in_force()
        .select_for_update(of=("self",))
        .filter(family=family, purpose=purpose, **receiver)
        .order_by("pk")
    )
    if earlier and (earlier[-1].topics, earlier[-1].valid_until) == (wanted, valid_until):
        return earlier[-1]
    consent = Consent(
        family=family,
        purpose=purpose,
        topics=wanted,
        method=method,
        given_by=given_by,
        given_with=given_with,
        valid_until=valid_until,
        recorded_by=by,
        **receiver,
    )
    consent.full_clean()
    consent.save()
    for old in earlier:
        old.invitations.exclude(status="revoked").update(consent=consent)
        old.consultations.exclude(status="withdrawn").update(consent=consent)
        for follow in FOLLOWERS:
            follow(old, consent)
        follow_permission(old, consent)
        _close(old, by)
    return consent


@transaction.atomic
def withdraw(*, consent: Consent, by: Worker | None = None) -> Consent:
    """Take a permission back, for the same receiver and purpose altogether. The database closes the doors."""
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    same = Consent.objects.select_for_update(of=("self",)).filter(
        family=consent.family_id,
        purpose=consent.purpose,
        withdrawn_at=None,
        **consent.receiver_ids,
    )
    for one in same.order_by("pk"):
        _close(one, by)
    consent.refresh_from_db()
    return consent


def _close(consent: Consent, by: Worker | None) -> None:
    consent.withdrawn_at = timezone.now()
    consent.withdrawn_recorded_by = by
    consent.save(update_fields=["withdrawn_at", "withdrawn_recorded_by"])


def receiver_field(to: Receiver) -> str:
    """The column that names a receiver of this kind, in `Consent` as in other rows of the five."""
    fields = {
        Worker: "worker",
        Unit: "unit",
        Team: "team",
        OutsideProfessional: "outside_professional",
        ClosePerson: "close_person",
    }
    return fields[type(to)]
