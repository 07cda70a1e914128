"""Proposing somebody who was found on the yhteydenottolista or in the directory."""

import pytest

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
    client.force_login(ready.convener)
    target = WorkerFactory()
    client.post(url("worker", target), {"meeting": ready.pk})
    assert not ready.participations.filter(worker=target).exists()


@pytest.mark.parametrize("path", ["perhe/1", "worker/999999"])
def test_there_is_no_page_for_what_is_not(client, path):
    client.force_login(WorkerFactory())
    assert client.get(f"/yhteiset-ajat/ehdota/{path}/").status_code == 404
