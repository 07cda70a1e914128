"""A baby doesn't sleep in Kiuruvesi: a coordinator keeps the list, a worker asks, a tired parent calls."""

import io
import re
import urllib.request

import pikepdf
import pytest

from tests.plugins.browser import PHONE

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
TOWN = """
from network.models import Area, Municipality, Need, Organisation, Team, Unit, Worker
town = Municipality.objects.create(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi",
    county_fi="Pohjois-Savo", county_sv="Norra Savolax", languages="fi")
county = Organisation.objects.create(name="Hyvinvointialue", sector="social_health", is_public_service=True)
centre = Unit.objects.create(organisation=county, name="Perhekeskus", municipality=town,
    phone="+358401234567", opening_hours="ma–pe 8–16")
Unit.objects.create(organisation=county, name="Neuvola", municipality=town, phone="+358407654321",
    opening_hours="ma–pe 8–9")
town.guidance_unit = Unit.objects.create(organisation=county, name="Ohjaus", municipality=town,
    phone="+358171234567", opening_hours="ma–pe 9–15")
town.save()
Need.objects.create(name="Vauva ei nuku", family_words="Vauva ei nuku, ja kaikki ovat väsyneitä")
Need.objects.create(name="Ero")
for email, first, coordinates in (("koordinaattori", "Kirsi", True), ("lahityontekija", "Kaisa", False)):
    Worker.objects.create_user(f"{email}@demo.example", "yhteinen-aika-demo", first_name=first,
        last_name="Peltonen", title="työntekijä", unit=centre, is_coordinator=coordinates)
"""


def test_whom_to_ask_when_a_baby_does_not_sleep(town, visitor):
    town.python(TOWN)

    # given: nobody answers yet, and the coordinator sees it and adds two
    coordinator = visitor().signs_in("koordinaattori@demo.example", PASSWORD)
    coordinator.goes_to("/verkosto/yhteydenotot/puutteet/").presses("Kiuruvesi", within="table")
    coordinator.sees("Näihin tarpeisiin ei vastaa kukaan", "Vauva ei nuku", "Ero")
    for unit, how in (("Perhekeskus", "Soita iltapäivällä."), ("Neuvola", "Soita klo 8–9.")):
        coordinator.goes_to("/verkosto/yhteydenotot/?municipality=263").presses("Vauva ei nuku")
        coordinator.presses("Lisää listalle")
        coordinator.page.get_by_label("Keneltä kysytään?").select_option(label=unit)
        coordinator.fills("Miten otetaan yhteyttä?", how)
        coordinator.fills("Mitä voi tehdä ilman tapaamista?", "Neuvoo puhelimessa.")
        coordinator.chooses("Näytetään myös perheille")
        coordinator.fills("Miten perhe ottaa yhteyttä?", "Voit soittaa, vaikka asia tuntuisi pieneltä.")
        coordinator.presses("Tallenna").sees(unit, "näkyy perheille")
    coordinator.presses("Ylemmäs: Neuvola")
    coordinator.sees("Lisää listalle")
    names = coordinator.page.locator(".contact-name a").all_inner_texts()
    assert names == ["Neuvola", "Perhekeskus"]
    coordinator.presses("Muutoshistoria").sees("Lisättiin listalle: Neuvola", "Kirsi Peltonen", "Järjestys")

    # when: a worker looks for whom to ask, between two children
    worker = visitor().signs_in("lahityontekija@demo.example", PASSWORD)
    worker.goes_to("/verkosto/yhteydenotot/").presses("Vauva ei nuku")
    # then: whom, in which order, how, and what can be done without a meeting, each with one press
    worker.sees("Neuvola", "Soita klo 8–9.", "Neuvoo puhelimessa.", "Perhekeskus")
    call = worker.page.locator(".contact").first.get_by_role("link", name=re.compile("040 765 4321"))
    assert call.get_attribute("href") == "tel:+358-40-7654321"
    worker.does_not_see("Poista listalta")
    worker.presses("Ehdota yhteiseen aikaan").sees("Neuvola: mihin yhteiseen aikaan?")

    # when: a parent on a phone, without signing in, finds the municipality and the need with the keyboard
    parent = visitor(width=PHONE).goes_to("/apua/")
    parent.page.get_by_label("Missä kunnassa asut?").fill("kiuru")
    with parent.page.expect_navigation():
        parent.page.keyboard.press("Enter")
    parent.looks().sees(
        "Et tiedä, mistä aloittaa?", "017 123 4567", "Vauva ei nuku, ja kaikki ovat väsyneitä"
    )
    number = parent.page.get_by_text("040 765 4321")
    assert not number.is_visible()
    parent.page.locator("summary").first.focus()
    parent.page.keyboard.press("Enter")
    # then: the number, and no worker's name
    assert number.is_visible()
    parent.looks().sees("Neuvola", "Voit soittaa, vaikka asia tuntuisi pieneltä.")
    parent.does_not_see("Peltonen", "Soita klo 8–9.", "Ero")

    # and the same on paper
    address = parent.finds("Tulosta tämä luettelo").get_attribute("href")
    with urllib.request.urlopen(town.base_url + address, timeout=30) as answer:
        paper = pikepdf.open(io.BytesIO(answer.read()))
    assert paper.Root.MarkInfo.Marked and len(paper.pages) == 1
