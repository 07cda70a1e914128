"""The public pages for families: who is on them, who is never, and what may be kept of them."""

import io
import re

import pikepdf
import pytest

from network.models import ContactRule
from tests.factories import (
    ContactRuleFactory,
    MunicipalityFactory,
    NeedFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.plugins.paper import read_by_poppler

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    town = MunicipalityFactory()
    town.guidance_unit = UnitFactory(
        name="Ohjaus",
        phone="+358171234567",
        opening_hours="ma–pe 9–15",
        electronic_contact="https://x.example/",
    )
    town.save()
    need = NeedFactory(name="Uni", family_words="Vauva ei nuku, emmekä me")
    ContactRuleFactory(
        need=need,
        unit=UnitFactory(name="Neuvola", phone="+358401111111"),
        is_public=True,
        family_how="Saa soittaa, vaikka asia tuntuisi pieneltä.",
        how="Työntekijän numero 1234.",
        without_meeting="Sisäinen ohje.",
    )
    for name, phone in (("Tiimi", "+358402222222"), ("Tavoittamaton", "")):
        ContactRuleFactory(need=need, unit=None, team=TeamFactory(name=name, phone=phone), is_public=True)
    ContactRuleFactory(need=need, unit=UnitFactory(name="Vain meille"), is_public=False)
    ContactRuleFactory(need=need, unit=UnitFactory(name="Mykkä", phone=""), is_public=True)
    ContactRuleFactory(need=need, unit=None, worker=WorkerFactory(first_name="Salla", last_name="Salainen"))
    ContactRuleFactory(need=NeedFactory(name="Ero"), unit=UnitFactory(), is_public=False)
    return town


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_family_sees_units_and_teams_in_its_own_words_and_no_worker(client, town):
    page = text_of(client.get("/apua/kiuruvesi/"))
    for words in (
        "Vauva ei nuku, emmekä me",
        "Neuvola",
        "Saa soittaa, vaikka asia tuntuisi pieneltä.",
        'href="tel:+358-40-1111111"',
        "Tiimi",
        "017 123 4567",
        "ma–pe 9–15",
        "https://x.example/",
        "112",
    ):
        assert words in page, words
    for words in (
        "Salainen",
        "Vain meille",
        "Mykkä",
        "Tavoittamaton",
        "1234.",
        "Sisäinen",
        "Ero",
        "Päiväkoti",
    ):
        assert words not in page, words


def test_a_municipality_without_a_number_of_its_own_shows_the_one_of_the_house(client, settings):
    settings.GUIDANCE_PHONE = "017 000 0000"
    UnitFactory()
    page = text_of(client.get("/apua/kiuruvesi/"))
    assert 'href="tel:0170000000"' in page and "017 000 0000" in page


def test_the_page_may_be_kept_and_found_and_is_the_same_for_everybody(
    client, town, django_assert_num_queries
):
    unseen = client.get("/apua/kiuruvesi/")
    client.force_login(WorkerFactory(first_name="Kaisa"))
    with django_assert_num_queries(3):
        seen = client.get("/apua/kiuruvesi/")
    assert seen.content == unseen.content
    assert seen["Cache-Control"] == "public, max-age=600"
    assert "noindex" not in seen["X-Robots-Tag"] and "noindex" not in text_of(seen)
    assert "Cookie" not in seen.get("Vary", "") and not seen.cookies
    assert "<script" not in text_of(seen)


def test_choosing_a_municipality(client, town, django_assert_num_queries):
    for number in range(5):
        UnitFactory(municipality=MunicipalityFactory(code=f"30{number}", name_fi=f"Ähtäri {number}"))
    with django_assert_num_queries(1):
        page = text_of(client.get("/apua/"))
    assert 'href="/apua/kiuruvesi/"' in page and 'href="/apua/ahtari-3/"' in page
    assert client.get("/apua/", {"name": "kiuru"}).url == "/apua/kiuruvesi/"
    assert text_of(client.get("/apua/", {"name": "ahtari"})).count("/apua/ahtari-") == 5
    assert "Tällä nimellä ei löydy kuntaa" in text_of(client.get("/apua/", {"name": "Tukholma"}))
    assert "Teksti on liian pitkä" in text_of(client.get("/apua/", {"name": "x" * 61}))


@pytest.mark.parametrize("word", ["tukholma", "kunta-999", "263"])
def test_there_is_no_page_where_nobody_works(client, word):
    MunicipalityFactory(code="999")
    MunicipalityFactory()
    assert client.get(f"/apua/{word}/").status_code == 404
    assert client.get(f"/apua/{word}/tulosta.pdf").status_code == 404
    assert client.post("/apua/kiuruvesi/").status_code == 405


def test_the_paper_says_the_same_and_can_be_heard(client, town):
    response = client.get("/apua/kiuruvesi/tulosta.pdf")
    assert response["Content-Type"] == "application/pdf"
    document = pikepdf.open(io.BytesIO(response.content))
    assert str(document.Root.Lang) == "fi" and document.Root.MarkInfo.Marked
    with document.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Apua perheelle, Kiuruvesi"
    text = re.sub(r"\s+", " ", read_by_poppler(response.content, "-raw"))
    for words in (
        "Apua perheelle",
        "Vauva ei nuku, emmekä me",
        "Neuvola",
        "040 111 1111",
        "017 123 4567",
        "112",
    ):
        assert words in text, words
    assert "Salainen" not in text and "Vain meille" not in text


def test_the_paper_is_made_once_for_what_it_says(client, town, monkeypatch):
    made = []
    from network.views import help

    original = help.paper.pdf_of
    monkeypatch.setattr(help.paper, "pdf_of", lambda page: made.append(page) or original(page))
    help._printed.cache_clear()
    for _ in range(2):
        client.get("/apua/kiuruvesi/tulosta.pdf")
    assert len(made) == 1
    ContactRule.objects.filter(is_public=True).update(family_how="Nyt toisin.")
    client.get("/apua/kiuruvesi/tulosta.pdf")
    assert len(made) == 2
