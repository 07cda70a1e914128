"""The rooms: everybody looks them up, those who keep the unit tell what they are like, and close them."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from meetings.actions import booking, rescheduling, rooms
from meetings.actions.rooms import RoomCard
from meetings.models import Booking, Meeting, Room
from meetings.slots import Question, best_slots, room_for, some_room_suits
from meetings.waiting import waiting_for
from network.states import ConsentMethod
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_booked_meeting,
    a_decided_meeting,
    next_weekday,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

LIST = "/tilat/"


def keeper_of(room: Room, **flags):
    return WorkerFactory(unit=room.unit, is_unit_editor=True, **flags)


def card_of(room: Room, **changes) -> RoomCard:
    names = ("name", "seats", "is_accessible", "equipment", "note")
    return RoomCard(**{name: getattr(room, name) for name in names} | changes)


def closed(room: Room) -> Room:
    return rooms.close_room(room=room, by=keeper_of(room), reason="Remontti.")


def book(meeting: Meeting, room: Room) -> None:
    booking.book(meeting=meeting, by=meeting.convener, period=next_weekday(), room=room, seen_version=None)


# --- looking them up -------------------------------------------------------------------------------


def test_everybody_finds_a_room_by_size_and_what_it_has(client):
    small = RoomFactory(name="Kataja", seats=4, equipment=["screen"])
    large = RoomFactory(unit=small.unit, name="Pihlaja", seats=12, equipment=["play", "screen"])
    steps = RoomFactory(unit=small.unit, name="Vintti", is_accessible=False, equipment=["play"])
    client.force_login(WorkerFactory(unit=small.unit))

    def shown(**asked) -> list[str]:
        page = client.get(LIST, asked).content.decode()
        return [room.name for room in (small, large, steps) if f"{room.name}\n" in page]

    assert shown() == ["Kataja", "Pihlaja", "Vintti"]
    assert shown(seats=5) == ["Pihlaja", "Vintti"]
    assert shown(equipment=["play", "screen"]) == ["Pihlaja"]
    assert shown(equipment="play", accessible="on") == ["Pihlaja"]
    assert shown(seats=400) == []


def test_the_list_costs_the_same_however_many(client, django_assert_num_queries):
    first = RoomFactory()
    client.force_login(WorkerFactory(unit=first.unit, is_coordinator=True))
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    RoomFactory.create_batch(5, unit=first.unit)
    RoomFactory.create_batch(5)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_a_units_page_leads_to_its_rooms(client):
    room = RoomFactory()
    client.force_login(WorkerFactory())
    page = client.get(reverse("unit_detail", args=[room.unit_id])).content.decode()
    assert f"#yksikko-{room.unit_id}" in page
    assert room.name in page


# --- keeping them ----------------------------------------------------------------------------------


def test_the_units_keeper_adds_a_room_to_their_own_unit_only(client):
    other = RoomFactory()
    keeper = WorkerFactory(is_unit_editor=True)
    client.force_login(keeper)
    sent = {"name": "  Koivu ", "seats": 8, "equipment": ["loop"], "unit": other.unit_id}
    for _twice in range(2):
        assert client.post(reverse("room_create"), sent).status_code == 302
    room = Room.objects.exclude(pk=other.pk).get()
    assert (room.unit, room.name, room.seats, room.equipment) == (keeper.unit, "Koivu", 8, ["loop"])
    assert client.get(reverse("room_detail", args=[other.pk])).status_code == 404
    with pytest.raises(Refused, match="Tilojen tietoja muuttaa"):
        rooms.change_room(room=other, by=keeper, card=card_of(other), seen_version=other.version)


def test_the_coordinator_chooses_the_unit(client):
    unit = RoomFactory(name="Pihlaja").unit
    client.force_login(WorkerFactory(is_coordinator=True))
    sent = {"name": "pihlaja", "seats": 8, "unit": unit.pk}
    page = client.post(reverse("room_create"), sent)
    assert page.status_code == 422
    assert "samanniminen tila" in page.content.decode()
    assert client.post(reverse("room_create"), sent | {"name": "Koivu"}).status_code == 302
    assert unit.rooms.count() == 2


def test_an_old_page_changes_nothing(client):
    room = RoomFactory()
    client.force_login(keeper_of(room))
    url = reverse("room_edit", args=[room.pk])
    sent = {"name": "Koivu", "seats": 8, "seen_version": room.version}
    assert client.post(url, sent).status_code == 302
    page = client.post(url, sent | {"seats": 3})
    assert page.status_code == 422
    room.refresh_from_db()
    assert (room.name, room.seats) == ("Koivu", 8)


def test_its_keeper_sees_when_it_is_taken_and_nothing_of_whose(client):
    meeting = a_booked_meeting()
    family = meeting.situation.family
    client.force_login(keeper_of(meeting.room))
    for page in ("room_detail", "room_close"):
        text = client.get(reverse(page, args=[meeting.room_id])).content.decode()
        assert f"klo {timezone.localtime(meeting.period.lower).hour}." in text
        for word in (
            meeting.convener.name,
            f"/{meeting.pk}/",
            *(one.first_name for one in family.members.all()),
        ):
            assert word not in text


# --- closing ---------------------------------------------------------------------------------------


def test_a_closed_room_is_not_booked_any_more(client):
    meeting = a_decided_meeting()
    room = RoomFactory(unit__municipality=meeting.municipality)
    stale = Room.objects.get(pk=room.pk)
    day = next_weekday().lower.date()
    question = Question(
        worker_ids=(meeting.convener_id,),
        required_ids=(meeting.convener_id,),
        municipality_code=meeting.municipality_id,
        seats=2,
        minutes=60,
        first_day=day,
        last_day=day,
    )
    assert {slot.room_id for slot in best_slots(question)} == {room.pk}
    closed(room)
    assert best_slots(question) == [] and not some_room_suits(question)
    assert room_for(meeting, room.pk) is None
    with pytest.raises(booking.Taken, match="ei ole enää käytössä"):
        booking.book(
            meeting=meeting, by=meeting.convener, period=next_weekday(), room=stale, seen_version=None
        )
    client.force_login(WorkerFactory(unit=room.unit))
    assert "Remontti." in client.get(LIST).content.decode()
    rooms.open_room(room=room, by=keeper_of(room))
    book(meeting, stale)
    assert room.bookings.count() == 1


def test_what_is_booked_stays_and_its_convener_is_told_once_until_it_is_moved(client):
    meeting = a_booked_meeting()
    room = meeting.room
    client.force_login(keeper_of(room))
    for _twice in range(2):
        client.post(reverse("room_close", args=[room.pk]), {"reason": "Remontti."})
    message = Message.objects.get(kind="room_closed")
    assert message.recipient == meeting.convener.email
    letter = outbox.kind_of(message).compose(message)
    assert room.name in letter.text
    assert all(one.first_name not in letter.text for one in meeting.situation.family.members.all())
    title = "Varaamasi tila ei ole enää käytössä"
    assert title in [row.title for row in waiting_for(meeting.convener)]
    rescheduling.move(
        meeting=meeting,
        by=meeting.convener,
        period=meeting.period,
        room=RoomFactory(unit__municipality=meeting.municipality),
        method=ConsentMethod.PHONE,
    )
    assert title not in [row.title for row in waiting_for(meeting.convener)]


def test_only_a_room_that_was_never_booked_is_removed(client):
    meeting = a_booked_meeting()
    never = RoomFactory(unit=meeting.room.unit)
    client.force_login(keeper_of(never))
    for room in (meeting.room, never):
        client.post(reverse("room_remove", args=[room.pk]))
    assert set(Room.objects.all()) == {meeting.room}


# --- the database ----------------------------------------------------------------------------------


def test_the_database_takes_no_booking_of_a_closed_room():
    room = closed(RoomFactory())
    now = timezone.now()
    with pytest.raises(IntegrityError, match="ei ole enää käytössä"), transaction.atomic():
        Booking.objects.create(room=room, period=TimestamptzRange(now, now + timedelta(hours=1)))


@pytest.mark.parametrize(
    "change", ["closed_at = now()", "closed_reason = 'Remontti'", "equipment = ARRAY['piano']"]
)
def test_the_database_refuses(change):
    RoomFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE meetings_room SET {change}")


@pytest.mark.django_db(transaction=True)
def test_who_closes_and_who_books_at_the_same_moment_know_of_each_other():
    """Either the booker is told that the room is closed, or the convener that the booked room was."""
    for _round in range(6):
        meeting = a_decided_meeting()
        room = RoomFactory(unit__municipality=meeting.municipality, seats=12)
        keeper = keeper_of(room)
        refusals = together(
            partial(book, meeting, room), partial(rooms.close_room, room=room, by=keeper, reason="Remontti.")
        )
        told = Message.objects.filter(kind="room_closed", about_id__in=room.bookings.values("pk")).count()
        room.refresh_from_db()
        assert room.closed_at is not None
        assert [str(one) for one in refusals] in (
            [],
            ["Tila ei ole enää käytössä. Tässä seuraavat vapaat ajat."],
        )
        assert room.bookings.count() == told == 1 - len(refusals)
