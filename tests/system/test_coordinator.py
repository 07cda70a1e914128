"""The coordinator looks at the numbers of the county, takes them along, and writes down how far a town is."""

import csv
import io

import pytest
from django.utils.formats import date_format
from python_calamine import CalamineWorkbook

from perhekeskus.words import today
from plans.demonstration.many_meetings import closed_months
from tests.plugins.browser import PHONE, Visitor

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"
EMAIL = "koordinaattori@demo.example"
TOWN = """
from network.models import Municipality, Organisation, Unit, Worker
from plans.demonstration.many_meetings import load_meetings
towns = (("140", "Iisalmi", 2, 2), ("263", "Kiuruvesi", 1, 1), ("921", "Vesanto", 1, 3))
for code, name, column, row in towns:
    Municipality.objects.create(code=code, name_fi=name, name_sv=name, county_fi="Pohjois-Savo",
        county_sv="Norra Savolax", languages="fi", tile_column=column, tile_row=row)
county = Organisation.objects.create(name="Hyvinvointialue", sector="social_health", is_public_service=True)
office = Unit.objects.create(organisation=county, name="Perhekeskuskoordinaatio", municipality_id="140")
Worker.objects.create_user("koordinaattori@demo.example", "yhteinen-aika-demo", first_name="Outi",
    last_name="Karttunen", title="koordinaattori", unit=office, is_coordinator=True)
load_meetings(600, 26)
"""
# Counted from the meetings themselves, without anything of the pages: what was held between two months.
HELD = """
    SELECT municipality.name_fi, to_char(lower(period) AT TIME ZONE 'Europe/Helsinki', 'YYYY-MM'), count(*)
    FROM meetings_meeting AS meeting
    JOIN meetings_kind AS kind ON kind.code = meeting.kind AND kind.counts_as_shared_time
    JOIN network_municipality AS municipality ON municipality.code = meeting.municipality_id
    WHERE status = 'held'
      AND to_char(lower(period) AT TIME ZONE 'Europe/Helsinki', 'YYYY-MM') BETWEEN %s AND %s
    GROUP BY 1, 2
"""
PAGES = ["Matkan varrella", "Osallistujat", "Jälkeenpäin", "Palaute", "Kehittäminen", "Raportti"]


def taken_along(boss: Visitor, name: str) -> bytes:
    """The file that the first link of this name brings."""
    with boss.page.expect_download() as found:
        boss.page.get_by_role("link", name=name).first.click()
    path = found.value.path()
    assert path is not None
    return path.read_bytes()


def test_a_coordinator_reads_the_numbers_takes_them_along_and_records_a_stage(town, visitor):
    town.python(TOWN)
    months = closed_months(14, today())[:12]
    first, last = months[0], months[-1]
    held = {
        (name, month): number for name, month, number in town.sql(HELD, f"{first:%Y-%m}", f"{last:%Y-%m}")
    }
    total = sum(held.values())

    # given: the coordinator signs in, and comes to the numbers from the menu
    boss = visitor().signs_in(EMAIL, PASSWORD)
    boss.presses("Koonti", within="header").sees("Kunnittain", "Mitä tässä lasketaan", "Vesanto")

    # when: a year of other months is asked for, with the keyboard alone
    page = boss.page
    page.locator("summary", has_text="Valitse muut kuukaudet").focus()
    page.keyboard.press("Enter")
    for label, month in (("Alkaa", first), ("Päättyy", last)):
        page.get_by_label(label).focus()
        page.keyboard.type(date_format(month, "F Y"))
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # then: the page, its CSV and its Excel say what the meetings say
    boss.looks().sees(f"pidettyjä yhteisiä aikoja {total}.")
    rows = list(csv.reader(io.StringIO(taken_along(boss, "CSV").decode("utf-8-sig")), delimiter=";"))
    by_town = {row[0]: row[1:] for row in rows if row}
    for name in ("Iisalmi", "Kiuruvesi", "Vesanto"):
        numbers = [held.get((name, f"{month:%Y-%m}"), 0) for month in months]
        assert [int(cell) for cell in by_town[name]] == [*numbers, sum(numbers)]
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken_along(boss, "Excel")))
    assert any(total in row for row in book.get_sheet_by_index(0).to_python())

    # when: the other pages are opened one after another, the months go along
    boss.presses(PAGES[0], within="header, nav, aside")
    assert f"first={first:%Y-%m}&last={last:%Y-%m}" in page.url
    for name in PAGES[1:]:
        boss.presses(name, within="header, nav, aside")

    # when: a town's stage is written down from its tile
    boss.presses("Käyttöönotto", within="header, nav, aside").presses("Iisalmi")
    boss.presses("Kirjaa vaihe").chooses("juurtumassa").presses("Kirjaa vaihe").sees("Vaihe on kirjattu.")
    boss.goes_to("/koonti/kayttoonotto/").sees("juurtumassa")

    # and: on a phone the same pages are whole, and the wide table moves in its own frame
    phone = visitor(width=PHONE).signs_in(EMAIL, PASSWORD)
    phone.goes_to(f"/koonti/?first={first:%Y-%m}&last={last:%Y-%m}").sees(
        f"pidettyjä yhteisiä aikoja {total}."
    )
    for url in ("matkan-varrella", "osallistujat", "jalkeenpain", "palaute", "kayttoonotto", "kehittaminen"):
        phone.goes_to(f"/koonti/{url}/")
    phone.goes_to("/koonti/raportti/").sees("Ohjausryhmä")
    phone.presses("Lisää ohjausryhmän jäsen")

    # and: what anybody may read is read by anybody
    passer_by = visitor(width=PHONE).goes_to("/avoin-data/")
    passer_by.sees("CSV", "JSON")
    assert town.python("from network.recount import wrong_numbers; print(wrong_numbers())") == "[]"
