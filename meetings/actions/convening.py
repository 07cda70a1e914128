"""Convening: who is proposed, what is talked about, what the family decides, who is invited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network import messages as network_messages
from network.actions import consents
from network.actions.consents import receiver_field
from network.actions.invitations import answer_time, link_days
from network.models import ClosePerson, Consent, Family, FamilyMember, Invitation, Worker
from network.querysets import RECEIVER_ROWS
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus, MemberRole
from perhekeskus.locks import lock
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused, require

from .. import messages
from ..called_off import Reason
from ..came_before import Before
from ..models import Booking, Cancellation, Kind, Meeting, Participation, Situation, Topic
from ..places import place_outside
from ..rules import meetings as rules
from ..rules.kinds import why_not_of_kind
from ..rules.situations import why_not_convene
from ..states import (
    OPEN_MEETINGS,
    PREPARING,
    CalledOff,
    Decision,
    MeetingKind,
    MeetingStatus,
    Stage,
    WhoCancelled,
)
from .agendas import copy_agenda
from .answers import keep_time, name_another
from .leading import free_from_leading, require_let_in
from .situations import back_from, move
from .situations import locked as locked_situation


def locked(meeting: Meeting, seen_version: int | None = None) -> Meeting:
    """The meeting's row, locked and read again; refused when the page has seen an older one."""
    lock(meeting)
    meeting = Meeting.objects.select_related(
        "situation__family", "situation__holder", "convener", "room__unit"
    ).get(pk=meeting.pk)
    require(rules.why_not_fresh(meeting, seen_version))
    return meeting


def changed(meeting: Meeting, *fields: str) -> None:
    """Save the fields and let older pages know that they are old."""
    meeting.version += 1
    meeting.save(update_fields=[*fields, "version"])


@transaction.atomic
def convene(*, situation: Situation, by: Worker, kind: Kind | None = None) -> Meeting:
    """Begin to prepare a meeting, a shared time unless another kind is meant.

    The family's guardians are there in their own right.
    """
    situation = locked_situation(situation)
    preparing = situation.meetings.filter(status__in=OPEN_MEETINGS).first()
    if preparing is not None and not rules.why_not_prepare(by, preparing):
        return preparing
    require(why_not_convene(by, situation))
    if kind is None:
        kind = Kind.objects.get(code=MeetingKind.SHARED_TIME)
    require(why_not_of_kind(kind))
    meeting = Meeting.objects.create(
        situation=situation, convener=by, municipality_id=situation.family.municipality_id, kind=kind
    )
    now = timezone.now()
    Participation.objects.bulk_create(
        Participation(meeting=meeting, member=member, decision=Decision.YES, decided_at=now)
        for member in situation.family.members.filter(role=MemberRole.GUARDIAN)
    )
    copy_agenda(meeting)
    move(situation, Stage.CONVENING)
    return meeting


@transaction.atomic
def propose_person(
    *, meeting: Meeting, by: Worker, person: consents.Receiver, why: str = ""
) -> Participation:
    """Propose somebody, or somebody of a unit or a team, to the family; nothing leaves yet. Twice is once."""
    meeting = locked(meeting)
    require(rules.why_not_propose(by, meeting))
    if isinstance(person, Worker):
        if person.pk == meeting.convener_id:
            raise Refused(_("Olet itse mukana koollekutsujana."))
        if not person.works_with_families:
            raise Refused(_("%(name)s ei työskentele perheiden kanssa.") % {"name": person.name})
    elif isinstance(person, ClosePerson) and person.family_id != meeting.situation.family_id:
        raise Refused(_("Hän on toisen perheen läheinen."))
    participation, is_new = Participation.objects.get_or_create(
        meeting=meeting, **{receiver_field(person): person}, defaults={"why": why[:200]}
    )
    if is_new:
        _reopen_for_decision(meeting)
    return participation


def let_in_again(*, meeting: Meeting, before: Iterable[Before]) -> None:
    """Put those along whom a permission of the family lets come again, to a meeting just begun.

    The family's word on them stands as it gave it; it decides on each of them anew, as always.
    """
    for one in before:
        if one.consent is None or one.key == ("worker", meeting.convener_id):
            continue
        field, key = one.key
        Participation.objects.create(
            meeting=meeting,
            consent=one.consent,
            decision=Decision.YES,
            decided_at=one.consent.given_at,
            **{f"{field}_id": key},
        )


@transaction.atomic
def say_expectation(*, participation: Participation, by: Worker, text: str) -> Participation:
    """What is hoped of the proposed person, for them to read before they answer; empty says nothing."""
    meeting = locked(participation.meeting)
    participation = meeting.participations.get(pk=participation.pk)
    participation.meeting = meeting
    text = " ".join(text.split())[:300]
    require(rules.why_not_expect(by, participation, text))
    if participation.expectation != text:
        participation.expectation = text
        participation.save(update_fields=["expectation"])
        # The family sees it too, where it decides.
        changed(meeting)
    return participation


@transaction.atomic
def remove_person(*, participation: Participation, by: Worker) -> None:
    """Take a proposal back before anything has been sent."""
    meeting = locked(participation.meeting)
    require(rules.why_not_propose(by, meeting))
    if participation.member_id is not None:
        raise Refused(_("Perhe on aina mukana."))
    if participation.invitation_id is not None:
        raise Refused(_("Hänelle on jo lähtenyt kutsu."))
    consent = participation.consent
    participation.delete()
    if consent is not None and consent.is_in_force:
        consents.withdraw(consent=consent, by=by)
    changed(meeting)


@transaction.atomic
def propose_topic(*, meeting: Meeting, by: Worker, title: str) -> Topic:
    """Propose something to talk about."""
    meeting = locked(meeting)
    require(rules.why_not_propose(by, meeting))
    title = " ".join(title.split())
    topic, is_new = Topic.objects.get_or_create(meeting=meeting, title=title)
    if is_new:
        _reopen_for_decision(meeting)
    return topic


@transaction.atomic
def remove_topic(*, topic: Topic, by: Worker) -> None:
    """Take a proposed topic back before the family has decided on it."""
    meeting = locked(topic.meeting)
    require(rules.why_not_propose(by, meeting))
    if topic.decision != Decision.UNDECIDED:
        raise Refused(_("Perhe on jo päättänyt tästä aiheesta."))
    topic.delete()
    changed(meeting)


@transaction.atomic
def ask_family(*, meeting: Meeting, by: Worker) -> Meeting:
    """Send the family a link on which it decides on each person and each topic."""
    meeting = locked(meeting)
    require(rules.why_not_ask_family(by, meeting))
    if rules.awaits_family(meeting) and messages.was_asked_lately(meeting):
        return meeting
    if meeting.status in PREPARING:
        meeting.status = MeetingStatus.WITH_FAMILY
    changed(meeting, "status")
    messages.queue_decide_link(meeting, owner=by)
    return meeting


@dataclass(frozen=True)
class FamilyDecision:
    """What the family said: ids of participations and of topics, each with yes (True) or no (False)."""

    people: Mapping[int, bool] = field(default_factory=dict)
    topics: Mapping[int, bool] = field(default_factory=dict)


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    decision: FamilyDecision,
    method: ConsentMethod,
    given_by: FamilyMember | None = None,
    given_with: FamilyMember | None = None,
    by: Worker | None = None,
    seen_version: int | None = None,
) -> Meeting:
    """Record the family's decision on each person and each topic, and open or close each door.

    `by` is the worker who writes it down on the spot; None when the family does it on its own page.
    `given_with` is the other guardian, where both are asked.
    """
    # Always the situation first, then its meeting: every action takes its locks in this order.
    locked_situation(meeting.situation)
    meeting = locked(meeting, seen_version)
    if by is not None:
        require(rules.why_not_prepare(by, meeting))
    require(rules.why_not_decidable(meeting))
    people = list(meeting.participations.by_decision().with_people())
    topics = list(meeting.topics.all())
    _decide_each(people, decision.people)
    _decide_each(topics, decision.topics)
    if any(one.decision == Decision.UNDECIDED for one in people) or any(
        one.decision == Decision.UNDECIDED for one in topics
    ):
        raise Refused(_("Jokaisesta ihmisestä ja aiheesta päätetään erikseen. Jokin jäi vielä päättämättä."))
    _open_and_close_doors(
        meeting, people, topics, method=method, given_by=given_by, given_with=given_with, by=by
    )
    meeting.decided_at = timezone.now()
    if meeting.status in {MeetingStatus.DRAFT, MeetingStatus.WITH_FAMILY}:
        meeting.status = MeetingStatus.DECIDED
    changed(meeting, "decided_at", "status")
    return meeting


@transaction.atomic
def add_by_family(*, meeting: Meeting, person: ClosePerson | None = None, topic: str = "") -> Meeting:
    """The family itself proposes somebody close to it, or a topic of its own; its own word is its yes."""
    locked_situation(meeting.situation)
    meeting = locked(meeting)
    if meeting.status not in OPEN_MEETINGS:
        raise Refused(_("Yhteinen aika ei ole enää päätettävänä."))
    now = timezone.now()
    if topic:
        Topic.objects.update_or_create(
            meeting=meeting,
            title=" ".join(topic.split())[:200],
            defaults={"by_family": True, "decision": Decision.YES, "decided_at": now},
        )
    if person is not None:
        if meeting.participations.filter(
            close_person__name=person.name, close_person__relation=person.relation
        ).exists():
            return meeting
        person.family = meeting.situation.family
        person.full_clean()
        person.save()
        Participation.objects.create(meeting=meeting, close_person=person)
        if meeting.status == MeetingStatus.DECIDED:
            _reopen_for_decision(meeting)
    changed(meeting)
    return meeting


@transaction.atomic
def send_invitations(
    *,
    meeting: Meeting,
    by: Worker,
    chair: Worker,
    recorder: Worker,
    timekeeper: Worker | None = None,
    seen_version: int | None = None,
) -> Meeting:
    """Invite everybody whom the family has let in and who has not been invited yet; tell the family.

    Pressing twice sends once: whoever has an invitation gets no second one.
    """
    situation = locked_situation(meeting.situation)
    meeting = locked(meeting)
    if meeting.status == MeetingStatus.INVITED and not _uninvited(meeting):
        return meeting
    require(rules.why_not_fresh(meeting, seen_version))
    require(rules.why_not_invite(by, meeting))
    require_let_in(meeting, *_named(chair, recorder, timekeeper))
    meeting.chair, meeting.recorder, meeting.timekeeper = chair, recorder, timekeeper
    for participation in _uninvited(meeting):
        participation.invitation = invitation_for(participation, meeting)
        participation.invitation.link = AccessLink.objects.issue(
            LinkPurpose.ANSWER, days=link_days(participation.invitation.period.upper)
        )
        participation.invitation.answer_by = answer_time(participation.invitation.period.lower)
        participation.invitation.save()
        participation.save(update_fields=["invitation"])
        network_messages.queue_request(participation.invitation, owner=by)
        if participation.worker is not None and meeting.status == MeetingStatus.INVITED:
            # Who was let in after the time was booked.
            keep_time(participation, participation.invitation, participation.worker)
    if meeting.status == MeetingStatus.BOOKED:
        meeting.status = MeetingStatus.INVITED
        meeting.invited_at, meeting.invited_by = timezone.now(), by
        messages.queue_family_time(meeting, owner=by)
    changed(meeting, "status", "chair", "recorder", "timekeeper", "invited_at", "invited_by")
    move(situation, Stage.SHARED_TIME)
    return meeting


@transaction.atomic
def set_leaders(
    *,
    meeting: Meeting,
    by: Worker,
    chair: Worker,
    recorder: Worker,
    timekeeper: Worker | None = None,
    seen_version: int | None = None,
) -> Meeting:
    """Choose anew who leads, who writes and who keeps the time, now that it is known who comes."""
    meeting = locked(meeting, seen_version)
    require(rules.why_not_change_leaders(by, meeting))
    require_let_in(meeting, *_named(chair, recorder, timekeeper))
    meeting.chair, meeting.recorder, meeting.timekeeper = chair, recorder, timekeeper
    changed(meeting, "chair", "recorder", "timekeeper")
    meeting.open_roles.all().delete()
    return meeting


def _named(*leaders: Worker | None) -> list[Worker]:
    return [one for one in leaders if one is not None]


def invitation_for(participation: Participation, meeting: Meeting) -> Invitation:
    """An unsaved invitation of the participation: the event's time and place, nothing of why."""
    if participation.consent is None or meeting.period is None:
        raise Refused(_("Kutsuun tarvitaan perheen lupa ja varattu aika."))
    return Invitation(
        consent=participation.consent,
        event_name=settings.SHARED_TIME_NAME,
        event_uid=meeting.event_uid,
        sequence=meeting.sequence,
        period=meeting.period,
        # A protected family's place is written nowhere outside: who comes reads it signed in.
        place=place_outside(meeting),
        expectation=participation.expectation,
    )


@transaction.atomic
def cancel(*, meeting: Meeting, by: Worker, reason: Reason | None = None) -> Meeting:
    """Cancel the meeting, free its bookings and tell everyone who was told of it that it is cancelled.

    Who and why are kept for the convener; without a `reason` it is nobody's doing.
    """
    situation = locked_situation(meeting.situation)
    meeting = locked(meeting)
    if meeting.status == MeetingStatus.CANCELLED:
        return meeting
    require(rules.why_not_cancel(by, meeting))
    was_invited = meeting.status == MeetingStatus.INVITED
    for participation in meeting.participations.exclude(invitation=None).select_related("invitation"):
        revoke(participation, owner=by)
    meeting.bookings.all().delete()
    meeting.status = MeetingStatus.CANCELLED
    meeting.cancelled_at, meeting.cancelled_by = timezone.now(), by
    changed(meeting, "status", "cancelled_at", "cancelled_by")
    Cancellation.objects.create(meeting=meeting, by=by, **(reason or Reason(WhoCancelled.OTHER)).fields)
    if was_invited:
        messages.queue_family_cancellation(meeting, owner=by)
    back_from(situation)
    return meeting


def _close_door(family: Family, participation: Participation, *, owner: Worker, by: Worker | None) -> None:
    """A "no" closes every invitation of the family to this person, also one of an earlier meeting."""
    open_doors = Consent.objects.in_force().filter(
        family=family,
        purpose=ConsentPurpose.INVITE,
        **participation.receiver_ids,
    )
    if consent := open_doors.first():
        consents.withdraw(consent=consent, by=by)
    if participation.consent is not None:
        note_taken_back(participation, by=by)
        revoke(participation, owner=owner)
    if participation.worker is not None:
        name_another(meeting=participation.meeting, instead_of=participation.worker, by=owner)


def note_taken_back(participation: Participation, *, by: Worker | None) -> None:
    """Keep for the counts that the family took back the coming of one who had been invited."""
    invitation = participation.invitation
    if invitation is not None and invitation.status != InvitationStatus.REVOKED:
        Cancellation.objects.create(
            meeting_id=participation.meeting_id,
            what=CalledOff.PERSON,
            participation=participation,
            who=WhoCancelled.FAMILY,
            by=by,
        )


def revoke(participation: Participation, *, owner: Worker | None) -> None:
    """Take an invitation back and tell the one who got it; their time is free again, invited or not."""
    invitation = participation.invitation
    comes = invitation.coming_worker_id if invitation is not None else None
    taken = [key for key in (participation.worker_id, comes) if key is not None]
    Booking.objects.filter(meeting=participation.meeting_id, worker__in=taken).delete()
    free_from_leading(participation.meeting, taken)
    if invitation is None:
        return
    Invitation.objects.filter(pk=invitation.pk).exclude(status=InvitationStatus.REVOKED).update(
        status=InvitationStatus.REVOKED
    )
    invitation.refresh_from_db()
    network_messages.queue_cancellation(invitation, owner=owner)


def _uninvited(meeting: Meeting) -> list[Participation]:
    return list(
        meeting.participations.filter(member=None, decision=Decision.YES, invitation=None)
        .exclude(consent=None)
        .with_people()
        .select_related("consent", *[f"consent__{row}" for row in RECEIVER_ROWS])
    )


def _reopen_for_decision(meeting: Meeting) -> None:
    """A new proposal after the family has decided goes to the family again."""
    if meeting.status == MeetingStatus.DECIDED:
        meeting.status = MeetingStatus.WITH_FAMILY
    changed(meeting, "status")


def _decide_each(rows: list[Participation] | list[Topic], said: Mapping[int, bool]) -> None:
    now = timezone.now()
    for row in rows:
        if row.pk in said:
            answer = Decision.YES if said[row.pk] else Decision.NO
            if row.decision != answer:
                row.decision, row.decided_at = answer, now


def _open_and_close_doors(
    meeting: Meeting,
    people: list[Participation],
    topics: list[Topic],
    *,
    method: ConsentMethod,
    given_by: FamilyMember | None,
    given_with: FamilyMember | None,
    by: Worker | None,
) -> None:
    family = meeting.situation.family
    for topic in topics:
        topic.save(update_fields=["decision", "decided_at"])
    allowed = [topic.title for topic in topics if topic.decision == Decision.YES]
    for participation in people:
        receiver = participation.receiver
        assert receiver is not None
        if participation.decision == Decision.YES:
            was_revoked = participation.consent is not None and not participation.consent.is_in_force
            participation.consent = consents.give(
                family=family,
                to=receiver,
                purpose=ConsentPurpose.INVITE,
                topics=allowed,
                method=method,
                given_by=given_by,
                given_with=given_with,
                by=by,
            )
            if was_revoked:
                participation.invitation = None
            elif (invitation := participation.invitation_id) is not None:
                # Open ones have come along; one called off does too, so that it stays called off.
                Invitation.objects.filter(pk=invitation, status=InvitationStatus.REVOKED).update(
                    consent=participation.consent
                )
        else:
            _close_door(family, participation, owner=by or meeting.convener, by=by)
        participation.save(update_fields=["decision", "decided_at", "consent", "invitation"])
        if participation.decision == Decision.YES and not was_revoked:
            # A poll that asks them goes on under the new permission.
            participation.poll_voices.update(consent=participation.consent)
