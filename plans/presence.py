"""Who was there when a plan is agreed on: who could have been, who is suggested, and how they are named."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Participation
from meetings.states import Attendance, Decision
from network.models import ClosePerson, FamilyMember, Worker

from .doers import full_name
from .models import Plan
from .models.presence import Attender
from .querysets import able_to_do


def who_could_be_there(plan: Plan, by: Worker) -> dict[str, list[Attender]]:
    """Those whom the agreeing page offers: the family, those close to it, and the professionals."""
    situation = plan.situation
    workers = able_to_do(situation, plan).order_by("last_name", "first_name", "pk")
    outside = _seats(plan).exclude(outside_professional=None).select_related("outside_professional")
    others = dict.fromkeys(one.outside_professional for one in outside if one.outside_professional)
    return {
        _("Perhe"): [*situation.family.members.all()],
        _("Läheiset"): [*situation.family.close_people.all()],
        _("Ammattilaiset"): [*dict.fromkeys([by, *workers]), *others],
    }


def _seats(plan: Plan) -> QuerySet[Participation]:
    return Participation.objects.filter(meeting__situation=plan.situation_id).order_by("pk")


def suggested(plan: Plan, by: Worker) -> list[Attender]:
    """Those who were at the shared time at which the plan was written, and the one who writes it down.

    A later version of the same shared time was agreed on elsewhere: of that nobody else is known.
    """
    people: dict[Attender, None] = {by: None}
    meeting = plan.meeting
    if meeting is None or meeting.plans.exclude(pk=plan.pk).filter(version__lt=plan.version).exists():
        return [by]
    people[meeting.convener] = None
    seats = meeting.participations.with_people().select_related("invitation__coming_worker").order_by("pk")
    for seat in seats:
        was_there = seat.attendance == Attendance.PRESENT or (
            not seat.attendance and seat.decision == Decision.YES
        )
        if was_there and (person := _sitting(seat)) is not None:
            people[person] = None
    return list(people)


def _sitting(seat: Participation) -> Attender | None:
    """Who came: of a unit or a team the one who said to come."""
    if seat.unit_id or seat.team_id:
        return seat.invitation.coming_worker if seat.invitation is not None else None
    return seat.member or seat.close_person or seat.worker or seat.outside_professional


def names_of_present(plan: Plan, place_shown: bool = True) -> list[str]:
    """The family first, then those close to it, then the professionals; of a protected one's no places."""
    people = [row.person for row in plan.presences.all()]
    order = {FamilyMember: 0, ClosePerson: 1}
    return [name_of(one, place_shown) for one in sorted(people, key=lambda one: order.get(type(one), 2))]


def name_of(person: Attender, place_shown: bool = True) -> str:
    if isinstance(person, FamilyMember | ClosePerson | Worker):
        return full_name(person)
    work = person.from_where if place_shown else person.title
    return f"{person.name}, {work}" if work else person.name
