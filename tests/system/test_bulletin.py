"""A bulletin from the coordinator to the reader's phone and back: checked, sent, read, receipted."""

import pytest

from tests.plugins.browser import PHONE

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"

TOWN = """
from network.models import Municipality, Organisation, Unit, Worker

def place(code, name):
    return Municipality.objects.create(code=code, name_fi=name, name_sv=name, county_fi="Pohjois-Savo",
        county_sv="Norra Savolax", languages="fi")

def unit(organisation, name, town):
    return Unit.objects.create(organisation=organisation, name=name, municipality=town)

def worker(email, first, last, where, **more):
    Worker.objects.create_user(email, "yhteinen-aika-demo", first_name=first, last_name=last,
        title="opettaja", unit=where, **more)

home, far = place("263", "Kiuruvesi"), place("140", "Iisalmi")
schools = Organisation.objects.create(name="Koulut", sector="education", is_public_service=True)
parish = Organisation.objects.create(name="Seurakunta", sector="parish", is_public_service=False)
care = unit(schools, "Kettulan päiväkoti", home)
worker("kaisa@demo.example", "Kaisa", "Peltonen", care)
worker("aino@demo.example", "Aino", "Lehto", care)
worker("olavi@demo.example", "Olavi", "Kirkkola", unit(parish, "Seurakuntatalo", home))
worker("sini@demo.example", "Sini", "Sivula", unit(schools, "Iisalmen koulu", far))
worker("koordinaattori@demo.example", "Kirsi", "Koonti", unit(parish, "Toimisto", far), is_coordinator=True)
"""


def test_a_bulletin_reaches_whom_it_concerns_and_its_sender_sees_who_has_not_read_it(town, visitor):
    # given a coordinator, and workers in two towns and two sectors
    town.python(TOWN)
    sender = visitor().signs_in("koordinaattori@demo.example", PASSWORD)

    # when the coordinator writes a bulletin, aims it, checks it and sends it
    sender.goes_to("/tiedotteet/").presses("Uusi tiedote")
    sender.fills("Otsikko", "Puhelinajat muuttuvat").fills("Teksti", "Uudet ajat ovat klo 8–10.")
    sender.presses("Jatka")
    sender.chooses("Kiuruvesi", group="Kunnat").chooses("sivistyspalvelut", group="Toimialat")
    sender.presses("Jatka")
    sender.sees("Tämä tavoittaa 2 työntekijää.", "Kiuruvesi", "sivistyspalvelut", "Uudet ajat ovat klo 8–10.")
    sender.presses("Lähetä tiedote").sees("0 työntekijää on lukenut, 2 ei vielä.", "Kettulan päiväkoti")

    # then those whom it does not concern see nothing of it
    other = visitor().signs_in("olavi@demo.example", PASSWORD)
    other.does_not_see("uusi tiedote")
    other.goes_to("/tiedotteet/").sees("Ei uusia tiedotteita").does_not_see("Puhelinajat")

    # and a teacher reads it on the phone: opening it is no receipt, the press is
    reader = visitor(PHONE).signs_in("kaisa@demo.example", PASSWORD)
    reader.presses("1 uusi tiedote").presses("Puhelinajat muuttuvat").sees("Uudet ajat ovat klo 8–10.")
    assert town.sql("SELECT count(*) FROM network_bulletinreceipt WHERE seen_at IS NOT NULL") == [(0,)]
    reader.presses("Luin tämän").sees("Merkitty luetuksi.", "Ei uusia tiedotteita", "Aiemmat")
    reader.goes_to("/").does_not_see("uusi tiedote")

    # and the sender sees who has not read it yet
    sender.goes_to("/tiedotteet/").sees("1/2 on lukenut").presses("Puhelinajat muuttuvat")
    sender.presses("Kuka ei ole vielä lukenut")
    sender.sees("1 työntekijä on lukenut, 1 ei vielä.", "Aino Lehto").does_not_see("Kaisa Peltonen")
