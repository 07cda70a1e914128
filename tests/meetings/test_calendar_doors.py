"""A local address is refused before it is saved, and a closed account's own calendar stays closed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from meetings.actions import calendars as actions
from meetings.models import CalendarFeed, ExternalCalendar
from network.models import Worker
from perhekeskus.refusals import Refused
from tests.factories import WorkerFactory
from tests.plugins.together import together

pytestmark = pytest.mark.django_db
PAGE = "/oma-kortti/kalenterit/"

LOCAL = [
    "https://localhost/a.ics",
    "https://LOCALHOST./a.ics",
    "https://kalenteri.localhost/a.ics",
    "https://127.0.0.1/a.ics",
    "https://2130706433/a.ics",
    "https://0x7f.1/a.ics",
    "https://10.1.2.3/a.ics",
    "https://192.168.1.1/a.ics",
    "https://169.254.169.254/a.ics",
    "https://[::1]/a.ics",
    "https://[fe80::1%25eth0]/a.ics",
    "https://[::ffff:10.0.0.1]/a.ics",
    "https://palvelin.local/a.ics",
    "https://palvelin.lan/a.ics",
    "https://palvelin/a.ics",
    "webcal://palvelin.local/a.ics",
]


@pytest.mark.parametrize("url", LOCAL)
def test_a_local_address_is_refused_in_the_form_with_a_sentence(client, url):
    client.force_login(WorkerFactory())
    response = client.post(PAGE, {"address": url})
    assert response.status_code == 422 and "vain omalla koneellasi" in response.content.decode()
    assert not ExternalCalendar.objects.exists()


def test_and_past_the_form():
    with pytest.raises(Refused, match="vain omalla koneellasi"):
        actions.add_calendar(by=WorkerFactory(), address="https://10.1.2.3/a.ics")
    with pytest.raises(Refused):
        actions.add_calendar(by=WorkerFactory(), address="http://kalenteri.example/a.ics")


@pytest.mark.parametrize("url", ["https://kalenteri.example/a.ics", "https://8.8.8.8/a.ics"])
def test_an_address_of_the_internet_is_taken(url):
    assert actions.add_calendar(by=WorkerFactory(), address=url).pk


def sql(query: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def test_a_closed_accounts_address_stays_closed_when_the_account_opens_again():
    worker, other = WorkerFactory(), WorkerFactory()
    urls = [reverse("calendar_feed", args=[actions.open_feed(by=one)]) for one in (worker, other)]
    sql("UPDATE network_worker SET is_active = false WHERE id = %s", worker.pk)
    assert CalendarFeed.objects.get(worker=worker).revoked_at is not None
    with pytest.raises(IntegrityError, match="Tunnus on suljettu"):
        sql("UPDATE meetings_calendarfeed SET revoked_at = NULL WHERE worker_id = %s", worker.pk)
    with pytest.raises(Refused, match="Tunnus on suljettu"):
        actions.open_feed(by=worker)
    sql("UPDATE network_worker SET is_active = true WHERE id = %s", worker.pk)
    assert [Client().get(url).status_code for url in urls] == [404, 200]
    again = reverse("calendar_feed", args=[actions.open_feed(by=worker)])
    assert Client().get(again).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_address_opened_while_the_account_is_closed_does_not_stay_open():
    for _round in range(5):
        worker = WorkerFactory()
        together(
            lambda worker=worker: actions.open_feed(by=worker),
            lambda worker=worker: Worker.objects.filter(pk=worker.pk).update(is_active=False),
        )
        assert not CalendarFeed.objects.open().filter(worker=worker).exists()
