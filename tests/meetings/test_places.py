"""Where a meeting is held: one place of one kind, told to those who may know it."""

import pytest
from django.db import IntegrityError, connection, transaction

from meetings.actions import booking, handovers
from meetings.models import AgendaItem, Booking, Errand, Meeting, Preparation, Topic
from meetings.places import place_for_family, place_inside, place_outside
from network.models import Invitation
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
)

pytestmark = pytest.mark.django_db

URL = "https://etayhteys.example/huone"


def by_raw_sql(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("kind", "text", "url", "is_right"),
    [
        ("room", "", "", True),
        ("room", "Koulu", "", False),
        ("room", "", URL, False),
        ("home", "", "", True),
        ("home", "Toinen kerros", "", True),
        ("home", "", URL, False),
        ("school", "Rinteen koulu", "", True),
        ("school", "", "", False),
        ("school", "Rinteen koulu", URL, False),
        ("remote", "", "", True),
        ("remote", "", URL, True),
        ("remote", "Koulu", URL, False),
        ("moon", "", "", False),
    ],
)
def test_each_kind_of_place_has_exactly_what_belongs_to_it(kind, text, url, is_right):
    meeting = a_convened_meeting()
    values = ("UPDATE meetings_meeting SET place_kind=%s, place_text=%s, remote_url=%s WHERE id=%s",)
    if is_right:
        by_raw_sql(*values, kind, text, url, meeting.pk)
    else:
        with pytest.raises(IntegrityError, match="meeting_in_one_place"):
            by_raw_sql(*values, kind, text, url, meeting.pk)


def test_a_room_is_for_a_meeting_in_a_room():
    meeting = a_booked_meeting()
    with pytest.raises(IntegrityError, match="meeting_in_one_place"):
        by_raw_sql("UPDATE meetings_meeting SET place_kind='home' WHERE id=%s", meeting.pk)


@pytest.mark.parametrize("role", ["chair_id", "recorder_id", "timekeeper_id"])
def test_only_those_who_are_let_in_have_a_task(role):
    meeting = a_decided_meeting(no_to=[])
    yes = meeting.participations.exclude(worker=None).first()
    by_raw_sql(f"UPDATE meetings_meeting SET {role}=%s WHERE id=%s", yes.worker_id, meeting.pk)
    by_raw_sql(f"UPDATE meetings_meeting SET {role}=%s WHERE id=%s", meeting.convener_id, meeting.pk)
    with pytest.raises(IntegrityError, match="roles_of_those_who_come|Tehtävä"):
        by_raw_sql(f"UPDATE meetings_meeting SET {role}=%s WHERE id=%s", WorkerFactory().pk, meeting.pk)
    by_raw_sql("UPDATE network_consent SET withdrawn_at = now() WHERE id=%s", yes.consent_id)
    with pytest.raises(IntegrityError, match="roles_of_those_who_come|Tehtävä"):
        by_raw_sql(f"UPDATE meetings_meeting SET {role}=%s WHERE id=%s", yes.worker_id, meeting.pk)


def test_the_former_holders_tasks_go_along_with_the_koppi():
    meeting = an_invited_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(timekeeper=meeting.convener)
    receiver = WorkerFactory()
    handovers.accept(handover=an_offered_handover(situation=meeting.situation, to=receiver), by=receiver)
    meeting.refresh_from_db()
    assert {meeting.chair, meeting.recorder, meeting.timekeeper} == {receiver}


def test_an_agenda_is_about_the_topics_of_its_own_meeting():
    mine, others = a_convened_meeting(), a_convened_meeting()
    topic = Topic.objects.filter(meeting=others).first()
    with pytest.raises(IntegrityError, match="toisesta tapaamisesta"), transaction.atomic():
        AgendaItem.objects.create(meeting=mine, position=90, title="Aihe", minutes=5, topic=topic)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE meetings_preparation SET interpreter='somali'", "interpreter_has_state"),
        ("UPDATE meetings_preparation SET interpreter_state='needed'", "interpreter_has_state"),
        ("UPDATE meetings_preparation SET wishes='Sinappia'", "wishes_have_time"),
        ("UPDATE meetings_errand SET done_at=now()", "errand_done_paired"),
        ("UPDATE meetings_errand SET by_family=true", "errand_of_one"),
    ],
)
def test_the_database_refuses(sql, constraint):
    meeting = a_convened_meeting()
    Preparation.objects.create(meeting=meeting)
    Errand.objects.create(meeting=meeting, title="Kahvit", worker=meeting.convener)
    with pytest.raises(IntegrityError, match=constraint):
        by_raw_sql(sql)


# --- in words ------------------------------------------------------------------------------------


def placed(meeting: Meeting, kind: str, text: str = "", url: str = "") -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(place_kind=kind, place_text=text, remote_url=url)
    meeting.refresh_from_db()
    return meeting


def test_a_home_takes_no_room_and_its_address_leaves_in_no_letter():
    meeting = placed(a_decided_meeting(), "home", "Rantatie 3")
    meeting = a_booked_meeting(meeting=meeting, room=RoomFactory())
    assert meeting.room is None
    assert not Booking.objects.filter(meeting=meeting).exclude(room=None).exists()
    again = booking.book(
        meeting=meeting,
        by=meeting.convener,
        period=meeting.period,
        room=RoomFactory(),
        seen_version=None,
    )
    assert again.version == meeting.version
    an_invited_meeting(meeting=meeting)
    assert {one.place for one in Invitation.objects.all()} == {"Perheen koti"}
    assert place_inside(meeting) == "Perheen koti, Rantatie 3"
    assert place_for_family(meeting) == "Teidän kotonanne"


def test_the_link_of_a_remote_meeting_is_behind_the_invitations_link(client):
    meeting = placed(a_decided_meeting(), "remote", url=URL)
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=meeting, period=next_weekday()))
    one = invited(meeting)
    assert one.invitation.place == "Etäyhteys"
    client.force_login(one.worker)
    assert URL in client.get(f"/kutsu/{one.invitation.link.token}/", follow=True).content.decode()
    client.post(f"/kutsu/{one.invitation.link.token}/", {"answer": "declined"})
    assert URL not in client.get(f"/kutsu/{one.invitation.link.token}/").content.decode()


@pytest.mark.parametrize(("kind", "text", "url"), [("home", "Rantatie 3", ""), ("remote", "", URL)])
def test_a_protected_familys_place_is_told_to_those_who_come_only(client, kind, text, url):
    meeting = a_decided_meeting()
    family = meeting.situation.family
    family.address_protected = True
    family.save()
    meeting = placed(meeting, kind, text, url)
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=meeting))
    assert place_outside(meeting) == place_for_family(meeting) == ""
    one = invited(meeting)
    assert one.invitation.place == ""
    secret = text or url
    assert secret not in client.get(f"/kutsu/{one.invitation.link.token}/").content.decode()
    client.force_login(one.worker)
    assert secret in client.get(f"/kutsut/{one.invitation.pk}/").content.decode()
    assert secret in client.get(meeting.get_absolute_url()).content.decode()
