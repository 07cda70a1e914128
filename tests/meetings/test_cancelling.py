"""Called off: who and why for the convener alone; one person while the meeting stays; a meeting not held."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import cancelling, convening, permissions
from meetings.actions.answers import answer
from meetings.called_off import Reason
from meetings.models import Booking, Cancellation, Meeting
from meetings.states import Attendance, CancelReason, WhoCancelled
from network.states import ConsentMethod, InvitationStatus
from perhekeskus import outbox
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db

SECRET = "Äidin leikkaus siirtyi"
BY_FAMILY = Reason(WhoCancelled.FAMILY, CancelReason.ILLNESS, SECRET)


def an_invited(people: int = 2) -> Meeting:
    return an_invited_meeting(
        situation=with_conversation(a_situation(email="perhe@demo.example")), people=people
    )


def shown(client, worker, meeting: Meeting, name: str = "meeting_detail") -> str:
    client.force_login(worker)
    return client.get(reverse(name, args=[meeting.pk])).content.decode()


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


# --- the whole meeting ------------------------------------------------------------------------------


def test_who_and_why_are_kept_for_the_convener_and_told_to_nobody_else(client, post):
    meeting = an_invited()
    seat = invited(meeting)
    token = seat.invitation.link.token
    outbox.drain()
    client.force_login(meeting.convener)
    data = {"who": "family", "why": "illness", "words": SECRET}
    client.post(reverse("meeting_cancel", args=[meeting.pk]), data)
    outbox.drain()
    (row,) = Cancellation.objects.all()
    assert (row.what, row.who, row.why, row.words, row.by) == (
        "meeting",
        "family",
        "illness",
        SECRET,
        meeting.convener,
    )
    page = shown(client, meeting.convener, meeting)
    assert SECRET in page and "perhe: joku sairastui" in page
    others = b"".join(post.raw) + client.get(reverse("invitation_answer", args=[token])).content
    for word in (SECRET, "leikkaus", "sairastu"):
        assert word.encode() not in others
    assert not Cancellation.objects.visible_to(seat.worker).exists()
    family = FamilyClient().get(reverse("family_home", args=[meeting.situation.family.link.token]))
    assert SECRET not in family.content.decode()


def test_without_words_it_is_still_counted_once():
    meeting = an_invited()
    for _press in range(2):
        convening.cancel(meeting=meeting, by=meeting.convener)
    assert [(row.who, row.why) for row in Cancellation.objects.all()] == [("other", "")]


# --- one person -------------------------------------------------------------------------------------


def test_one_is_taken_out_told_once_and_the_meeting_stays(client, post):
    meeting = an_invited()
    gone, stays = invited(meeting, 0), invited(meeting, 1)
    convening.set_leaders(meeting=meeting, by=meeting.convener, chair=gone.worker, recorder=meeting.convener)
    outbox.drain()
    post.raw.clear()
    client.force_login(meeting.convener)
    url = reverse("invited_take_out", args=[gone.pk])
    assert client.post(url).status_code == 422
    for _press in range(2):
        client.post(url, {"who": "professional", "why": "key_person", "words": "Sijaista ei ole"})
    outbox.drain()
    meeting.refresh_from_db()
    gone.invitation.refresh_from_db()
    assert (meeting.status, gone.invitation.status) == ("invited", "revoked")
    assert [letter["To"] for letter in post.letters] == [gone.worker.email]
    assert b"Sijaista" not in b"".join(post.raw)
    assert not Booking.objects.filter(worker=gone.worker).exists()
    assert meeting.bookings.filter(worker=stays.worker).exists()
    assert meeting.chair == meeting.convener
    page = shown(client, meeting.convener, meeting)
    assert "Vetäjä ei pääsekään tulemaan" in page and "Sijaista ei ole" in page
    assert gone.worker.name not in shown(client, stays.worker, meeting)
    client.force_login(gone.worker)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    convening.set_leaders(meeting=meeting, by=meeting.convener, chair=stays.worker, recorder=meeting.convener)
    assert "Vetäjä ei pääsekään" not in shown(client, meeting.convener, meeting)
    assert not meeting.open_roles.exists()


def test_who_was_taken_out_can_be_asked_after_all_under_the_same_permission(client, post):
    meeting = an_invited()
    seat = invited(meeting)
    cancelling.take_out(participation=seat, by=meeting.convener, reason=BY_FAMILY)
    outbox.drain()
    post.raw.clear()
    client.force_login(meeting.convener)
    client.post(reverse("invited_ask_after_all", args=[seat.pk]))
    meeting.refresh_from_db()
    convening.send_invitations(
        meeting=meeting, by=meeting.convener, chair=meeting.convener, recorder=meeting.convener
    )
    outbox.drain()
    assert [letter["To"] for letter in post.letters] == [seat.worker.email]
    seat.refresh_from_db()
    assert seat.invitation.status == "pending"
    assert meeting.bookings.filter(worker=seat.worker).exists()


def test_a_worker_who_says_no_leaves_the_task_to_be_named_anew(client):
    meeting = an_invited()
    seat = invited(meeting)
    convening.set_leaders(meeting=meeting, by=meeting.convener, chair=meeting.convener, recorder=seat.worker)
    answer(invitation=seat.invitation, status=InvitationStatus.DECLINED)
    meeting.refresh_from_db()
    assert meeting.recorder == meeting.convener
    assert "Kirjaaja ei pääsekään tulemaan" in shown(client, meeting.convener, meeting)


def test_what_the_family_takes_back_is_counted_as_the_familys_without_a_reason():
    meeting = an_invited()
    permissions.withdraw(consent=invited(meeting).consent, by=None)
    (row,) = Cancellation.objects.all()
    assert (row.what, row.who, row.why, row.words, row.by) == ("person", "family", "", "", None)


def test_who_may_take_out_whom():
    meeting = an_invited()
    seat = invited(meeting)
    for other in (WorkerFactory(), seat.worker):
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            cancelling.take_out(participation=seat, by=other, reason=BY_FAMILY)
    guardian = meeting.participations.exclude(member=None).first()
    with pytest.raises(Refused, match="Perhe on aina mukana"):
        cancelling.take_out(participation=guardian, by=meeting.convener, reason=BY_FAMILY)
    booked = a_booked_meeting()
    with pytest.raises(Refused, match="ei ole vielä lähtenyt"):
        cancelling.take_out(participation=invited(booked), by=booked.convener, reason=BY_FAMILY)
    permissions.withdraw(consent=seat.consent, by=None)
    with pytest.raises(Refused, match="lupa ei ole enää voimassa"):
        cancelling.ask_after_all(participation=seat, by=meeting.convener)


def test_who_was_taken_out_stays_out_when_the_family_decides_anew_on_another_topic():
    meeting = an_invited()
    seat = invited(meeting)
    cancelling.take_out(participation=seat, by=meeting.convener, reason=BY_FAMILY)
    meeting.refresh_from_db()
    topic = meeting.topics.create(title="Aamut", by_family=True)
    people = {one.pk: True for one in meeting.participations.filter(member=None)}
    convening.decide(
        meeting=meeting,
        decision=convening.FamilyDecision(people=people, topics={topic.pk: True}),
        method=ConsentMethod.FACE_TO_FACE,
        given_by=meeting.situation.family.members.filter(role="guardian").first(),
        by=meeting.convener,
    )
    seat.refresh_from_db()
    assert seat.invitation.status == InvitationStatus.REVOKED
    assert seat.consent.is_in_force and "Aamut" in seat.consent.topics


# --- not held ---------------------------------------------------------------------------------------


def test_a_meeting_that_was_not_held_is_written_down_without_blame_and_called_again(client):
    meeting = an_invited()
    seat = invited(meeting)
    guardian = meeting.participations.exclude(member=None).first()
    url = reverse("meeting_not_held", args=[meeting.pk])
    client.force_login(meeting.convener)
    assert client.get(url).status_code == 302, "it has not begun"
    with time_machine.travel(meeting.period.lower + timedelta(minutes=20), tick=False):
        client.force_login(meeting.convener)
        page = client.get(url).content.decode()
        assert "ei ollut paikalla" in page and "Miksi tapaamista ei pidetty" in page
        assert client.post(url, {}).status_code == 422
        data = {"why": "family_away", f"came_{seat.pk}": "present", f"came_{guardian.pk}": "absent"}
        for _press in range(2):
            client.post(url, data)
        meeting.refresh_from_db()
        assert (meeting.status, meeting.situation.stage) == ("not_held", "convening")
        (row,) = Cancellation.objects.all()
        assert (row.what, row.who, row.why) == ("not_held", "family", "family_away")
        seat.refresh_from_db()
        guardian.refresh_from_db()
        assert (seat.attendance, guardian.attendance) == (Attendance.PRESENT, Attendance.ABSENT)
        assert not meeting.feedback_receipts.exists()
        assert "Etsi uusi aika" in client.get(meeting.get_absolute_url()).content.decode()
        again = client.post(reverse("meeting_again", args=[meeting.pk]))
        new = Meeting.objects.get(status="decided")
        assert again.url == reverse("meeting_time", args=[new.pk])
        assert {one.worker for one in new.participations.exclude(worker=None)} == {
            one.worker for one in meeting.participations.exclude(worker=None)
        }
        assert list(new.topics.values_list("title", flat=True)) == list(
            meeting.topics.values_list("title", flat=True)
        )


def test_called_again_only_with_those_whose_permission_is_in_force():
    meeting = an_invited()
    gone, stays = invited(meeting, 0), invited(meeting, 1)
    convening.cancel(meeting=meeting, by=meeting.convener, reason=BY_FAMILY)
    permissions.withdraw(consent=gone.consent, by=None)
    new = cancelling.convene_again(meeting=meeting, by=meeting.convener)
    assert [one.worker for one in new.participations.exclude(worker=None)] == [stays.worker]
    assert cancelling.convene_again(meeting=meeting, by=meeting.convener).pk == new.pk
    with pytest.raises(Refused, match="ei ole peruttu"):
        cancelling.convene_again(meeting=new, by=meeting.convener)


def test_a_held_meeting_is_not_unheld():
    meeting = a_held_meeting()
    with pytest.raises(Refused, match="kirjattu pidetyksi"):
        cancelling.leave_unheld(meeting=meeting, by=meeting.convener, reason=BY_FAMILY)


# --- what the database refuses ----------------------------------------------------------------------


def test_the_database_keeps_what_was_called_off_true_and_unchanged():
    meeting, other = an_invited(), an_invited()
    insert = (
        "INSERT INTO meetings_cancellation (meeting_id, participation_id, what, who, why, words, at)"
        " VALUES (%s, %s, %s, %s, '', '', now())"
    )
    for what in ("meeting", "not_held"):
        with pytest.raises(IntegrityError, match="ei ole peruttu"):
            sql(insert, meeting.pk, None, what, "family")
    with pytest.raises(IntegrityError, match="toisesta tapaamisesta"):
        sql(insert, meeting.pk, invited(other).pk, "person", "family")
    with pytest.raises(IntegrityError, match="cancellation_of_one_thing"):
        sql(insert, meeting.pk, None, "person", "family")
    with pytest.raises(IntegrityError, match="cancellation_says_who"):
        sql(insert, meeting.pk, invited(meeting).pk, "person", "")
    convening.cancel(meeting=meeting, by=meeting.convener)
    with pytest.raises(IntegrityError, match="cancellation_meeting_once"):
        sql(insert, meeting.pk, None, "meeting", "family")
    with pytest.raises(IntegrityError, match="ei muutu"):
        sql("UPDATE meetings_cancellation SET who = 'family' WHERE meeting_id = %s", meeting.pk)
