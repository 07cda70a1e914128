"""A time is asked by a poll and booked; then it moves, the family first, and one stays away. Another is held
while its family thinks, ends by itself, and goes to somebody else."""

import os
from pathlib import Path

import pytest

from tests.plugins.browser import PHONE

from .test_main_job import calendar_of, letters_to, link_in, waits_for

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
FAMILY, OUTSIDE = "perhe@koti.example", "olli@jarjesto.example"
FAMILY_WORDS = ["Äiti-Kaisa", "Isä-Örjan", "Aada", "Salainen aihe"]

GIVEN = """
from tests.factories import *
from tests.factories.directory import OutsideProfessionalFactory

convener = WorkerFactory(email="kutsuja@demo.example", first_name="Kaisa", last_name="Kutsuja")
nurse = WorkerFactory(email="terkkari@demo.example", first_name="Tuula", last_name="Korhonen")
olli = OutsideProfessionalFactory(name="Olli Outonen", email="olli@jarjesto.example")
RoomFactory(name="Pihlaja")
situation = with_conversation(a_situation(by=convener, email="perhe@koti.example"))
meeting = a_decided_meeting(situation=situation, people=[nurse, olli], topics=["Salainen aihe"])
for worker in (convener, nurse):
    worker.set_password("yhteinen-aika-demo")
    worker.save()
print(meeting.pk, next_weekday(days=8).lower.date(), next_weekday(days=11).lower.date())
"""


def shows(visitor, name: str) -> None:
    """Keeps a picture for a person to look at, when SHOTS says where."""
    if folder := os.environ.get("SHOTS"):
        visitor.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def fills_time(visitor, number: int, day: str, clock: str) -> None:
    visitor.page.locator(f"[name=day_{number}]").fill(day)
    visitor.page.locator(f"[name=clock_{number}]").fill(clock)


def says(visitor, *choices: str) -> None:
    groups = visitor.page.locator("main fieldset")
    for number, choice in enumerate(choices):
        groups.nth(number).get_by_label(choice, exact=True).check(force=True)


def comes_in(town, visitor):
    (letter,) = waits_for(lambda: letters_to(town, FAMILY, "Mikä aika sopisi"))
    family = visitor(PHONE).goes_to(link_in(letter, "perhe"))
    family.presses("Pyytäkää koodi").fills("Koodi", town.code_to(FAMILY)).presses("Avatkaa")
    return family


def test_a_poll_is_answered_and_booked_and_the_time_moves(town, visitor):
    # --- given: the family has decided, and no calendar knows the outsider's days
    meeting, first, later = town.python(GIVEN).split()
    kaisa = visitor().signs_in("kutsuja@demo.example", PASSWORD)

    # --- when: three times are asked
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/aika/").presses("Kalenterit eivät kerro kaikkea")
    for box in kaisa.page.locator("[name=slots]").all():
        box.uncheck(force=True)
    for number, clock in enumerate(("10:00", "12:00", "14:00"), 1):
        fills_time(kaisa, number, first, clock)
    shows(kaisa, "poll_ask")
    kaisa.presses("Lähetä kysely").sees("Vastannut 0/3", "perhe ei ole vastannut")

    # --- and: the outsider answers by the link, the nurse signed in, the family on its telephone
    (letter,) = waits_for(lambda: letters_to(town, OUTSIDE, "Mikä aika sopisi"))
    olli = visitor(PHONE).goes_to(link_in(letter, "aikakysely"))
    olli.sees("Mikä aika sopisi sinulle?", "Kaisa Kutsuja").does_not_see(*FAMILY_WORDS)
    assert town.sql("select count(*) from meetings_pollanswer") == [(0,)]
    says(olli, "ei sovi", "sopii", "sopii")
    shows(olli, "poll_outsider_phone")
    olli.presses("Lähetä vastaukset").sees("vastauksesi on tallessa")
    nurse = visitor().signs_in("terkkari@demo.example", PASSWORD).sees("Mikä aika sopisi sinulle?")
    nurse.presses("Vastaa")
    says(nurse, "sopii", "sopii", "tarvittaessa")
    nurse.presses("Lähetä vastaukset").does_not_see(*FAMILY_WORDS)
    family = comes_in(town, visitor)
    family.presses("Vastatkaa kyselyyn").sees("Teidän vastauksenne painaa eniten")
    says(family, "ei sovi", "tarvittaessa", "sopii")
    shows(family, "poll_family_phone")
    family.presses("Lähetä vastaukset").sees("Kiitos")

    # --- then: what the family can is first, what it cannot is not offered; one press books
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/aikakysely/").sees("Vastannut 3/3", "ei sovi perheelle")
    shows(kaisa, "poll_result")
    assert "14.00" in kaisa.page.locator("tbody th").first.inner_text()
    assert kaisa.page.locator("button[name=time]").count() == 2
    kaisa.presses("Varaa").sees("14.00")
    kaisa.presses("Lähetä kutsut")
    assert town.sql("select status from meetings_meeting") == [("invited",)]
    waits_for(lambda: letters_to(town, OUTSIDE, "Kutsu:"))
    waits_for(lambda: letters_to(town, FAMILY, "Sovittu:"))

    # --- when: another time is proposed, the old one stays until the family says yes
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/").presses("Siirrä toiseen aikaan")
    kaisa.page.locator("[name=day]").fill(later)
    kaisa.page.locator("[name=clock]").fill("09:15")
    kaisa.chooses("Ei vielä. Kysytään perheeltä.")
    shows(kaisa, "reschedule")
    kaisa.presses("Jatka").sees("Sopiiko uusi aika perheelle")
    shows(kaisa, "reschedule_answer")
    assert town.sql("select sequence from meetings_meeting") == [(0,)]
    (letter,) = waits_for(lambda: letters_to(town, FAMILY, "Sopiiko teille toinen aika"))
    family.goes_to(link_in(letter, "perhe")).sees("Sopiiko teille toinen aika?")
    shows(family, "family_home_phone")
    family.presses("Katsokaa ja vastatkaa")
    family.chooses("Kyllä, siirretään")
    shows(family, "reschedule_family_phone")
    family.presses("Vastatkaa").sees("Aika on siirretty", "9.15")

    # --- then: everybody is told once, the same event with the next number, and is asked again
    (moved,) = waits_for(lambda: letters_to(town, OUTSIDE, "Muutos:"))
    calendar, event = calendar_of(moved)
    assert (str(calendar["METHOD"]), event["SEQUENCE"]) == ("REQUEST", 1)
    (told,) = waits_for(lambda: letters_to(town, FAMILY, "Muutos:"))
    assert calendar_of(told)[1]["UID"] == event["UID"]
    olli.goes_to(link_in(moved, "kutsu")).sees("9.15", "Pääsetkö tulemaan?").does_not_see(*FAMILY_WORDS)
    kaisa.goes_to(f"/yhteiset-ajat/{meeting}/").sees("9.15")
    shows(kaisa, "meeting")

    # --- and: one stays away, the meeting stays
    kaisa.page.get_by_text("Joku ei pääsekään tulemaan").click()
    kaisa.presses("Peru kutsu: Olli Outonen")
    kaisa.chooses("kutsuttu ammattilainen")
    shows(kaisa, "take_out")
    kaisa.presses("Peru kutsu").sees("Kutsu on peruttu: Olli Outonen")
    assert waits_for(lambda: letters_to(town, OUTSIDE, "Peruttu:"))
    assert town.sql("select status from meetings_meeting") == [("invited",)]
    kaisa.presses("Peru yhteinen aika").sees("Perutaanko yhteinen aika?")
    shows(kaisa, "cancel")


HELD = """
from tests.factories import *

nurse = WorkerFactory(first_name="Nella", last_name="Nurmi")
RoomFactory(name="Honka")
for name in ("Helmi", "Sanni"):
    convener = WorkerFactory(email=f"{name.lower()}@demo.example", first_name=name)
    convener.set_password("yhteinen-aika-demo")
    convener.save()
    situation = with_conversation(a_situation(by=convener, email=f"perhe.{name.lower()}@koti.example"))
    print(a_decided_meeting(situation=situation, people=[nurse]).pk)
"""


def times(visitor) -> list[str]:
    """When the suggested times begin, in their order."""
    values = visitor.page.locator("[name=slot]").evaluate_all("radios => radios.map(one => one.value)")
    return [value.split("-")[0] for value in values]


def test_a_held_time_ends_by_itself_and_goes_to_another(town, visitor):
    # --- given: two families have decided, and both wish for the same nurse
    first, second = map(int, town.python(HELD).split())
    booked = "select count(*) from meetings_booking where meeting_id = %s"

    # --- when: the first time is held while the family thinks
    helmi = visitor().signs_in("helmi@demo.example", PASSWORD).goes_to(f"/yhteiset-ajat/{first}/aika/")
    time = times(helmi)[0]
    helmi.chooses("Ei vielä: varaa alustavasti, perheellä on 48 tuntia aikaa vastata").presses(
        "Varaa aika ja tila"
    )
    helmi.sees("Aika on varattu alustavasti", "Jatka varausta")

    # --- then: its family is asked, and nobody else is offered it
    assert waits_for(lambda: letters_to(town, "perhe.helmi@koti.example", "sopiva"))
    sanni = visitor().signs_in("sanni@demo.example", PASSWORD).goes_to(f"/yhteiset-ajat/{second}/aika/")
    assert time not in times(sanni)
    assert town.sql(booked, first) == [(3,)]

    # --- when: two days go by without an answer, nobody does anything
    town.sql("update meetings_hold set held_at = held_at - interval '3 days', expires_at = now()")

    # --- then: the time is free, and another gets it by one press
    sanni.goes_to(f"/yhteiset-ajat/{second}/aika/")
    assert times(sanni)[0] == time
    sanni.presses("Varaa aika ja tila").sees("Nella Nurmi")
    assert (town.sql(booked, first), town.sql(booked, second)) == ([(0,)], [(3,)])

    # --- and: the first convener sees at home that it has ended
    helmi.goes_to("/").sees("Alustava varaus on päättynyt").presses("Katso ja jatka")
    helmi.sees("Alustava varaus päättyi")
