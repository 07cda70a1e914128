"""How far the municipalities are, in a browser: on a wide screen and a phone, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from network.models import AdoptionStage
from perhekeskus.words import today
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory
from tests.meetings.test_development_page import a_grievance
from tests.plugins.browser import PHONE, Visitor

pytestmark = pytest.mark.system


@pytest.fixture
def cookie(client, settings, transactional_db):
    for code, name, column, row in (
        ("263", "Kiuruvesi", 1, 1),
        ("140", "Iisalmi", 2, 2),
        ("921", "Vesanto", 1, 3),
    ):
        MunicipalityFactory(code=code, name_fi=name, tile_column=column, tile_row=row)
    MunicipalityFactory(code="844", name_fi="Tervo")
    client.force_login(WorkerFactory(coordinator=True, unit=UnitFactory(name="Perhekeskus")))
    a_grievance("Iltaisin ei kulje busseja.")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_a_coordinator_finds_a_tile_records_a_stage_and_takes_it_back(cookie, live_server, chromium):
    # given: the page, where tiles lie as on a map, each named and told in words
    boss = Visitor(chromium, live_server.url)
    boss.context.add_cookies([cookie | {"url": live_server.url}])
    page = boss.goes_to("/koonti/kayttoonotto/").page
    tiles = page.get_by_role("list", name="Pohjois-Savo")
    tile = {name: tiles.get_by_role("link", name=name) for name in ("Kiuruvesi", "Iisalmi", "Vesanto")}
    expect(tile["Iisalmi"]).to_have_accessible_name("Iisalmi : vaihetta ei ole kirjattu")
    at = {name: one.bounding_box() for name, one in tile.items()}
    assert at["Kiuruvesi"]["x"] == at["Vesanto"]["x"] < at["Iisalmi"]["x"]
    assert at["Kiuruvesi"]["y"] < at["Iisalmi"]["y"] < at["Vesanto"]["y"]
    assert {round(one["width"]) for one in at.values()} == {round(at["Iisalmi"]["width"])}
    expect(page.get_by_role("heading", name="Ilman paikkaa kartalla")).to_be_visible()

    # when a tile is opened and a stage recorded with the keyboard alone
    tile["Iisalmi"].focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    boss.looks()
    page.get_by_role("link", name="Kirjaa vaihe").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    boss.looks()
    page.get_by_label("ei suunniteltu eikä keskusteltu").focus()
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    page.get_by_label("Lisätieto").focus()
    page.keyboard.type("Kokeilu alkoi.")
    page.get_by_role("button", name="Kirjaa vaihe").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    # then it stands in the history, in the list of a phone, and the picture and its table tell it
    boss.looks().sees("Vaihe on kirjattu.", "Kokeilu käynnissä", "Kokeilu alkoi.")
    assert AdoptionStage.objects.get().since == today()
    phone = Visitor(chromium, live_server.url, width=PHONE)
    phone.context.add_cookies([cookie | {"url": live_server.url}])
    narrow = phone.goes_to("/koonti/kayttoonotto/").page
    link = narrow.get_by_role("list", name="Pohjois-Savo").get_by_role("link", name="Iisalmi")
    expect(link).to_contain_text("kokeilu käynnissä")
    assert link.bounding_box()["width"] > 300
    expect(narrow.get_by_role("img", name="Kunnat vaiheittain")).to_be_attached()

    # when it is taken back, it stays to be read
    boss.presses("Peru kirjaus").sees("Kirjaus jää näkyviin peruttuna").presses("Peru kirjaus")
    boss.sees("Kirjaus on peruttu.", "Peruttu:")

    # and what is to be developed is one list, on both screens
    phone.goes_to("/koonti/kehittaminen/").sees("Iltaisin ei kulje busseja.", "Avoinna on 1 asia.")
    boss.goes_to("/koonti/kehittaminen/?tila=valmis").sees("Tällaisia asioita ei ole.")
    boss.close()
    phone.close()
