"""The family's network: the picture and the same as a list, by permissions in force; close people kept."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import permissions
from meetings.models import Situation
from network.actions import consents
from network.models import Family
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus.circles import Person, circles
from tests.door import FamilyClient
from tests.factories import (
    ClosePersonFactory,
    UnitFactory,
    WorkerFactory,
    a_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def situation() -> Situation:
    situation = with_conversation(a_situation(by=WorkerFactory(unit=UnitFactory(name="Perhekeskus Lumme"))))
    ClosePersonFactory(family=situation.family, name="Mummo <b>Maija</b>", relation="mummo")
    an_invited_meeting(
        situation=situation,
        people=[WorkerFactory(first_name="Tuula", last_name="Korhonen", unit=UnitFactory(name="Louhikko"))],
    )
    return situation


def own(name: str, situation: Situation, *args) -> str:
    return reverse(name, args=[situation.family.link.token, *args])


def both_pages(client, situation) -> dict[str, str]:
    client.force_login(situation.holder)
    worker = client.get(reverse("situation_network", args=[situation.pk])).content.decode()
    return {
        "worker": worker,
        "family": FamilyClient().get(own("family_network", situation)).content.decode(),
    }


def test_the_picture_and_the_list_tell_the_same(client, situation):
    for page in both_pages(client, situation).values():
        spoken = re.search(r'<svg[^>]+role="img"\s+aria-label="([^"]+)"', page).group(1)
        rows = re.findall(r'circle-nth">(\d+)</span>\s*<span>\s*([^<]+?)\s*<', page)
        assert [int(number) for number, _name in rows] == [1, 2, 3, 4, 5, 6]
        for _number, name in rows:
            assert name in spoken
        assert (
            page.count('class="circle-number"') == 6 and "&lt;b&gt;Maija" in page and "<b>Maija" not in page
        )
        assert spoken.startswith("Perheen verkosto. Lapset: Aada. Huoltajat: Äiti-Kaisa ja Isä-Örjan.")
        assert "Tuula Korhonen" in page and "kutsutaan yhteiseen aikaan" in page


def test_a_permission_taken_back_takes_its_person_off(client, situation):
    meeting = situation.meetings.get()
    permissions.withdraw(consent=invited(meeting).consent)
    for page in both_pages(client, situation).values():
        assert "Tuula Korhonen" not in page


def test_each_is_there_once_with_all_that_they_may(client, situation):
    worker = invited(situation.meetings.get()).worker
    for to in (worker, situation.holder):
        consents.give(
            family=situation.family, to=to, purpose=ConsentPurpose.COPY, topics=[],
            method=ConsentMethod.PHONE, by=situation.holder,
        )  # fmt: skip
    page = both_pages(client, situation)["worker"]
    assert page.count('circle-nth">') == 6
    assert "kutsutaan yhteiseen aikaan ja saa suunnitelman" in page
    assert "koppi on hänellä · saa suunnitelman" in page


def test_a_protected_familys_network_tells_no_place(client, situation):
    consents.give(
        family=situation.family, to=UnitFactory(name="Saarilampi"), purpose=ConsentPurpose.CONSULT,
        topics=["Aamut"], method=ConsentMethod.PHONE, by=situation.holder,
    )  # fmt: skip
    assert all(word in str(both_pages(client, situation)) for word in ("Saarilampi", "Louhikko"))
    Family.objects.update(address_protected=True)
    situation = Situation.objects.get(pk=situation.pk)
    page = FamilyClient().get(own("family_network", situation)).content.decode()
    assert not [word for word in ("Saarilampi", "Louhikko", "Lumme") if word in page]


@pytest.mark.parametrize("count", [1, 2, 10, 25])
def test_nobody_is_drawn_outside_the_picture_or_over_another(count):
    groups = [(heading, [Person(f"Nimi {heading}{n}") for n in range(count)]) for heading in "ABCD"]
    drawn = circles(groups, "Verkosto")
    assert len(drawn.dots) == 4 * count
    for dot in drawn.dots:
        x, y, radius = float(dot.x), float(dot.y), float(dot.radius)
        assert radius <= x <= drawn.width - radius and radius <= y <= drawn.height - radius
        assert not dot.label or float(dot.label_y) <= drawn.height
    if count <= 10:
        outer = [dot for dot in drawn.dots if dot.ring == 3]
        for one in outer:
            for other in outer:
                apart = abs(float(one.x) - float(other.x)) + abs(float(one.y) - float(other.y))
                assert one is other or apart > 2 * float(one.radius)


@pytest.mark.parametrize("count", [1, 4, 9, 10])
def test_no_name_runs_over_another_or_out_of_the_picture(count):
    long = "Anna-Maria Kristiina Korkeakoski"
    groups = [(heading, [Person(long if n % 2 else "Eino Ek") for n in range(count)]) for heading in "ABCD"]
    drawn = circles(groups, "Verkosto")
    rooms = []
    for dot in drawn.dots:
        x, y, radius = float(dot.x), float(dot.y), float(dot.radius)
        rooms.append((x - radius, y - radius, x + radius, y + radius))
    for dot in drawn.dots:
        if dot.label:
            half, y = 3.8 * len(dot.label), float(dot.label_y)
            rooms.append((float(dot.label_x) - half, y - 13, float(dot.label_x) + half, y + 4))
    for left, _top, right, _bottom in rooms:
        assert left >= -0.1 and right <= drawn.width + 0.1
    for number, one in enumerate(rooms):
        for other in rooms[max(number + 1, len(drawn.dots)) :]:
            assert not (
                one[0] < other[2] - 0.2 and other[0] < one[2] - 0.2
                and one[1] < other[3] - 0.2 and other[1] < one[3] - 0.2
            )  # fmt: skip
    assert any(dot.label for dot in drawn.dots)
    if count == 1:
        assert all(dot.label for dot in drawn.dots)


def test_the_family_adds_mends_and_removes_its_close_people(situation):
    family = FamilyClient()
    add = own("family_close_person_add", situation)
    assert family.post(add, {"name": "", "relation": ""}).status_code == 422
    for _press in range(2):
        family.post(add, {"name": "Kummi Veikko", "relation": "kummi"})
    veikko = situation.family.close_people.get(name="Kummi Veikko")
    url = own("family_close_person", situation, veikko.pk)
    assert "Kummi Veikko" in family.get(url).content.decode()
    family.post(url, {"name": "Kummi Veikko", "relation": "kummi", "phone": "040 777 8888"})
    veikko.refresh_from_db()
    assert veikko.phone.as_e164 == "+358407778888"
    assert family.post(url, {"name": "x" * 200, "relation": "kummi"}).status_code == 422
    family.post(url, {"remove": "1"})
    assert not situation.family.close_people.filter(pk=veikko.pk).exists()


def test_another_familys_close_person_is_not_there(client, situation):
    stranger = ClosePersonFactory()
    assert FamilyClient().get(own("family_close_person", situation, stranger.pk)).status_code == 404
    client.force_login(situation.holder)
    url = reverse("situation_close_person", args=[situation.pk, stranger.pk])
    assert client.post(url, {"remove": "1"}).status_code == 404
    assert stranger.family.close_people.exists()


def test_the_holder_mends_and_removes_too(client, situation):
    client.force_login(situation.holder)
    mummo = situation.family.close_people.get()
    url = reverse("situation_close_person", args=[situation.pk, mummo.pk])
    assert url in client.get(reverse("situation_network", args=[situation.pk])).content.decode()
    client.post(url, {"name": "Mummo Mirja", "relation": "mummo"})
    mummo.refresh_from_db()
    assert mummo.name == "Mummo Mirja"
    client.post(url, {"remove": "1"})
    assert not situation.family.close_people.exists()


def test_the_pages_ask_a_fixed_number_of_questions(client, situation):
    client.force_login(situation.holder)
    url = reverse("situation_network", args=[situation.pk])
    counts = []
    for _round in range(2):
        for _number in range(4):
            ClosePersonFactory(family=situation.family)
            for to in (WorkerFactory(), UnitFactory()):
                consents.give(
                    family=situation.family, to=to, purpose=ConsentPurpose.INFORM, topics=["A"],
                    method=ConsentMethod.PHONE, by=situation.holder,
                )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
