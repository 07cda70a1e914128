"""A time held while the family thinks: it ends by itself, keeps nobody out then, or becomes the booking."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from meetings import tasks
from meetings.actions import booking, convening, handovers, holds, offers, permissions
from meetings.actions.booking import Taken
from meetings.asking import Wishes, asked
from meetings.models import Booking, Hold, Meeting, OfferedTime, Room
from meetings.slots import best_slots
from meetings.states import MeetingStatus
from meetings.waiting import waiting_for
from network.models import Worker
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_booked_meeting,
    a_decided_meeting,
    an_offered_handover,
    next_weekday,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


def a_held_time(
    *, meeting: Meeting | None = None, room: Room | None = None, hours: int = 48, **convened
) -> Meeting:
    meeting = meeting or a_decided_meeting(**convened)
    return holds.hold(
        meeting=meeting,
        by=meeting.convener,
        period=next_weekday(),
        room=room or RoomFactory(),
        hours=hours,
        seen_version=meeting.version,
    )


def an_ended_hold(**held) -> Meeting:
    """A hold of four days ago, for two; nothing has swept it away."""
    meeting = held.pop("meeting", None) or a_decided_meeting(**held)
    room = RoomFactory()
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=True):
        period = next_weekday(days=11)
        return holds.hold(
            meeting=meeting, by=meeting.convener, period=period, room=room, hours=48, seen_version=None
        )


def book(meeting: Meeting, held: Hold) -> Meeting:
    return booking.book(
        meeting=meeting, by=meeting.convener, period=held.period, room=held.room, seen_version=None
    )


def test_takes_people_and_room_for_so_long_and_asks_the_family():
    meeting = a_held_time(people=2, hours=24)

    held = meeting.hold
    assert meeting.status == MeetingStatus.DECIDED and meeting.period is None
    assert timedelta(hours=23) < held.expires_at - timezone.now() <= timedelta(hours=24)
    assert Booking.objects.filter(hold=held, period=held.period).count() == 4
    assert [one.period for one in OfferedTime.objects.filter(offer__meeting=meeting)] == [held.period]
    assert Message.objects.filter(kind="family_times_offered").count() == 1


def test_while_it_is_held_nobody_else_gets_it_and_no_search_offers_it():
    shared = WorkerFactory()
    held = a_held_time(people=[shared]).hold
    other = a_decided_meeting(people=[shared])
    day = timezone.localtime(held.period.lower).date()

    with pytest.raises(Taken):
        book(other, held)
    question = asked(other, Wishes(60, day, day, required=frozenset([shared.pk]))).question
    starts = [slot.starts_at for slot in best_slots(question, limit=50)]
    assert starts and not any(held.period.lower <= start < held.period.upper for start in starts)


def test_its_own_search_still_offers_it():
    meeting = a_held_time(people=1)
    day = timezone.localtime(meeting.hold.period.lower).date()
    clock = timezone.localtime(meeting.hold.period.lower).time()
    until = timezone.localtime(meeting.hold.period.upper).time()

    found = best_slots(asked(meeting, Wishes(90, day, day, earliest=clock, latest=until)).question)

    assert [slot.starts_at for slot in found] == [meeting.hold.period.lower]


def test_an_ended_hold_keeps_nobody_out_though_nothing_has_swept_it():
    shared = WorkerFactory()
    held = an_ended_hold(people=[shared]).hold
    other = a_decided_meeting(people=[shared])
    day = timezone.localtime(held.period.lower).date()
    wishes = Wishes(
        90,
        day,
        day,
        earliest=timezone.localtime(held.period.lower).time(),
        latest=timezone.localtime(held.period.upper).time(),
    )
    assert Booking.objects.filter(hold=held).count() == 3

    assert [slot.starts_at for slot in best_slots(asked(other, wishes).question)] == [held.period.lower]
    assert book(other, held).status == MeetingStatus.BOOKED
    assert not Booking.objects.filter(hold=held).exists()


def test_the_sweep_frees_what_has_ended_and_nothing_else():
    ended, live = an_ended_hold(), a_held_time()

    tasks.sweep_holds()
    tasks.sweep_holds()

    assert not Booking.objects.filter(hold__meeting=ended).exists()
    assert Booking.objects.filter(hold__meeting=live).exists()
    assert tasks.sweep_holds.name in settings.PERIODIC_TASKS


def test_the_familys_yes_makes_it_the_booking():
    meeting = a_held_time(people=2)
    time = OfferedTime.objects.get()
    family = FamilyClient()
    url = reverse("family_times", args=[meeting.situation.family.link.token])
    assert "Aika on varattu alustavasti. Varaus pysyy" in family.get(url).content.decode()

    family.post(url, {"time": time.pk})

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.BOOKED
    assert not Hold.objects.exists()
    assert Booking.objects.filter(meeting=meeting, hold=None, period=meeting.period).count() == 4


def test_a_late_yes_gets_the_time_if_nobody_else_has_it():
    late, later = an_ended_hold(), an_ended_hold()
    offers.choose(meeting=late, time=OfferedTime.objects.get(offer__meeting=late).pk)
    late.refresh_from_db()
    assert late.status == MeetingStatus.BOOKED

    book(a_decided_meeting(), later.hold)
    with pytest.raises(Refused, match="ehti mennä toiselle"):
        offers.choose(meeting=later, time=OfferedTime.objects.get(offer__meeting=later).pk)


@pytest.mark.parametrize("end", ["take_back", "refuse_all", "offer_times", "cancel", "propose_topic", "book"])
def test_whichever_way_it_goes_on_nothing_stays_held(end):
    meeting, room = a_held_time(people=1), RoomFactory()
    by = meeting.convener
    other = [offers.Time(next_weekday(days=9, hour=hour), room) for hour in (9, 13)]
    {
        "take_back": lambda: offers.take_back(meeting=meeting, by=by),
        "refuse_all": lambda: offers.refuse_all(meeting=meeting),
        "offer_times": lambda: offers.offer_times(meeting=meeting, by=by, times=other),
        "cancel": lambda: convening.cancel(meeting=meeting, by=by),
        "propose_topic": lambda: convening.propose_topic(meeting=meeting, by=by, title="Uusi aihe"),
        "book": lambda: booking.book(
            meeting=meeting, by=by, period=next_weekday(days=9), room=room, seen_version=None
        ),
    }[end]()

    assert not Hold.objects.exists()
    assert not Booking.objects.filter(meeting=meeting, period=next_weekday()).exists()


def test_holding_another_time_lets_the_first_go():
    meeting, room = a_held_time(people=1), RoomFactory()
    first = meeting.hold.period

    holds.hold(
        meeting=meeting,
        by=meeting.convener,
        period=next_weekday(days=9),
        room=room,
        hours=72,
        seen_version=None,
    )

    assert Hold.objects.count() == 1
    assert not Booking.objects.filter(period=first).exists()


def test_made_longer_but_never_past_its_time_nor_two_weeks():
    meeting = a_held_time(hours=24)
    assert holds.hold_longer(meeting=meeting, by=meeting.convener, hours=72).expires_at > (
        timezone.now() + timedelta(hours=71)
    )
    to_the_end = holds.hold_longer(meeting=meeting, by=meeting.convener, hours=24 * 30)
    assert to_the_end.expires_at == to_the_end.period.lower
    with pytest.raises(Refused, match="ei voi enää jatkaa"):
        holds.hold_longer(meeting=meeting, by=meeting.convener, hours=24 * 30)


def test_an_ended_one_is_not_made_longer():
    meeting = an_ended_hold()
    with pytest.raises(Refused, match="jo päättynyt"):
        holds.hold_longer(meeting=meeting, by=meeting.convener)


@pytest.mark.parametrize("hours", [0, -1, 1, 10_000])
def test_only_for_the_offered_lengths(hours):
    with pytest.raises(Refused, match="kuinka kauan"):
        a_held_time(hours=hours)


@pytest.mark.parametrize("make", [WorkerFactory, lambda: WorkerFactory(coordinator=True)])
def test_nobody_else_holds_or_makes_longer(make):
    meeting, stranger = a_held_time(), make()
    for act in (
        lambda: holds.hold_longer(meeting=meeting, by=stranger),
        lambda: holds.hold(
            meeting=meeting,
            by=stranger,
            period=next_weekday(),
            room=RoomFactory(),
            hours=48,
            seen_version=None,
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_a_permission_taken_back_frees_the_person():
    meeting = a_held_time(people=2)
    consent = meeting.participations.exclude(worker=None).first().consent
    permissions.withdraw(consent=consent)
    assert not Booking.objects.filter(worker=consent.worker).exists()


def test_who_takes_the_koppi_is_held_in_the_formers_place():
    meeting, colleague = a_held_time(), WorkerFactory()
    former = meeting.convener
    handovers.accept(handover=an_offered_handover(situation=meeting.situation, to=colleague), by=colleague)
    held = Booking.objects.filter(hold__meeting=meeting)
    assert held.filter(worker=colleague).exists() and not held.filter(worker=former).exists()


# --- the database itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("expires_at = NULL", "expires_at"),
        ("expires_at = 'infinity'", "hold_ends"),
        ("expires_at = held_at", "hold_ends"),
        ("held_at = held_at - interval '15 days'", "hold_ends"),
        ("expires_at = lower(period) + interval '1 second'", "hold_ends_before_its_time"),
        ("period = tstzrange(NULL, NULL)", "hold_ends_before_its_time"),
    ],
)
def test_a_hold_without_an_end_is_impossible(change, constraint):
    a_held_time()
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE meetings_hold SET {change}")


def test_one_hold_of_a_meeting_none_of_a_booked_one_and_none_that_lives_again():
    held = a_held_time().hold
    booked, ended = a_booked_meeting(), an_ended_hold().hold
    copy = (
        "INSERT INTO meetings_hold (meeting_id, period, without, held_at, held_by_id, expires_at)"
        " SELECT %s, period, without, held_at, held_by_id, expires_at FROM meetings_hold WHERE id = %s"
    )
    longer = "UPDATE meetings_hold SET expires_at = now() + interval '1 hour' WHERE id = %s"
    for statement, values, constraint in (
        (copy, [held.meeting_id, held.pk], "meeting_id"),
        (copy, [booked.pk, held.pk], "hold_before_booking"),
        (longer, [ended.pk], "hold_ended_stays"),
    ):
        with (
            pytest.raises(IntegrityError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)


def test_any_insert_makes_an_ended_hold_give_way():
    held = an_ended_hold().hold
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meetings_booking (room_id, period) SELECT room_id, period FROM meetings_hold"
        )
    assert not Booking.objects.filter(hold=held).exists()


@pytest.mark.django_db(transaction=True)
def test_the_ended_hold_is_won_by_one_of_many():
    held = an_ended_hold(people=1).hold
    meetings = [a_decided_meeting(people=1) for _ in range(6)]

    refusals = together(*[lambda one=one: book(one, held) for one in meetings])

    assert len(refusals) == 5
    assert Booking.objects.filter(room=held.room).count() == 1


# --- the pages --------------------------------------------------------------------------------------


def page_of(client, worker: Worker, meeting: Meeting, name: str = "meeting_offered"):
    client.force_login(worker)
    return reverse(name, args=[meeting.pk])


def test_held_on_the_page_of_the_search(client):
    RoomFactory()
    meeting = a_decided_meeting(people=1)
    url = page_of(client, meeting.convener, meeting, "meeting_time")
    shown = client.get(url)
    slot = shown.context["form"].fields["slot"].choices[0][0]
    assert shown.content.decode().count('name="keep"') == 4

    data = {"slot": slot, "keep": "72", "seen_version": meeting.version}
    assert client.post(url, data | {"keep": "7"}).status_code == 422
    response = client.post(url, data, follow=True)

    told = response.content.decode()
    assert "Aika on varattu alustavasti. Varaus pysyy" in told and "Jatka varausta: 48 tuntia" in told
    assert Hold.objects.get().meeting == meeting


def test_made_longer_and_given_back_on_the_page_of_the_offer(client):
    meeting = a_held_time(hours=24)
    url = page_of(client, meeting.convener, meeting)
    client.post(url, {"hold_longer": "1"})
    assert Hold.objects.get().expires_at > timezone.now() + timedelta(hours=47)
    client.post(url, {"take_back": "1"})
    assert not Hold.objects.exists() and not Booking.objects.filter(meeting=meeting).exists()


def test_before_its_end_and_after_it_the_convener_is_reminded(client):
    far, near, ended = a_held_time(hours=72), a_held_time(hours=24), an_ended_hold()
    titles = {
        meeting.pk: [row.title for row in waiting_for(meeting.convener)] for meeting in (far, near, ended)
    }
    assert "Alustava varaus päättyy pian" not in titles[far.pk]
    assert "Alustava varaus päättyy pian" in titles[near.pk]
    assert "Alustava varaus on päättynyt" in titles[ended.pk]
    shown = client.get(page_of(client, ended.convener, ended)).content.decode()
    assert "Alustava varaus päättyi" in shown and "hold_longer" not in shown
