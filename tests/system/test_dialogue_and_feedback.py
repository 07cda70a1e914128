"""A dialogue from a good future becomes a draft of the plan, and the family says how the meeting was: on a
telephone, without JavaScript."""

import os

import pytest

from tests.plugins.browser import PHONE

from .test_main_job import letters_to, link_in, waits_for

pytestmark = pytest.mark.system

FAMILY = "perhe@koti.example"
NURSE = "terveydenhoitaja@demo.example"

GIVEN = """
from datetime import timedelta

import time_machine
from django.utils import timezone

from tests.factories import (
    WorkerFactory, a_held_meeting, a_situation, an_invited_meeting, next_weekday, with_conversation
)

with time_machine.travel(timezone.now() - timedelta(days=12), tick=False):
    teacher = WorkerFactory(email="opettaja@demo.example", first_name="Maija", last_name="Laine")
    nurse = WorkerFactory(email="terveydenhoitaja@demo.example", first_name="Tuula")
    situation = with_conversation(a_situation(by=teacher, email="perhe@koti.example"))
    meeting = an_invited_meeting(situation=situation, people=[nurse], period=next_weekday(days=7))
meeting = a_held_meeting(meeting=meeting)
for one in (teacher, nurse):
    one.set_password("yhteinen-aika-demo")
    one.save()
print(meeting.pk, situation.pk)
"""


def test_a_dialogue_becomes_a_draft_and_the_family_says_how_it_was(town, visitor, chromium):
    # --- given: a shared time was held some days ago
    meeting, situation = map(int, town.python(GIVEN).split())

    # --- when: two speak from a good future, each in their own words
    teacher = visitor().signs_in("opettaja@demo.example", "yhteinen-aika-demo")
    teacher.goes_to(f"/yhteiset-ajat/{meeting}/").presses("Tulevaisuuden muistelu")
    teacher.presses("Aloita muistelu").sees("ja asiat ovat hyvin", "Äiti-Kaisa", "Isä-Örjan")
    for name, did in (("Äiti-Kaisa", "Luin iltasadun joka ilta."), ("Isä-Örjan", "Hain lapset ajoissa.")):
        teacher.presses(name).fills("Miten asiat ovat nyt", "Nukumme hyvin.").presses("Tallenna ja jatka")
        teacher.fills("Mikä auttoi", "Opettaja soitti.").fills("Mitä itse teit", did)
        teacher.presses("Tallenna ja jatka").fills("Mikä huolestutti", "Väsymys.")
        picture(teacher.page, name)
        teacher.presses("Tallenna ja jatka")
    picture(teacher.page, "vuorot")

    # --- then: what they did stands in the draft, with whose words it was, and nothing is agreed on
    teacher.presses("Poimi ehdotukset suunnitelmaan")
    picture(teacher.page, "ehdotukset")
    teacher.presses("Vie valitut suunnitelman luonnokseen").sees(
        "Näin sanoi: Äiti-Kaisa.", "Näin sanoi: Isä-Örjan."
    )
    assert town.sql("select what, who, words_of from plans_measure order by position") == [
        ("Luin iltasadun joka ilta.", "Äiti-Kaisa", "Äiti-Kaisa"),
        ("Hain lapset ajoissa.", "Isä-Örjan", "Isä-Örjan"),
    ]
    assert town.sql("select status from plans_plan") == [("draft",)]
    teacher.goes_to(f"/yhteiset-ajat/{meeting}/vaikuttaminen/")
    teacher.fills("Lisää asia, johon voimme vaikuttaa", "Aamujen kiire").presses("Lisää")
    teacher.sees("Aamujen kiire")
    picture(teacher.page, "vaikuttaminen")

    # --- when: the family answers by the link of its letter, on a telephone without JavaScript
    (letter,) = waits_for(lambda: letters_to(town, FAMILY, "Miten tapaaminen meni"))
    plain = chromium.new_context(
        viewport={"width": PHONE, "height": 850}, base_url=town.base_url, java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(link_in(letter, "palaute"))
    picture(page, "palaute")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for group, answer in (
        ("Tulitteko kuulluiksi?", "Kyllä"),
        ("Olivatko oikeat ihmiset paikalla?", "Joku puuttui"),
        ("Auttaako tämä teitä?", "Ehkä"),
    ):
        page.get_by_role("group", name=group).get_by_label(answer).check(force=True)
    page.get_by_role("button", name="Lähettäkää vastaukset").click()

    # --- then: it is kept apart from the family, and is asked no more
    assert "Kiitos" in page.locator("main").inner_text()
    plain.close()
    assert town.sql("select side, first, second, third, words from meetings_feedbackanswer") == [
        ("family", "yes", "partly", "partly", "")
    ]
    visitor(PHONE).goes_to(link_in(letter, "palaute")).sees("Palaute on jo annettu")
    assert situation


def picture(page, name: str) -> None:
    """A picture to look at, when a folder is given for them."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
