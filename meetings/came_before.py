"""Who was along at the family's earlier meetings, and whom the family lets come again."""

from collections.abc import Iterable
from dataclasses import dataclass

from network.actions.consents import Receiver, receiver_field
from network.models import Consent, Worker
from network.states import ConsentPurpose

from .agreed import carriers
from .models import Meeting, Participation, Situation
from .states import Decision, MeetingStatus


@dataclass(frozen=True)
class Before:
    """One who was along, and the family's permission to invite them when it is in force."""

    person: Receiver
    consent: Consent | None

    @property
    def key(self) -> tuple[str, int]:
        return receiver_field(self.person), self.person.pk


def came_before(situation: Situation) -> list[Before]:
    """Everybody whom the family let come to a held meeting, and those who led it or carry the plan.

    The family itself is not among them, nor one who doesn't work with families any more. A fixed number of
    queries.
    """
    held = situation.meetings.filter(status=MeetingStatus.HELD).select_related("convener__unit")
    seats = Participation.objects.by_decision().filter(decision=Decision.YES, meeting__in=held)
    people: list[Receiver] = [seat.receiver for seat in seats.with_people().order_by("meeting", "pk")]
    people += [meeting.convener for meeting in held.order_by("pk")]
    people += [situation.holder, *carriers(situation)]
    in_force = Consent.objects.in_force().filter(family=situation.family_id, purpose=ConsentPurpose.INVITE)
    permissions = {
        (field, key): consent
        for consent in in_force.order_by("pk")
        for field, key in consent.receiver_ids.items()
        if key is not None
    }
    found: dict[tuple[str, int], Before] = {}
    for person in people:
        if isinstance(person, Worker) and not person.works_with_families:
            continue
        one = Before(person, permissions.get((receiver_field(person), person.pk)))
        found.setdefault(one.key, one)
    return list(found.values())


def not_along(meeting: Meeting, before: Iterable[Before]) -> list[Before]:
    """Those who are not proposed to this meeting, nor convene it."""
    proposed = {
        (field, key)
        for seat in meeting.participations.by_decision()
        for field, key in seat.receiver_ids.items()
        if key is not None
    }
    proposed.add(("worker", meeting.convener_id))
    return [one for one in before if one.key not in proposed]
