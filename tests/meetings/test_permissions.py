"""Taking a permission back closes every door in the same transaction."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from meetings.actions import convening, permissions
from meetings.actions.answers import answer
from meetings.models import Booking, Meeting, Participation, Situation
from meetings.states import Decision
from network.actions import consents
from network.models import Consent, Invitation
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import (
    ClosePersonFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    everything,
    invited,
    with_conversation,
)
from tests.plugins.together import together


def doors(worker) -> tuple[bool, bool, bool]:
    """Whether the worker sees any situation, any meeting, any invitation."""
    return (
        Situation.objects.visible_to(worker).exists(),
        Meeting.objects.visible_to(worker).exists(),
        Invitation.objects.visible_to(worker).exists(),
    )


@pytest.mark.django_db
def test_access_ends_the_invitation_is_revoked_and_the_time_is_free():
    meeting = an_invited_meeting(people=2)
    gone, stays = invited(meeting, 0), invited(meeting, 1)
    assert doors(gone.worker) == doors(stays.worker) == (True, True, True)
    assert Booking.objects.filter(worker=gone.worker).exists()
    permissions.withdraw(consent=gone.consent, by=None)
    assert doors(gone.worker) == (False, False, False)
    assert doors(stays.worker) == (True, True, True)
    gone.refresh_from_db()
    assert gone.decision == Decision.NO
    assert gone.invitation.status == InvitationStatus.REVOKED
    assert not Booking.objects.filter(worker=gone.worker).exists()
    assert Booking.objects.filter(worker=stays.worker).exists()


@pytest.mark.django_db
def test_in_the_very_transaction_nothing_is_seen_any_more():
    meeting = an_invited_meeting(people=1)
    worker = invited(meeting).worker
    with transaction.atomic():
        permissions.withdraw(consent=invited(meeting).consent, by=meeting.convener)
        assert doors(worker) == (False, False, False)


@pytest.mark.django_db
def test_waiting_messages_to_the_one_who_was_let_in_are_dropped():
    meeting = an_invited_meeting(people=2)
    gone, stays = invited(meeting, 0), invited(meeting, 1)
    permissions.withdraw(consent=gone.consent, by=None)
    states = dict(
        Message.objects.filter(kind__startswith="invitation_").values_list("recipient", "state").distinct()
    )
    assert states == {gone.worker.email: MessageState.DROPPED, stays.worker.email: MessageState.WAITING}


@pytest.mark.django_db(transaction=True)
def test_who_got_the_invitation_gets_its_cancellation_and_the_reminder_stops(post):
    meeting = an_invited_meeting(people=1)
    worker = invited(meeting).worker
    outbox.drain()
    assert post.recipients.count(worker.email) == 1
    permissions.withdraw(consent=invited(meeting).consent, by=None)
    mine = Message.objects.filter(recipient=worker.email)
    assert dict(mine.values_list("kind", "state")) == {
        "invitation_request": MessageState.SENT,
        "invitation_answer_reminder": MessageState.DROPPED,
        "invitation_reminder": MessageState.DROPPED,
        "invitation_cancelled": MessageState.WAITING,
    }
    outbox.drain()
    last = post.letters[-1]
    calendars = [part for part in last.walk() if part.get_content_type() == "text/calendar"]
    assert last["To"] == worker.email
    assert calendars and "METHOD:CANCEL" in calendars[0].get_content()


@pytest.mark.django_db
def test_a_second_withdrawal_changes_nothing_and_harms_nothing():
    meeting = an_invited_meeting(people=1)
    first = permissions.withdraw(consent=invited(meeting).consent, by=None)
    second = permissions.withdraw(consent=first, by=meeting.convener)
    assert (second.withdrawn_at, second.withdrawn_recorded_by) == (first.withdrawn_at, None)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "invited", "coordinator", "administrator"])
def test_a_withdrawal_is_written_down_by_those_who_have_the_matter(who):
    meeting = an_invited_meeting(people=2)
    worker = {
        "stranger": WorkerFactory,
        "invited": lambda: invited(meeting, 1).worker,
        "coordinator": lambda: WorkerFactory(coordinator=True),
        "administrator": lambda: WorkerFactory(administrator=True),
    }[who]()
    with pytest.raises(Refused, match="joka hoitaa perheen asiaa"):
        permissions.withdraw(consent=invited(meeting).consent, by=worker)
    assert invited(meeting).consent.is_in_force


@pytest.mark.django_db
def test_a_close_person_is_let_out_too():
    situation = with_conversation()
    person = ClosePersonFactory(family=situation.family)
    meeting = an_invited_meeting(
        meeting=a_booked_meeting(
            meeting=a_decided_meeting(meeting=a_convened_meeting(situation=situation, people=[person]))
        )
    )
    permissions.withdraw(consent=invited(meeting).consent, by=None)
    assert Invitation.objects.get().status == InvitationStatus.REVOKED


@pytest.mark.django_db
def test_a_permission_given_again_opens_a_new_door_with_a_new_invitation():
    meeting = an_invited_meeting(people=2)
    worker = invited(meeting, 0).worker
    permissions.withdraw(consent=invited(meeting, 0).consent, by=None)
    meeting.refresh_from_db()
    convening.decide(
        meeting=meeting, decision=everything(meeting), method=ConsentMethod.PHONE, by=meeting.convener
    )
    assert doors(worker) == (False, False, False), "a permission alone invites nobody"
    meeting.refresh_from_db()
    convening.send_invitations(
        meeting=meeting, by=meeting.convener, chair=meeting.convener, recorder=meeting.convener
    )
    assert doors(worker) == (True, True, True)
    assert sorted(Invitation.objects.filter(consent__worker=worker).values_list("status", flat=True)) == [
        "pending",
        "revoked",
    ]


@pytest.mark.django_db
def test_the_familys_other_decision_is_a_withdrawal_as_well():
    meeting = an_invited_meeting(people=2)
    gone = invited(meeting, 0)
    convening.decide(
        meeting=meeting, decision=everything(meeting, no_to=[gone]), method=ConsentMethod.OWN_LINK, by=None
    )
    assert doors(gone.worker) == (False, False, False)
    assert not Booking.objects.filter(worker=gone.worker).exists()


@pytest.mark.django_db
def test_other_topics_after_the_invitations_leave_the_invitations_open():
    meeting = an_invited_meeting(people=1, topics=2)
    topic = meeting.topics.first()
    convening.decide(
        meeting=meeting, decision=everything(meeting, no_to=[topic]), method=ConsentMethod.OWN_LINK, by=None
    )
    one = invited(meeting)
    assert one.consent.is_in_force and topic.title not in one.consent.topics
    assert one.invitation.status == InvitationStatus.PENDING and doors(one.worker) == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["another family's", "another person's"])
def test_the_database_refuses_a_seat_under_somebody_elses_permission(whose):
    here, there = a_decided_meeting(people=2), a_decided_meeting(people=1)
    foreign = invited(there).consent if whose == "another family's" else invited(here, 1).consent
    with pytest.raises(IntegrityError, match="toiselle tai toisesta perheestä"), transaction.atomic():
        Participation.objects.filter(pk=invited(here, 0).pk).update(consent=foreign)


@pytest.mark.django_db
def test_the_database_refuses_a_seat_on_anothers_invitation():
    meeting = an_invited_meeting(people=2)
    first, second = invited(meeting, 0), invited(meeting, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=first.pk).update(invitation=second.invitation)
    with pytest.raises(IntegrityError, match="participation_invited_by_consent"), transaction.atomic():
        Participation.objects.filter(pk=first.pk).update(consent=None)


@pytest.mark.django_db(transaction=True)
def test_withdrawing_and_sending_at_the_same_moment_never_leaves_an_open_invitation():
    for _round in range(30):
        meeting = a_booked_meeting(people=1)
        consent = invited(meeting).consent
        together(
            partial(
                convening.send_invitations,
                meeting=meeting,
                by=meeting.convener,
                chair=meeting.convener,
                recorder=meeting.convener,
            ),
            partial(permissions.withdraw, consent=consent, by=None),
        )
        assert_closed(consent)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", [InvitationStatus.ACCEPTED, InvitationStatus.DECLINED])
def test_withdrawing_and_answering_at_the_same_moment_closes_the_door(said):
    for _round in range(15):
        one = invited(an_invited_meeting(people=1))
        together(
            partial(answer, invitation=one.invitation, status=said),
            partial(permissions.withdraw, consent=one.consent, by=None),
        )
        assert_closed(one.consent)
        assert not Booking.objects.filter(worker=one.worker).exists()


@pytest.mark.django_db(transaction=True)
def test_withdrawing_and_deciding_otherwise_at_the_same_moment_never_crosses():
    for _round in range(10):
        meeting = an_invited_meeting(people=1, topics=2)
        one = invited(meeting)
        other_topics = everything(meeting, no_to=[meeting.topics.first()])
        together(
            partial(
                convening.decide,
                meeting=meeting,
                decision=other_topics,
                method=ConsentMethod.OWN_LINK,
                seen_version=meeting.version,
            ),
            partial(permissions.withdraw, consent=one.consent, by=None),
        )
        assert not Invitation.objects.open().filter(consent__withdrawn_at__isnull=False).exists()


def assert_closed(consent: Consent) -> None:
    assert Consent.objects.get(pk=consent.pk).withdrawn_at is not None
    assert not Invitation.objects.open().filter(consent=consent).exists()
    assert not Message.objects.filter(permission_id=consent.pk, state=MessageState.WAITING).exists()


@pytest.mark.django_db
def test_withdrawing_a_copy_leaves_the_invitation():
    meeting = an_invited_meeting(people=1)
    one = invited(meeting)
    copy = consents.give(
        family=meeting.situation.family,
        to=one.worker,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=ConsentMethod.FACE_TO_FACE,
        by=meeting.convener,
    )
    permissions.withdraw(consent=copy, by=None)
    assert doors(one.worker) == (True, True, True)
