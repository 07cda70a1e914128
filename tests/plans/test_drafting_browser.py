"""Two writers at one plan in the real browser, and the wall that shows it as it is written."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from plans.models import Plan
from tests.plugins.browser import CHROMIUM, PHONE, QUIET, Visitor

pytestmark = [pytest.mark.system, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chromium(monkeypatch, transactional_db):
    """A browser of the test's own: the database is cleaned up after it has gone."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium puuttuu: sudo apt-get install chromium")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


def test_two_write_one_plan_and_the_wall_shows_it(chromium, live_server, held, nurse):
    situation = held.situation
    held.situation.meetings.update(convener=nurse, recorder=nurse)

    def opens(worker, url: str, width: int) -> Visitor:
        visitor = Visitor(chromium, live_server.url, width=width)
        client = Client()
        client.force_login(worker)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        visitor.context.add_cookies([{**cookie, "url": live_server.url}])
        visitor.page.goto(url)
        return visitor

    page = reverse("plan_edit", args=[situation.pk])
    wall = opens(nurse, reverse("meeting_screen", args=[held.pk]) + "?osa=suunnitelma", 1920)
    laptop, phone = opens(nurse, page, 1280), opens(situation.holder, page, PHONE)

    def field(visitor: Visitor, name: str):
        return visitor.page.locator(f"[name={name}]:not(template *)")

    field(laptop, "wish").press_sequentially("Aamut ovat rauhallisia.", delay=10)
    began = time.monotonic()
    expect(wall.page.locator("#naytto")).to_contain_text("Aamut ovat rauhallisia.", timeout=4_000)
    expect(field(phone, "wish")).to_have_value("Aamut ovat rauhallisia.", timeout=4_000)
    assert time.monotonic() - began < 4

    # A row that one adds comes to the other, with what is written in it.
    laptop.page.get_by_role("button", name="Lisää kohta").click()
    expect(field(laptop, "measures-1-what")).to_be_focused()
    field(laptop, "measures-1-what").fill("Iltasatu joka ilta.")
    laptop.page.locator("[name=measures-1-place][value=child_environment]").check(force=True)
    expect(field(phone, "measures-1-what")).to_have_value("Iltasatu joka ilta.", timeout=4_000)
    expect(phone.page.locator("[name=measures-1-place][value=child_environment]")).to_be_checked(
        timeout=4_000
    )

    # Two in one field: both are shown.
    phone.context.set_offline(True)
    field(phone, "matters-0-text").fill("Minun sanani")
    field(laptop, "matters-0-text").fill("Toisen sanat")
    expect(wall.page.locator("#naytto")).to_contain_text("Toisen sanat", timeout=4_000)
    phone.context.set_offline(False)
    expect(phone.page.locator(".clash")).to_contain_text("Toisen sanat")
    phone.page.get_by_role("button", name="Yhdistä").click()
    expect(field(laptop, "matters-0-text")).to_have_value("Toisen sanat Minun sanani", timeout=4_000)
    for one in (laptop, phone, wall):
        one.looks()

    # The press saves nothing twice, and keeps what the other has written meanwhile.
    field(phone, "strengths").fill("Mummo on lähellä.")
    laptop.presses("Tallenna luonnos").sees("Luonnos on tallennettu.")
    expect(field(laptop, "strengths")).to_have_value("Mummo on lähellä.", timeout=4_000)
    plan = Plan.objects.get()
    assert [row.text for row in plan.matters.all()] == ["Toisen sanat Minun sanani"]
    assert [(row.position, row.place) for row in plan.measures.all()] == [(2, "child_environment")]
    for one in (laptop, phone, wall):
        one.close()
