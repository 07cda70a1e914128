"""A worker's own feed and the page of their calendars: what is told there, to whom, and what is not."""

import uuid
from datetime import timedelta

import pytest
import time_machine
import vobject
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.actions import calendars as actions
from meetings.actions import convening, handovers, permissions
from meetings.actions.answers import answer
from meetings.models import CalendarFeed, ExternalCalendar
from network.messages import REQUEST
from network.states import InvitationStatus
from perhekeskus import outbox
from perhekeskus.models import Message
from tests.access import everything_kept
from tests.factories import (
    WorkerFactory,
    a_booked_meeting,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db
PAGE = "/oma-kortti/kalenterit/"


def feed_url(worker):
    return reverse("calendar_feed", args=[actions.open_feed(by=worker)])


def fetched(url, **headers):
    return Client().get(url, headers=headers)


def events(url):
    """The events of the feed, read by another implementation."""
    response = fetched(url)
    assert response.status_code == 200
    return vobject.readOne(response.content.decode()).contents.get("vevent", [])


# --- what is in it -----------------------------------------------------------------------------------


def test_the_convener_and_the_invited_have_the_same_event(settings):
    worker = WorkerFactory()
    meeting = an_invited_meeting(people=[worker])
    (mine,), (conveners,) = events(feed_url(worker)), events(feed_url(meeting.convener))

    for event in (mine, conveners):
        assert event.uid.value == f"{meeting.event_uid}@{settings.MAIL_DOMAIN}"
        assert event.summary.value == settings.SHARED_TIME_NAME
        assert (event.dtstart.value, event.dtend.value) == (meeting.period.lower, meeting.period.upper)
        assert event.location.value == str(meeting.room)
        assert event.sequence.value == str(meeting.sequence)


def test_the_uid_is_that_of_the_invitation_in_the_mail(post):
    worker = WorkerFactory()
    an_invited_meeting(people=[worker])
    outbox.drain()
    (letter,) = [one for one in post.letters if one["To"] == worker.email]
    (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    in_mail = vobject.readOne(part.get_content()).vevent
    (in_feed,) = events(feed_url(worker))
    for name in ("uid", "sequence", "dtstart", "dtend", "summary", "location"):
        assert getattr(in_mail, name).value == getattr(in_feed, name).value
    assert Message.objects.filter(kind=REQUEST).exists()


SECRETS = ("Aada", "Äiti-Kaisa", "Aamujen", "Tuntee lapsen", "Kolmas", "ATTENDEE", "ORGANIZER", "mailto")


def test_nothing_of_the_family_or_of_anybody_is_told():
    worker, other = WorkerFactory(last_name="Toinen"), WorkerFactory(last_name="Kolmas")
    meeting = an_invited_meeting(people=[worker, other], topics=["Aamujen raskaus"])
    for url in (feed_url(worker), feed_url(meeting.convener)):
        text = fetched(url).content.decode()
        assert not [secret for secret in SECRETS if secret in text]
        names = {line.partition(":")[0].partition(";")[0] for line in text.split("\r\n")}
        assert names <= {
            *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME"),
            *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND"),
            *("SUMMARY", "LOCATION", "CLASS", "STATUS", "", " "),
        } | {name for name in names if name.startswith(" ")}


def test_a_protected_familys_place_is_not_told():
    worker = WorkerFactory()
    meeting = an_invited_meeting(people=[worker])
    urls = [feed_url(worker), feed_url(meeting.convener)]
    family = meeting.situation.family
    family.address_protected = True
    family.save()
    for url in urls:
        (event,) = events(url)
        assert not hasattr(event, "location") and str(meeting.room) not in fetched(url).content.decode()


def test_a_time_that_is_not_certain_says_so():
    worker = WorkerFactory()
    booked = a_booked_meeting(people=[worker])
    (event,) = events(feed_url(booked.convener))
    assert event.status.value == "TENTATIVE"
    # Nobody has been asked yet: it is nobody else's to know.
    assert events(feed_url(worker)) == []
    meeting = an_invited_meeting(meeting=booked)
    (event,) = events(feed_url(worker))
    assert event.status.value == "TENTATIVE"
    answer(invitation=invited(meeting).invitation, status=InvitationStatus.ACCEPTED)
    (event,) = events(feed_url(worker))
    assert event.status.value == "CONFIRMED"


def test_what_is_cancelled_declined_or_forbidden_disappears():
    workers = [WorkerFactory() for _number in range(3)]
    meeting = an_invited_meeting(people=workers)
    urls = [feed_url(worker) for worker in workers]
    assert [len(events(url)) for url in urls] == [1, 1, 1]
    answer(invitation=invited(meeting, 0).invitation, status=InvitationStatus.DECLINED)
    permissions.withdraw(consent=invited(meeting, 1).consent, by=None)
    assert [len(events(url)) for url in urls] == [0, 0, 1]
    conveners = feed_url(meeting.convener)
    convening.cancel(meeting=meeting, by=meeting.convener)
    assert events(urls[2]) == events(conveners) == []


def test_who_gave_the_koppi_away_has_its_times_no_more():
    meeting = an_invited_meeting()
    former, new = meeting.convener, WorkerFactory()
    urls = [feed_url(former), feed_url(new)]
    handovers.accept(handover=an_offered_handover(situation=meeting.situation, to=new), by=new)
    assert [len(events(url)) for url in urls] == [0, 1]


def test_what_was_long_ago_is_gone():
    worker = WorkerFactory()
    meeting = an_invited_meeting(people=[worker])
    urls = [feed_url(worker), feed_url(meeting.convener)]
    days = timedelta(days=django_settings.AFTERWARDS_DAYS)
    with time_machine.travel(meeting.period.upper + days + timedelta(hours=1), tick=False):
        assert [events(url) for url in urls[1:]] == [[]]


def test_a_coordinator_has_an_empty_calendar():
    assert events(feed_url(WorkerFactory(coordinator=True))) == []


def test_it_takes_as_many_queries_for_one_time_as_for_many(django_assert_num_queries):
    worker = WorkerFactory()
    url = feed_url(worker)
    for number in range(4):
        an_invited_meeting(people=[worker], period=next_weekday(days=7 + number * 7))
        a_booked_meeting(by=worker, period=next_weekday(days=8 + number * 7, hour=13))
        with django_assert_num_queries(3):
            assert len(events(url)) == 2 * number + 2


# --- the address -------------------------------------------------------------------------------------


def test_it_is_kept_by_nobody_and_changes_nothing():
    worker = WorkerFactory()
    an_invited_meeting(people=[worker])
    url = feed_url(worker)
    before = everything_kept()
    response = fetched(url)
    head = Client().head(url)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert head.status_code == 200 and head.content == b""
    assert [Client().post(url).status_code, Client().put(url).status_code] == [405, 405]
    assert "Set-Cookie" not in response.headers
    assert everything_kept() == before


def test_what_has_not_changed_is_not_sent_again():
    worker = WorkerFactory()
    url = feed_url(worker)
    etag = fetched(url).headers["ETag"]
    assert fetched(url, if_none_match=etag).status_code == 304
    an_invited_meeting(people=[worker])
    assert fetched(url, if_none_match=etag).status_code == 200


def test_the_database_does_not_give_the_address_away():
    url = feed_url(WorkerFactory())
    token = url.split("/")[-1].removesuffix(".ics")
    assert len(token) >= 22
    assert token not in str(everything_kept())


def test_wrong_old_and_closed_addresses_look_alike():
    worker = WorkerFactory()
    old, new = feed_url(worker), feed_url(worker)
    assert fetched(new).status_code == 200
    answers = [fetched(old), fetched(reverse("calendar_feed", args=["x" * 32]))]
    actions.close_feed(by=worker)
    answers.append(fetched(new))
    closed = WorkerFactory()
    url = feed_url(closed)
    closed.is_active = False
    closed.save()
    answers.append(fetched(url))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_it_may_be_fetched_often_but_not_all_the_time():
    worker, other = WorkerFactory(), WorkerFactory()
    url = feed_url(worker)
    codes = [fetched(url).status_code for _number in range(61)]
    assert codes == [200] * 60 + [429]
    assert fetched(feed_url(other)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_tabs_make_one_address():
    worker = WorkerFactory()
    together(*[lambda: actions.open_feed(by=worker)] * 3)
    assert CalendarFeed.objects.open().filter(worker=worker).count() == 1


# --- the page ----------------------------------------------------------------------------------------


@pytest.fixture
def me():
    return WorkerFactory()


@pytest.fixture
def mine(client, me):
    client.force_login(me)
    return client


def text_of(response):
    return response.content.decode()


def test_the_address_is_shown_once(mine, me):
    response = mine.post(reverse("calendar_feed_open"), follow=True)
    (line,) = [line for line in text_of(response).splitlines() if "/kalenterit/" in line and ".ics" in line]
    url = line.split('value="')[1].split('"')[0]
    assert url.startswith(django_settings.BASE_URL)
    assert fetched(url.removeprefix(django_settings.BASE_URL)).status_code == 200
    again = text_of(mine.get(PAGE))
    assert ".ics" not in again and "Tee uusi osoite" in again


def test_a_new_address_and_closing_are_asked_about_first(mine, me):
    url = feed_url(me)
    for name in ("calendar_feed_open", "calendar_feed_close"):
        assert mine.get(reverse(name)).status_code == 200
    assert fetched(url).status_code == 200
    mine.post(reverse("calendar_feed_close"))
    assert fetched(url).status_code == 404


def test_a_calendar_is_added_and_its_address_is_shown_no_more(mine, me):
    mine.post(PAGE, {"address": " webcal://kalenteri.example/salainen-1.ics "})
    calendar = ExternalCalendar.objects.get()
    assert calendar.address == "https://kalenteri.example/salainen-1.ics" and calendar.worker == me
    page = text_of(mine.get(PAGE))
    assert "kalenteri.example" in page and "salainen" not in page and "haetaan" in page
    assert 'hx-trigger="every 2s"' in page
    assert "salainen" not in str(everything_kept())


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Liitä tähän kalenterisi osoite."),
        ("kalenteri", "Osoite ei kelpaa."),
        ("http://kalenteri.example/a.ics", "Osoitteen pitää olla muotoa https:"),
        ("https://minä:salasana@kalenteri.example/a.ics", "Osoite ei kelpaa."),
        ("https://kalenteri.example:8080/a.ics", "josta kalentereita ei haeta"),
        ("https://kalenteri.example/" + "a" * 2000, "Teksti on liian pitkä"),
    ],
)
def test_an_address_that_is_none_is_told_beside_the_field(mine, address, sentence):
    response = mine.post(PAGE, {"address": address})
    assert response.status_code == 422 and sentence in text_of(response)
    assert not ExternalCalendar.objects.exists()


def test_a_fourth_calendar_and_the_same_one_are_refused(mine, me):
    for number in (1, 1, 2, 3, 4):
        response = mine.post(PAGE, {"address": f"https://kalenteri.example/{number}.ics"})
        if number == 1 and response.status_code == 422:
            assert "Tämä kalenteri on jo lisätty." in text_of(response)
    assert "Sinulla on jo kolme kalenteria" in text_of(response)
    assert ExternalCalendar.objects.count() == 3
    assert "Sinulla on jo kolme kalenteria" in text_of(mine.get(PAGE))


def a_calendar(worker, **facts):
    calendar = ExternalCalendar(worker=worker, **facts)
    calendar.address = f"https://kalenteri.example/{uuid.uuid4()}.ics"
    calendar.save()
    return calendar


def test_what_is_the_matter_is_told_at_once(mine, me, monday):
    now = timezone.now()
    a_calendar(me, fetched_at=now, tried_at=now)
    a_calendar(me, fetched_at=now, tried_at=now, failing_since=now, failure="refused")
    a_calendar(me, tried_at=now, failing_since=now, failure="too_slow")
    page = text_of(mine.get(PAGE))
    assert "Palvelin ei anna kalenteria. Osoite on voinut vanhentua." in page
    assert "Häiriö alkoi ma 2.11.2026 klo 10.15. Siihen asti luetut varaukset ovat voimassa." in page
    assert "Kalenterin palvelin vastaa liian hitaasti. Yritetty ma 2.11.2026 klo 10.15 lähtien." in page
    assert "hx-trigger" not in page


def test_another_workers_calendar_is_not_there(mine):
    other = a_calendar(WorkerFactory(), fetched_at=timezone.now())
    assert "kalenteri.example" not in text_of(mine.get(PAGE))
    fetch, remove = (
        reverse(name, args=[other.pk]) for name in ("external_calendar_fetch", "external_calendar_remove")
    )
    assert (
        mine.post(fetch).status_code == mine.post(remove).status_code == mine.get(remove).status_code == 404
    )
    assert ExternalCalendar.objects.filter(pk=other.pk).exists()


def test_fetching_now_and_removing(mine, me):
    calendar = a_calendar(me, fetched_at=timezone.now())
    page = text_of(mine.post(reverse("external_calendar_fetch", args=[calendar.pk]), follow=True))
    assert "Kalenteria haetaan juuri nyt." in page
    again = text_of(mine.post(reverse("external_calendar_fetch", args=[calendar.pk]), follow=True))
    assert again.count("Kalenteria haetaan juuri nyt.") == 2
    remove = reverse("external_calendar_remove", args=[calendar.pk])
    assert "kalenteri.example" in text_of(mine.get(remove))
    assert ExternalCalendar.objects.exists()
    mine.post(remove)
    assert not ExternalCalendar.objects.exists()


def test_the_page_takes_as_many_queries_for_three_calendars_as_for_none(mine, me, django_assert_num_queries):
    mine.get(PAGE)
    with django_assert_num_queries(5):
        mine.get(PAGE)
    for _number in range(3):
        a_calendar(me)
    actions.open_feed(by=me)
    with django_assert_num_queries(5):
        mine.get(PAGE)


def test_the_own_card_leads_there(mine):
    assert f'href="{PAGE}"' in text_of(mine.get(reverse("profile")))
