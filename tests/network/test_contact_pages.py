"""The pages of the yhteydenottolista: for workers, for those who keep it."""

import pytest
from django.urls import reverse

from network.models import ContactRule, Need
from tests.factories import (
    ContactRuleFactory,
    MunicipalityFactory,
    NeedFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db

URL = "/verkosto/yhteydenotot/"


@pytest.fixture
def town():
    return MunicipalityFactory()


@pytest.fixture
def need():
    return NeedFactory(name="Vauva ei nuku")


@pytest.fixture
def me(client, town):
    worker = WorkerFactory(unit=UnitFactory(municipality=town))
    client.force_login(worker)
    return worker


@pytest.fixture
def coordinator(client, town):
    worker = WorkerFactory(coordinator=True, unit=UnitFactory(municipality=town))
    client.force_login(worker)
    return worker


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_worker_finds_whom_to_ask_in_which_order_and_how(client, me, need, town):
    second = UnitFactory(name="Perhekeskus")
    ContactRuleFactory(need=need, unit=UnitFactory(name="Neuvola"), without_meeting="Neuvoo puhelimessa.")
    ContactRuleFactory(need=need, unit=second, how="Soita iltapäivällä.")
    ContactRuleFactory(need=need, unit=None, worker=WorkerFactory(first_name="Pois", is_active=False))
    # Nothing is asked: the worker's own municipality, and every need with how many answer.
    page = text_of(client.get(URL))
    assert f'<a href="{URL}?municipality=263&amp;need={need.pk}">Vauva ei nuku</a>' in page
    assert "2 yhteyttä" in page
    response = client.get(URL, {"municipality": town.pk, "need": need.pk})
    rows = response.context["rows"]
    assert [row["name"] for row in rows] == ["Neuvola", "Perhekeskus"]
    page = text_of(response)
    assert 'href="tel:+358-40-1234567"' in page
    assert "Neuvoo puhelimessa." in page and "Soita iltapäivällä." in page
    assert "Poista listalta" not in page and "Muutoshistoria" not in page and "Pois" not in page


def test_a_need_that_nobody_answers_is_said_so_with_the_one_number(client, me, need, town, settings):
    page = text_of(client.get(URL, {"municipality": town.pk, "need": need.pk}))
    assert "Tässä kunnassa kukaan ei vastaa tähän tarpeeseen" in page
    assert settings.GUIDANCE_PHONE in page


@pytest.mark.parametrize("asked", [{"municipality": "999"}, {"need": "abc"}, {"municipality": "x\x00"}])
def test_a_question_that_makes_no_sense_is_said_so(client, me, asked):
    response = client.get(URL, asked)
    assert response.status_code == 200 and response.context["form"].errors


def test_the_list_takes_the_same_few_queries_however_long(client, me, need, django_assert_num_queries):
    for number in range(6):
        ContactRuleFactory(need=need, unit=UnitFactory(municipality=MunicipalityFactory(code=f"30{number}")))
        ContactRuleFactory(need=need, unit=None, worker=WorkerFactory())
        ContactRuleFactory(need=need, unit=None, team=TeamFactory())
    # Session, me, my unit; the choices of municipality (twice) and need, the two chosen ones; the rows;
    # who is away.
    with django_assert_num_queries(9):
        client.get(URL, {"municipality": "263", "need": need.pk})
    for number in range(5):
        NeedFactory(name=f"Tarve {number}")
    # The numbers of rows instead of the rows, and all needs instead of the chosen one.
    with django_assert_num_queries(8):
        client.get(URL)


# --- keeping it ----------------------------------------------------------------------------------


def new_row(**changes) -> dict:
    return {"seen_version": "0", "how": "Soita.", "without_meeting": "", "family_how": ""} | changes


def test_a_coordinator_adds_changes_moves_removes_and_brings_back(client, coordinator, need, town):
    unit, team = UnitFactory(name="Neuvola"), TeamFactory(name="Tiimi")
    create = f"{URL}{town.pk}/{need.pk}/uusi/"
    assert client.get(create).status_code == 200
    client.post(create, new_row(target=f"unit-{unit.pk}", is_public="on"))
    response = client.post(create, new_row(target=f"team-{team.pk}"), follow=True)
    assert [row["name"] for row in response.context["rows"]] == ["Neuvola", "Tiimi"]
    first, second = ContactRule.objects.order_by("position")
    response = client.post(f"{URL}rivit/{second.pk}/siirra/", {"to": "up", "seen_version": "1"}, follow=True)
    assert [row["name"] for row in response.context["rows"]] == ["Tiimi", "Neuvola"]
    edit = f"{URL}rivit/{first.pk}/"
    # Each button on the list carries the token of its form.
    page = text_of(client.get(URL, {"municipality": town.pk, "need": need.pk}))
    assert page.count("csrfmiddlewaretoken") == 1 + 2 * 2
    assert 'value="2"' in client.get(edit).content.decode()
    client.post(edit, new_row(seen_version="2", target=f"unit-{unit.pk}", how="Soita aamulla."))
    first.refresh_from_db()
    assert (first.how, first.is_public) == ("Soita aamulla.", False)
    response = client.post(f"{URL}rivit/{first.pk}/poista/", {"seen_version": "3"}, follow=True)
    page = text_of(response)
    assert "Poistettiin listalta: Neuvola" in page and coordinator.name in page
    assert "<del>Soita.</del> <ins>Soita aamulla.</ins>" in page
    (removed,) = [one for one in response.context["page"] if one.can_be_brought_back]
    response = client.post(f"{URL}{town.pk}/{need.pk}/historia/", {"bring_back": removed.pk}, follow=True)
    assert [row["name"] for row in response.context["rows"]] == ["Tiimi", "Neuvola"]


def test_an_old_page_keeps_what_was_typed_and_says_why(client, coordinator, need):
    rule = ContactRuleFactory(need=need)
    rule.how, rule.version = "Toinen ehti.", 2
    rule.save()
    sent = new_row(seen_version="1", target=f"unit-{rule.unit_id}", how="Minä kirjoitin tämän.")
    response = client.post(f"{URL}rivit/{rule.pk}/", sent)
    assert response.status_code == 422
    page = text_of(response)
    assert "Joku muu on muuttanut listaa" in page and "Minä kirjoitin tämän." in page
    response = client.post(f"{URL}rivit/{rule.pk}/poista/", {"seen_version": "1"}, follow=True)
    assert "Joku muu on muuttanut listaa" in text_of(response)
    assert ContactRule.objects.get().how == "Toinen ehti."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"target": ""}, "Valitse yksikkö, tiimi tai työntekijä."),
        ({"target": "unit-99999999"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"target": "perhe-1"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"target": "{worker}", "is_public": "on"}, "ei yksittäisen työntekijän nimeä"),
        ({"target": "{worker}", "how": "x" * 201}, "Teksti on liian pitkä"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_a_sentence(client, coordinator, need, town, sent, sentence):
    colleague = WorkerFactory(unit=coordinator.unit)
    sent = {name: value.format(worker=f"worker-{colleague.pk}") for name, value in sent.items()}
    response = client.post(f"{URL}{town.pk}/{need.pk}/uusi/", new_row(**sent))
    assert response.status_code == 422 and sentence in text_of(response)
    assert not ContactRule.objects.exists()


def test_gaps_lead_to_adding_with_one_press(client, coordinator, need, town):
    ContactRuleFactory(need=NeedFactory(name="Ero"), unit=UnitFactory(phone="", name="Mykkä"))
    page = text_of(client.get(f"{URL}puutteet/"))
    assert "Kiuruvesi" in page
    page = text_of(client.get(f"{URL}puutteet/", {"municipality": town.pk}))
    assert f'href="{URL}{town.pk}/{need.pk}/uusi/"' in page
    assert "Yksiköllä ei ole puhelinnumeroa" in page and "Mykkä" in page
    assert client.get(f"{URL}puutteet/", {"municipality": "999"}).status_code == 404


def test_gaps_take_the_same_few_queries_however_many_municipalities(
    client, coordinator, need, django_assert_num_queries
):
    for number in range(8):
        town = MunicipalityFactory(code=f"30{number}", name_fi=f"Kunta {number}")
        ContactRuleFactory(need=need, municipality=town, unit=UnitFactory(municipality=town))
    # Session, me, my unit; municipalities, needs, rows.
    with django_assert_num_queries(5):
        client.get(f"{URL}puutteet/")


def test_a_coordinator_changes_the_words_of_a_need(client, coordinator, need):
    url = reverse("need_edit", args=[need.pk])
    assert "nukkuminen, uni, yöheräily" in text_of(client.get(url))
    words = {"name": need.name, "family_words": "Vauva valvottaa", "search_words": "nukkuminen, uni"}
    assert client.post(url, words).status_code == 302
    need.refresh_from_db()
    assert (need.family_words, need.search_words) == ("Vauva valvottaa", "nukkuminen, uni")
    assert client.post(url, words | {"search_words": "x" * 501}).status_code == 422
    client.force_login(WorkerFactory())
    assert client.post(url, words).status_code == 404


def test_a_coordinator_adds_a_need_and_the_same_name_is_refused_with_its_text_kept(client, coordinator, need):
    url = reverse("need_create")
    words = {"name": "Taapero puree", "search_words": "pureminen", "family_words": "", "expertise": []}
    assert client.post(url, words).status_code == 302
    made = Need.objects.get(name="Taapero puree")
    assert made.search_words == "pureminen"
    again = client.post(url, words | {"family_words": "Lapsi puree muita"})
    assert again.status_code == 422
    assert "Samanniminen tarve on jo listalla." in text_of(again)
    assert "Lapsi puree muita" in again.content.decode()


def test_a_need_that_a_list_answers_stays_and_another_goes(client, coordinator, need, town):
    ContactRuleFactory(need=need, municipality=town)
    url = reverse("need_remove", args=[need.pk])
    assert "Tarve on vielä jonkin kunnan listalla." in text_of(client.post(url, follow=True))
    assert Need.objects.filter(pk=need.pk).exists()
    ContactRule.objects.all().delete()
    assert "Tarve on poistettu." in text_of(client.post(url, follow=True))
    assert not Need.objects.filter(pk=need.pk).exists()


def test_the_list_of_needs_takes_the_same_few_queries_however_many(
    client, coordinator, django_assert_num_queries
):
    for number in range(5):
        NeedFactory(name=f"Tarve {number}")
    # Session, me, my unit; the needs.
    with django_assert_num_queries(3):
        assert "Tarve 4" in text_of(client.get(reverse("need_list")))


def test_the_history_page_takes_the_same_few_queries_however_long(
    client, coordinator, need, town, django_assert_num_queries
):
    for rounds in (1, 6):
        for _nth in range(rounds):
            ContactRuleFactory(need=need, municipality=town)
            ContactRuleFactory(need=need, municipality=town, unit=None, worker=WorkerFactory())
            ContactRuleFactory(need=need, municipality=town, unit=None, team=TeamFactory())
        # Session, me, my unit; the municipality, the need; the changes, and the names of each kind.
        with django_assert_num_queries(8):
            client.get(f"{URL}{town.pk}/{need.pk}/historia/")
