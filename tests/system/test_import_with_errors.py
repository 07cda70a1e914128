"""A file of five thousand workers, three hundred of them wrong: seen, taken in, mended, brought back."""

import csv
import io

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
ROWS, WRONG = 5_000, 300
HEADINGS = [
    "Sähköposti",
    "Etunimi",
    "Sukunimi",
    "Ammattinimike",
    "Organisaatio",
    "Yksikkö",
    "Yksikön kunta",
    "Puhelin",
    "Mitä teen",
]

TOWN = """
from network.models import Municipality, Organisation, Unit, Worker
town = Municipality.objects.create(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi",
    county_fi="Pohjois-Savo", county_sv="Norra Savolax", languages="fi")
county = Organisation.objects.create(name="Hyvinvointialue", sector="social_health", is_public_service=True)
unit = Unit.objects.create(organisation=county, name="Perhekeskus", municipality=town)
Worker.objects.create_user("paakayttaja@demo.example", "yhteinen-aika-demo", first_name="Pekka",
    last_name="Pääkäyttäjä", title="pääkäyttäjä", unit=unit, is_administrator=True)
"""


def row(number: int) -> list[str]:
    """A worker of the file; every one in three hundred is wrong in one of three ways."""
    where = ["Hyvinvointialue", "Perhekeskus", "Kiuruvesi"]
    words = 'Käyn kotona;\nja "juttelen".'
    cells = [f"t{number}@kiuruvesi.example", "Päivi", f"Ähtäri{number}", "perhetyöntekijä", *where, "", words]
    cells[7] = f"40 {1000000 + number}"
    if number < WRONG:
        place, wrong = ((7, "soita toimistoon"), (5, "Olematon yksikkö"), (2, ""))[number % 3]
        cells[place] = wrong
    return cells


def a_file(rows: list[list[str]], encoding: str) -> dict[str, object]:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    return {"name": "työntekijät.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode(encoding)}


def test_an_import_with_errors(town, visitor):
    # given: an administrator, and a file as Excel of Finland writes it
    town.python(TOWN)
    administrator = visitor().signs_in("paakayttaja@demo.example", PASSWORD)
    page = administrator.page
    administrator.goes_to("/yllapito/").presses("Tuonti ja vienti").presses("Tuo tiedosto")
    administrator.chooses("Työntekijät")
    page.get_by_label("Tiedosto", exact=True).set_input_files(
        a_file([row(number) for number in range(ROWS)], "cp1252")
    )

    # when it is sent, how far it is can be seen, also after going elsewhere
    administrator.presses("Tarkista tiedosto").sees("Tiedostoa tarkistetaan", "Voit poistua sivulta")
    address = page.url
    expect(page.locator("progress")).to_be_visible()
    administrator.goes_to("/verkosto/").goes_to(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tarkista ja vie", timeout=60_000)

    # then each row is told apart, and nothing has changed yet
    administrator.looks().sees("4\u00a0700", "Uudet", "Virheelliset: 300")
    administrator.sees("Puhelinnumero ”soita toimistoon” ei kelpaa.", "Sukunimi puuttuu.")
    administrator.sees("Yksikkö ”Hyvinvointialue, Olematon yksikkö, Kiuruvesi” ei ole hakemistossa.")
    assert page.locator(".import-rows tbody tr").first.locator("td").first.inner_text() == "2"
    assert town.sql("select count(*) from network_worker") == [(1,)]

    # when it is taken in without saying that the wrong ones are known, it is not
    administrator.presses("Vie 4 700 riviä hakemistoon").sees("Merkitse tämä kohta")
    administrator.chooses("Tiedän, että 300 virheellistä riviä jää pois.")
    administrator.presses("Vie 4 700 riviä hakemistoon").sees("Tietoja viedään hakemistoon")
    expect(page.locator("progress[value]")).to_be_visible(timeout=30_000)
    assert town.sql("select count(*) from network_worker") == [(1,)], "all or nothing"
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiedot on viety hakemistoon", timeout=90_000)
    administrator.looks()
    assert town.sql("select count(*) from network_worker") == [(ROWS - WRONG + 1,)]

    # when the wrong rows are taken out, mended and brought back, everybody is there
    with page.expect_download() as download:
        administrator.finds("Lataa virheelliset rivit").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    wrong = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(wrong) == WRONG + 1 and wrong[0][-2:] == ["Rivi", "Miksi jäi pois"]
    mended = text.replace("soita toimistoon", "040 123 4567").replace("Olematon yksikkö", "Perhekeskus")
    mended = mended.replace(";Päivi;;", ";Päivi;Ähtäri;")
    administrator.presses("Tuo toinen tiedosto").chooses("Työntekijät")
    page.get_by_label("Tiedosto", exact=True).set_input_files(
        {"name": "korjatut.csv", "mimeType": "text/csv", "buffer": mended.encode()}
    )
    administrator.presses("Tarkista tiedosto")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tarkista ja vie", timeout=60_000)
    administrator.presses("Vie 300 riviä hakemistoon")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiedot on viety hakemistoon", timeout=60_000)
    assert town.sql("select count(*) from network_worker") == [(ROWS + 1,)]
    assert town.sql("select what_i_do from network_worker where email = 't7@kiuruvesi.example'") == [
        ('Käyn kotona;\nja "juttelen".',)
    ]
