"""The talk and a child's drawing on a telephone: from the form to the situation, and gone again."""

import re
from pathlib import Path

import pytest

from tests.factories.children import a_drawing
from tests.plugins.browser import PHONE
from tests.system.test_main_job import PASSWORD, TOWN

pytestmark = pytest.mark.system


def test_a_talk_and_a_drawing_on_a_phone(town, visitor, tmp_path: Path):
    town.python(TOWN)
    drawing = tmp_path / "piirros.png"
    drawing.write_bytes(a_drawing("PNG", size=(1200, 900)))

    worker = visitor(width=PHONE).signs_in("lahityontekija@demo.example", PASSWORD)
    worker.presses("Ota puheeksi").sees("Tee lastensuojeluilmoitus heti")
    worker.fills("Lapsen etunimi", "Veeti").fills("Syntymävuosi", "2021").fills("Huoltajan etunimi", "Marja")
    worker.presses("Jatka keskusteluun").sees("Tee lastensuojeluilmoitus heti")
    assert worker.page.get_by_text("Tee lastensuojeluilmoitus heti").is_visible()

    # The parts of a Lapset puheeksi talk are there when that talk is chosen, and only then.
    part = worker.page.get_by_role("group", name="Vapaa-ajalla ja ystävien kanssa")
    assert not part.is_visible()
    worker.chooses("Lapset puheeksi", group="Mikä keskustelu")
    assert part.is_visible()
    part.get_by_label("Mikä sujuu").fill("Pihalla on aina kaveri.")
    worker.fills("Mikä on hyvin ja mikä kantaa", "Sisarukset leikkivät yhdessä.")
    worker.fills("Perheen omin sanoin", "Haluaisimme rauhallisia aamuja.")
    worker.fills("Uuden läheisen nimi", "Mummo Maija").fills("Kuka hän on perheelle", "mummo")
    worker.fills("Kuka tai mikä palvelu auttaa jo", "Perheneuvola")
    worker.chooses("Perhe miettii vielä", group="Mitä sovitte")
    worker.looks().presses("Tallenna keskustelu").sees("Keskustelu on tallennettu.", "Perheneuvola")
    situation = int(re.search(r"/tilanteet/(\d+)/", worker.page.url).group(1))
    worker.presses("Lapset puheeksi").sees("Pihalla on aina kaveri.", "Mummo Maija (mummo)")
    worker.goes_to(f"/tilanteet/{situation}/")

    # A child of five: a face is chosen by the keyboard alone, and the drawing is photographed.
    worker.presses("Kirjaa, mitä Veeti kertoo").sees("Ketkä tämän näkevät", "perhe omalla sivullaan")
    worker.page.get_by_label("Iloinen").focus()
    for _time in range(2):
        worker.page.keyboard.press("ArrowDown")
    assert worker.page.get_by_label("Huolissaan").is_checked()
    worker.page.get_by_label("Lapsen piirros").set_input_files(drawing)
    worker.fills("Mitä lapsi itse kertoo kuvasta", "Tässä on meidän maja.")
    worker.page.get_by_label("Lapsi tietää").check(force=True)
    worker.presses("Tallenna lapsen näkemys").sees("Huolissaan", "Tässä on meidän maja.")
    picture = worker.page.get_by_role("img", name="Piirros, josta lapsi kertoo: Tässä on meidän maja.")
    picture.scroll_into_view_if_needed()
    worker.page.wait_for_function("image => image.complete", arg=picture.element_handle())
    assert picture.evaluate("image => image.naturalWidth") == 1200
    address = picture.get_attribute("src")

    # Somebody else who signs in gets neither the page nor the picture.
    other = visitor().signs_in("sivullinen@demo.example", PASSWORD)
    assert other.page.request.get(address).status == 404

    worker.presses("Poista: Veeti").sees("Sanat ja kuva poistetaan kokonaan.").presses("Poista")
    worker.sees("Lapsen näkemys on poistettu.")
    assert town.sql("SELECT count(*) FROM meetings_childdrawing") == [(0,)]
