"""The screen on the wall: who opens it, what is on it and what never is."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import recording
from meetings.actions.recording import RayWords
from meetings.models import AgendaItem, Meeting
from meetings.states import Attendance, StarHeading, StarTone, StarVoice
from perhekeskus.models import AccessLog
from plans.actions import write_plan
from tests.factories import WorkerFactory, an_invited_meeting, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    meeting = an_invited_meeting(people=2, topics=["Rauhalliset aamut"])
    AgendaItem.objects.filter(meeting=meeting).delete()
    for number, (title, minutes) in enumerate((("Esittäydytään", 20), ("Tähti", 40)), start=1):
        AgendaItem.objects.create(meeting=meeting, position=number, title=title, minutes=minutes)
    with time_machine.travel(meeting.period.lower + timedelta(minutes=25), tick=False):
        yield meeting


def opened(client, worker, meeting, part="", news=False, **headers):
    client.force_login(worker)
    name = "meeting_screen_news" if news else "meeting_screen"
    return client.get(reverse(name, args=[meeting.pk]) + (f"?osa={part}" if part else ""), **headers)


def test_the_agenda_with_its_times_and_who_is_here(client, meeting):
    page = opened(client, meeting.convener, meeting).content.decode()
    one = invited(meeting)
    people = (one.worker.name, "Tuntee lapsen arjen.", meeting.convener.name)
    for words in ("Esittäydytään", "Äiti-Kaisa", *people):
        assert words in page
    now = page.index('aria-current="step"')
    assert page.index("Esittäydytään") < now < page.index("nyt</strong>")
    assert "<nav" in page and "Päävalikko" not in page


def test_one_who_did_not_come_or_was_not_let_in_is_not_introduced(client, meeting):
    missing = invited(meeting, 1)
    missing.attendance = Attendance.ABSENT
    missing.save()
    page = opened(client, meeting.convener, meeting).content.decode()
    assert missing.worker.name not in page


def test_a_protected_family_s_places_are_not_on_the_wall(client, meeting):
    family = meeting.situation.family
    family.address_protected = True
    family.save()
    page = opened(client, meeting.convener, meeting).content.decode()
    for seat in (invited(meeting), invited(meeting, 1)):
        assert str(seat.worker.unit) not in page.replace(seat.worker.name, "")


def test_the_star_comes_as_it_is_written_and_the_notes_never(client, meeting):
    words = RayWords(StarTone.STRENGTH, strengths="Rohkea.", strengths_by=[StarVoice.CHILD])
    record = recording.Record(rays={StarHeading.SELF: words}, notes="Vain meille.")
    assert "Tähti on vielä tyhjä" in opened(client, meeting.convener, meeting, "tahti").content.decode()
    before = opened(client, meeting.convener, meeting, "tahti", news=True)
    recording.record(meeting=meeting, by=meeting.convener, record=record)
    same = {"headers": {"If-None-Match": before["ETag"]}}
    news = opened(client, meeting.convener, meeting, "tahti", news=True, **same)
    page = news.content.decode()
    assert news.status_code == 200
    assert "Rohkea." in page and "lapsen sanoin" in page
    assert "Vain meille." not in page
    same = {"headers": {"If-None-Match": news["ETag"]}}
    assert opened(client, meeting.convener, meeting, "tahti", news=True, **same).status_code == 304


def test_the_plan_is_shown_by_one_who_sees_all_of_the_situation(client, meeting):
    recording.record(meeting=meeting, by=meeting.convener, record=recording.Record())
    write_plan(
        situation=meeting.situation,
        by=meeting.convener,
        texts={"wish": "Aamut ovat rauhallisia."},
        matters=[],
        measures=[],
        responsible=[],
        next_contact=None,
        seen_edition=0,
    )
    guest = invited(meeting).worker
    Meeting.objects.filter(pk=meeting.pk).update(recorder=guest)
    assert (
        "Aamut ovat rauhallisia." in opened(client, meeting.convener, meeting, "suunnitelma").content.decode()
    )
    page = opened(client, guest, meeting, "suunnitelma").content.decode()
    assert "Aamut ovat rauhallisia." not in page and "Asialista" in page


def test_opened_by_those_who_lead_and_by_nobody_else(client, meeting):
    guest = invited(meeting).worker
    assert opened(client, WorkerFactory(), meeting).status_code == 404
    assert opened(client, WorkerFactory(), meeting, news=True).status_code == 404
    assert opened(client, guest, meeting).status_code == 302
    assert opened(client, guest, meeting, news=True).status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(chair=guest)
    assert opened(client, guest, meeting).status_code == 200


def test_a_guest_who_leads_opens_it_half_an_hour_before_and_no_sooner(client, meeting):
    """It shows why each of the others is here."""
    guest = invited(meeting).worker
    Meeting.objects.filter(pk=meeting.pk).update(chair=guest)
    with time_machine.travel(meeting.period.lower - timedelta(minutes=31), tick=False):
        refused = opened(client, guest, meeting)
        assert refused.status_code == 302
        assert "puoli tuntia ennen" in client.get(refused.url).content.decode()
        assert opened(client, guest, meeting, news=True).status_code == 404
        assert opened(client, meeting.convener, meeting).status_code == 200
    with time_machine.travel(meeting.period.lower - timedelta(minutes=30), tick=False):
        assert opened(client, guest, meeting).status_code == 200


def test_an_open_screen_is_one_look_in_half_an_hour(client, meeting):
    for _number in range(5):
        opened(client, meeting.convener, meeting, news=True)
    assert AccessLog.objects.filter(what="Yhteisen ajan näyttö").count() == 1


def test_the_session_goes_on_while_the_meeting_lasts(client, meeting):
    end = meeting.period.upper
    client.force_login(meeting.convener)
    url = reverse("meeting_screen_news", args=[meeting.pk])
    for moment, goes_on in ((end, True), (end + timedelta(hours=1), True), (end + timedelta(hours=3), False)):
        with time_machine.travel(moment, tick=False):
            assert ("sessionid" in client.get(url).cookies) is goes_on, moment


@pytest.mark.parametrize("part", ["alku", "tahti", "suunnitelma"])
def test_news_cost_few_queries_however_many_come(client, part):
    counts = []
    for people in (1, 6):
        meeting = an_invited_meeting(people=people)
        with time_machine.travel(meeting.period.lower + timedelta(minutes=5)):
            opened(client, meeting.convener, meeting, part, news=True)
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse("meeting_screen_news", args=[meeting.pk]) + f"?osa={part}")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 18
