"""Grievances and development needs as one list: each reader's own, and no way to a family."""

import pytest
import time_machine
from django.urls import reverse

from meetings.dashboard.development import ALL, as_reported, matters
from network.actions import forums, grievances
from network.states import DevelopmentState, GrievanceState, GrievanceTheme
from tests.factories import MunicipalityFactory, WorkerFactory, an_invited_forum

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2027-03-17 10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def boss():
    return WorkerFactory(coordinator=True)


def a_grievance(text: str, code: str = "263"):
    return grievances.record(
        by=WorkerFactory(),
        municipality=MunicipalityFactory(code=code),
        theme=GrievanceTheme.DISTANCE,
        text=text,
    )


@pytest.fixture
def told(boss):
    """Two grievances, one of them answered, and two needs, one of them done and from a forum."""
    a_grievance("Bussi ei kulje.")
    answered = grievances.name_owner(grievance=a_grievance("Jono on pitkä."), by=boss, owner=boss)
    grievances.move(
        grievance=answered,
        by=boss,
        to=GrievanceState.ANSWERED,
        answer="Lisää väkeä.",
        outcome="",
        seen_version=2,
    )
    with time_machine.travel("2027-01-20 10:00:00+02:00", tick=False):
        town = MunicipalityFactory(code="989", name_fi="Ähtäri")
        forums.record_need(by=boss, text="Tieto ei kulje.", municipality=town, forum=None)
        forum = an_invited_forum(by=boss)
        need = forums.record_need(by=boss, text="Yhteinen ilta.", municipality=town, forum=forum)
    need = forums.take_need(need=need, by=boss)
    forums.move_need(need=need, by=boss, to=DevelopmentState.DONE, outcome="Pidettiin.", seen_version=2)


def texts(client, **asked: str) -> list[str]:
    page = client.get(reverse("development_page"), asked)
    assert page.status_code == 200
    return [row["title"] for row in page.context["rows"]]


def test_the_open_ones_unless_another_state_is_asked_for(boss, told, client):
    client.force_login(boss)
    assert texts(client) == ["Tieto ei kulje.", "Bussi ei kulje.", "Jono on pitkä."]
    assert texts(client, tila="vastattu") == ["Jono on pitkä."]
    assert texts(client, tila="valmis") == ["Yhteinen ilta."]
    assert len(texts(client, tila=ALL)) == 4
    assert texts(client, kunta="Ähtäri") == ["Tieto ei kulje."]
    assert len(texts(client, tila="olematon", kunta="Atlantis")) == 3
    page = client.get(reverse("development_page")).content.decode()
    assert "Avoinna on 3 asiaa." in page and "Niistä 2 odottaa tekijää." in page
    assert "1/2027" in page and "3/2027 alkaen" in page


def test_what_is_not_answered_is_the_coordinators_alone(boss, told, client):
    administrator = WorkerFactory(administrator=True)
    assert {one.text for one in matters(administrator)} == {
        "Jono on pitkä.",
        "Tieto ei kulje.",
        "Yhteinen ilta.",
    }
    client.force_login(administrator)
    assert "Bussi" not in client.get(reverse("development_page")).content.decode()


def test_the_report_tells_no_words_of_a_grievance_that_nobody_has_taken_up(boss, told):
    found = matters(boss)
    assert len(as_reported(found)) == 4
    assert {one.text for one in found} - {one.text for one in as_reported(found)} == {"Bussi ei kulje."}


def test_the_files_say_what_the_page_says(boss, told, client):
    client.force_login(boss)
    url = reverse("count_table", args=["kehittaminen", "csv"])
    assert client.get(url).content.decode("utf-8-sig").count("\r\n") == 4
    (line,) = client.get(url, {"tila": "valmis"}).content.decode("utf-8-sig").splitlines()[1:]
    assert line.startswith("Ähtäri") and f";{boss.name};valmis;1/2027;3/2027" in line
    numbers = client.get(reverse("count_table", args=["kehittaminen-maarat", "csv"])).content.decode(
        "utf-8-sig"
    )
    assert "epäkohta;1;0;1;0;0;2" in numbers and "kehittämisasia;1;0;0;1;0;2" in numbers


def test_as_many_queries_whatever_there_is(boss, told, client, django_assert_num_queries):
    client.force_login(boss)
    with django_assert_num_queries(4):
        client.get(reverse("development_page"))
    for number in range(3):
        a_grievance(f"Puute {number}.", code=f"90{number}")
    with django_assert_num_queries(4):
        client.get(reverse("development_page"))
