"""Two writers at one recorder's page in the real browser: saved by itself, kept while the network is away."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pgtrigger
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Route, expect

from meetings.models import Meeting
from perhekeskus.models import KeptForm
from tests.factories import PASSWORD, an_invited_meeting, invited
from tests.plugins.browser import PHONE, Visitor

pytestmark = [pytest.mark.system, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db) -> Meeting:
    """A shared time that is going on, with a chair of its own."""
    meeting = an_invited_meeting(people=1)
    now = timezone.now()
    period = (now - timedelta(minutes=10), now + timedelta(minutes=80))
    # A booked time moves by the family's word only; this one is put to now for the browser's own clock.
    with pgtrigger.ignore("meetings.Meeting:meeting_time_changes_by_family"):
        Meeting.objects.filter(pk=meeting.pk).update(chair=invited(meeting).worker, period=period)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def two(chromium, live_server, meeting) -> Iterator[tuple[Visitor, Visitor]]:
    """The recorder at a laptop and the chair with a telephone, both on the recorder's page."""
    visitors = []
    for worker, width in ((meeting.recorder, 1280), (meeting.chair, PHONE)):
        visitor = Visitor(chromium, live_server.url, width=width)
        # Signing in by hand is walked elsewhere.
        client = Client()
        client.force_login(worker)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        visitor.context.add_cookies([{**cookie, "url": live_server.url}])
        visitor.page.goto(reverse("meeting_record", args=[meeting.pk]))
        visitors.append(visitor)
    yield visitors[0], visitors[1]
    for one in visitors:
        one.close()


def field(visitor: Visitor, name: str):
    return visitor.page.locator(f"[name={name}]")


def saved(meeting: Meeting, name: str, text: str) -> None:
    """It is in the database within a few seconds."""
    give_up_at = time.monotonic() + 8
    while time.monotonic() < give_up_at:
        meeting.refresh_from_db()
        rays = {f"text_{ray.heading}": ray.text for ray in meeting.rays.all()}
        if ({"notes": meeting.notes} | rays).get(name) == text:
            return
        time.sleep(0.1)
    raise AssertionError(f"{name}: {meeting.notes!r} {rays!r}")


def test_what_one_writes_the_other_sees_in_two_seconds(two, meeting):
    laptop, phone = two
    field(laptop, "text_self").press_sequentially("Rohkea.", delay=20)
    began = time.monotonic()
    expect(field(phone, "text_self")).to_have_value("Rohkea.", timeout=4_000)
    assert time.monotonic() - began < 4
    phone.sees(f"{meeting.recorder.name} kirjoittaa tähän")
    laptop.page.locator("[name=tone_self][value=strength]").check(force=True)
    expect(phone.page.locator("[name=tone_self][value=strength]")).to_be_checked(timeout=4_000)
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Tallennettu klo")
    for one in two:
        one.looks()


@pytest.mark.parametrize(
    ("button", "result"),
    [("Pidä minun", "Minun sanani"), ("Ota tämä", "Toisen sanat"), ("Yhdistä", "Toisen sanat Minun sanani")],
)
def test_two_in_one_field_are_both_shown(two, meeting, button, result):
    laptop, phone = two
    phone.page.context.set_offline(True)
    field(phone, "notes").fill("Minun sanani")
    field(laptop, "notes").fill("Toisen sanat")
    saved(meeting, "notes", "Toisen sanat")
    phone.page.context.set_offline(False)
    panel = phone.page.locator(".clash")
    expect(panel).to_contain_text(f"{meeting.recorder.name} on kirjoittanut tähän sillä välin:")
    expect(panel).to_contain_text("Toisen sanat")
    expect(field(phone, "notes")).to_have_value("Minun sanani")
    saved(meeting, "notes", "Toisen sanat")
    phone.looks()
    phone.page.get_by_role("button", name=button).click()
    saved(meeting, "notes", result)
    expect(panel).to_have_count(0)
    expect(field(laptop, "notes")).to_have_value(result, timeout=4_000)


def test_the_network_is_away_for_a_while(two, meeting):
    laptop, phone = two
    laptop.page.context.set_offline(True)
    field(laptop, "text_health").fill("Kirjoitettu ilman verkkoa.")
    field(phone, "text_self").fill("Kirjoitettu verkossa.")
    status = laptop.page.locator("#autosave-status")
    expect(status).to_contain_text("Yhteys katkesi. Tekstisi on tallessa tällä sivulla")
    # Sending the whole page waits as well: the browser's own error page would lose the texts.
    laptop.page.get_by_role("button", name="Tallenna ja merkitse pidetyksi").click()
    expect(field(laptop, "text_health")).to_have_value("Kirjoitettu ilman verkkoa.")
    laptop.looks()
    laptop.page.context.set_offline(False)
    saved(meeting, "text_health", "Kirjoitettu ilman verkkoa.")
    expect(status).to_contain_text("Tallennettu klo", timeout=6_000)
    for one in two:
        expect(field(one, "text_health")).to_have_value("Kirjoitettu ilman verkkoa.", timeout=4_000)
        expect(field(one, "text_self")).to_have_value("Kirjoitettu verkossa.", timeout=4_000)


def test_leaving_with_unsaved_words_is_asked(two):
    laptop, _phone = two
    asked = []
    laptop.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    laptop.page.context.set_offline(True)
    field(laptop, "notes").press_sequentially("Kesken")
    laptop.page.close(run_before_unload=True)
    laptop.page.context.set_offline(False)
    assert asked == ["beforeunload"]


def test_the_closing_act_saves_all_at_once(two, meeting):
    laptop, _phone = two
    field(laptop, "notes").fill("Sovittiin aamuista.")
    laptop.presses("Tallenna ja merkitse pidetyksi").sees("Yhteinen aika on kirjattu")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes) == ("held", "Sovittiin aamuista.")


def test_words_of_an_ended_session_wait_for_their_writer(two, meeting):
    laptop, _phone = two
    Session.objects.all().delete()
    field(laptop, "notes").fill("Sovittiin aamuista.")
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Kirjautumisesi on päättynyt")
    assert not KeptForm.objects.exists()
    laptop.presses("Tallenna ja merkitse pidetyksi").sees("Kirjoittamasi on tallessa")
    laptop.page.get_by_label("Sähköposti").fill(meeting.recorder.email)
    laptop.page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    laptop.presses("Kirjaudu").presses("Lähetä uudelleen")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes) == ("held", "Sovittiin aamuista.")


def test_a_session_that_ends_in_the_middle_of_a_saving_leaves_the_closing_press_alive(two, meeting):
    laptop, _phone = two
    asked: list[str] = []

    def breaks_once(route: Route) -> None:
        # As Django answers when the session has gone while it was at the request.
        asked.append(route.request.url)
        route.fulfill(status=400) if len(asked) == 1 else route.continue_()

    # What the page asked as it opened is answered first: it would be told that the session is over.
    laptop.page.wait_for_load_state("networkidle")
    laptop.page.route("**/kirjaus/talteen/", breaks_once)
    Session.objects.all().delete()
    field(laptop, "notes").fill("Sovittiin aamuista.")
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Kirjautumisesi on päättynyt")
    assert len(asked) > 1
    laptop.presses("Tallenna ja merkitse pidetyksi").sees("Kirjoittamasi on tallessa")


def test_after_signing_in_again_in_another_tab_the_page_goes_on_saving(two, meeting):
    laptop, _phone = two
    Session.objects.all().delete()
    field(laptop, "notes").fill("Sovittiin aamuista.")
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Kirjautumisesi on päättynyt")
    tab = laptop.page.context.new_page()
    tab.goto("/tili/login/")
    tab.get_by_label("Sähköposti").fill(meeting.recorder.email)
    tab.get_by_label("Salasana", exact=True).fill(PASSWORD)
    with tab.expect_navigation():
        tab.get_by_label("Salasana", exact=True).press("Enter")
    tab.close()
    saved(meeting, "notes", "Sovittiin aamuista.")
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Tallennettu klo")
