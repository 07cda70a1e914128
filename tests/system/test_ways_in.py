"""Ways in: a family writes on its telephone, and another one calls."""

import re

import pytest
from playwright.sync_api import expect

from tests.plugins.browser import PHONE

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
WORDS = "Aamut ovat yhtä huutoa, enkä enää jaksa."
GIVEN = """
from tests.factories.contacts import a_guidance_service, a_guide

guide = a_guide(a_guidance_service(), email="ohjaaja@demo.example", first_name="Sanna", last_name="Ohjaaja")
guide.set_password("yhteinen-aika-demo")
guide.save()
"""
# Two families whose numbers are known: the koppi of the one is Sanna's.
KNOWN = """
from network.models import Worker
from tests.factories import a_situation

print(a_situation(by=Worker.objects.get(email="ohjaaja@demo.example"), phone="+358405550001").pk)
a_situation(phone="+358405550002")
"""


@pytest.fixture(scope="module")
def given(town):
    town.python(GIVEN)
    return town


def tabs_to(page, name: str) -> None:
    """With the Tab key only, to the field or the button of this name."""
    for _press in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const one = document.activeElement;
                const label = one.labels?.[0]?.innerText ?? "";
                return `${label} ${one.innerText ?? ""} ${one.value ?? ""}`;
            }"""
        )
        if name in found:
            return
    raise AssertionError(f"{name!r} can't be reached with the keyboard.")


def test_a_family_writes_is_answered_and_its_situation_is_opened(given, visitor, chromium):
    # The family: a telephone, the keyboard alone.
    family = visitor(PHONE).goes_to("/apua/kiuruvesi/")
    family.presses("Kirjoita meille verkossa").sees("kahden arkipäivän kuluessa", "116 117")
    page = family.page
    tabs_to(page, "Mikä sinua mietityttää")
    page.keyboard.type(WORDS)
    tabs_to(page, "Puhelinnumerosi")
    page.keyboard.type("040 111 2223")
    # A person reads before sending.
    page.wait_for_timeout(3_100)
    tabs_to(page, "Lähetä")
    if "vahvistus" in page.evaluate("document.activeElement.labels?.[0]?.innerText ?? ''"):
        tabs_to(page, "Lähetä")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    family.looks().sees("Viestisi on perillä", "Soitamme sinulle")
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.locator("main").inner_text())[0]

    # Somebody of the guidance service takes it and answers.
    sanna = visitor().signs_in("ohjaaja@demo.example", PASSWORD)
    sanna.sees("Perhe on ottanut yhteyttä").does_not_see(WORDS)
    sanna.presses("Katso ja ota").sees(WORDS).presses("Otan tämän")
    sanna.fills("Vastauksesi perheelle", "Soitan huomenna aamulla.").presses("Lähetä vastaus")

    # The family reads it in another browser, without JavaScript, and writes once more.
    context = chromium.new_context(
        base_url=given.base_url, java_script_enabled=False, viewport={"width": PHONE, "height": 850}
    )
    plain = context.new_page()
    plain.goto("/ota-yhteytta/seuraa/")
    plain.get_by_label("Koodi").fill(code.lower())
    plain.get_by_role("button", name="Näytä yhteydenottoni").click()
    assert "Soitan huomenna aamulla." in plain.locator("main").inner_text()
    plain.get_by_label("Viestisi").fill("Hyvä. Kello yhdeksän käy.")
    plain.get_by_role("button", name="Lähetä viesti").click()
    assert "Viestisi on lähetetty" in plain.locator("main").inner_text()

    # It becomes a situation, with the family's own words in the talk.
    sanna.goes_to("/yhteydenotot/").presses("Avaa").sees("Kello yhdeksän käy.")
    sanna.presses("Avaa perheen tilanne").sees(WORDS)
    sanna.fills("Lapsen etunimi", "Aada").fills("Syntymävuosi", "2020").presses("Jatka keskusteluun")
    assert sanna.page.get_by_label("Perheen omin sanoin").input_value() == WORDS
    plain.goto("/ota-yhteytta/oma/")
    assert "Yhteydenotto on käsitelty" in plain.locator("main").inner_text()
    context.close()
    assert given.sql("SELECT way_in FROM meetings_situation") == [("electronic",)]


def test_a_call_is_written_down_while_listening_and_restored(given, visitor):
    sanna = visitor().signs_in("ohjaaja@demo.example", PASSWORD)
    sanna.goes_to("/yhteydenotot/").presses("Puhelu tuli")
    page = sanna.page
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type("Äiti soittaa. Vauva itkee yöt.")
    page.get_by_text("Tallessa klo").wait_for()
    sanna.looks()
    # The number finds the family of one's own, and nothing of a family that one may not see.
    own = given.python(KNOWN)
    number = page.get_by_label("Puhelinnumero")
    number.press_sequentially("040 555 0001")
    expect(page.locator("#numerosta")).to_contain_text(f"Tilanne {own}")
    sanna.looks()
    with page.expect_response(lambda answer: "0002" in (answer.request.post_data or "")):
        number.fill("")
        number.press_sequentially("040 555 0002")
    expect(page.locator("#numerosta")).not_to_contain_text("Tällä numerolla löytyi")
    # It is a new family's; then the tab is gone in the middle of a sentence.
    number.fill("044 000 1234")
    page.get_by_label("Mitä perhe kertoo").press_sequentially(" Isä on")
    page.goto("about:blank")
    sanna.goes_to("/yhteydenotot/").sees("Puhelu on kesken").presses("Jatka")
    words = page.get_by_label("Mitä perhe kertoo").input_value()
    assert "Vauva itkee yöt." in words and "Isä on" in words
    assert page.get_by_label("Puhelinnumero").input_value() == "044 000 1234"
    sanna.presses("Otan asian itselleni").sees("Asia on nyt sinulla", "Vauva itkee yöt.")
    assert given.sql("SELECT count(*) FROM meetings_calldraft") == [(0,)]
    assert given.sql("SELECT status FROM meetings_contact WHERE way = 'phone'") == [("picked_up",)]
