"""Times offered to the family: it chooses one and it is booked, or says that none suits."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import booking, convening, offers
from meetings.models import Booking, Meeting, OfferedTime, TimesOffer
from meetings.states import MeetingStatus
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.door import FamilyClient, comes_in
from tests.factories import (
    RoomFactory,
    WorkerFactory,
    a_convened_meeting,
    a_decided_meeting,
    a_situation,
    next_weekday,
    with_conversation,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


def periods(count: int) -> list:
    return [next_weekday(days=7, hour=8 + number, minute=0, minutes=60) for number in range(count)]


def offered(meeting: Meeting | None = None, *, count: int = 3, **convened) -> Meeting:
    """A decided meeting whose family has been offered times, an hour apart, in one room."""
    meeting = meeting or a_decided_meeting(**convened)
    room = RoomFactory()
    times = [offers.Time(period, room) for period in periods(count)]
    offers.offer_times(meeting=meeting, by=meeting.convener, times=times, seen_version=meeting.version)
    meeting.refresh_from_db()
    return meeting


def times_of(meeting: Meeting) -> list[OfferedTime]:
    return list(OfferedTime.objects.filter(offer__meeting=meeting))


def page(meeting: Meeting, name: str = "family_times") -> str:
    return reverse(name, args=[meeting.situation.family.link.token])


def signed_in(client, worker: Worker):
    client.force_login(worker)
    return client


# --- the family chooses -----------------------------------------------------------------------------


def test_the_family_chooses_and_the_time_is_booked_for_everybody():
    meeting = offered(people=2)
    family = FamilyClient()
    assert "Valitkaa aika" in family.get(page(meeting, "family_home")).content.decode()
    shown = family.get(page(meeting)).content.decode()
    assert shown.count('name="time"') == 4 and "Mikään näistä ei käy" in shown
    chosen = times_of(meeting)[1]
    response = family.post(page(meeting), {"time": chosen.pk}, follow=True)
    told = response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.period, meeting.room) == ("booked", chosen.period, chosen.room)
    assert Booking.objects.filter(meeting=meeting).count() == 4
    assert not TimesOffer.objects.exists() and not OfferedTime.objects.exists()
    assert "Aika on varattu teille" in told and "klo 9.00–10.00" in told


def test_when_somebody_was_taken_meanwhile_the_others_remain():
    meeting = offered(people=1)
    taken, free = times_of(meeting)[0], times_of(meeting)[1]
    Booking.objects.create(worker=meeting.convener, period=taken.period)
    family = FamilyClient()
    shown = family.post(page(meeting), {"time": taken.pk}, follow=True).content.decode()
    assert "ehti mennä toiselle" in shown and shown.count('name="time"') == 3
    assert family.post(page(meeting), {"time": free.pk}).url == page(meeting, "family_home")
    meeting.refresh_from_db()
    assert meeting.period == free.period


def test_when_all_have_gone_the_convener_is_told(client):
    meeting = offered(people=1, count=2)
    for time in times_of(meeting):
        Booking.objects.create(room=time.room, period=time.period)
        with pytest.raises(Refused, match="ehti mennä"):
            offers.choose(meeting=meeting, time=time.pk)
    assert "ehtivät mennä" in signed_in(client, meeting.convener).get("/").content.decode()
    shown = FamilyClient().get(page(meeting), follow=True).content.decode()
    assert "Nyt ei ole aikoja, joista valita" in shown


def test_none_suits_and_the_convener_is_told_in_the_familys_words(client):
    meeting = offered()
    family = FamilyClient()
    data = {"time": "mikaan", "word": "Iltapäivisin <b>kolmen</b> jälkeen"}
    told = family.post(page(meeting), data, follow=True).content.decode()
    assert "etsii teille uusia aikoja" in told and "Valitkaa aika" not in told
    home = signed_in(client, meeting.convener).get("/").content.decode()
    assert "Mikään tarjotuista ajoista ei käynyt" in home and "Iltapäivisin" not in home
    for name in ("meeting_detail", "meeting_time"):
        shown = client.get(reverse(name, args=[meeting.pk])).content.decode()
        assert "Perhe toivoo: Iltapäivisin &lt;b&gt;kolmen" in shown
    offer = TimesOffer.objects.get()
    assert offer.refused_recorded_by is None and offer.refused_at is not None


@pytest.mark.parametrize("time", ["", "x", "999999999", "-1", "1" * 40, "1\x00"])
def test_a_nonsense_choice_books_nothing(time):
    meeting = offered()
    family = FamilyClient()
    response = family.post(page(meeting), {"time": time})
    assert response.status_code == 422 and "Virhe:" in response.content.decode()
    assert not Booking.objects.exists()


def test_another_familys_time_cannot_be_chosen():
    meeting, other = offered(), offered()
    foreign = times_of(other)[0]
    assert FamilyClient().post(page(meeting), {"time": foreign.pk}).status_code == 422
    with pytest.raises(Refused):
        offers.choose(meeting=meeting, time=foreign.pk)


def test_choosing_twice_books_once():
    meeting = offered()
    first, second = times_of(meeting)[:2]
    offers.choose(meeting=meeting, time=first.pk)
    with pytest.raises(Refused, match="jo varattu"):
        offers.choose(meeting=meeting, time=second.pk)
    meeting.refresh_from_db()
    assert meeting.period == first.period


def test_a_time_that_has_gone_by_is_not_shown():
    meeting = offered()
    comes_in(family := FamilyClient(), meeting.situation.family.link.token)
    with time_machine.travel(times_of(meeting)[0].period.lower + timedelta(seconds=1), tick=False):
        assert family.get(page(meeting)).content.decode().count('name="time"') == 3


def test_the_page_asks_as_much_of_two_times_as_of_five():
    counts = []
    for count in (2, 5):
        meeting, family = offered(count=count), FamilyClient()
        family.get(page(meeting))
        with CaptureQueriesContext(connection) as queries:
            family.get(page(meeting))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_looking_chooses_nothing():
    meeting = offered()
    for method in ("get", "head"):
        getattr(FamilyClient(), method)(page(meeting) + f"?time={times_of(meeting)[0].pk}")
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.DECIDED and not Booking.objects.exists()


def test_a_protected_familys_choices_tell_no_place():
    situation = with_conversation(a_situation(address_protected=True))
    meeting = offered(a_decided_meeting(situation=situation, people=1))
    assert times_of(meeting)[0].room.name not in FamilyClient().get(page(meeting)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_families_who_choose_the_same_hour_of_one_worker_get_one_each():
    shared = WorkerFactory()
    meetings = [offered(people=[shared]) for _ in range(2)]
    refusals = together(
        *[lambda one=one: offers.choose(meeting=one, time=times_of(one)[0].pk) for one in meetings]
    )
    assert len(refusals) == 1
    assert Booking.objects.filter(worker=shared).count() == 1
    assert sorted(len(times_of(one)) for one in meetings) == [0, 2]


# --- the worker -------------------------------------------------------------------------------------


def test_the_worker_offers_some_of_the_found_times(client, post):
    RoomFactory()
    meeting = a_decided_meeting(people=1)
    signed_in(client, meeting.convener)
    url = reverse("meeting_offer", args=[meeting.pk])
    assert url in client.get(reverse("meeting_time", args=[meeting.pk])).content.decode()
    response = client.get(url)
    found = [value for value, _label in response.context["form"].fields["slots"].choices]
    assert len(found) == 10
    data = {"slots": found[:2], "seen_version": meeting.version}
    assert client.post(url, data | {"slots": found[:1]}).status_code == 422
    assert client.post(url, data | {"slots": [*found[:5], found[0]]}).status_code == 422
    assert client.post(url, data | {"seen_version": 0}).status_code == 422
    assert client.post(url, data | {"slots": ["x", "1-2-3-"]}).status_code == 422
    assert client.post(url, data).url == reverse("meeting_offered", args=[meeting.pk])
    assert len(times_of(meeting)) == 2
    outbox.drain()
    (letter,) = [one for one in post.letters if "Valitkaa" in str(one["Subject"])]
    assert letter["To"] == meeting.situation.family.email
    text = letter.get_body(("plain",)).get_content()
    assert "/perhe/" in text and times_of(meeting)[0].room.name not in text


def test_the_message_is_dropped_when_the_family_has_chosen(post):
    meeting = offered()
    offers.choose(meeting=meeting, time=times_of(meeting)[0].pk)
    outbox.drain()
    assert Message.objects.get(kind="family_times_offered").state == "dropped"


def test_the_worker_writes_the_choice_down(client):
    meeting = offered()
    signed_in(client, meeting.convener)
    url = reverse("meeting_offered", args=[meeting.pk])
    assert "Minkä ajan perhe valitsi" in client.get(url).content.decode()
    assert client.post(url, {"time": times_of(meeting)[2].pk}).url == reverse(
        "meeting_check", args=[meeting.pk]
    )
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.BOOKED


def test_or_that_none_suits_by_name(client):
    meeting = offered()
    signed_in(client, meeting.convener)
    client.post(reverse("meeting_offered", args=[meeting.pk]), {"time": "mikaan"})
    assert TimesOffer.objects.get().refused_recorded_by == meeting.convener


def test_the_offer_is_taken_back(client):
    meeting = offered()
    signed_in(client, meeting.convener)
    client.post(reverse("meeting_offered", args=[meeting.pk]), {"take_back": "1"})
    assert not TimesOffer.objects.exists()


def test_a_new_offer_replaces_the_old():
    meeting = offered(offered(), count=2)
    assert len(times_of(meeting)) == 2


def test_nobody_else_offers_chooses_or_takes_back():
    meeting, stranger = offered(), WorkerFactory()
    times = [offers.Time(period, RoomFactory()) for period in periods(2)]
    for act in (
        lambda: offers.offer_times(meeting=meeting, by=stranger, times=times),
        lambda: offers.choose(meeting=meeting, time=times_of(meeting)[0].pk, by=stranger),
        lambda: offers.refuse_all(meeting=meeting, by=stranger),
        lambda: offers.take_back(meeting=meeting, by=stranger),
    ):
        with pytest.raises(Refused, match="Vain koollekutsuja"):
            act()


def test_before_the_familys_decision_nothing_is_offered():
    meeting = a_convened_meeting()
    times = [offers.Time(period, RoomFactory()) for period in periods(2)]
    with pytest.raises(Refused, match="Perhe ei ole vielä päättänyt"):
        offers.offer_times(meeting=meeting, by=meeting.convener, times=times)


@pytest.mark.parametrize("how", ["book", "cancel", "propose"])
def test_whichever_way_the_meeting_goes_the_offer_is_gone(how):
    meeting = offered()
    if how == "book":
        booking.book(
            meeting=meeting,
            by=meeting.convener,
            period=next_weekday(days=20),
            room=RoomFactory(),
            seen_version=None,
        )
    elif how == "cancel":
        convening.cancel(meeting=meeting, by=meeting.convener)
    else:
        convening.propose_topic(meeting=meeting, by=meeting.convener, title="Uusi aihe")
    assert not TimesOffer.objects.exists()


# --- what the database says -------------------------------------------------------------------------


def insert_time(offer: TimesOffer, period, room) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meetings_offeredtime (offer_id, period, room_id, without)"
            " VALUES (%s, tstzrange(%s, %s), %s, '{}')",
            [offer.pk, period.lower, period.upper, room.pk],
        )


def test_the_database_takes_five_times_ahead_and_no_more():
    meeting = offered(count=5)
    offer, room = TimesOffer.objects.get(), times_of(meeting)[0].room
    with pytest.raises(IntegrityError, match="enintään viisi"):
        insert_time(offer, next_weekday(days=20), room)
    times_of(meeting)[0].delete()
    past = type(next_weekday())(timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1))
    with pytest.raises(IntegrityError, match="jo mennyt"):
        insert_time(offer, past, room)
    with pytest.raises(IntegrityError, match="offered_time_once"):
        insert_time(offer, times_of(meeting)[0].period, room)


def test_the_database_offers_nothing_once_it_is_booked():
    meeting = offered()
    offers.choose(meeting=meeting, time=times_of(meeting)[0].pk)
    with pytest.raises(IntegrityError, match="eikä aikaa ole varattu"), transaction.atomic():
        TimesOffer.objects.create(meeting=meeting, offered_by=meeting.convener)


def test_a_word_belongs_to_a_refusal():
    offered()
    with pytest.raises(IntegrityError), transaction.atomic():
        TimesOffer.objects.update(word="Iltaisin")
