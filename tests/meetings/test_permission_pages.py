"""Writing down a family's permission of any purpose to any receiver, its history, taking back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import permissions
from meetings.models import Situation
from network.actions import consents
from network.models import Consent, OutsideProfessional
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from perhekeskus.words import today
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
    a_held_meeting,
    an_ended_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db

PURPOSES = [ConsentPurpose.CONSULT, ConsentPurpose.COPY, ConsentPurpose.INFORM]


@pytest.fixture
def situation() -> Situation:
    return with_conversation()


@pytest.fixture
def client(client, situation):
    client.force_login(situation.holder)
    return client


def listing(situation: Situation) -> str:
    return reverse("situation_permissions", args=[situation.pk])


def giving(situation: Situation, kind: str, one) -> str:
    return f"{reverse('situation_permission_give', args=[situation.pk])}?saaja={kind}-{one.pk}"


def said(situation: Situation, **changes) -> dict[str, str]:
    guardian = situation.family.members.filter(role="guardian")[0]
    return {
        "purpose": "consult",
        "more_topics": "Aamut\n  Uni  \n\nAamut",
        "given_by": str(guardian.pk),
        "method": "phone",
    } | changes


def receivers(situation: Situation) -> dict:
    return {
        "worker": WorkerFactory(),
        "unit": UnitFactory(),
        "team": TeamFactory(),
        "outside_professional": OutsideProfessional.objects.create(
            name="Outi Ulkopuolinen", organisation="Yhdistys", email="o@y.example", added_by=situation.holder
        ),
        "close_person": ClosePersonFactory(family=situation.family),
    }


def test_a_permission_to_each_kind_of_receiver(client, situation):
    for kind, one in receivers(situation).items():
        response = client.post(giving(situation, kind, one), said(situation))
        assert response.status_code == 302, (kind, response.content.decode())
        consent = Consent.objects.latest("pk")
        assert consent.receiver == str(one) and consent.topics == ["Aamut", "Uni"]
        assert (consent.method, consent.recorded_by) == ("phone", situation.holder)
    page = client.get(listing(situation)).content.decode()
    assert page.count("Peru lupa") == 5 and "Antoi Äiti-Kaisa" in page and "Aamut ja Uni" in page


def test_it_holds_until_its_day_is_over(client, situation):
    until = today() + timedelta(days=7)
    client.post(giving(situation, "worker", WorkerFactory()), said(situation, until=until.isoformat()))
    consent = Consent.objects.get()
    assert consent.is_in_force
    with time_machine.travel(consent.valid_until - timedelta(minutes=1), tick=False):
        assert consent.is_in_force
    with time_machine.travel(consent.valid_until + timedelta(seconds=1), tick=False):
        assert not consent.is_in_force


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "Mihin lupa annetaan"),
        ({"purpose": "invite"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"more_topics": ""}, "Kirjaa, mistä aiheista saa puhua"),
        ({"more_topics": "x" * 201}, "enintään 200 merkkiä"),
        ({"more_topics": "\n".join(str(number) for number in range(21))}, "enintään 20 aihetta"),
        ({"until": "2001-01-01"}, "Päivä on jo mennyt"),
        ({"until": "höpö"}, "Päivää ei ole kalenterissa"),
        ({"until": "9999-12-31"}, "enintään kolmen vuoden"),
        ({"given_by": ""}, "Kuka perheestä antaa luvan"),
        ({"given_by": "999999"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"method": "own_link"}, "Valittua vaihtoehtoa ei enää ole"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(client, situation, changes, sentence):
    response = client.post(giving(situation, "worker", WorkerFactory()), said(situation, **changes))
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not Consent.objects.exists()


def test_a_plan_is_given_as_a_whole(client, situation):
    data = said(situation, purpose="copy", more_topics="")
    assert client.post(giving(situation, "worker", WorkerFactory()), data).status_code == 302


def test_whom_to_keep_informed_stands_on_the_situations_page_and_nothing_is_sent(client, situation):
    mummo = ClosePersonFactory(family=situation.family, name="Mummo Mirja")
    url = giving(situation, "close_person", mummo)
    assert "Palvelu ei lähetä hänelle mitään" in client.get(url).content.decode()
    before = Message.objects.count()
    client.post(url, said(situation, purpose="inform", more_topics="Aamut"))
    page = client.get(situation.get_absolute_url()).content.decode()
    assert "Palvelu ei lähetä heille mitään" in page and 'Mummo Mirja<span class="muted">: Aamut<' in page
    assert Message.objects.count() == before
    permissions.withdraw(consent=Consent.objects.get(), by=situation.holder)
    page = client.get(situation.get_absolute_url()).content.decode()
    assert "Palvelu ei lähetä heille mitään" not in page


def test_whom_the_worker_cannot_choose_is_not_there(client, situation):
    coordinator = WorkerFactory(coordinator=True)
    stranger = ClosePersonFactory()
    for kind, key in (
        ("worker", coordinator.pk),
        ("close_person", stranger.pk),
        ("worker", "x"),
        ("worker", "9" * 30),
        ("family", 1),
        ("", ""),
    ):
        url = f"{reverse('situation_permission_give', args=[situation.pk])}?saaja={kind}-{key}"
        assert client.post(url, said(situation)).status_code == 404
    assert not Consent.objects.exists()


def test_the_receiver_is_looked_for(client, situation):
    ClosePersonFactory(family=situation.family, name="Mummo Maija")
    nurse = WorkerFactory(first_name="Päivi", last_name="Nurminen")
    url = reverse("situation_permission_give", args=[situation.pk])
    assert "Mummo Maija" in client.get(url).content.decode()
    page = client.get(f"{url}?haku=paivi").content.decode()
    assert f"?saaja=worker-{nurse.pk}" in page
    assert "Ei osumia" not in page


def test_a_change_is_a_new_row_and_the_old_one_stays_to_be_seen(client, situation):
    worker = WorkerFactory()
    for topics in ("Aamut", "Uni"):
        client.post(giving(situation, "worker", worker), said(situation, more_topics=topics))
    first, second = Consent.objects.order_by("pk")
    assert first.withdrawn_at is not None and second.is_in_force
    page = client.get(listing(situation)).content.decode()
    assert page.index("Uni") < page.index("Aiemmat") < page.index("Aamut")
    assert "Peruttu tai korvattu" in page


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_is_taken_back_by_word_to_the_worker(client, situation, purpose):
    data = said(situation, purpose=purpose.value)
    client.post(giving(situation, "worker", WorkerFactory()), data)
    url = reverse("permission_withdraw", args=[Consent.objects.get().pk])
    assert "Peruuko perhe luvan" in client.get(url).content.decode()
    client.post(url)
    consent = Consent.objects.get()
    assert (consent.is_in_force, consent.withdrawn_recorded_by) == (False, situation.holder)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_and_on_the_familys_own_page(client, situation, purpose):
    client.post(
        giving(situation, "unit", UnitFactory(name="Perhetalo")),
        said(situation, purpose=purpose.value, until=(today() + timedelta(days=3)).isoformat()),
    )
    family = FamilyClient()
    token = situation.family.link.token
    page = family.get(reverse("family_permissions", args=[token])).content.decode()
    assert "Perhetalo" in page and "Voimassa enintään" in page and "Perukaa lupa" in page
    family.post(reverse("family_permission_withdraw", args=[token, Consent.objects.get().pk]))
    assert not Consent.objects.in_force().exists()


def test_the_permissions_of_a_held_meeting_can_be_taken_back(client):
    meeting = a_held_meeting(people=1)
    with time_machine.travel(meeting.period.upper, tick=False):
        client.force_login(meeting.convener)
        page = client.get(meeting.get_absolute_url()).content.decode()
    assert reverse("permission_withdraw", args=[invited(meeting).consent_id]) in page


@pytest.mark.parametrize("who", ["stranger", "invited", "ended"])
def test_nobody_else_writes_a_permission_down(who):
    if who == "ended":
        situation = an_ended_situation()
        by = situation.holder
    else:
        meeting = an_invited_meeting(people=1)
        situation = meeting.situation
        by = WorkerFactory() if who == "stranger" else invited(meeting).worker
    before = Consent.objects.count()
    with pytest.raises(Refused):
        permissions.give(
            situation=situation,
            by=by,
            to=WorkerFactory(),
            purpose=ConsentPurpose.CONSULT,
            topics=["Aamut"],
            method=ConsentMethod.PHONE,
            given_by=situation.family.members.filter(role="guardian")[0],
        )
    assert Consent.objects.count() == before


def test_the_list_asks_a_fixed_number_of_questions(client, situation):
    counts = []
    for number in (2, 9):
        for _ in range(number):
            consents.give(
                family=situation.family,
                to=WorkerFactory(),
                purpose=ConsentPurpose.INFORM,
                topics=["Aamut"],
                method=ConsentMethod.PHONE,
                by=situation.holder,
                valid_until=timezone.now() + timedelta(days=3),
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listing(situation)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
