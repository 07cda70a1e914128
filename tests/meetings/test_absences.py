"""A worker's absences: whole days, a substitute on the card, nobody else's to change."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from meetings.actions.absences import add_absence, remove_absence
from meetings.models import Absence
from network.models import Worker
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory

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
