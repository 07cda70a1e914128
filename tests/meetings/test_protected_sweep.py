"""Every page, paper and message of a protected family, for all but the holder and the convened: not a word of
where it lives, where its people work, or where they meet."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from meetings.actions.answers import answer
from meetings.actions.contributions import contribute
from meetings.models import Meeting, Preparation, Room
from network.actions import consents
from network.models import Family, Municipality
from network.states import ConsentMethod, ConsentPurpose, InvitationStatus
from perhekeskus import outbox
from tests.access import all_urls, everybody, scene
from tests.door import comes_in
from tests.factories import (
    ClosePersonFactory,
    UnitFactory,
    WorkerFactory,
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_situation,
    an_invited_meeting,
    with_conversation,
)
from tests.factories.consultations import an_asked_consultation, given_by_guardian
from tests.plugins.paper import read_by_poppler
from tests.test_access import PLANNED, SCENES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# The municipality, the room and its unit, where the holder, the convener and an invited one work, and a unit
# that is kept informed.
WHERE = ("Kivikunta", "Pihlajasali", "Lummetalo", "Kopinkoti", "Kettulinna", "Louhikkola", "Salapirtti")
# Those to whom something opens, and which pages; the rest get no page at all (test_access.py).
OUTSIDE: dict[str, dict[str, tuple[str, ...]]] = {
    "invited": {"family": ("family_",), "nobody": ("family_", "invitation_"), "receiver": ("handover_",)},
    "planned": {"family": ("family_",), "responsible": ("",)},
}
# Pages of the network itself, which know no family: they say where workers work.
OF_A_FAMILY = set(PLANNED)


def told(words: str) -> list[str]:
    return [word for word in WHERE if word.casefold() in words.casefold()]


def read(response) -> str:
    if response.get("Content-Type") == "application/pdf":
        return read_by_poppler(response.content, "-raw")
    return response.content.decode(errors="replace")


def hidden(people: dict) -> None:
    """Everybody who could tell where works at a place of a name of its own."""
    for role, name in (("holder", "Kopinkoti"), ("convener", "Kettulinna"), ("invited", "Louhikkola")):
        people[role].unit = UnitFactory(name=name)
        people[role].save()


def moved(family: Family) -> None:
    town = Municipality.objects.get_or_create(code="998", defaults={"name_fi": "Kivikunta"})[0]
    Family.objects.filter(pk=family.pk).update(municipality=town, address_protected=True)
    Room.objects.update(name="Pihlajasali")
    for room in Room.objects.select_related("unit"):
        room.unit.name = "Lummetalo"
        room.unit.save()


@pytest.mark.parametrize("name", list(SCENES))
def test_no_page_or_paper_tells_where(name):
    people = everybody()
    hidden(people)
    trial = scene(name, people)
    consents.give(
        family=trial.situation.family, to=UnitFactory(name="Salapirtti"), purpose=ConsentPurpose.INFORM,
        topics=["Arki"], method=ConsentMethod.PHONE, by=people["holder"],
    )  # fmt: skip
    moved(trial.situation.family)
    clients = {role: Client() for role in OUTSIDE[name]}
    for role, client in clients.items():
        if role in people:
            client.force_login(people[role])
    comes_in(clients["family"], str(trial.values["family"]["token"]))
    wrong, opened = [], 0
    for one in all_urls():
        if one.name not in OF_A_FAMILY:
            continue
        parts = set(get_resolver().reverse_dict.getlist(one.name)[0][0][0][1])
        url = reverse(one.name, kwargs=trial.url_arguments(one.name, parts))
        for role, client in clients.items():
            if not one.name.startswith(OUTSIDE[name][role]):
                continue
            response = client.get(url)
            opened += response.status_code == 200
            wrong += [f"{one.name}: {role} read {word}" for word in told(read(response))]
    assert opened > 10
    assert not wrong, "\n".join(wrong)


def test_a_place_that_the_family_lets_in_is_named_to_those_only_who_may_know_places():
    people = everybody()
    hidden(people)
    trial = scene("planned", people)
    situation = trial.situation
    place = WorkerFactory(unit=UnitFactory(name="Lummetalo")).unit
    question = an_asked_consultation(situation=situation, by=people["holder"], to=place)
    said = given_by_guardian(situation)
    copy = consents.give(
        family=situation.family,
        to=place,
        purpose=ConsentPurpose.COPY,
        topics=[],
        method=said.method,
        given_by=said.by,
        by=people["holder"],
    )
    moved(situation.family)
    urls = [
        situation.get_absolute_url(),
        *(reverse(name, args=[situation.pk]) for name in ("situation_permissions", "situation_network")),
        reverse("permission_withdraw", args=[copy.pk]),
        reverse("plan_detail", args=[situation.plans.get().pk]),
        reverse("meeting_detail", args=[situation.meetings.get().pk]),
        question.get_absolute_url(),
        reverse("consultation_list"),
    ]
    named = set()
    for role in ("responsible", "holder"):
        client = Client()
        client.force_login(people[role])
        for url in urls:
            response = client.get(url)
            assert response.status_code == 200, url
            named |= {(role, url) for word in told(read(response)) if word == "Lummetalo"}
    assert [url for role, url in named if role == "responsible"] == []
    assert {url for role, url in named} >= {urls[1], urls[3], urls[4], urls[6], urls[7]}


def test_what_is_agreed_and_written_beforehand_names_no_place_to_the_responsible_worker():
    people = everybody()
    hidden(people)
    situation = scene("planned", people).situation
    place = UnitFactory(name="Lummetalo")
    somebody = WorkerFactory(unit=place)
    decided = a_decided_meeting(situation=situation, people=[place, people["invited"]])
    meeting = an_invited_meeting(meeting=a_booked_meeting(meeting=decided))
    seat = meeting.participations.get(unit=place)
    agreed = Preparation.objects.get_or_create(meeting=meeting)[0]
    agreed.leading_unit = place
    agreed.save()
    agreed.consulting.add(seat)
    answer(invitation=seat.invitation, status=InvitationStatus.DECLINED, by=somebody)
    contribute(participation=seat, text="Terveisiä.", by=somebody)
    moved(situation.family)
    named = {}
    for role in ("responsible", "holder"):
        client = Client()
        client.force_login(people[role])
        response = client.get(meeting.get_absolute_url())
        assert response.status_code == 200 and "Terveisiä." in read(response)
        named[role] = read(response).count("Lummetalo")
    assert named["responsible"] == 0 and named["holder"] > 3


def test_no_message_tells_where(post):
    people = everybody()
    hidden(people)
    moved(scene("planned", people).situation.family)
    outbox.drain()
    assert len(post.letters) > 3
    for letter in post.letters:
        whole = str(letter["Subject"]) + "".join(
            part.get_payload(decode=True).decode() for part in letter.walk() if not part.is_multipart()
        )
        assert told(re.sub(r"\r?\n ", "", whole)) == [], letter["Subject"]


def test_the_decision_form_tells_nothing_to_whoever_finds_it(client):
    people = everybody()
    hidden(people)
    situation = with_conversation(a_situation(by=people["convener"]))
    close = ClosePersonFactory(family=situation.family)
    meeting = a_convened_meeting(situation=situation, people=[people["invited"], close])
    moved(situation.family)
    client.force_login(Meeting.objects.get(pk=meeting.pk).convener)
    assert told(read(client.get(reverse("meeting_form", args=[meeting.pk])))) == []


def test_the_sweep_sees_what_there_is_to_be_seen():
    people = everybody()
    hidden(people)
    meeting = an_invited_meeting(
        situation=with_conversation(a_situation(by=people["convener"])), people=[people["invited"]]
    )
    moved(meeting.situation.family)
    client = Client()
    client.force_login(people["convener"])
    page = read(client.get(meeting.situation.get_absolute_url()))
    assert {"Pihlajasali", "Lummetalo", "Louhikkola"} <= set(told(page))
