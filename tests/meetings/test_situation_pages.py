"""The pages of a situation: home, list, raising, talk, close people, koppi, end."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Conversation, Handover, Situation
from meetings.states import ConversationResult, Stage
from network.models import Family
from perhekeskus.models import AccessLog
from tests.factories.directory import WorkerFactory
from tests.factories.threads import (
    a_booked_meeting,
    a_convened_meeting,
    a_decided_meeting,
    a_held_meeting,
    a_situation,
    an_invited_meeting,
    an_offered_handover,
    invited,
    next_weekday,
    with_conversation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return WorkerFactory()


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


def raise_data(worker, **changes):
    return {
        "form_key": str(uuid.uuid4()),
        "way_in": "close_worker",
        "municipality": worker.unit.municipality_id,
        "language": "fi",
        "other_language": "",
        "contact_channel": "phone",
        "email": "",
        "phone": "",
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-first_name": "Aino",
        "children-0-birth_year": "2020",
        "guardians-TOTAL_FORMS": "2",
        "guardians-INITIAL_FORMS": "0",
        "guardians-0-first_name": "Marja",
        "guardians-1-first_name": "",
        **changes,
    }


def talk_data(**changes):
    return {
        "form_key": str(uuid.uuid4()),
        "seen_talks": "0",
        "kind": "puheeksiotto",
        "held_on": "2026-11-02",
        "noticed_where": "päiväkodin aamuissa",
        "strengths": "Leikkii paljon.",
        "family_words": "Aamut ovat raskaita.",
        "child_view": "",
        "worries": "",
        "result": "accepted",
        **changes,
    }


def test_raising_opens_a_situation_in_the_recorders_koppi(signed_in, worker):
    response = signed_in.post(reverse("situation_raise"), raise_data(worker))
    situation = Situation.objects.get()
    assert response.headers["Location"] == reverse("conversation_record", args=[situation.pk])
    assert situation.holder == worker
    assert {(one.role, one.first_name) for one in situation.family.members.all()} == {
        ("child", "Aino"),
        ("guardian", "Marja"),
    }


def test_the_same_form_twice_opens_one_situation(signed_in, worker):
    data = raise_data(worker)
    first = signed_in.post(reverse("situation_raise"), data)
    second = signed_in.post(reverse("situation_raise"), data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Situation.objects.count() == 1
    assert Family.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"children-0-first_name": ""}, "Kirjoita lapsen etunimi."),
        (
            {"children-0-first_name": "", "children-0-birth_year": ""},
            "Kirjoita ainakin yhden lapsen etunimi.",
        ),
        ({"children-0-birth_year": "1899"}, "Tarkista syntymävuosi"),
        ({"children-0-birth_year": "kaksi"}, "Kirjoita kokonaisluku numeroin."),
        ({"municipality": "999"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"contact_channel": "email"}, "Kirjoita sähköpostiosoite"),
        ({"contact_channel": "sms"}, "Kirjoita puhelinnumero"),
        ({"email": "aino@kuopio.example\nBcc: muu@kuopio.example"}, "Tarkista sähköpostiosoite"),
        ({"phone": "soita"}, "Puhelinnumero ei kelpaa"),
        ({"children-0-first_name": "Ai\x00no"}, "merkki, jota ei voi tallentaa"),
        ({"children-0-first_name": "A" * 10_000}, "liian pitkä"),
        ({"form_key": "x"}, ""),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(signed_in, worker, changes, sentence):
    data = raise_data(worker, **{"guardians-1-first_name": "Šéf 👪 Öhman"}) | changes
    response = signed_in.post(reverse("situation_raise"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'class="error-summary"' in page
    assert "<title>Virhe: " in page.replace("\n", "")
    assert "Šéf 👪 Öhman" in page
    assert not Situation.objects.exists()


@pytest.mark.parametrize("field", ["children-TOTAL_FORMS", "guardians-TOTAL_FORMS"])
@pytest.mark.parametrize("value", ["", "x", "-1", "99999999999999999999"])
def test_a_broken_formset_is_no_server_error(signed_in, worker, field, value):
    response = signed_in.post(reverse("situation_raise"), raise_data(worker, **{field: value}))
    assert response.status_code in {302, 422}
    more = signed_in.post(
        reverse("situation_raise"), raise_data(worker, **{field: value, "more": field.split("-")[0]})
    )
    assert more.status_code == 200


def test_one_more_child_keeps_what_was_typed(signed_in, worker):
    response = signed_in.post(reverse("situation_raise"), raise_data(worker, more="children"))
    page = response.content.decode()
    assert 'name="children-1-first_name"' in page
    assert 'value="Aino"' in page
    assert 'class="error-summary"' not in page


def test_names_of_every_kind_are_kept_as_they_are(signed_in, worker):
    name = "Šárka Åsa-Žoé ʹ 🌟"
    signed_in.post(reverse("situation_raise"), raise_data(worker, **{"children-0-first_name": name}))
    assert Situation.objects.get().family.members.get(role="child").first_name == name


@pytest.mark.parametrize("role", ["is_coordinator", "is_administrator"])
def test_those_who_see_no_families_raise_nothing(client, role):
    outsider = WorkerFactory(**{role: True})
    client.force_login(outsider)
    response = client.post(reverse("situation_raise"), raise_data(outsider))
    assert response.status_code == 302
    assert not Situation.objects.exists()


def test_the_talk_is_written_down_and_leads_on(signed_in, worker, monday):
    situation = a_situation(by=worker)
    response = signed_in.post(reverse("conversation_record", args=[situation.pk]), talk_data(), follow=True)
    assert "Aamut ovat raskaita." in response.content.decode()
    assert "Kutsu koolle" in response.content.decode()


@pytest.mark.parametrize(
    ("result", "ending"),
    [("declined", "declined"), ("guidance", "guidance"), ("nothing_more", "nothing_more")],
)
def test_a_talk_that_was_enough_ends_the_situation_and_says_how(signed_in, worker, monday, result, ending):
    situation = a_situation(by=worker)
    signed_in.post(reverse("conversation_record", args=[situation.pk]), talk_data(result=result))
    situation.refresh_from_db()
    assert (situation.stage, situation.ending) == (Stage.ENDED, ending)


def test_the_talk_twice_is_one(signed_in, worker, monday):
    situation = a_situation(by=worker)
    data = talk_data()
    for _time in range(2):
        signed_in.post(reverse("conversation_record", args=[situation.pk]), data)
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2026-11-03"}, "ei voi olla tulevaisuudessa"),
        ({"held_on": "2020-01-01"}, "Tarkista vuosi"),
        ({"held_on": "31.2.2026"}, "Päivää ei ole kalenterissa"),
        ({"result": ""}, "Valitse yksi vaihtoehto"),
        ({"worries": "a" * 10_001}, "liian pitkä"),
        ({"worries": "a\x00b"}, "merkki, jota ei voi tallentaa"),
    ],
)
def test_a_bad_talk_is_told_and_kept(signed_in, worker, monday, changes, sentence):
    situation = a_situation(by=worker)
    response = signed_in.post(
        reverse("conversation_record", args=[situation.pk]), talk_data(strengths="Öinen 🌙 nukkuja") | changes
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Öinen 🌙 nukkuja" in page


def test_the_duty_to_report_stands_where_a_worry_is_written(signed_in, worker):
    situation = a_situation(by=worker)
    for url in (reverse("situation_raise"), reverse("conversation_record", args=[situation.pk])):
        assert "Tee lastensuojeluilmoitus heti" in signed_in.get(url).content.decode()


def test_an_old_tab_of_an_ended_situation_is_refused_and_keeps_the_text(signed_in, worker, monday):
    situation = with_conversation(a_situation(by=worker), result=ConversationResult.NOTHING_MORE)
    response = signed_in.post(
        reverse("conversation_record", args=[situation.pk]), talk_data(strengths="Tärkeä huomio")
    )
    page = response.content.decode()
    assert "Tilanne on päättynyt." in page
    assert "Tärkeä huomio" in page


def test_an_old_tab_passes_no_other_talk_over(signed_in, worker, monday):
    situation = a_situation(by=worker)
    url = reverse("conversation_record", args=[situation.pk])
    old = talk_data(result="nothing_more", strengths="Vanha välilehti")
    signed_in.post(url, talk_data())
    page = signed_in.post(url, old).content.decode()
    assert "Toinen keskustelu on kirjattu sillä välin." in page
    assert "Vanha välilehti" in page
    situation.refresh_from_db()
    assert situation.is_open
    signed_in.post(url, old | {"seen_talks": "1"})
    situation.refresh_from_db()
    assert not situation.is_open


def test_the_situation_page_shows_the_thread_to_the_holder(signed_in, worker):
    meeting = a_convened_meeting(situation=with_conversation(a_situation(by=worker)))
    page = signed_in.get(reverse("situation_detail", args=[meeting.situation_id])).content.decode()
    for words in ("Puheeksiotto", "Koollekutsuminen", "Sujuva arki", "Koppi on sinulla", "Keitä kutsutaan"):
        assert words in page


def test_an_invited_person_sees_only_what_the_family_lets_them(client):
    meeting = an_invited_meeting(people=2, topics=2)
    participation = invited(meeting)
    talk = meeting.situation.conversations.get()
    hidden_topic = meeting.topics.first()
    type(hidden_topic).objects.filter(pk=hidden_topic.pk).update(decision="no")
    client.force_login(participation.worker)
    for name, pk in (("situation_detail", meeting.situation_id), ("meeting_detail", meeting.pk)):
        page = client.get(reverse(name, args=[pk])).content.decode()
        assert talk.family_words not in page
        assert talk.worries not in page
        assert hidden_topic.title not in page
        for member in meeting.situation.family.members.filter(role="child"):
            assert member.first_name not in page
    assert client.get(reverse("situation_looks", args=[meeting.situation_id])).status_code == 302


def test_every_look_is_written_down_with_its_ground(signed_in, worker):
    situation = with_conversation(a_situation(by=worker))
    signed_in.get(reverse("situation_detail", args=[situation.pk]))
    look = AccessLog.objects.latest("pk")
    assert (look.worker, look.family_id, look.ground) == (worker, situation.family_id, "koppi on hänellä")
    page = signed_in.get(reverse("situation_looks", args=[situation.pk])).content.decode()
    assert worker.name in page


def test_the_list_shows_numbers_and_no_family(signed_in, worker):
    situation = with_conversation(a_situation(by=worker))
    page = signed_in.get(reverse("situation_list")).content.decode()
    assert f"Tilanne {situation.pk}" in page
    for member in situation.family.members.all():
        assert member.first_name not in page


def test_the_koppi_goes_from_hand_to_hand_in_the_browser(client):
    offer = an_offered_handover()
    client.force_login(offer.to_worker)
    assert client.get(reverse("situation_detail", args=[offer.situation_id])).status_code == 404
    assert "Koppi tarjolla" in client.get(reverse("home")).content.decode()
    page = client.get(reverse("handover_answer", args=[offer.pk])).content.decode()
    for member in offer.situation.family.members.all():
        assert member.first_name not in page
    client.post(reverse("handover_answer", args=[offer.pk]), {"answer": "accept"})
    offer.situation.refresh_from_db()
    assert offer.situation.holder == offer.to_worker
    assert client.get(reverse("situation_detail", args=[offer.situation_id])).status_code == 200


def test_the_koppi_is_offered_only_when_the_family_knows(signed_in, worker):
    situation = with_conversation(a_situation(by=worker))
    receiver = WorkerFactory()
    url = reverse("handover_offer", args=[situation.pk])
    response = signed_in.post(url, {"to": f"worker-{receiver.pk}", "note": ""})
    assert "Kerro perheelle ensin" in response.content.decode()
    assert not Handover.objects.exists()
    signed_in.post(url, {"to": f"worker-{receiver.pk}", "note": "Kiitos!", "family_told": "on"})
    assert Handover.objects.get().to_worker == receiver


def test_home_has_each_kind_of_waiting_with_its_next_step(signed_in, worker):
    a_situation(by=worker)
    with_conversation(a_situation(by=worker))
    a_decided_meeting(situation=with_conversation(a_situation(by=worker)))
    a_held_meeting(situation=with_conversation(a_situation(by=worker)))
    page = signed_in.get(reverse("home")).content.decode()
    for label in ("Kirjaa keskustelu", "Kutsu koolle", "Etsi yhteinen aika", "Kirjoita suunnitelma"):
        assert label in page


@pytest.mark.parametrize("url_name", ["home", "situation_list"])
def test_the_number_of_queries_does_not_grow(signed_in, worker, django_assert_num_queries, url_name):
    def fill(days):
        a_situation(by=worker)
        a_decided_meeting(situation=with_conversation(a_situation(by=worker)))
        held = with_conversation(a_situation(by=worker))
        a_held_meeting(situation=held, period=next_weekday(days=days))
        an_offered_handover(to=worker)
        coming = a_decided_meeting(people=[worker])
        an_invited_meeting(meeting=a_booked_meeting(meeting=coming, period=next_weekday(days=days, hour=13)))

    fill(3)
    signed_in.get(reverse(url_name))
    with CaptureQueriesContext(connection) as few:
        signed_in.get(reverse(url_name))
    for days in (10, 17, 24):
        fill(days)
    with django_assert_num_queries(len(few)):
        signed_in.get(reverse(url_name))
