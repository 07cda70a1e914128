"""Proposing somebody who was found on the yhteydenottolista or in the directory."""

import pytest

from meetings.reaching import _consult_url, _propose_url
from network.reaching import ways
from tests.factories import (
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_convened_meeting,
    an_invited_meeting,
)

pytestmark = pytest.mark.django_db


def url(kind: str, target) -> str:
    return f"/yhteiset-ajat/ehdota/{kind}/{target.pk}/"


@pytest.mark.parametrize(
    ("kind", "factory"), [("worker", WorkerFactory), ("unit", UnitFactory), ("team", TeamFactory)]
)
def test_one_press_proposes_to_the_meeting_that_one_prepares(client, kind, factory):
    meeting, target = a_convened_meeting(people=0), factory()
    client.force_login(meeting.convener)
    page = client.get(url(kind, target))
    assert [row["pk"] for row in page.context["meetings"]] == [meeting.pk]
    response = client.post(url(kind, target), {"meeting": meeting.pk})
    assert response.url == f"/yhteiset-ajat/{meeting.pk}/kutsuttavat/"
    assert meeting.participations.filter(**{kind: target}, decision="undecided").count() == 1


def test_anothers_meeting_and_one_that_is_invited_already_are_not_offered(client):
    meeting = a_convened_meeting(people=0)
    ready = an_invited_meeting()
    for worker in (WorkerFactory(), ready.convener):
        client.force_login(worker)
        assert client.get(url("worker", WorkerFactory())).context["meetings"] == []
        assert client.post(url("worker", WorkerFactory()), {"meeting": meeting.pk}).status_code == 404


@pytest.mark.parametrize("path", ["perhe/1", "worker/999999"])
def test_there_is_no_page_for_what_is_not(client, path):
    client.force_login(WorkerFactory())
    assert client.get(f"/yhteiset-ajat/ehdota/{path}/").status_code == 404


def test_the_list_leads_to_asking_and_proposing_only_those_who_work_with_families(client):
    worker, coordinator, unit = WorkerFactory(), WorkerFactory(coordinator=True), UnitFactory()
    shy = WorkerFactory(available_for_consultation=False, available_for_shared_times=False)
    assert _consult_url(worker, unit) == f"/neuvot/kysy/?to=unit-{unit.pk}"
    assert _propose_url(worker, unit) == url("unit", unit)
    for by, target in ((coordinator, unit), (worker, worker), (worker, coordinator), (worker, shy)):
        assert _consult_url(by, target) is None and _propose_url(by, target) is None
    # Each way once, however many modules add theirs.
    assert [str(way["label"]) for way in ways(worker, unit)] == ["Kysy neuvoa", "Ehdota yhteiseen aikaan"]
    client.force_login(worker)
    assert client.get(str(_consult_url(worker, unit))).status_code == 200


def test_a_workers_card_leads_to_proposing_and_asking_when_they_let_themselves_be_asked(client):
    meeting, target = a_convened_meeting(people=0), WorkerFactory()
    client.force_login(meeting.convener)
    card = client.get(f"/verkosto/{target.pk}/")
    assert [str(way["url"]) for way in card.context["ways"]] == [
        f"/neuvot/kysy/?to=worker-{target.pk}",
        url("worker", target),
    ]
    assert f'href="{url("worker", target)}"' in card.content.decode()
    shy = WorkerFactory(available_for_consultation=False, available_for_shared_times=False)
    for other in (meeting.convener, shy):
        assert client.get(f"/verkosto/{other.pk}/").context["ways"] == []
    client.force_login(WorkerFactory(coordinator=True))
    assert client.get(f"/verkosto/{target.pk}/").context["ways"] == []
