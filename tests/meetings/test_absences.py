"""A worker's absences: whole days, a substitute on the card, nobody else's to change."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from meetings.actions.absences import add_absence, remove_absence
from meetings.actions.convening import propose_person
from meetings.models import Absence
from network.models import Worker
from network.reaching import away
from perhekeskus import words
from perhekeskus.refusals import Refused
from perhekeskus.words import HELSINKI
from tests.factories import (
    ContactRuleFactory,
    WorkerFactory,
    a_convened_meeting,
    a_situation,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client) -> Worker:
    worker = WorkerFactory()
    client.force_login(worker)
    return worker


def days(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "first": (today + timedelta(days=first)).isoformat(),
        "last": (today + timedelta(days=last)).isoformat(),
    }


def test_an_absence_and_its_substitute_stand_on_the_card(client, me):
    substitute = WorkerFactory(unit=me.unit)
    for _twice in range(2):
        client.post("/oma-kortti/poissaolot/", {**days(3, 5), "substitute": substitute.pk})
    assert Absence.objects.count() == 1
    client.force_login(WorkerFactory())
    assert f"sijaisena {substitute.name}" in client.get(f"/verkosto/{me.pk}/").content.decode()


def test_an_absence_is_whole_days_also_when_the_clock_changes(me):
    absence = add_absence(by=me, first=date(2027, 3, 28), last=date(2027, 3, 28))
    assert absence.period.upper - absence.period.lower == timedelta(days=1)
    absence.refresh_from_db()
    assert absence.period.upper - absence.period.lower == timedelta(hours=23)


@pytest.mark.parametrize(
    ("first", "last", "sentence"), [(5, 3, "ei voi olla ennen ensimmäistä"), (-9, -8, "jo mennyt")]
)
def test_days_that_make_no_sense_are_refused_and_kept_on_the_form(client, me, first, last, sentence):
    sent = days(first, last)
    page = client.post("/oma-kortti/poissaolot/", sent).content.decode()
    assert sentence in page
    assert sent["first"] in page


def test_days_that_overlap_are_refused_in_words(client, me):
    client.post("/oma-kortti/poissaolot/", days(3, 5))
    page = client.post("/oma-kortti/poissaolot/", days(5, 9)).content.decode()
    assert "Olet jo merkinnyt poissaolon" in page and "Poista se ensin" in page
    client.post("/oma-kortti/poissaolot/", days(6, 9))
    assert Absence.objects.of(me).count() == 2


def test_the_database_refuses_two_absences_on_one_day(me):
    add_absence(by=me, first=date(2027, 1, 4), last=date(2027, 1, 8))
    add_absence(by=WorkerFactory(), first=date(2027, 1, 4), last=date(2027, 1, 8))
    insert = "INSERT INTO meetings_absence (worker_id, period) VALUES (%s, tstzrange(%s, %s))"
    with (
        pytest.raises(IntegrityError, match="absence_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [me.pk, "2027-01-08 08:00+02", "2027-01-12 08:00+02"])


def test_absences_that_overlapped_become_one_with_the_last_substitute(me):
    other, first, last = WorkerFactory(), WorkerFactory(), WorkerFactory()
    rows = [
        (me, 4, 8, first),
        (me, 6, 7, last),
        (me, 7, 11, None),
        # The next day after; another's; and one alone.
        (me, 11, 12, first),
        (other, 5, 9, first),
        (me, 20, 21, None),
    ]
    insert = (
        "INSERT INTO meetings_absence (worker_id, period, substitute_id) VALUES (%s, tstzrange(%s, %s), %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_absence DROP CONSTRAINT absence_once")
        for worker, begins, ends, substitute in rows:
            moments = [f"2027-01-{day:02} 00:00+02" for day in (begins, ends)]
            cursor.execute(insert, [worker.pk, *moments, substitute and substitute.pk])
        cursor.execute(import_module("meetings.migrations.0010_absence_once").MERGED)
    kept = Absence.objects.order_by("worker_id", "period")
    assert [
        (one.worker, one.period.lower.astimezone(HELSINKI).day, one.period.upper.astimezone(HELSINKI).day)
        + (one.substitute,)
        for one in kept
    ] == [(me, 4, 11, last), (me, 11, 12, first), (me, 20, 21, None), (other, 5, 9, first)]


def test_nobody_takes_away_anothers_absence(client, me):
    theirs = add_absence(by=WorkerFactory(), first=date(2027, 1, 4), last=date(2027, 1, 5))
    assert client.post(f"/oma-kortti/poissaolot/{theirs.pk}/poista/").status_code == 404
    with pytest.raises(Refused):
        remove_absence(absence=theirs, by=me)
    assert Absence.objects.filter(pk=theirs.pk).exists()


def test_nobody_stands_in_for_themselves(me):
    with pytest.raises(Refused, match="joku muu"):
        add_absence(by=me, first=date(2027, 1, 4), last=date(2027, 1, 5), substitute=me)
    with pytest.raises(IntegrityError, match="absence_other_substitute"), transaction.atomic():
        Absence.objects.create(
            worker=me,
            substitute=me,
            period=TimestamptzRange(timezone.now(), timezone.now() + timedelta(days=1)),
        )


def test_who_is_away_now_is_said_wherever_somebody_chooses_whom_to_ask(client, me):
    meeting = a_convened_meeting(people=0, situation=with_conversation(a_situation(by=me)))
    today, substitute = timezone.localdate(), WorkerFactory(unit=me.unit)
    absent, later = WorkerFactory(unit=me.unit), WorkerFactory(unit=me.unit)
    last = today + timedelta(days=3)
    add_absence(by=absent, first=today, last=last, substitute=substitute)
    add_absence(by=later, first=last, last=last)
    rule = ContactRuleFactory(unit=None, worker=absent, municipality=me.unit.municipality)
    ContactRuleFactory(unit=None, worker=later, need=rule.need, municipality=rule.municipality)
    sentence = f"Poissa {words.short_day(last)} asti, sijainen {substitute.name}"
    pages = [
        f"/verkosto/yhteydenotot/?municipality={rule.municipality_id}&need={rule.need_id}",
        f"/yhteiset-ajat/{meeting.pk}/kutsuttavat/",
        f"/yhteiset-ajat/ehdota/worker/{absent.pk}/",
        f"/tilanteet/{meeting.situation_id}/kysy-neuvoa/?q={absent.last_name}",
    ]
    for url in pages:
        page = client.get(url).content.decode()
        assert page.count(sentence) == 1, url
    assert sentence not in client.get(f"/yhteiset-ajat/ehdota/worker/{later.pk}/").content.decode()
    propose_person(meeting=meeting, by=me, person=absent)
    assert sentence in client.get(pages[1]).content.decode()
    # A substitute who has left the network answers nobody.
    Worker.objects.filter(pk=substitute.pk).update(is_active=False)
    assert f"Poissa {words.short_day(last)} asti<" in client.get(pages[2]).content.decode()


def test_the_families_page_tells_nothing_of_absences(client):
    today = timezone.localdate()
    absent = WorkerFactory()
    add_absence(by=absent, first=today, last=today, substitute=WorkerFactory(unit=absent.unit))
    rule = ContactRuleFactory(unit=absent.unit, municipality=absent.unit.municipality, is_public=True)
    ContactRuleFactory(unit=None, worker=absent, need=rule.need, municipality=rule.municipality)
    page = client.get(f"/apua/{rule.municipality.address_word}/").content.decode()
    assert absent.unit.name in page
    assert "Poissa" not in page and "sijainen" not in page and absent.last_name not in page


def test_saying_who_is_away_costs_one_query_of_however_many(django_assert_num_queries):
    today = timezone.localdate()
    workers = [WorkerFactory() for _ in range(5)]
    for worker in workers:
        add_absence(by=worker, first=today, last=today, substitute=WorkerFactory(unit=worker.unit))
    with django_assert_num_queries(1):
        assert len(away([worker.pk for worker in workers])) == 5
    with django_assert_num_queries(0):
        assert away([]) == {}


def test_the_page_takes_the_same_few_queries_however_many(client, me, django_assert_num_queries):
    def fill(*weeks: int) -> None:
        for week in weeks:
            day = timezone.localdate() + timedelta(weeks=week)
            add_absence(by=me, first=day, last=day, substitute=WorkerFactory(unit=me.unit))

    fill(1)
    with CaptureQueriesContext(connection) as few:
        client.get("/oma-kortti/poissaolot/")
    fill(2, 3, 4, 5)
    with django_assert_num_queries(len(few)):
        client.get("/oma-kortti/poissaolot/")
