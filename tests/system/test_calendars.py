"""A worker's calendars with real servers: added on the page, fetched by the worker, read by another one."""

import urllib.request
from datetime import timedelta

import pytest
import vobject
from django.utils.timezone import localdate

from tests.plugins.browser import PHONE

pytestmark = pytest.mark.system

PERSON = """
from network.models import Municipality, Organisation, Unit, Worker
town = Municipality.objects.create(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi",
    county_fi="Pohjois-Savo", county_sv="Norra Savolax", languages="fi")
public = Organisation.objects.create(name="Kaupunki", sector="education", is_public_service=True)
unit = Unit.objects.create(organisation=public, name="Kettulan päiväkoti", municipality=town)
Worker.objects.create_user("kaisa@demo.example", "yhteinen-aika-demo", first_name="Kaisa",
    last_name="Peltonen", title="opettaja", unit=unit)
"""


def feed() -> str:
    day = localdate() + timedelta(days=7)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@koe.example\r\nSUMMARY:Hammaslääkäri\r\n"
        f"DTSTART;TZID=FLE Standard Time:{day:%Y%m%d}T090000\r\nDURATION:PT1H\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_a_calendar_is_added_on_a_phone_and_fetched(town, visitor):
    url = town.website.gives("/salainen.ics", feed())
    town.python(PERSON)
    kaisa = visitor(PHONE)

    # Given that Kaisa has signed in on her phone
    kaisa.signs_in("kaisa@demo.example", "yhteinen-aika-demo")
    kaisa.goes_to("/oma-kortti/").presses("Omat kalenterit")

    # When she adds her own calendar
    kaisa.fills("Kalenterisi ICS-osoite", url).presses("Lisää kalenteri")

    # Then it is fetched while she looks at the page, and only its times are kept
    kaisa.page.get_by_text("toimii", exact=True).wait_for()
    kaisa.looks()
    ((lower, hours),) = town.sql(
        "SELECT lower(period) AT TIME ZONE 'Europe/Helsinki', upper(period) - lower(period)"
        " FROM meetings_busytime"
    )
    assert (lower.date(), lower.hour, hours) == (localdate() + timedelta(days=7), 9, timedelta(hours=1))
    assert "salainen" not in kaisa.page.content() and "Hammaslääkäri" not in kaisa.page.content()

    # And a second press in a moment is answered with a sentence
    kaisa.presses("Hae nyt")
    assert kaisa.page.get_by_text("Kalenteri haettiin juuri.").is_visible()

    # When she makes an address for her own calendar
    kaisa.presses("Tee osoite")
    address = kaisa.page.get_by_label("Kalenterisi osoite").input_value()

    # Then her calendar program reads it, and a second visit shows it no more
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert vobject.readOne(answer.read().decode()).name == "VCALENDAR"
    kaisa.goes_to("/oma-kortti/kalenterit/")
    assert address not in kaisa.page.content()
    logs = town.logs()
    assert "salainen" not in logs and address.rpartition("/")[2] not in logs
