"""Who belongs to the family, and who gives its permissions: written down by the one with the koppi."""

from collections.abc import Collection

import pghistory
from django.db import transaction
from django.db.models import RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import ClosePerson, FamilyMember, Worker
from network.rules.consents import why_not_ask_both, why_not_decide_alone, why_not_remove
from network.states import MemberRole
from perhekeskus.locks import lock
from perhekeskus.refusals import Refused, require

from ..models import Participation, Situation
from ..rules.situations import why_not_edit_family
from ..states import PREPARING, Decision
from .convening import changed, remove_person
from .convening import locked as locked_meeting
from .situations import locked


def _opened(situation: Situation, by: Worker | None) -> Situation:
    """The situation and its family, locked; `by` is None where the family itself changes its own people."""
    situation = locked(situation)
    if by is not None:
        require(why_not_edit_family(by, situation))
    lock(situation.family)
    situation.family.refresh_from_db()
    return situation


@transaction.atomic
def set_givers(*, situation: Situation, by: Worker, both_asked: bool, mature: Collection[int]) -> Situation:
    """Say whether both guardians are asked, and which of the children (keys) decide for themselves.

    Each change is on record with its worker, and the family reads it on its own page. A permission that was
    given stands as it was given: nothing comes into force or ends by this.
    """
    situation = _opened(situation, by)
    family = situation.family
    if both_asked:
        require(why_not_ask_both(family))
    with pghistory.context(worker=by.pk):
        if family.both_guardians_asked != both_asked:
            family.both_guardians_asked = both_asked
            family.save(update_fields=["both_guardians_asked"])
        for child in family.members.filter(role=MemberRole.CHILD).order_by("pk"):
            if child.is_mature != (child.pk in mature):
                child.is_mature = child.pk in mature
                if child.is_mature:
                    require(why_not_decide_alone(child))
                child.save(update_fields=["is_mature"])
    return situation


@transaction.atomic
def add_member(*, situation: Situation, by: Worker, member: FamilyMember) -> FamilyMember:
    """Write down one more child or guardian; a guardian comes to the shared time that is being prepared."""
    situation = _opened(situation, by)
    member.family = situation.family
    member.full_clean()
    member.save()
    meeting = situation.meetings.filter(status__in=PREPARING).first()
    if meeting is not None and member.role == MemberRole.GUARDIAN:
        meeting = locked_meeting(meeting)
        Participation.objects.create(
            meeting=meeting, member=member, decision=Decision.YES, decided_at=timezone.now()
        )
        changed(meeting)
    return member


@transaction.atomic
def remove_member(*, situation: Situation, by: Worker, member: FamilyMember) -> None:
    """Take away a child or guardian who was written down by mistake; whoever has taken part stays."""
    situation = _opened(situation, by)
    member = situation.family.members.select_related("family").get(pk=member.pk)
    require(why_not_remove(member))
    if member.participations.exclude(meeting__status__in=PREPARING).exists():
        raise Refused(_("%(name)s on merkitty yhteiseen aikaan.") % {"name": member.first_name})
    if member.views.exists():
        raise Refused(
            _("%(name)s on kertonut oman näkemyksensä. Poista se ensin.") % {"name": member.first_name}
        )
    _delete(member, member.first_name)


@transaction.atomic
def add_by_family(*, situation: Situation, person: ClosePerson) -> ClosePerson:
    """The family writes down somebody close to it. The same person twice is once; nobody is told."""
    situation = _opened(situation, None)
    same = situation.family.close_people.filter(name=person.name, relation=person.relation).first()
    if same is not None:
        return same
    person.family = situation.family
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def change_close_person(*, situation: Situation, by: Worker | None, person: ClosePerson) -> ClosePerson:
    """Mend the name or the address of somebody close to the family."""
    situation = _opened(situation, by)
    if not situation.family.close_people.filter(pk=person.pk).exists():
        raise Refused(_("Hän on toisen perheen läheinen."))
    person.full_clean()
    person.save(update_fields=["name", "relation", "email", "phone"])
    return person


@transaction.atomic
def remove_close_person(*, situation: Situation, by: Worker | None, person: ClosePerson) -> None:
    """Take somebody off the list of close people; whom the family has given a permission stays."""
    situation = _opened(situation, by)
    if person.consents.exists():
        raise Refused(
            _("%(name)s on saanut perheeltä luvan, ja se säilyy luettelossa. Peru lupa, jos se ei enää päde.")
            % {"name": person.name}
        )
    for participation in person.participations.select_related("meeting").order_by("pk"):
        if participation.meeting.status not in PREPARING:
            raise Refused(_("%(name)s on merkitty yhteiseen aikaan.") % {"name": person.name})
        remove_person(participation=participation, by=by or participation.meeting.convener)
    _delete(person, person.name)


def _delete(person: FamilyMember | ClosePerson, name: str) -> None:
    try:
        person.delete()
    except RestrictedError as kept:
        raise Refused(
            _("%(name)s on mukana yhteisessä suunnitelmassa, joten hän säilyy luettelossa.") % {"name": name}
        ) from kept
