"""The family decides by the keyboard alone on a telephone, decides again and chooses a time without
JavaScript, and takes a permission back: with all that follows."""

import re

import pytest
from playwright.sync_api import Page

from tests.plugins.browser import PHONE

from .test_main_job import calendar_of, letters_to, link_in, waits_for

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
FAMILY = "perhe@koti.example"

GIVEN = """
from meetings.actions import convening
from tests.factories import RoomFactory, WorkerFactory, a_convened_meeting, a_situation, with_conversation

nurse = WorkerFactory(email="terveydenhoitaja@demo.example", first_name="Tuula", last_name="Korhonen")
other = WorkerFactory(first_name="Olavi", last_name="Kirkkola")
RoomFactory()
situation = with_conversation(a_situation(email="perhe@koti.example"))
meeting = a_convened_meeting(situation=situation, people=[nurse, other], topics=["Aamut", "Koulu"])
convening.ask_family(meeting=meeting, by=meeting.convener)
nurse.set_password("yhteinen-aika-demo")
nurse.save()
print(meeting.pk, situation.pk, nurse.pk)
"""

ASKED_AGAIN = """
from meetings.actions import convening
from meetings.models import Meeting

meeting = Meeting.objects.get()
convening.propose_topic(meeting=meeting, by=meeting.convener, title="Harrastukset")
"""

TIMES_OFFERED = """
from meetings.actions import offers
from meetings.models import Meeting, Room
from tests.factories import next_weekday

meeting, room = Meeting.objects.get(), Room.objects.first()
periods = [next_weekday(days=7, hour=hour, minute=0, minutes=60) for hour in (9, 13)]
times = [offers.Time(period, room) for period in periods]
offers.offer_times(meeting=meeting, by=meeting.convener, times=times)
"""

INVITED = """
from meetings.actions import convening
from meetings.models import Meeting

meeting = Meeting.objects.get()
by = meeting.convener
convening.send_invitations(meeting=meeting, by=by, chair=by, recorder=by)
"""

# What a person at the keyboard hears of the place where they are.
WHERE = """() => {
    const one = document.activeElement;
    const group = one.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
    const label = one.labels?.[0]?.innerText ?? one.innerText ?? "";
    return `${group} ${label}`.trim();
}"""


def tabs_to(page: Page, words: str) -> None:
    """Presses Tab until the focus is at something of these words, as a person without a mouse does."""
    heard = []
    for _press in range(60):
        page.keyboard.press("Tab")
        heard.append(page.evaluate(WHERE))
        if words in heard[-1]:
            return
    raise AssertionError(f"{words!r} is not reached by the keyboard: {heard}")


def enters(visitor, words: str) -> None:
    tabs_to(visitor.page, words)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.looks()


def says(visitor, group: str, *, yes: bool) -> None:
    tabs_to(visitor.page, group)
    visitor.page.keyboard.press("Space" if yes else "ArrowDown")


def test_a_family_decides_and_takes_back(town, visitor, chromium):
    # --- given: two people and two topics wait for the family's word
    meeting, situation, nurse_pk = map(int, town.python(GIVEN).split())
    (ask,) = waits_for(lambda: letters_to(town, FAMILY, "päätettävä"))
    home = link_in(ask, "perhe")

    # --- when: the family comes in and decides, on a telephone and by the keyboard alone
    family = visitor(PHONE).goes_to(home)
    enters(family, "Pyytäkää koodi")
    tabs_to(family.page, "Koodi")
    family.page.keyboard.type(town.code_to(FAMILY))
    with family.page.expect_navigation():
        family.page.keyboard.press("Enter")
    family.looks()
    enters(family, "Päättäkää, keitä kutsutaan")
    says(family, "Tuula Korhonen", yes=True)
    says(family, "Olavi Kirkkola", yes=False)
    enters(family, "Seuraavaksi")
    says(family, "Aamut", yes=True)
    says(family, "Koulu", yes=False)
    enters(family, "Seuraavaksi")
    says(family, "Kuka teistä vahvistaa", yes=True)
    enters(family, "Vahvistakaa päätös")

    # --- then: exactly that door is open
    family.sees("Kiitos, päätös on tallessa", "Tuula Korhonen").does_not_see("Olavi Kirkkola")
    assert town.sql("select worker_id, topics from network_consent") == [(nurse_pk, ["Aamut"])]
    enters(family, "Omalle sivulle")
    enters(family, "Perheenne verkosto kuvana")
    family.sees("Tuula Korhonen")
    enters(family, "Sulkekaa sivu")
    family.sees("Oma sivunne on suljettu").goes_to(home).does_not_see("Tuula Korhonen")

    # --- when: one more topic is proposed, and it decides again in a browser without JavaScript
    town.python(ASKED_AGAIN)
    plain = chromium.new_context(
        viewport={"width": PHONE, "height": 850}, base_url=town.base_url, java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(home)
    seen = len(letters_to(town, FAMILY, "koodi"))
    page.get_by_role("button", name="Pyytäkää koodi").click()
    waits_for(lambda: len(letters_to(town, FAMILY, "koodi")) > seen)
    page.get_by_role("textbox", name="Koodi").fill(town.code_to(FAMILY))
    page.get_by_role("button", name="Avatkaa sivu").click()
    page.get_by_role("link", name="Päättäkää, keitä kutsutaan").click()
    page.get_by_role("button", name="Seuraavaksi").click()
    page.get_by_role("group", name="Harrastukset").get_by_label("Kyllä").check(force=True)
    page.get_by_role("button", name="Seuraavaksi").click()
    page.get_by_role("radio", name="Äiti-Kaisa").check(force=True)
    page.get_by_role("button", name="Vahvistakaa päätös").click()
    assert "Kiitos, päätös on tallessa" in page.locator("main").inner_text()
    in_force = "select topics from network_consent where withdrawn_at is null"
    assert town.sql(in_force) == [(["Aamut", "Harrastukset"],)]

    # --- and: it chooses a time there
    town.python(TIMES_OFFERED)
    waits_for(lambda: letters_to(town, FAMILY, "sopiva"))
    page.goto(home)
    page.get_by_role("link", name="Valitkaa aika").click()
    page.get_by_label(re.compile(r"klo 13\.00–14\.00")).check(force=True)
    page.get_by_role("button", name="Valitkaa tämä").click()
    assert "Aika on varattu teille" in page.locator("main").inner_text()
    assert town.sql("select count(*) from meetings_booking where worker_id = %s", nurse_pk) == [(1,)]

    # --- and: the invited professional sees what she is let to see
    town.python(INVITED)
    waits_for(lambda: letters_to(town, "terveydenhoitaja@demo.example", "kutsu"))
    nurse = visitor().signs_in("terveydenhoitaja@demo.example", PASSWORD)
    nurse.goes_to(f"/tilanteet/{situation}/").sees("Perhe on kutsunut sinut mukaan")

    # --- when: the family takes the permission back, still without JavaScript
    page.goto(f"{home}luvat/")
    page.get_by_role("link", name=re.compile("Perukaa lupa")).click()
    assert "Kutsu yhteiseen aikaan perutaan" in page.locator("main").inner_text()
    page.get_by_role("button", name="Perukaa lupa").click()
    assert "Lupa on peruttu" in page.locator("main").inner_text()
    plain.close()

    # --- then: the invitation, its reminder and the booked time are gone, and so is the page
    assert town.sql("select status from network_invitation") == [("revoked",)]
    reminders = town.sql("select state from perhekeskus_message where kind = 'invitation_reminder'")
    assert reminders == [("dropped",)]
    assert town.sql("select count(*) from meetings_booking where worker_id = %s", nurse_pk) == [(0,)]
    (cancelled,) = waits_for(lambda: letters_to(town, "terveydenhoitaja@demo.example", "peruttu"))
    calendar, event = calendar_of(cancelled)
    assert (str(calendar["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    for url in (f"/tilanteet/{situation}/", f"/yhteiset-ajat/{meeting}/"):
        assert nurse.page.request.get(url).status == 404
    nurse.goes_to("/").does_not_see(f"/tilanteet/{situation}/")
