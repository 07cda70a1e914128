"""From the shared time that was held to the letter of what came of it: one family's plan, all the way."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.plugins.browser import PHONE
from tests.plugins.paper import needs_poppler, read_by_poppler

from .test_main_job import (
    PASSWORD,
    TOWN,
    agrees_on_a_plan,
    day_of_the_meeting_comes,
    letters_to,
    link_in,
    opens_the_family_page,
    waits_for,
)

pytestmark = pytest.mark.system

FAMILY = "perhe@koti.example"
CLOSE_WORKER, RESPONSIBLE, NURSE = (
    f"{name}@demo.example" for name in ("lahityontekija", "vastuutyontekija", "terveydenhoitaja")
)

# The shared time was held: that way is walked in test_main_job.
HELD = """
from meetings.models import Situation
from network.models import ClosePerson, Family, FamilyMember
from network.states import ConsentMethod, ConsentPurpose
from network.actions import consents
from meetings.actions import situations
from tests.factories.threads import a_held_meeting, with_conversation

kaisa, pirjo, tuula = (Worker.objects.get(email=f"{name}@demo.example")
    for name in ("lahityontekija", "vastuutyontekija", "terveydenhoitaja"))
town.guidance_unit = centre
town.save()
Unit.objects.filter(pk=centre.pk).update(phone="+358171234567")
family = Family(municipality=town, contact_channel="email", email="perhe@koti.example")
members = [FamilyMember(role="guardian", first_name="Marja"), FamilyMember(role="child", first_name="Veeti",
    birth_year=2021)]
situation = with_conversation(situations.raise_matter(by=kaisa, family=family, members=members))
meeting = a_held_meeting(people=[pirjo, tuula], situation=situation, room=Room.objects.get())
granny = situations.add_close_person(situation=situation, by=kaisa,
    person=ClosePerson(name="Mummo Maija", relation="mummo", email="mummo@koti.example"))
consents.give(family=situation.family, to=granny, purpose=ConsentPurpose.COPY, topics=[],
    method=ConsentMethod.FACE_TO_FACE, given_by=situation.family.members.get(role="guardian"), by=kaisa)
print(situation.pk, meeting.pk)
"""

# The follow-up, once the family has decided: booked, invited and held, as in test_main_job.
FOLLOW_UP_HELD = """
from meetings.models import Meeting
from tests.factories.threads import a_booked_meeting, a_held_meeting, an_invited_meeting, next_weekday
meeting = Meeting.objects.get(pk=MEETING)
a_held_meeting(meeting=an_invited_meeting(meeting=a_booked_meeting(meeting=meeting,
    room=meeting.situation.meetings.exclude(pk=meeting.pk).get().room, period=next_weekday(days=14))))
"""


def paper_of(visitor, url: str) -> str:
    response = visitor.page.request.get(url)
    assert response.headers["content-type"] == "application/pdf", (url, response.status)
    return read_by_poppler(response.body(), "-layout")


def test_from_the_shared_time_to_the_letter_of_what_came_of_it(town, visitor):
    needs_poppler()
    situation, meeting = (int(number) for number in town.python(TOWN + HELD).split())
    day_of_the_meeting_comes(town, meeting)

    # --- the plan is written and agreed on, with who was there, and printed --------------------------
    worker = visitor().signs_in(CLOSE_WORKER, PASSWORD)
    worker.goes_to(f"/tilanteet/{situation}/suunnitelma/")
    agrees_on_a_plan(town, worker, responsible=RESPONSIBLE, next_on=localdate() + timedelta(days=14))
    ((plan,),) = town.sql("select id from plans_plan where status = 'agreed'")
    paper = paper_of(worker, f"/suunnitelmat/{plan}/suunnitelma.pdf")
    assert "Iltapala ja kirja klo 20." in paper
    assert "Pirjo Tamminen" in paper

    # --- the promised contact is late, and is recorded -----------------------------------------------
    town.sql('update plans_nextcontact set "on" = %s', localdate() - timedelta(days=1))
    responsible = visitor().signs_in(RESPONSIBLE, PASSWORD)
    responsible.sees("sovittu yhteydenotto", "1 päivä myöhässä").presses("Kirjaa yhteydenotto")
    responsible.fills("Miten menee", "Aamut sujuvat jo paremmin.")
    responsible.page.locator("[name=next_on]").fill((localdate() + timedelta(days=28)).isoformat())
    responsible.presses("Kirjaa yhteydenotto").sees("Aamut sujuvat jo paremmin.")

    # --- how far the measures have come --------------------------------------------------------------
    responsible.page.locator("summary", has_text="Merkitse, missä mennään").click()
    responsible.page.locator("[name$=-status][value=going_on]").check(force=True)
    responsible.presses("Tallenna merkinnät").sees("meneillään")

    # --- the next version says what has changed ------------------------------------------------------
    worker.goes_to(f"/suunnitelmat/{plan}/").presses("Muuta suunnitelmaa")
    worker.page.locator("textarea[name$='-what']").first.fill("Iltapala klo 19.30 ja kirja.")
    worker.page.locator("[name=next_on]").fill((localdate() + timedelta(days=21)).isoformat())
    worker.presses("Tarkista ja sovi")
    worker.page.get_by_label("Perhe antaa luvan").check(force=True)
    worker.chooses("Marja", group="Ketkä sopivat tästä").presses("Sovimme tästä suunnitelmasta").sees(
        "Iltapala klo 19.30 ja kirja."
    )
    changed = worker.page.get_by_role("region").filter(has=worker.page.locator("#mika-muuttui")).inner_text()
    assert "Iltapala ja kirja klo 20." in changed
    assert "Iltapala klo 19.30 ja kirja." in changed
    ((plan,),) = town.sql("select id from plans_plan where status = 'agreed'")

    # --- a copy to somebody close, by a link that ends with the permission ---------------------------
    worker.presses("Lähetä linkki kopioon: Mummo Maija")
    (to_granny,) = waits_for(lambda: letters_to(town, "mummo@koti.example", ""))
    assert link_in(to_granny, "kopio")

    # --- the family asks to be contacted, and has a new responsible worker ---------------------------
    # The code on its paper leads here.
    token = town.python("from network.models import Family\nprint(Family.objects.get().link.token)")
    home = f"/perhe/{token}/"
    family = visitor(PHONE)
    opens_the_family_page(town, family, home, FAMILY)
    family.goes_to(home + "suunnitelma/").sees("Iltapala klo 19.30 ja kirja.", "meneillään")
    family.presses("Pyytäkää yhteydenottoa").presses("Pyydämme yhteydenottoa")
    responsible.goes_to("/").sees("Ota yhteyttä ja kirjaa")
    responsible.goes_to(f"/suunnitelmat/{plan}/").presses("Siirrä vastuu toiselle")
    responsible.chooses("Tuula Korhonen").fills("Miksi vastuu siirtyy", "Neuvola on perheelle tutumpi.")
    responsible.page.locator("[name=told_how]").first.check(force=True)
    responsible.page.get_by_label("Perhe antaa luvan").check(force=True)
    responsible.chooses("Marja").presses("Tarjoa vastuuta").sees("Vastuuta tarjottiin: Tuula Korhonen")
    responsible = visitor().signs_in(NURSE, PASSWORD)
    responsible.does_not_see("Veeti").presses("Katso ja vastaa").presses("Otan vastuun")
    responsible.sees("Olet nyt perheen vastuutyöntekijä")

    # --- a follow-up: the same people, while the plan goes on ----------------------------------------
    responsible.goes_to(f"/suunnitelmat/{plan}/").presses("Sovi seurantatapaaminen")
    responsible.sees("Pirjo Tamminen", "Aamulla lähteminen on vaikeaa.", "Olivat mukana aiemmin")
    follow_up = int(re.search(r"/yhteiset-ajat/(\d+)/", responsible.page.url).group(1))
    responsible.presses("Kirjaa päätös perheen kanssa")
    responsible.page.locator("[name^=topic_][value=yes]").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    responsible.chooses("Marja").presses("Tallenna perheen päätös")
    town.python(f"MEETING = {follow_up}\n{FOLLOW_UP_HELD}")
    worker.goes_to(f"/tilanteet/{situation}/").sees("Suunnitelma", "Seurantatapaaminen")
    assert town.sql("select stage from meetings_situation") == [("plan",)]

    # --- what came of it: the family on its own page, and the workers --------------------------------
    family.goes_to(home + "suunnitelma/").presses("Kertokaa, mitä suunnitelmasta oli hyötyä")
    family.fills("Mikä auttoi", "Mummo ja rauhallinen ilta.").presses("Tallentakaa luonnos")
    responsible.goes_to(f"/suunnitelmat/{plan}/").does_not_see("Mummo ja rauhallinen ilta.")
    responsible.presses("Arki sujuu: merkitse tilanne päättyneeksi").sees("sekä perhe että työntekijät")
    family.chooses("Paremmin").fills("Mitä teitte itse", "Luimme joka ilta.").presses("Antakaa arvio")
    family.sees("Kiitos!", "Luimme joka ilta.")
    responsible.goes_to(f"/suunnitelmat/{plan}/arvio/tyontekijat/").chooses("Ennallaan")
    responsible.fills("Mitä palvelut tekivät", "Soitimme kahden viikon välein.").presses("Anna arvio")
    responsible.sees("Paremmin", "Ennallaan", "Mummo ja rauhallinen ilta.")

    # --- the letter for the family, and everyday life ------------------------------------------------
    letter = paper_of(responsible, f"/suunnitelmat/{plan}/mita-saimme-aikaan.pdf")
    for said in ("Mummo ja rauhallinen ilta.", "Luimme joka ilta.", "Soitimme kahden viikon välein."):
        assert said in letter, letter
    responsible.presses("Arki sujuu: merkitse tilanne päättyneeksi").fills(
        "Miten perheellä menee nyt", "Aamut sujuvat."
    )
    responsible.presses("Merkitse päättyneeksi: arki sujuu").sees("Perheen arki sujuu")
    assert town.sql("select stage, ending from meetings_situation") == [("everyday", "everyday")]
    assert town.sql(
        "select count(*) from plans_nextcontact where plan_id = %s and done_at is null", plan
    ) == [(0,)]

    # The family still has its words and its letter.
    family.goes_to(home + "suunnitelma/").sees("Mummo ja rauhallinen ilta.", "Perhekeskus")
    assert "Mummo ja rauhallinen ilta." in paper_of(family, home + "mita-saimme-aikaan.pdf")
