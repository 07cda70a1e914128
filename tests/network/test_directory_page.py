"""The page of the search: while one types, the address, the reasons and the filters."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from network.models import Area, Need, Organisation, Team
from network.results import marked
from network.states import Sector
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
TYPING = {"HX-Request": "true"}


@pytest.fixture
def me(client):
    worker = WorkerFactory(
        first_name="Minä", last_name="Itse", title="opettaja", unit=UnitFactory(name="Satama")
    )
    client.force_login(worker)
    return worker


@pytest.fixture
def paivi(me):
    kuopio = MunicipalityFactory(code="297", name_fi="Kuopio")
    paivi = WorkerFactory(
        first_name="Päivi",
        last_name="Virtanen",
        title="perhetyöntekijä",
        languages=["fi", "sv"],
        available_for_consultation=True,
        available_for_shared_times=False,
        unit=UnitFactory(
            name="Kettulan perhekeskus",
            municipality=kuopio,
            organisation=OrganisationFactory(name="Savon hyvinvointi", sector=Sector.SOCIAL_HEALTH),
        ),
    )
    sleep = ExpertiseFactory(name="vauvan uni")
    paivi.expertise.add(sleep)
    NeedFactory(name="vauva ei nuku", expertise=[sleep])
    area = Area.objects.create(name="Kallan alue")
    area.municipalities.add(kuopio)
    Team.objects.create(name="Kallan perhekeskustiimi", area=area).members.add(paivi)
    return paivi


def shown(response) -> list[tuple[str, str]]:
    return [(row.kind, row.name) for row in response.context["result"].rows]


def test_each_row_says_why_with_the_word_marked(client, paivi):
    page = client.get("/verkosto/", {"text": "uni paivi"})
    assertContains(page, '<span class="reason-label">Osaaminen:</span> vauvan <mark>uni</mark>')
    assertContains(page, '<span class="reason-label">Nimi:</span> <mark>Päivi</mark> Virtanen')
    assertContains(client.get("/verkosto/", {"text": "nukkuu"}), "vauva ei <mark>nuku</mark>")
    page = client.get("/verkosto/", {"text": "virtanne"})
    assertContains(page, "Juuri tällä haulla ei löytynyt mitään. 1 on melkein sama.")
    assertContains(page, '<span class="reason-label">Melkein sama:</span> Päivi <mark>Virtanen</mark>')


def test_every_kind_has_its_row_and_its_page(client, paivi):
    page = client.get("/verkosto/", {"text": "kettulan"})
    assert shown(page) == [("unit", "Kettulan perhekeskus"), ("worker", "Päivi Virtanen")]
    assertContains(page, f'href="/verkosto/yksikot/{paivi.unit_id}/"')
    assertContains(page, f'href="/verkosto/{paivi.pk}/"')
    assert shown(client.get("/verkosto/", {"text": "vauva ei nuku"}))[0] == ("need", "vauva ei nuku")
    assert shown(client.get("/verkosto/", {"text": "kallan"}))[0] == ("team", "Kallan perhekeskustiimi")
    assert shown(client.get("/verkosto/", {"text": "savon"}))[0] == ("organisation", "Savon hyvinvointi")


def test_a_need_leads_to_whom_to_ask_and_a_team_to_its_page(client, paivi):
    need = Need.objects.get(name="vauva ei nuku")
    page = client.get("/verkosto/", {"text": "vauva ei nuku"})
    assertContains(page, f'href="/verkosto/yhteydenotot/?need={need.pk}"')
    team = Team.objects.get(name="Kallan perhekeskustiimi")
    assertContains(client.get("/verkosto/", {"text": "kallan"}), f'href="/verkosto/tiimit/{team.pk}/"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b>uni</b>", "a&lt;b&gt;<mark>uni</mark>&lt;/b&gt;"),
        ("Unikoulu", "<mark>Uni</mark>koulu"),
        ("Avio-uni", "Avio-<mark>uni</mark>"),
        ("yöllinen ÜNI", "yöllinen <mark>ÜNI</mark>"),
        ("&amp; unen", "&amp;amp; <mark>unen</mark>"),
        ("", ""),
    ],
)
def test_the_mark_is_safe_and_stands_where_the_word_does(text, expected):
    assert marked(text, ["uni"]) == expected


def test_a_long_text_is_cut_around_the_word():
    long = "Alkua on paljon. " * 20 + "Vauvan uni. " + "Loppua on paljon. " * 20
    shown = marked(long, ["uni"])
    assert "<mark>uni</mark>" in shown
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < 250


def test_while_one_types_only_the_results_come_and_the_address_keeps_the_search(client, paivi):
    asked = {"text": "päivi", "municipality": "", "sector": "social_health", "near": "", "page": "1"}
    response = client.get("/verkosto/", asked, headers=TYPING)
    assertNotContains(response, "<html")
    assertNotContains(response, "<form")
    assert response.headers["HX-Replace-Url"] == "?text=p%C3%A4ivi&sector=social_health"
    # The number of matches is read aloud.
    assertContains(response, 'role="status" id="loytyi-sanottuna" hx-swap-oob="innerHTML"')
    assertContains(response, "1 osuma")
    assert shown(response) == [("worker", "Päivi Virtanen")]
    whole = client.get("/verkosto/", asked, headers={**TYPING, "HX-History-Restore-Request": "true"})
    assertContains(whole, "<html")


def test_a_refused_search_is_said_while_one_types(client, paivi):
    response = client.get("/verkosto/", {"text": "x" * 201}, headers=TYPING)
    assertContains(response, "Teksti on liian pitkä")
    assertNotContains(response, "Näillä ehdoilla")


def test_the_form_works_without_javascript_and_keeps_what_was_asked(client, paivi):
    page = client.get("/verkosto/", {"text": "paivi", "language": "sv", "submit": "Etsi"})
    assertContains(page, 'method="get"')
    assertContains(page, 'value="paivi"')
    assertContains(page, '<option value="sv" selected>')
    assert shown(page) == [("worker", "Päivi Virtanen")]


@pytest.mark.parametrize(
    ("narrow", "kinds"),
    [
        ({"municipality": "297"}, {"team", "worker", "unit"}),
        ({"sector": "social_health"}, {"worker", "unit"}),
        ({"language": "sv"}, {"worker"}),
        ({"available": "consultation"}, {"worker"}),
        ({"kind": "unit"}, {"unit"}),
        ({"kind": "team"}, {"team"}),
        ({"municipality": "297", "sector": "social_health", "language": "sv", "kind": "worker"}, {"worker"}),
    ],
)
def test_filters_narrow_what_is_found_and_the_number(client, paivi, narrow, kinds):
    other = UnitFactory(
        name="Kallan koulu", municipality=MunicipalityFactory(code="001"), organisation__sector=Sector.CULTURE
    )
    WorkerFactory(
        what_i_do="Olen Kallan rannalla", unit=other, languages=["fi"], available_for_consultation=False
    )
    found = shown(client.get("/verkosto/", {"text": "kuopio", **narrow}))
    assert {kind for kind, _name in found} == kinds
    assert all(
        name in {"Päivi Virtanen", "Kettulan perhekeskus", "Kallan perhekeskustiimi"} for _k, name in found
    )
    assertContains(client.get("/verkosto/", {"text": "kuopio", **narrow}), f"{len(found)} osuma")


@pytest.mark.parametrize(
    "narrow",
    [
        {"available": "shared_times"},
        {"language": "so"},
        {"sector": "police"},
        {"kind": "need"},
        {"kind": "unit", "language": "sv"},
    ],
)
def test_filters_that_leave_nothing_say_so(client, paivi, narrow):
    response = client.get("/verkosto/", {"text": "kuopio", **narrow})
    assert shown(response) == []
    assertContains(response, "Näillä ehdoilla ei löydy mitään")
    if "kind" in narrow and len(narrow) > 1:
        assert shown(client.get("/verkosto/", narrow)) == []


def test_narrowing_by_area_and_organisation(client, paivi):
    area = Area.objects.get()
    names = {"Päivi Virtanen", "Kettulan perhekeskus", "Kallan perhekeskustiimi", "Savon hyvinvointi"}
    found = shown(client.get("/verkosto/", {"text": "kuopio", "area": area.pk}))
    assert {name for _kind, name in found} == names - {"Savon hyvinvointi"}
    organisation = Organisation.objects.get(name="Savon hyvinvointi")
    found = shown(client.get("/verkosto/", {"organisation": organisation.pk}))
    assert found == [("worker", "Päivi Virtanen")]
    assert shown(client.get("/verkosto/", {"organisation": organisation.pk, "kind": "unit"})) == [
        ("unit", "Kettulan perhekeskus")
    ]


def test_more_are_shown_below_or_on_a_page_of_their_own(client, me):
    for number in range(60):
        WorkerFactory(first_name="Elsa", last_name=f"Niemi {number:02}")
    first = client.get("/verkosto/", {"text": "elsa"})
    assertContains(first, "60 osumaa")
    assertContains(first, 'hx-get="?text=elsa&amp;page=2"')
    more = client.get("/verkosto/", {"text": "elsa", "page": "2"}, headers={**TYPING, "HX-Target": "lisaa"})
    assertNotContains(more, "<h2")
    # The cursor goes on to the first of the new ones.
    assertContains(more, "autofocus", count=1)
    assert [name for _kind, name in shown(more)] == [f"Elsa Niemi {number:02}" for number in range(25, 50)]
    last = client.get("/verkosto/", {"text": "elsa", "page": "3"})
    assert len(shown(last)) == 10
    assertNotContains(last, "Näytä lisää")
    assertContains(last, "Näytä alusta")
    assert shown(client.get("/verkosto/", {"text": "elsa", "page": "99"})) == shown(first)


def test_what_is_almost_the_same_can_be_asked_for(client, paivi):
    WorkerFactory(first_name="Päivö", last_name="Ranta")
    page = client.get("/verkosto/", {"text": "päivi"})
    assert shown(page) == [("worker", "Päivi Virtanen")]
    assertContains(page, 'href="?text=p%C3%A4ivi&amp;near=1"')
    more = client.get("/verkosto/", {"text": "päivi", "near": "1"})
    assert shown(more) == [("worker", "Päivi Virtanen"), ("worker", "Päivö Ranta")]
    assertNotContains(more, "Näytä myös melkein samat")


def test_the_page_asks_as_much_whatever_is_found(client, paivi, django_assert_num_queries):
    for number in range(9):
        unit = UnitFactory(name=f"Kuopion päiväkoti {number}", municipality=paivi.unit.municipality)
        WorkerFactory(unit=unit).expertise.add(ExpertiseFactory(name=f"Kuopion vauvat {number}"))
    NeedFactory(name="Kuopio", expertise=[])
    OrganisationFactory(name="Kuopio")
    # Session, worker; the search; people, units, organisations, teams, needs.
    with django_assert_num_queries(8):
        response = client.get("/verkosto/", {"text": "kuopio"}, headers=TYPING)
    assert len({kind for kind, _name in shown(response)}) == 5
