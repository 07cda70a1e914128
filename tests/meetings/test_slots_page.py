"""The page where a time is found and booked: what it shows, to whom, and what it says to bad input."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import booking, handovers
from meetings.models import Absence, Booking, Meeting, Room
from meetings.states import MeetingStatus
from perhekeskus.models import AccessLog
from tests.factories import (
    RoomFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    an_invited_meeting,
    an_offered_handover,
    next_weekday,
)

TAKEN = "Joku ehti varata tämän ajan. Tässä seuraavat vapaat."


def page_of(meeting: Meeting) -> str:
    return reverse("meeting_time", args=[meeting.pk])


def client_of(worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def values(response) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', response.content.decode())


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def version(response) -> str:
    return re.search(r'name="seen_version" value="(\d+)"', response.content.decode()).group(1)


@pytest.fixture
def room(db) -> Room:
    return RoomFactory(unit=UnitFactory(name="Perhekeskus"), name="Pihlaja", seats=10)


@pytest.fixture
def meeting(room) -> Meeting:
    return a_decided_meeting(people=3)


@pytest.fixture
def client(meeting) -> Client:
    return client_of(meeting.convener)


class TestChoosing:
    def test_ten_suggestions_with_who_and_where_and_the_first_one_chosen(self, client, meeting):
        response = client.get(page_of(meeting))

        assert response.status_code == 200
        assert len(values(response)) == 10
        shown = text(response)
        assert "6 ihmistä, 1 t 30 min, seuraavat 3 viikkoa, klo 8–16." in shown
        assert "Kaikki 4 työntekijää pääsevät" in shown
        assert "Perhekeskus, Pihlaja · 10 paikkaa · esteetön" in shown
        assert shown.count("sopii työntekijöille") == 10
        assert len(re.findall(r'name="slot"[^>]* checked', response.content.decode())) == 1

    def test_the_week_is_a_picture_with_words(self, client, meeting):
        page = client.get(page_of(meeting)).content.decode()

        label = re.search(r'<svg[^>]+role="img" aria-label="(Viikko \d+: 1\. ehdotus [^"]+)"', page)
        assert label
        assert "klo 8.00–9.30" in label.group(1)

    def test_whose_time_is_taken_by_what_is_never_told(self, client, meeting):
        """The name of somebody who is missing stands beside a suggestion, and nothing else of a calendar."""
        busy = meeting.participations.exclude(worker=None).first().worker
        whole = next_weekday(days=0).lower - timedelta(days=2)
        Absence.objects.create(worker=busy, period=DateTimeTZRange(whole, whole + timedelta(days=60)))

        shown = text(client.get(page_of(meeting)))

        assert shown.count(f"3/4 työntekijää · varattu: {busy.name}") == 10
        assert shown.count("sopii melkein kaikille") == 10

    def test_booking_leads_on_to_checking(self, client, meeting, room):
        response = client.get(page_of(meeting))

        answer = client.post(
            page_of(meeting), {"slot": values(response)[0], "seen_version": version(response)}
        )

        assert answer.status_code == 302
        assert answer.url == reverse("meeting_check", args=[meeting.pk])
        meeting.refresh_from_db()
        assert (meeting.status, meeting.room) == (MeetingStatus.BOOKED, room)

    def test_a_suggestion_for_almost_all_can_be_booked(self, client, meeting):
        busy = meeting.participations.exclude(worker=None).first().worker
        whole = next_weekday(days=0).lower - timedelta(days=2)
        Booking.objects.create(worker=busy, period=DateTimeTZRange(whole, whole + timedelta(days=60)))
        response = client.get(page_of(meeting))

        client.post(page_of(meeting), {"slot": values(response)[0], "seen_version": version(response)})

        meeting.refresh_from_db()
        assert meeting.status == MeetingStatus.BOOKED

    def test_pressing_twice_books_once_and_leads_on_twice(self, client, meeting):
        response = client.get(page_of(meeting))
        data = {"slot": values(response)[0], "seen_version": version(response)}

        answers = [client.post(page_of(meeting), data) for _press in range(2)]

        assert [answer.url for answer in answers] == [reverse("meeting_check", args=[meeting.pk])] * 2
        assert Booking.objects.filter(meeting=meeting, worker=None).count() == 1

    def test_when_somebody_was_faster_the_next_free_times_are_shown_and_the_search_is_kept(
        self, client, meeting, room
    ):
        search = f"{page_of(meeting)}?duration=45"
        response = client.get(search)
        taken = values(response)[0]
        start = int(taken.split("-")[0])
        Booking.objects.create(
            room=room, period=DateTimeTZRange(*(moment(start + shift) for shift in (0, 2700)))
        )

        answer = client.post(search, {"slot": taken, "seen_version": version(response)})

        assert answer.status_code == 422
        page = answer.content.decode()
        assert page.count(TAKEN) == 2  # in the summary and beside the field
        assert "<title>Virhe: " in page
        assert len(values(answer)) == 10
        assert taken not in values(answer)
        assert "45 min" in text(answer)
        again = client.post(search, {"slot": values(answer)[0], "seen_version": version(answer)})
        assert again.status_code == 302


def moment(seconds: int):
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC)


class TestWishes:
    """What the convener asks of the people, the days and the room."""

    def invited_of(self, meeting):
        return [one.worker for one in meeting.participations.exclude(worker=None).order_by("worker")]

    def test_somebody_who_must_come_is_never_left_out(self, client, meeting):
        busy, other, _third = self.invited_of(meeting)
        start = next_weekday(days=0).lower - timedelta(days=2)
        Absence.objects.create(worker=busy, period=DateTimeTZRange(start, start + timedelta(days=40)))
        search = {"searched": "1", "weekdays": ["1", "2", "3", "4", "5"]}

        without = client.get(page_of(meeting), {**search, "required": [other.pk]})
        must = client.get(page_of(meeting), {**search, "required": [other.pk, busy.pk]})

        assert text(without).count(f"varattu: {busy.name}") == 10
        assert values(must) and "Yhteistä aikaa ei löytynyt näillä valinnoilla" in text(must)
        assert not text(must).count(f"varattu: {busy.name}")
        assert f'name="required" value="{busy.pk}"' in must.content.decode()
        assert f'value="{meeting.convener_id}"' not in must.content.decode()

    def test_only_on_the_chosen_weekdays(self, client, meeting):
        response = client.get(page_of(meeting), {"searched": "1", "weekdays": ["3"]})

        days = {moment(int(value.split("-")[0])).isoweekday() for value in values(response)}
        assert days == {3}

    def test_no_weekday_is_an_error_that_says_so(self, client, meeting):
        response = client.get(page_of(meeting), {"searched": "1"})

        assert response.status_code == 422
        assert "Valitse ainakin yksi viikonpäivä." in text(response)

    def test_a_room_with_what_is_needed(self, client, meeting, room):
        plain = text(client.get(page_of(meeting), {"equipment": "play"}))
        assert "yhdessäkään näin suuressa tilassa ei ole kaikkea, mitä toivot" in plain
        room.equipment = ["play", "parking"]
        room.save()

        response = client.get(page_of(meeting), {"equipment": "play", "accessible": "on"})

        assert len(values(response)) == 10
        assert "10 paikkaa · esteetön · leikkinurkka · pysäköintipaikka" in text(response)

    def test_the_way_from_another_place_takes_its_time(self, client, meeting, room):
        """Half an hour after a meeting in another unit there is time for a short way, not for a long one."""
        asked, *_others = self.invited_of(meeting)
        period = next_weekday(days=7, hour=8, minute=0, minutes=90)
        elsewhere = a_booked_meeting(people=[asked], period=period)
        Room.objects.filter(pk=elsewhere.room_id).update(seats=2)
        start = elsewhere.period.upper + timedelta(minutes=30)
        day = start.date().isoformat()
        search = {"searched": "1", "weekdays": ["1", "2", "3", "4", "5"], "required": [asked.pk]}
        search |= {"first_day": day, "last_day": day, "earliest": "10:00", "latest": "11:30"}

        near = client.get(page_of(meeting), {**search, "travel": "15"})
        far = client.get(page_of(meeting), {**search, "travel": "60"})

        assert [int(value.split("-")[0]) for value in values(near)] == [start.timestamp()]
        assert "Yhteistä aikaa ei löytynyt" in text(far)

    def test_the_municipality_says_how_long_the_way_takes(self, client, meeting):
        meeting.municipality.travel_minutes = 40
        meeting.municipality.save()

        page = client.get(page_of(meeting)).content.decode()

        assert re.search(r'name="travel" value="40"[^>]* checked', page)

    @pytest.mark.parametrize(
        ("kind", "place", "words"),
        [
            ("home", "", "Perheen koti"),
            ("school", "Kettulan koulu", "Kettulan koulu"),
            ("remote", "", "Etäyhteys"),
        ],
    )
    def test_a_meeting_elsewhere_takes_no_room(self, client, meeting, room, kind, place, words):
        Meeting.objects.filter(pk=meeting.pk).update(place_kind=kind, place_text=place)
        room.seats = 2
        room.save()

        response = client.get(page_of(meeting))

        assert len(values(response)) == 10
        assert text(response).count(words) >= 10
        assert 'name="equipment"' not in response.content.decode()
        answer = client.post(
            page_of(meeting), {"slot": values(response)[0], "seen_version": version(response)}
        )
        assert answer.url == reverse("meeting_check", args=[meeting.pk])
        assert not Booking.objects.filter(meeting=meeting).exclude(room=None).exists()

    @pytest.mark.parametrize("name", ["required", "equipment", "weekdays", "travel"])
    def test_wishes_that_make_no_sense_are_shown_with_their_error(self, client, meeting, name):
        for value in ("x", "-1", "999999999999999999999", "1\x00", "🌲" * 500):
            response = client.get(page_of(meeting), {name: value})

            assert response.status_code == 422, value
            assert "<title>Virhe: " in response.content.decode(), value


class TestBadInput:
    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"first_day": "2020-01-01"}, "Päivä on jo mennyt."),
            ({"first_day": "2999-01-01"}, "Päivä on liian kaukana."),
            ({"first_day": "31.2.2027"}, "Päivää ei ole kalenterissa."),
            ({"first_day": ""}, "Valitse päivä"),
            ({"last_day": "2020-01-01"}, "Viimeinen päivä on ennen ensimmäistä."),
            ({"last_day": "9999-12-31"}, "Etsi enintään kolmen kuukauden ajalta"),
            ({"earliest": "16:00", "latest": "08:00"}, "Väli päättyy ennen alkamistaan."),
            ({"earliest": "10:00", "latest": "10:30"}, "Väli on lyhyempi kuin tapaaminen."),
            ({"earliest": "kymmeneltä"}, "Kellonaika ei kelpaa."),
            ({"latest": "25:00"}, "Kellonaika ei kelpaa."),
            ({"duration": "7"}, "Valittua vaihtoehtoa ei enää ole."),
            ({"duration": "1\x0030"}, "Valittua vaihtoehtoa ei enää ole."),
            ({"last_day": "🌲" * 3000}, "Päivää ei ole kalenterissa."),
        ],
    )
    def test_a_search_that_makes_no_sense_is_shown_with_its_error(self, client, meeting, query, sentence):
        response = client.get(page_of(meeting), query)

        assert response.status_code == 422
        assert text(response).count(sentence) >= 2
        assert "<title>Virhe: " in response.content.decode()

    @pytest.mark.parametrize(
        "slot",
        [
            "",
            "eilen",
            "1-2-3",
            "99999999999-99999999999-999999999999999999-",
            "1767225600-1767229200-1-1.2",
            "1-2-3-\x00",
            "9" * 10_000,
        ],
    )
    def test_a_choice_that_makes_no_sense_is_shown_with_its_error(self, client, meeting, slot):
        response = client.post(page_of(meeting), {"slot": slot, "seen_version": meeting.version})

        assert response.status_code == 422
        assert len(values(response)) == 10
        meeting.refresh_from_db()
        assert meeting.status == MeetingStatus.DECIDED

    def test_a_time_in_the_past_is_refused(self, client, meeting, room):
        answer = client.post(
            page_of(meeting),
            {"slot": f"1767225600-1767229200-{room.pk}-", "seen_version": meeting.version},
            follow=True,
        )

        assert "Aika on jo mennyt" in text(answer)

    def test_an_old_page_is_refused_with_a_sentence(self, client, meeting):
        response = client.get(page_of(meeting))
        Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1)

        answer = client.post(
            page_of(meeting), {"slot": values(response)[0], "seen_version": version(response)}, follow=True
        )

        assert "vanhentunut" in text(answer)

    @pytest.mark.parametrize("sent", ["", "kissa", "-1", "99999999999999999999"])
    def test_a_version_that_makes_no_sense_books_nothing(self, client, meeting, sent):
        response = client.get(page_of(meeting))

        answer = client.post(page_of(meeting), {"slot": values(response)[0], "seen_version": sent})

        assert answer.status_code == 422
        meeting.refresh_from_db()
        assert meeting.status == MeetingStatus.DECIDED

    def test_a_room_of_another_place_is_not_booked(self, client, meeting):
        elsewhere = RoomFactory(unit__municipality__code="297")
        value = values(client.get(page_of(meeting)))[0].split("-")
        value[2] = str(elsewhere.pk)

        answer = client.post(page_of(meeting), {"slot": "-".join(value), "seen_version": meeting.version})

        assert "Tilaa ei enää ole" in text(answer)


class TestNothingFound:
    def test_no_time_in_the_morning_shows_the_nearest_ones(self, client, meeting):
        response = client.get(page_of(meeting), {"earliest": "06:00", "latest": "07:30"})

        assert "Yhteistä aikaa ei löytynyt näillä valinnoilla" in text(response)
        assert len(values(response)) == 10

    def test_no_room_is_big_enough(self, client, meeting, room):
        room.seats = 3
        room.save()

        response = client.get(page_of(meeting))

        assert values(response) == []
        assert "Kiuruvesi: yhdessäkään tilassa ei ole paikkaa 6 ihmiselle" in text(response)


@pytest.mark.django_db
class TestWho:
    """Who may open the page, and in what state it is for them."""

    def test_a_stranger_and_those_who_see_no_family_do_not_know_of_it(self, meeting):
        outsiders = [
            WorkerFactory(),
            *(WorkerFactory(**{role: True}) for role in ("coordinator", "administrator")),
        ]
        for worker in outsiders:
            assert client_of(worker).get(page_of(meeting)).status_code == 404
            assert client_of(worker).post(page_of(meeting), {"slot": "1-2-3-"}).status_code == 404

    def test_nobody_comes_without_signing_in(self, meeting):
        assert Client().get(page_of(meeting)).status_code == 302

    def test_the_new_holder_may_choose(self, meeting):
        colleague = WorkerFactory()
        handovers.accept(
            handover=an_offered_handover(situation=meeting.situation, to=colleague), by=colleague
        )

        assert len(values(client_of(colleague).get(page_of(meeting)))) == 10

    def test_the_invited_see_no_suggestions_and_cannot_book(self, room):
        meeting = an_invited_meeting(room=room)
        worker = meeting.participations.exclude(worker=None).first().worker

        response = client_of(worker).get(page_of(meeting))

        assert values(response) == []
        assert "Tarkista ja lähetä kutsut" not in text(response)
        assert "Peru varaus" not in text(response)

    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (a_convened_meeting, "Perhe ei ole vielä päättänyt, keitä kutsutaan."),
            (a_booked_meeting, "Tarkista ja lähetä kutsut"),
            (an_invited_meeting, "Varattu aika"),
        ],
    )
    def test_in_other_states_the_page_says_what_is_the_matter(self, make, sentence):
        meeting = make()

        response = client_of(meeting.convener).get(page_of(meeting))

        assert response.status_code == 200
        assert sentence in text(response)
        assert values(response) == []

    def test_every_opening_is_on_record(self, client, meeting):
        client.get(page_of(meeting))

        look = AccessLog.objects.latest("pk")
        assert (look.worker, look.family_id) == (meeting.convener, meeting.situation.family_id)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries):
    counts = []
    for people in (1, 8):
        meeting = a_decided_meeting(people=people)
        RoomFactory(seats=30)
        client = client_of(meeting.convener)
        client.get(page_of(meeting))
        with CaptureQueriesContext(connections["default"]) as queries:
            assert len(values(client.get(page_of(meeting)))) == 10
        counts.append(len(queries))
    assert counts == [QUERIES, QUERIES]


# Session, worker with the unit, the meeting, its municipality and its ground with the look on record, who
# comes, through which teams, times, rooms, the week.
QUERIES = 18


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_through_the_web_three_times_one_books_and_the_rest_see_what_is_free(live_server):
    room = RoomFactory(unit=UnitFactory(name="Perhekeskus"), name="Pihlaja", seats=10)
    meetings = [a_decided_meeting(people=1, topics=1) for _number in range(12)]
    clients = [client_of(meeting.convener) for meeting in meetings]
    slot = values(clients[0].get(page_of(meetings[0])))[0]
    for _round in range(3):
        outcomes = _all_at_once(live_server.url, meetings, clients, slot)
        assert Counter(outcomes) == {(302, False, False): 1, (422, True, True): 11}
        assert Booking.objects.filter(room=room).count() == 1
        winner = Meeting.objects.get(status=MeetingStatus.BOOKED)
        booking.release(meeting=winner, by=winner.convener)


def _all_at_once(server: str, meetings, clients, slot: str) -> list[tuple[int, bool, bool]]:
    """Each asks for the same time: the answer's status, whether it says who was faster, and what is free."""
    requests = []
    for meeting, client in zip(meetings, clients, strict=True):
        page = client.get(page_of(meeting))
        cookies = (
            f"sessionid={client.cookies['sessionid'].value}; csrftoken={client.cookies['csrftoken'].value}"
        )
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode()).group(1)
        data = {"slot": slot, "seen_version": version(page), "csrfmiddlewaretoken": token}
        requests.append((server + page_of(meeting), cookies, urllib.parse.urlencode(data).encode()))
    ready, outcomes = threading.Barrier(len(requests)), []

    def send(url: str, cookies: str, data: bytes) -> None:
        ready.wait(timeout=20)
        try:
            urllib.request.build_opener(NoRedirect).open(
                urllib.request.Request(url, data, {"Cookie": cookies}), timeout=60
            )
        except urllib.error.HTTPError as answer:
            with answer:
                body = answer.read().decode()
                outcomes.append((answer.code, TAKEN in body, 'name="slot"' in body and slot not in body))

    threads = [threading.Thread(target=send, args=request) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    return outcomes
