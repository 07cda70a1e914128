"""The county's counts for anybody: closed months alone, nothing small, nothing of the reader."""

import csv
import io
import json
from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from meetings import tasks
from meetings.dashboard import open_data
from meetings.models import OpenData
from network.models import Municipality
from perhekeskus.words import HELSINKI
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory
from tests.factories.tallies import held

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
SCHEMA = json.loads((house.BASE_DIR / "meetings" / "dashboard" / "open_data.schema.json").read_text())


@pytest.fixture
def counted() -> tuple[Municipality, Municipality]:
    """Two municipalities: seven and three held in September, none and twelve in October, one in November."""
    here = MunicipalityFactory(code="140", name_fi="Iisalmi")
    there = MunicipalityFactory(code="263", name_fi="Kiuruvesi")
    UnitFactory(municipality=here)
    held(here, date(2026, 9, 1), 7)
    held(there, date(2026, 9, 1), 3)
    held(there, OCTOBER, 12)
    held(there, date(2026, 11, 1), 1)
    return here, there


def published_on(*moment: int) -> None:
    with time_machine.travel(datetime(*moment, tzinfo=HELSINKI), tick=False):
        tasks.publish_open_data()
        tasks.publish_open_data()


def facts(client: Client) -> dict:
    found = json.loads(client.get(reverse("open_data_json")).content)
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(found)
    return found


def test_what_is_told_of_closed_months(counted, client):
    here, there = counted
    published_on(2026, 11, 2, 6, 45)
    told = facts(client)
    assert (told["last_month"], told["updated_at"]) == ("2026-10", "2026-11-02T06:45:00+02:00")
    cells = {
        (one["municipality"], one["month"]): (one["shared_times"], one["hidden"]) for one in told["counts"]
    }
    assert cells[here.pk, "2026-09"] == (7, None)
    assert cells[there.pk, "2026-09"] == (None, "1-4")
    assert cells[here.pk, "2026-10"] == (0, None)
    assert cells[there.pk, "2026-10"] == (12, None)
    assert (there.pk, "2026-11") not in cells
    network = {one["month"]: (one["shared_times"], one["hidden"]) for one in told["network"]}
    # Ten would tell that the other had three.
    assert network["2026-09"] == (None, "8-11")
    assert network["2026-10"] == (12, None)
    text = client.get(reverse("open_data_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["kuntakoodi", "kunta", "kuukausi", "yhteiset_ajat", "piilotettu"]
    assert [here.pk, here.name_fi, "2026-09", "7", ""] in rows
    assert [there.pk, there.name_fi, "2026-09", "", "1-4"] in rows
    assert len(rows) == len(told["counts"]) + 1


def test_a_month_is_published_on_the_second_morning_and_once(counted, client):
    published_on(2026, 11, 2, 6, 45)
    first = OpenData.objects.get().made_at
    published_on(2026, 12, 2, 5, 45)
    assert OpenData.objects.get().made_at == first
    published_on(2026, 12, 2, 6, 45)
    assert facts(client)["last_month"] == "2026-11"


def test_more_is_hidden_at_once_when_the_limit_is_raised(counted, client, settings):
    published_on(2026, 11, 2, 6, 45)
    settings.SMALL_NUMBER_LIMIT = 10
    assert client.get(reverse("open_data_json")).status_code == 404
    published_on(2026, 11, 20, 12, 45)
    told = facts(client)
    assert (told["small_number_limit"], told["last_month"]) == (10, "2026-10")
    assert "7" not in {str(one["shared_times"]) for one in told["counts"]}


@pytest.mark.parametrize("name", ["open_data_page", "open_data_json", "open_data_csv", "open_data_schema"])
def test_the_reader_is_not_looked_at(counted, client, name, django_assert_num_queries):
    published_on(2026, 11, 2, 6, 45)
    client.force_login(WorkerFactory())
    asked = client.cookies.output()
    with django_assert_num_queries(0 if name == "open_data_schema" else 1):
        answer = client.get(reverse(name))
    assert answer.status_code == 200 and not answer.cookies and client.cookies.output() == asked
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "public, max-age=3600" and answer["X-Robots-Tag"] == "all"
    if name == "open_data_page":
        return
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get(reverse(name), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    if "Last-Modified" in answer:
        since = {"If-Modified-Since": answer["Last-Modified"]}
        assert client.get(reverse(name), headers=since).status_code == 304


def test_it_can_be_switched_off(counted, client, settings):
    settings.OPEN_DATA = False
    published_on(2026, 11, 2, 6, 45)
    assert not OpenData.objects.exists()
    for name in ("open_data_page", "open_data_json", "open_data_csv", "open_data_schema"):
        assert client.get(reverse(name)).status_code == 404
    assert "avoin-data" not in client.get(reverse("privacy")).content.decode()


def test_the_page_says_what_each_field_is_and_links_to_the_files(counted, client):
    published_on(2026, 11, 2, 6, 45)
    page = client.get(reverse("open_data_page")).content.decode()
    fields = {*SCHEMA["properties"], "shared_times", "hidden", "name_sv", *open_data.HEAD}
    assert {field for field in fields if field not in page} == set()
    for name in ("open_data_json", "open_data_csv", "open_data_schema"):
        assert f'href="{reverse(name)}"' in page
    assert "CC BY 4.0" in page and reverse("open_data_page") in client.get(reverse("help")).content.decode()
