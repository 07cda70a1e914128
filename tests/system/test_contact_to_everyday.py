"""From a family's own words on the public page to the day when everyday life runs: one family, one walk."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.plugins.browser import PHONE

from .test_main_job import (
    PASSWORD,
    TOWN,
    agrees_on_a_plan,
    day_of_the_meeting_comes,
    letters_to,
    link_in,
    opens_the_family_page,
    records_the_shared_time,
    waits_for,
)

pytestmark = pytest.mark.system

FAMILY = "perhe@koti.example"
WORDS = "Aamut ovat yhtä huutoa, enkä enää jaksa."
GUIDANCE_ANSWERS = """
Unit.objects.filter(pk=centre.pk).update(phone="+358171234567")
town.guidance_unit = centre
town.save()
"""


def test_a_contact_becomes_everyday_life(town, visitor):
    town.python(TOWN + GUIDANCE_ANSWERS)

    # --- the family writes, on its telephone ---------------------------------------------------------
    family = visitor(PHONE).goes_to("/ota-yhteytta/kiuruvesi/")
    family.fills("Mikä sinua mietityttää", WORDS).fills("Puhelinnumerosi", "040 111 2223")
    # A person reads before sending.
    family.page.wait_for_timeout(3_100)
    family.presses("Lähetä").sees("Viestisi on perillä")

    # --- the guidance worker takes it, opens a situation and talks with the family -------------------
    worker = visitor().signs_in("ohjaus@demo.example", PASSWORD)
    worker.sees("Perhe on ottanut yhteyttä").presses("Katso ja ota").sees(WORDS).presses("Otan tämän")
    worker.presses("Avaa perheen tilanne").sees(WORDS)
    worker.fills("Lapsen etunimi", "Veeti").fills("Syntymävuosi", "2021")
    worker.fills("Huoltajan etunimi", "Marja")
    worker.chooses("sähköpostilla", group="Miten perhe haluaa viestit").fills("Perheen sähköposti", FAMILY)
    worker.presses("Jatka keskusteluun")
    situation = int(re.search(r"/tilanteet/(\d+)/", worker.page.url).group(1))
    assert worker.page.get_by_label("Perheen omin sanoin").input_value() == WORDS
    worker.fills("Missä huoli huomattiin", "kotona aamuisin")
    worker.fills("Mikä on hyvin ja mikä kantaa", "Mummo on lähellä.")
    worker.chooses("Perhe haluaa yhteisen ajan").presses("Tallenna keskustelu").sees("Koppi on sinulla")

    # --- convening: the family decides on its own page -----------------------------------------------
    worker.presses("Kutsu koolle").presses("Aloita").presses("Ehdota: Pirjo Tamminen")
    worker.fills("Mistä olisi hyvä puhua", "Aamut").presses("Lisää aihe")
    worker.presses("Lähetä perheelle linkki").sees("Perhe päättää")
    (ask,) = waits_for(lambda: letters_to(town, FAMILY, "päätettävä"))
    home = link_in(ask, "perhe")
    opens_the_family_page(town, family, home, FAMILY)
    family.presses("Päättäkää, keitä kutsutaan").chooses("Kyllä", group=re.compile("Pirjo Tamminen"))
    family.presses("Seuraavaksi").chooses("Kyllä", group=re.compile("Aamut")).presses("Seuraavaksi")
    family.chooses("Marja").presses("Vahvistakaa päätös")

    # --- a time, the invitations, and the day of the meeting -----------------------------------------
    worker.goes_to("/").presses("Etsi yhteinen aika").presses("Varaa aika ja tila")
    worker.presses("Lähetä kutsut").sees("Kutsut lähtivät")
    meeting = int(re.search(r"/yhteiset-ajat/(\d+)/", worker.page.url).group(1))
    assert waits_for(lambda: letters_to(town, "vastuutyontekija@demo.example", "kutsu"))
    assert waits_for(lambda: letters_to(town, FAMILY, "sovittu"))
    day_of_the_meeting_comes(town, meeting)
    records_the_shared_time(worker)
    agrees_on_a_plan(
        town,
        worker,
        responsible="vastuutyontekija@demo.example",
        next_on=localdate() + timedelta(days=14),
    )

    # --- the promised contact, and the day when everyday life runs -----------------------------------
    town.sql('update plans_nextcontact set "on" = %s', localdate())
    responsible = visitor().signs_in("vastuutyontekija@demo.example", PASSWORD)
    responsible.goes_to("/").presses("Kirjaa yhteydenotto")
    responsible.fills("Miten menee", "Aamut sujuvat jo paremmin.")
    responsible.page.locator("[name=next_on]").fill((localdate() + timedelta(days=28)).isoformat())
    responsible.presses("Kirjaa yhteydenotto")
    ((plan,),) = town.sql("select id from plans_plan where status = 'agreed'")
    worker.goes_to(f"/suunnitelmat/{plan}/").presses("Kirjaa yhteydenotto")
    worker.fills("Miten menee", "Aamut ovat rauhallisia. Suunnitelmaa ei enää tarvita.")
    worker.page.locator("[name=going][value=everyday]").check(force=True)
    worker.presses("Kirjaa yhteydenotto").sees("Tekstisi on tallessa", "sekä perhe että työntekijät")

    # --- both sides say first what came of the plan --------------------------------------------------
    family.goes_to(home + "suunnitelma/").presses("Kertokaa, mitä suunnitelmasta oli hyötyä")
    family.chooses("Paremmin").fills("Mikä auttoi", "Mummo ja rauhallinen ilta.").presses("Antakaa arvio")
    family.sees("Kiitos!")
    worker.presses("Kirjaa työntekijöiden arvio").chooses("Ennallaan").presses("Anna arvio")
    worker.sees("Mummo ja rauhallinen ilta.", "Paremmin", "Ennallaan")
    worker.presses("Arki sujuu: merkitse tilanne päättyneeksi").presses(
        "Merkitse päättyneeksi: arki sujuu"
    ).sees("Perheen arki sujuu")

    # --- everyone sees that it has ended well ---------------------------------------------------------
    assert town.sql("select way_in, stage, ending from meetings_situation where id = %s", situation) == [
        ("electronic", "everyday", "everyday")
    ]
    assert town.sql("select count(*) from plans_nextcontact where done_at is null") == [(0,)]
    worker.goes_to(f"/tilanteet/{situation}/").sees("Sujuva arki")
    family.goes_to(home).sees("Sujuva arki")
    family.goes_to(home + "suunnitelma/").sees("Mummo ja rauhallinen ilta.")
