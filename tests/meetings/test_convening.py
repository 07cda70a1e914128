"""Proposing, deciding, inviting, cancelling: each verb, who may use it, and in which status."""

from functools import partial

import pytest

from meetings.actions import convening
from meetings.models import Booking, Meeting
from meetings.states import Decision, MeetingStatus, Stage
from network.models import Consent, Invitation
from network.states import ConsentMethod, InvitationStatus
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from tests.factories import (
    ClosePersonFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    everything,
    invited,
    with_conversation,
)
from tests.plugins.together import together
from tests.undone import undone

db = pytest.mark.django_db


def send(meeting: Meeting, by=None, **changes) -> Meeting:
    by = by or meeting.convener
    return convening.send_invitations(
        **{"meeting": meeting, "by": by, "chair": meeting.convener, "recorder": meeting.convener} | changes
    )


def decided_by(meeting: Meeting, by, **changes) -> Meeting:
    values = {"decision": everything(meeting), "method": ConsentMethod.PHONE} | changes
    return convening.decide(meeting=meeting, by=by, **values)


VERBS = {
    "propose_person": lambda meeting, by: convening.propose_person(
        meeting=meeting, by=by, person=WorkerFactory()
    ),
    "propose_topic": lambda meeting, by: convening.propose_topic(meeting=meeting, by=by, title="Uusi"),
    "ask_family": lambda meeting, by: convening.ask_family(meeting=meeting, by=by),
    "decide": decided_by,
    "send_invitations": lambda meeting, by: send(meeting, by),
    "cancel": lambda meeting, by: convening.cancel(meeting=meeting, by=by),
}
MAKE = {
    "draft": a_convened_meeting,
    "decided": a_decided_meeting,
    "booked": a_booked_meeting,
    "invited": an_invited_meeting,
    "held": a_held_meeting,
    "cancelled": lambda: _cancelled(a_convened_meeting()),
}
# Written out by hand: in which status each verb may be used by the one who convenes.
MAY = {
    "propose_person": "draft decided invited",
    "propose_topic": "draft decided invited",
    "ask_family": "draft decided invited",
    "decide": "draft decided booked invited",
    "send_invitations": "booked invited",
    "cancel": "draft decided booked invited cancelled",
}


def _cancelled(meeting: Meeting) -> Meeting:
    return convening.cancel(meeting=meeting, by=meeting.convener)


@db
@pytest.mark.parametrize("status", list(MAKE))
def test_each_verb_in_each_status(status):
    made = MAKE[status]()
    for verb, press in VERBS.items():
        meeting = Meeting.objects.get(pk=made.pk)
        with undone():
            if status in MAY[verb].split():
                press(meeting, meeting.convener)
            else:
                with pytest.raises(Refused):
                    press(meeting, meeting.convener)


@db
@pytest.mark.parametrize("verb", list(VERBS))
def test_each_verb_is_for_the_one_who_convenes_or_has_the_koppi(verb):
    status = MAY[verb].split()[-1] if verb != "cancel" else "invited"
    # Nobody is left to invite, which is answered before anybody is asked who they are.
    meeting = MAKE[status]() if verb != "send_invitations" else a_booked_meeting()
    others = [WorkerFactory(**{role: True}) for role in ("coordinator", "administrator", "guidance")]
    others += [WorkerFactory(), meeting.participations.exclude(worker=None).first().worker]
    for worker in others:
        with undone(), pytest.raises(Refused, match="Vain koollekutsuja"):
            VERBS[verb](meeting, worker)


# --- proposing ------------------------------------------------------------------------------------


@db
def test_the_guardians_are_there_in_their_own_right():
    meeting = a_convened_meeting(people=0, topics=0)
    own = meeting.participations.exclude(member=None)
    assert {one.member.role for one in own} == {"guardian"} and all(
        one.decision == Decision.YES for one in own
    )


@db
def test_a_proposal_reaches_nobody():
    a_convened_meeting()
    assert not Consent.objects.exists() and not Invitation.objects.exists()
    assert not Message.objects.filter(kind__startswith="invitation").exists()


@db
def test_twice_is_once_and_oneself_is_there_already():
    meeting, worker = a_convened_meeting(people=0), WorkerFactory()
    propose = partial(convening.propose_person, meeting=meeting, by=meeting.convener)
    assert propose(person=worker) == propose(person=worker)
    with pytest.raises(Refused, match="Olet itse mukana"):
        propose(person=meeting.convener)
    with pytest.raises(Refused, match="ei työskentele perheiden kanssa"):
        propose(person=WorkerFactory(coordinator=True))
    with pytest.raises(Refused, match="toisen perheen läheinen"):
        propose(person=ClosePersonFactory())
    topic = partial(convening.propose_topic, meeting=meeting, by=meeting.convener)
    assert topic(title="  Uni  ja   aamut ") == topic(title="Uni ja aamut")


@db
def test_a_new_proposal_after_the_decision_goes_to_the_family_again():
    meeting = a_decided_meeting()
    convening.propose_topic(meeting=meeting, by=meeting.convener, title="Vielä tämä")
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.WITH_FAMILY


@db
def test_who_is_taken_off_the_list_loses_the_permission():
    meeting = a_decided_meeting(people=2)
    one = invited(meeting)
    convening.remove_person(participation=one, by=meeting.convener)
    one.consent.refresh_from_db()
    assert one.consent.withdrawn_at is not None and meeting.participations.filter(member=None).count() == 1


@db
def test_the_family_is_not_taken_off_nor_a_topic_that_it_has_decided_on():
    meeting = a_decided_meeting()
    with pytest.raises(Refused, match="Perhe on aina mukana"):
        convening.remove_person(
            participation=meeting.participations.exclude(member=None).first(), by=meeting.convener
        )
    with pytest.raises(Refused, match="on jo päättänyt"):
        convening.remove_topic(topic=meeting.topics.first(), by=meeting.convener)


@db
def test_the_family_is_asked_only_when_there_is_something_to_ask_and_a_way_to_ask():
    empty = a_convened_meeting(people=0, topics=0)
    with pytest.raises(Refused, match="keitä kutsutaan"):
        convening.ask_family(meeting=empty, by=empty.convener)
    unreachable = a_convened_meeting(
        situation=with_conversation(a_situation(contact_channel="paper", email=""))
    )
    with pytest.raises(Refused, match="Kirjaa päätös yhdessä"):
        convening.ask_family(meeting=unreachable, by=unreachable.convener)


# --- deciding -------------------------------------------------------------------------------------


@db
def test_each_person_and_each_topic_is_decided_on():
    meeting = a_convened_meeting(people=2, topics=2)
    decision = everything(meeting)
    for part in ("people", "topics"):
        left = dict(getattr(decision, part))
        left.popitem()
        partly = convening.FamilyDecision(
            **{"people": decision.people, "topics": decision.topics, part: left}
        )
        with pytest.raises(Refused, match="Jokin jäi vielä päättämättä"):
            decided_by(meeting, meeting.convener, decision=partly)
    assert not Consent.objects.exists()


@db
def test_the_permission_names_the_topics_that_the_family_accepted():
    meeting = a_convened_meeting(people=2, topics=["Uni", "Raha"])
    no = [meeting.participations.filter(member=None).first(), meeting.topics.get(title="Raha")]
    decided_by(meeting, meeting.convener, decision=everything(meeting, no_to=no))
    consent = Consent.objects.get()
    assert (consent.topics, consent.recorded_by) == (["Uni"], meeting.convener)
    assert consent.worker != no[0].worker


@db
def test_an_old_page_decides_nothing():
    meeting = a_convened_meeting()
    with pytest.raises(Refused, match="vanhentunut"):
        decided_by(meeting, meeting.convener, seen_version=meeting.version - 1)
    assert not Consent.objects.exists()


@db
def test_the_decision_of_one_meeting_does_not_reach_another():
    mine, other = a_convened_meeting(), a_convened_meeting()
    with pytest.raises(Refused, match="Jokin jäi vielä päättämättä"):
        decided_by(mine, mine.convener, decision=everything(other))
    assert not other.participations.filter(member=None).exclude(decision=Decision.UNDECIDED).exists()


# --- inviting -------------------------------------------------------------------------------------


@db
def test_exactly_those_are_invited_whom_the_family_has_let_in():
    meeting = a_convened_meeting(people=3)
    no = meeting.participations.filter(member=None)[1]
    meeting = an_invited_meeting(
        meeting=a_booked_meeting(meeting=a_decided_meeting(meeting=meeting, no_to=[no]))
    )
    assert {one.consent.worker for one in Invitation.objects.select_related("consent__worker")} == {
        one.worker for one in meeting.participations.filter(member=None).exclude(pk=no.pk)
    }
    assert not Message.objects.filter(recipient=no.worker.email).exists()
    assert meeting.situation.stage in {Stage.CONVENING, Stage.SHARED_TIME}


@db
def test_sending_twice_sends_once():
    meeting = an_invited_meeting(people=2)
    before = (Invitation.objects.count(), Message.objects.count())
    for version in (None, 1):
        send(meeting, seen_version=version)
    assert (Invitation.objects.count(), Message.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_send_one_set():
    for _round in range(5):
        meeting = a_booked_meeting(people=2)
        act = partial(send, meeting, seen_version=meeting.version)
        assert together(act, act, act) == []
        assert Invitation.objects.filter(participation__meeting=meeting).count() == 2


@db
def test_the_one_who_leads_is_somebody_whom_the_family_has_let_in():
    meeting = a_booked_meeting(people=1)
    for part in ("chair", "recorder"):
        with pytest.raises(Refused, match="Vetäjä, kirjaaja"):
            send(meeting, **{part: WorkerFactory()})
    assert not Invitation.objects.exists()
    assert send(meeting, chair=invited(meeting).worker).chair == invited(meeting).worker


@db
def test_an_old_page_sends_nothing():
    meeting = a_booked_meeting()
    with pytest.raises(Refused, match="vanhentunut"):
        send(meeting, seen_version=meeting.version - 1)
    assert not Invitation.objects.exists()


@db
def test_the_invitation_tells_nothing_of_the_family():
    meeting = an_invited_meeting(people=1, topics=["Salainen aihe"])
    kept = str(Invitation.objects.values().get())
    for secret in ("Äiti-Kaisa", "Isä-Örjan", "Aada", "Salainen", "rauhallisia", "raskaita"):
        assert secret not in kept
    assert meeting.situation.family.email not in kept


# --- cancelling -----------------------------------------------------------------------------------


@db
def test_cancelling_frees_everybody_and_stops_everything():
    meeting = an_invited_meeting(people=2)
    assert Booking.objects.filter(meeting=meeting).exists()
    for _press in range(2):
        convening.cancel(meeting=meeting, by=meeting.convener)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED
    assert not Booking.objects.filter(meeting=meeting).exists()
    assert set(Invitation.objects.values_list("status", flat=True)) == {InvitationStatus.REVOKED}
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert not waiting.filter(kind__in=["invitation_request", "invitation_reminder"]).exists()
    assert not Meeting.objects.visible_to(meeting.participations.exclude(worker=None).first().worker).exists()
    meeting.situation.refresh_from_db()
    assert meeting.situation.stage == Stage.CONVENING
