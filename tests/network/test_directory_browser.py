"""Searching the network in a real browser: on a phone, with the keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.factories import ExpertiseFactory, NeedFactory, UnitFactory, WorkerFactory
from tests.plugins.browser import PHONE, Visitor

pytestmark = pytest.mark.system

expect.set_options(timeout=15_000)


@pytest.fixture
def cookie(client, settings, transactional_db):
    client.force_login(WorkerFactory(first_name="Minä", last_name="Itse", unit=UnitFactory(name="Satama")))
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def paivi(cookie):
    paivi = WorkerFactory(first_name="Päivi", last_name="Virtanen", languages=["fi", "sv"])
    sleep = ExpertiseFactory(name="vauvan uni")
    paivi.expertise.add(sleep)
    NeedFactory(name="vauva ei nuku", expertise=[sleep])
    for number in range(30):
        WorkerFactory(first_name="Elsa", last_name=f"Niemi {number:02}", languages=["fi"])
    return paivi


def test_searching_on_a_phone_with_the_keyboard(cookie, paivi, live_server, chromium):
    # given: a worker on the page of the network
    worker = Visitor(chromium, live_server.url, width=PHONE)
    worker.context.add_cookies([cookie | {"url": live_server.url}])
    page = worker.goes_to("/verkosto/").page
    field = page.get_by_label("Ketä tai mitä etsit?")

    # when a word is typed, without pressing anything
    field.focus()
    page.keyboard.type("vauvan un", delay=20)

    # then the results are there, the number is said, the address keeps it, and the cursor has not moved
    results = page.locator("#loytyi")
    expect(results.get_by_role("heading", level=2)).to_have_text("2 osumaa")
    expect(page.locator("[role=status]#loytyi-sanottuna")).to_contain_text("2 osumaa")
    expect(page).to_have_url(f"{live_server.url}/verkosto/?text=vauvan+un")
    expect(field).to_be_focused()
    expect(results.locator("mark").first).to_have_text("vauvan")
    worker.looks().sees("Osaaminen: vauvan uni", "Päivi Virtanen", "vauva ei nuku")

    # when a typing error is made, the almost same are told apart
    field.fill("virtanne")
    expect(results.get_by_role("heading", level=2)).to_contain_text("1 on melkein sama")
    worker.looks().sees("Melkein sama: Päivi Virtanen")

    # when it is narrowed with the keyboard, and opened
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("Kieli").select_option("sv")
    expect(page).to_have_url(f"{live_server.url}/verkosto/?text=virtanne&language=sv")
    results.get_by_role("link", name="Päivi Virtanen").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    worker.looks()
    # then Back returns to the same search
    page.go_back()
    expect(page.get_by_label("Ketä tai mitä etsit?")).to_have_value("virtanne")
    expect(page.locator("#loytyi").get_by_role("link", name="Päivi Virtanen")).to_be_visible()

    # when there are many, more come below, and the cursor goes on to the first of them
    worker.goes_to("/verkosto/?text=elsa")
    page.get_by_role("link", name="Näytä lisää").press("Enter")
    expect(page.locator(".found > li")).to_have_count(30)
    expect(page.get_by_role("link", name="Elsa Niemi 25")).to_be_focused()
    worker.looks().close()


def test_searching_without_javascript(cookie, paivi, live_server, chromium):
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.goto("/verkosto/")
    page.get_by_label("Ketä tai mitä etsit?").fill("elsa")
    with page.expect_navigation():
        page.get_by_role("button", name="Etsi").click()
    expect(page.get_by_role("heading", name="30 osumaa")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Näytä lisää").click()
    expect(page.locator(".found > li")).to_have_count(5)
    with page.expect_navigation():
        page.get_by_role("link", name="Näytä alusta").click()
    expect(page.locator(".found > li")).to_have_count(25)
    context.close()


def test_a_team_is_asked_for_its_weekly_times_only_when_it_has_them(chromium, cookie, client, live_server):
    client.force_login(WorkerFactory(coordinator=True))
    visitor = Visitor(chromium, live_server.url)
    session = cookie | {"value": client.cookies[cookie["name"]].value, "url": live_server.url}
    visitor.context.add_cookies([session])
    visitor.page.goto("/verkosto/tiimit/uusi/")
    times = visitor.page.locator(".only-weekly")
    expect(times).to_have_count(5)
    expect(times.first).to_be_hidden()
    visitor.page.get_by_text("tiimin omina viikkoaikoina").click()
    expect(times.first).to_be_visible()
    expect(times.last).to_be_visible()
    visitor.close()
