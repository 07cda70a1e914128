"""A wish for an earlier time: the convener is told once when one that suits everybody has come free."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone

from meetings import tasks
from meetings.actions import convening, rescheduling, wishes
from meetings.models import Booking, EarlierWish, Meeting
from network.states import ConsentMethod
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_decided_meeting,
    a_situation,
    an_invited_meeting,
    invited,
    next_weekday,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def full() -> tuple[Meeting, Booking]:
    """A meeting three weeks ahead, and the one who comes is taken until then."""
    meeting = an_invited_meeting(
        situation=with_conversation(a_situation(email="perhe@demo.example")),
        people=1,
        period=next_weekday(days=21),
        room=RoomFactory(),
    )
    taken = DateTimeTZRange(timezone.now(), meeting.period.lower - timedelta(hours=1))
    return meeting, Booking.objects.create(worker=invited(meeting).worker, period=taken)


def found(meeting: Meeting) -> list[Message]:
    return list(Message.objects.filter(kind="earlier_found", recipient=meeting.convener.email))


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def test_the_convener_is_told_once_when_a_time_comes_free(client, post):
    meeting, booking = full()
    family = FamilyClient()
    token = meeting.situation.family.link.token
    home = reverse("family_home", args=[token])
    assert "Toivomme aikaisempaa aikaa" in family.get(home).content.decode()
    for _press in range(2):
        family.post(reverse("family_earlier", args=[token]), {})
    wish = EarlierWish.objects.get()
    assert wish.recorded_by is None
    tasks.look_for_earlier()
    assert not found(meeting)
    booking.delete()
    for _tick in range(2):
        tasks.look_for_earlier()
    assert len(found(meeting)) == 1
    wish.refresh_from_db()
    assert wish.found_period.upper <= meeting.period.lower
    assert wish.found_period.lower - timezone.now() > timedelta(days=1)
    outbox.drain()
    letter = next(one for one in post.letters if one["Subject"] == "Aikaisempi aika on vapautunut")
    words = letter.get_body(("plain",)).get_content()
    assert letter["To"] == meeting.convener.email
    for word in ("Kaisa", "Örjan", "Aada", "Aihe"):
        assert word not in words
    client.force_login(meeting.convener)
    assert "Aikaisempi aika on vapautunut" in client.get("/").content.decode()
    assert "Ehdota siirtoa" in client.get(meeting.get_absolute_url()).content.decode()
    rescheduling.move(
        meeting=meeting,
        by=meeting.convener,
        period=wish.found_period,
        room=meeting.room,
        method=ConsentMethod.PHONE,
    )
    wish.refresh_from_db()
    assert wish.ended_at is not None
    assert "Aikaisempi aika on vapautunut" not in client.get("/").content.decode()


def test_the_convener_wishes_and_gives_up_and_nobody_else(client):
    meeting, booking = full()
    booking.delete()
    url = reverse("meeting_earlier", args=[meeting.pk])
    client.force_login(WorkerFactory())
    assert client.post(url).status_code == 404
    with pytest.raises(Refused, match="Vain koollekutsuja"):
        wishes.wish(meeting=meeting, by=invited(meeting).worker)
    client.force_login(meeting.convener)
    client.post(url)
    client.post(url, {"give_up": "1"})
    tasks.look_for_earlier()
    assert not found(meeting)


def test_a_room_must_be_free_too():
    meeting, booking = full()
    booking.delete()
    wishes.wish(meeting=meeting, by=meeting.convener)
    taken = DateTimeTZRange(timezone.now(), meeting.period.lower)
    Booking.objects.create(room=meeting.room, period=taken)
    tasks.look_for_earlier()
    assert not found(meeting)


def test_what_is_near_or_not_booked_is_not_wished_earlier():
    with pytest.raises(Refused, match="ei ole vielä varattu"):
        wishes.wish(meeting=a_decided_meeting())
    meeting, _booking = full()
    with (
        time_machine.travel(meeting.period.lower - timedelta(days=1), tick=False),
        pytest.raises(Refused, match="jo niin lähellä"),
    ):
        wishes.wish(meeting=meeting)


def test_it_ends_with_the_meeting():
    meeting, _booking = full()
    wishes.wish(meeting=meeting)
    convening.cancel(meeting=meeting, by=meeting.convener)
    assert EarlierWish.objects.get().ended_at is not None


def test_the_database_tells_once_of_an_earlier_time_and_keeps_one_wish():
    meeting, _booking = full()
    wish = wishes.wish(meeting=meeting)
    tell = (
        "UPDATE meetings_earlierwish SET found_period = tstzrange(%s, %s), told_at = clock_timestamp()"
        " WHERE id = %s"
    )
    with pytest.raises(IntegrityError, match="ei ole aikaisempi"):
        sql(tell, meeting.period.lower, meeting.period.upper, wish.pk)
    with pytest.raises(IntegrityError, match="earlier_wish_told_of_a_time"):
        sql("UPDATE meetings_earlierwish SET told_at = now() WHERE id = %s", wish.pk)
    earlier = next_weekday(days=7)
    sql(tell, earlier.lower, earlier.upper, wish.pk)
    with pytest.raises(IntegrityError, match="on jo kerrottu"):
        sql(tell, earlier.lower, earlier.upper, wish.pk)
    insert = "INSERT INTO meetings_earlierwish (meeting_id, wished_at) VALUES (%s, now())"
    with pytest.raises(IntegrityError, match="earlier_wish_one_open"):
        sql(insert, meeting.pk)
    with pytest.raises(IntegrityError, match="varatun tilalle"):
        sql(insert, a_decided_meeting().pk)
