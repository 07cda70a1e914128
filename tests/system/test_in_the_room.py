"""In the meeting room: two write at once, the network is away for a while, and the wall shows it all."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.plugins.browser import PHONE, Visitor

pytestmark = pytest.mark.system

AWAY_SECONDS = 20
BEGUN = """
from datetime import timedelta
import pgtrigger
from django.test import Client
from django.utils import timezone
from meetings.models import AgendaItem, Meeting
from tests.factories import an_invited_meeting, invited
meeting = an_invited_meeting(people=1)
AgendaItem.objects.filter(meeting=meeting).delete()
AgendaItem.objects.create(meeting=meeting, position=1, title="Tähti yhdessä", minutes=60)
now = timezone.now()
period = (now - timedelta(minutes=10), now + timedelta(minutes=80))
# A booked time moves by the family's word only; this one is put to now for the browser's own clock.
with pgtrigger.ignore("meetings.Meeting:meeting_time_changes_by_family"):
    Meeting.objects.filter(pk=meeting.pk).update(chair=invited(meeting).worker, period=period)
print(meeting.pk)
for worker in (meeting.convener, invited(meeting).worker):
    client = Client()
    client.force_login(worker)
    print(client.cookies["sessionid"].value, worker.name, sep="|")
"""


@pytest.fixture(scope="module")
def begun(town) -> list[str]:
    """A shared time that is going on: its number, and the sessions and names of its recorder and chair."""
    return town.python(BEGUN).splitlines()


@pytest.fixture
def room(town, begun: list[str], visitor: Callable[..., Visitor]):
    """The recorder at a laptop, the chair with a telephone, and the wall that the recorder has opened."""
    pk, recorder, chair = begun
    record, wall = f"/yhteiset-ajat/{pk}/kirjaus/", f"/yhteiset-ajat/{pk}/naytto/"
    made = []
    for person, width, url in ((recorder, 1280, record), (chair, PHONE, record), (recorder, 1920, wall)):
        key, _name = person.split("|")
        one = visitor(width=width)
        one.context.add_cookies([{"name": "sessionid", "value": key, "url": town.base_url}])
        made.append(one.goes_to(url))
    return int(pk), chair.split("|")[1], *made


def written(town, meeting: int, heading: str) -> str:
    rows = town.sql(
        "select strengths from meetings_starray where meeting_id = %s and heading = %s", meeting, heading
    )
    return rows[0][0] if rows else ""


def comes(town, meeting: int, heading: str, text: str) -> None:
    give_up_at = time.monotonic() + 10
    while written(town, meeting, heading) != text:
        assert time.monotonic() < give_up_at, written(town, meeting, heading)
        time.sleep(0.2)


def test_two_write_at_once_and_the_network_is_away_for_twenty_seconds(town, room):
    meeting, chair, laptop, phone, wall = room

    def field(visitor: Visitor, name: str):
        return visitor.page.locator(f"[name=strengths_{name}]")

    # --- the wall: agenda, clock and people, and no menu; turned by the keyboard alone ------------------
    wall.sees("Tähti yhdessä", "nyt", chair, "vetäjä", "Tuntee lapsen arjen.")
    assert wall.page.locator(".site-nav, .section-nav").count() == 0
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("#naytto")).to_contain_text("Tähti on vielä tyhjä")
    wall.looks()

    # --- different fields at once: both are saved, both are seen by everybody ---------------------------
    field(laptop, "health").press_sequentially("Liikkuu paljon.", delay=15)
    field(phone, "self").press_sequentially("Rohkea kaveri.", delay=15)
    for visitor, name, text in ((phone, "health", "Liikkuu paljon."), (laptop, "self", "Rohkea kaveri.")):
        expect(field(visitor, name)).to_have_value(text, timeout=4_000)
    expect(wall.page.locator("#naytto")).to_contain_text("Liikkuu paljon.", timeout=4_000)
    expect(wall.page.locator("#naytto")).to_contain_text("Rohkea kaveri.", timeout=4_000)
    phone.page.locator("[name=tone_self][value=strength]").check(force=True)
    expect(wall.page.locator("#naytto polygon.ray-strength")).to_have_count(2, timeout=4_000)

    # --- the network is away from the laptop; both go on, also in one and the same field ------------------
    laptop.page.context.set_offline(True)
    began = time.monotonic()
    field(laptop, "relations").fill("Mummon luona on turvallista.")
    field(laptop, "everyday").fill("Päiväkodissa on ystäviä.")
    field(phone, "relations").fill("Isän syli.")
    field(phone, "parenthood").fill("Illat sujuvat.")
    comes(town, meeting, "relations", "Isän syli.")
    expect(laptop.page.locator("#autosave-status")).to_contain_text("Yhteys katkesi")
    expect(wall.page.locator("#naytto")).to_contain_text("Isän syli.", timeout=4_000)
    time.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - began)))
    laptop.page.context.set_offline(False)

    # --- nothing is lost: the rest is saved, and of the one field both are shown --------------------------
    comes(town, meeting, "everyday", "Päiväkodissa on ystäviä.")
    panel = laptop.page.locator(".clash")
    expect(panel).to_contain_text(f"{chair} on kirjoittanut tähän sillä välin:")
    expect(panel).to_contain_text("Isän syli.")
    expect(field(laptop, "relations")).to_have_value("Mummon luona on turvallista.")
    assert written(town, meeting, "relations") == "Isän syli."
    expect(field(laptop, "parenthood")).to_have_value("Illat sujuvat.", timeout=4_000)
    laptop.looks()
    laptop.page.get_by_role("button", name="Yhdistä").press("Enter")
    both = "Isän syli. Mummon luona on turvallista."
    comes(town, meeting, "relations", both)
    expect(field(phone, "relations")).to_have_value(both, timeout=4_000)
    expect(wall.page.locator("#naytto")).to_contain_text(both, timeout=4_000)
    for one in (laptop, phone, wall):
        one.looks()

    # --- the closing act ---------------------------------------------------------------------------------
    laptop.presses("Tallenna ja merkitse pidetyksi").sees("Yhteinen aika on kirjattu")
    assert town.sql("select status from meetings_meeting where id = %s", meeting) == [("held",)]


def test_the_wall_says_when_the_connection_breaks_and_fits_a_small_projector(town, begun, visitor):
    pk, recorder, _chair = begun
    wall = visitor(width=1024)
    wall.context.add_cookies([{"name": "sessionid", "value": recorder.split("|")[0], "url": town.base_url}])
    for part in ("alku", "tahti", "suunnitelma"):
        wall.goes_to(f"/yhteiset-ajat/{pk}/naytto/?osa={part}")
    wall.page.context.set_offline(True)
    expect(wall.page.locator(".wall-state")).to_contain_text("Yhteys katkesi")
    wall.page.context.set_offline(False)
    expect(wall.page.locator(".wall-state")).to_be_empty()
    # Once the session has ended nothing of the family stays on the wall.
    town.sql("delete from django_session")
    wall.page.wait_for_url("**/tili/login/**")
