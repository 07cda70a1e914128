"""Who already helps the family: written down, and told to the invited only when the family lets."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings.actions import services
from meetings.models import ServiceInvolved, Situation
from perhekeskus.refusals import Refused
from tests.factories import (
    WorkerFactory,
    a_convened_meeting,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db

NAME = "Perheneuvolan psykologi"


def a_service(situation: Situation, *, tell: bool = False, **values) -> ServiceInvolved:
    service = ServiceInvolved(**{"name": NAME, "since": "syksystä 2025"} | values)
    return services.add(situation=situation, by=situation.holder, service=service, tell=tell)


def protect(situation: Situation) -> None:
    situation.family.address_protected = True
    situation.family.save()


def test_the_holder_writes_down_who_helps_and_sees_it_when_proposing(client):
    meeting = a_convened_meeting()
    situation = meeting.situation
    client.force_login(situation.holder)
    url = reverse("situation_services", args=[situation.pk])
    sent = {"name": NAME, "since": "syksystä 2025", "worker": ""}
    for _time in range(2):
        assert client.post(url, sent | {"tell": "on"}).status_code == 302
    service = situation.family.services.get()
    assert service.told_since is not None
    assert service.told_by == service.recorded_by == situation.holder
    for shown in (
        situation.get_absolute_url(),
        reverse("situation_network", args=[situation.pk]),
        reverse("meeting_people", args=[meeting.pk]),
    ):
        assert NAME in client.get(shown).content.decode()


def test_the_talk_takes_one_along(client):
    situation = with_conversation()
    client.force_login(situation.holder)
    talk = {
        "form_key": "6f1d7c38-55c5-4dc4-9b3a-2a0c6d0b6c11",
        "seen_talks": "1",
        "kind": "puheeksiotto",
        "held_on": str(situation.conversations.get().held_on),
        "result": "thinking",
        "service_since": "keväästä",
    }
    url = reverse("conversation_record", args=[situation.pk])
    assert "Kirjoita, kuka tai mikä palvelu auttaa." in client.post(url, talk).content.decode()
    client.post(url, talk | {"service_name": NAME})
    service = situation.family.services.get()
    assert (service.name, service.since, service.told_since) == (NAME, "keväästä", None)


@pytest.mark.parametrize("told", [True, False])
def test_an_invited_person_knows_only_when_the_family_lets(client, told):
    meeting = an_invited_meeting(people=1)
    a_service(meeting.situation, tell=told)
    client.force_login(invited(meeting).worker)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert (NAME in page) == told
    assert NAME not in client.get(meeting.situation.get_absolute_url()).content.decode()


def test_a_protected_familys_services_are_told_to_nobody_and_named_on_no_page_of_its_own(
    client, family_client
):
    meeting = an_invited_meeting(people=1)
    situation = meeting.situation
    a_service(situation, tell=True)
    protect(situation)
    client.force_login(invited(meeting).worker)
    assert NAME not in client.get(meeting.get_absolute_url()).content.decode()
    token = situation.family.link.token
    for name in ("family_network", "family_services"):
        assert NAME not in family_client.get(reverse(name, args=[token])).content.decode()
    with pytest.raises(Refused, match="turvakielto"):
        a_service(situation, name="Toinen", tell=True)
    assert ServiceInvolved.objects.visible_to(invited(meeting).worker).count() == 0


def test_the_family_takes_its_permission_back_and_gives_it(family_client, client):
    meeting = an_invited_meeting(people=1)
    service = a_service(meeting.situation, tell=True)
    url = reverse("family_services", args=[meeting.situation.family.link.token])
    assert NAME in family_client.get(url).content.decode()
    client.force_login(invited(meeting).worker)
    for verb, told in (("untell", False), ("untell", False), ("tell", True)):
        family_client.post(url, {verb: service.pk})
        service.refresh_from_db()
        assert (service.told_since is not None) == told
        assert service.told_by is None
        assert (NAME in client.get(meeting.get_absolute_url()).content.decode()) == told
    family_client.post(url, {"remove": service.pk})
    assert not ServiceInvolved.objects.exists()
    assert family_client.post(url, {"remove": service.pk}).status_code == 302


def test_another_familys_service_is_not_touched(family_client):
    mine, other = with_conversation(), with_conversation()
    service = a_service(other)
    for key in (service.pk, "x", ""):
        family_client.post(reverse("family_services", args=[mine.family.link.token]), {"remove": key})
    assert ServiceInvolved.objects.get() == service


def test_only_the_holder_writes():
    situation = with_conversation()
    with pytest.raises(Refused, match="Koppi on nyt toisella"):
        services.add(situation=situation, by=WorkerFactory(), service=ServiceInvolved(name=NAME))
    service = a_service(situation)
    for act in (
        lambda by: services.remove(situation=situation, service=service, by=by),
        lambda by: services.tell(situation=situation, service=service, by=by, told=True),
    ):
        with pytest.raises(Refused, match="Koppi on nyt toisella"):
            act(WorkerFactory())


def test_a_worker_who_has_been_let_in_stands_once_in_the_network(client):
    meeting = an_invited_meeting(people=1)
    worker = invited(meeting).worker
    a_service(meeting.situation, name=f"{worker.name}, psykologi", worker=worker)
    client.force_login(meeting.situation.holder)
    page = client.get(reverse("situation_network", args=[meeting.situation_id])).content.decode()
    assert f"{worker.name}, psykologi" not in page
    assert worker.name in page


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE meetings_serviceinvolved SET name = ''", "service_has_name"),
        ("UPDATE meetings_serviceinvolved SET told_by_id = recorded_by_id", "service_told_since"),
        (
            "INSERT INTO meetings_serviceinvolved (family_id, name, since, recorded_at, recorded_by_id)"
            " SELECT family_id, name, '', now(), recorded_by_id FROM meetings_serviceinvolved",
            "service_once",
        ),
        (
            "UPDATE network_family SET address_protected = true;"
            " UPDATE meetings_serviceinvolved SET told_since = now()",
            "service_of_protected_not_told",
        ),
    ],
)
def test_the_database_refuses(statement, constraint):
    a_service(with_conversation())
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert refused.value.__cause__.diag.constraint_name == constraint
