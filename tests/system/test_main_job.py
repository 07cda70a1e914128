"""The main job: five people, real servers, from puheeksiotto to the printed plan and the count."""

import io
import json
import re
import time
from datetime import timedelta
from email.message import EmailMessage

import pikepdf
import pytest
from django.utils.timezone import localdate
from icalendar import Calendar

from tests.plugins.browser import PHONE
from tests.plugins.paper import needs_poppler, read_by_poppler

pytestmark = pytest.mark.system

PASSWORD = "yhteinen-aika-demo"

# A small town: five people who sign in, three professionals to ask, a room, needs and expertise.
TOWN = """
import json
from network.models import Municipality, Organisation, Unit, Worker, Expertise, Need
from meetings.models import Room

town = Municipality.objects.create(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi",
    county_fi="Pohjois-Savo", county_sv="Norra Savolax", languages="fi")
public = Organisation.objects.create(name="Kiuruveden kaupunki", sector="education", is_public_service=True)
county = Organisation.objects.create(name="Hyvinvointialue", sector="social_health", is_public_service=True)
parish = Organisation.objects.create(name="Kiuruveden seurakunta", sector="parish", is_public_service=False)

def unit(organisation, name):
    return Unit.objects.create(organisation=organisation, name=name, municipality=town)

def worker(email, first, last, title, place, **more):
    return Worker.objects.create_user(email, "yhteinen-aika-demo", first_name=first, last_name=last,
        title=title, unit=place, phone="+358401234567", **more)

care, centre, school = unit(public, "Kettulan päiväkoti"), unit(county, "Perhekeskus"), unit(public, "Koulu")
church = unit(parish, "Seurakuntatalo")
worker("lahityontekija@demo.example", "Kaisa", "Peltonen", "varhaiskasvatuksen opettaja", care)
nurse = worker("terveydenhoitaja@demo.example", "Tuula", "Korhonen", "terveydenhoitaja", centre)
worker("vastuutyontekija@demo.example", "Pirjo", "Tamminen", "perhetyöntekijä", centre)
worker("lapsityo@demo.example", "Olavi", "Kirkkola", "lapsityöntekijä", church)
worker("sivullinen@demo.example", "Sini", "Sivula", "opettaja", school)
worker("ohjaus@demo.example", "Oili", "Ohjaaja", "palveluohjaaja", centre, is_guidance=True)
worker("koordinaattori@demo.example", "Kirsi", "Koonti", "koordinaattori", centre, is_coordinator=True)
worker("paakayttaja@demo.example", "Pekka", "Pääkäyttäjä", "pääkäyttäjä", centre, is_administrator=True)
sleep = Expertise.objects.create(name="uni ja rytmi")
nurse.expertise.add(sleep)
need = Need.objects.create(name="lapsi ei nuku")
need.expertise.add(sleep)
Room.objects.create(unit=centre, name="Pihlaja", seats=10, is_accessible=True)
"""

FAMILY_WORDS = ["Veeti", "Marja", "Matti", "Haluaisimme", "mummo", "Aamut ja uni", "Koulupoissaolot"]


def waits_for(question, seconds=30):
    """The answer, once it is something; the real worker takes its moment."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if answer := question():
            return answer
        time.sleep(0.2)
    raise AssertionError("It did not happen in time.")


def letters_to(town, address, words):
    return [
        letter
        for letter in town.sink.letters
        if letter["To"] == address and words.lower() in str(letter["Subject"]).lower()
    ]


def link_in(letter: EmailMessage, path: str) -> str:
    text = letter.get_body(("plain",)).get_content()
    found = re.search(rf"https?://\S+(/{path}/\S+)", text)
    assert found, text
    return found.group(1)


def calendar_of(letter: EmailMessage):
    (part,) = [
        part
        for part in letter.walk()
        if part.get_content_type() == "text/calendar" and not part.get_content_disposition()
    ]
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == part.get_param("method")
    return calendar, event


def opens_the_family_page(town, family, home: str, address: str):
    """The link alone shows nothing: the code comes to the address on record, and opens the page."""
    family.goes_to(home).does_not_see("Kaisa Peltonen", address)
    family.presses("Pyytäkää koodi").fills("Koodi", town.code_to(address))
    return family.presses("Avatkaa sivu")


DAY_COMES = """
import pgtrigger
from django.db import connection

back = "interval '1 day' * (1 + ceil(extract(epoch from upper(period) - now()) / 86400))"
earlier = f"period = tstzrange(lower(period) - {back}, upper(period) - {back})"
# Only the family moves a meeting; time moves by itself.
with pgtrigger.ignore("meetings.Meeting:meeting_time_changes_by_family"), connection.cursor() as cursor:
    cursor.execute(f"UPDATE meetings_booking SET {earlier} WHERE meeting_id = %s", [MEETING])
    cursor.execute(f"UPDATE meetings_meeting SET {earlier} WHERE id = %s", [MEETING])
"""


def day_of_the_meeting_comes(town, meeting: int) -> None:
    """Every time of it moves to yesterday."""
    town.python(f"MEETING = {meeting}\n{DAY_COMES}")


def records_the_shared_time(worker) -> None:
    """Two headings of the star and the notes; the plan's page comes after it."""
    worker.goes_to("/").presses("Kirjaa yhteinen aika")
    worker.page.locator("[name=text_everyday]").fill("Aamuissa on kiire. Iltaisin luetaan.")
    worker.page.locator("[name=tone_everyday][value=talk]").check(force=True)
    worker.page.locator("[name=text_health]").fill("Veeti liikkuu paljon.")
    worker.page.locator("[name=tone_health][value=strength]").check(force=True)
    worker.fills("Muistiinpanot", "Sovittiin, että mummo auttaa maanantaisin.").presses("Tallenna")
    worker.sees("Yhteinen suunnitelma")


def agrees_on_a_plan(town, worker, *, responsible: str, next_on) -> None:
    """One matter, one measure, a responsible worker by their address, and the next contact."""
    worker.page.locator("[name=wish]").fill("Aamut ovat rauhallisia <script>alert(1)</script>")
    worker.page.locator("[name=strengths]").fill("Mummo on lähellä.")
    worker.page.locator("textarea[name^=matter]").first.fill("Aamulla lähteminen on vaikeaa.")
    measure = worker.page.locator(".formset-item", has=worker.page.locator("[name$=-what]")).first
    measure.locator("[name$=-place][value=home]").check(force=True)
    measure.locator("[name$=-what]").fill("Iltapala ja kirja klo 20.")
    measure.locator("[name$=-who]").fill("Äiti ja isä")
    measure.locator("[name$=-when]").fill("joka ilta")
    worker.page.locator("[name=follow_up]").fill("Soitto kahden viikon välein.")
    worker.page.locator("[name=contact_to_family]").fill("Soitto äidille.")
    worker.page.locator("[name=contact_from_family]").fill("Soittakaa arkisin klo 8–15.")
    ((responsible_id,),) = town.sql("select id from network_worker where email = %s", responsible)
    picker = worker.page.locator(f"[name=responsible_1][value='{responsible_id}']")
    if picker.count():
        picker.check(force=True)
    else:
        worker.page.locator("[name=responsible_1]").select_option(str(responsible_id))
    worker.page.locator("[name=next_on]").fill(next_on.isoformat())
    worker.presses("Tarkista ja sovi").sees("Iltapala ja kirja klo 20.", "Pirjo Tamminen")
    worker.page.get_by_label("Perhe antaa luvan").check(force=True)
    worker.chooses("Marja", group="Perheen lupa").presses("Sovimme tästä suunnitelmasta").sees(
        "Iltapala ja kirja klo 20."
    )


def test_the_main_job(town, visitor):
    needs_poppler()
    town.python(TOWN)

    # --- given: a family calls the one phone number, and guidance takes the contact -------------------
    guidance = visitor().signs_in("ohjaus@demo.example", PASSWORD)
    guidance.sees("Minun kopissani").presses("Ota puheeksi")
    guidance.fills("Lapsen etunimi", "Veeti").fills("Syntymävuosi", "2021")
    guidance.fills("Huoltajan etunimi", "Marja").fills("Huoltajan etunimi", "Matti", number=1)
    guidance.chooses("sähköpostilla", group="Miten perhe haluaa viestit")
    guidance.fills("Perheen sähköposti", "perhe@koti.example").presses("Jatka keskusteluun")
    situation = int(re.search(r"/tilanteet/(\d+)/", guidance.page.url).group(1))
    guidance.goes_to(f"/tilanteet/{situation}/koppi/")
    guidance.fills("Kenelle tarjoat koppia", "Peltonen").presses("Hae").presses("Kaisa Peltonen")
    guidance.page.get_by_label("Perhe tietää").check(force=True)
    guidance.presses("Tarjoa koppia").sees("Koppia tarjottiin: Kaisa Peltonen")

    # --- 1. the worker signs in and sees what waits; takes the koppi ---------------------------------
    worker = visitor().signs_in("lahityontekija@demo.example", PASSWORD)
    worker.sees("Minun kopissani", "Koppi tarjolla").presses("Katso ja ota koppi")
    worker.does_not_see("Veeti").presses("Ota koppi").sees("Koppi on nyt sinulla", "Veeti")
    guidance.page.goto(f"/tilanteet/{situation}/")
    assert guidance.page.get_by_role("heading", level=1).inner_text() != f"Perheen tilanne {situation}"

    # --- 2. the talk: strengths first, the family's own words ----------------------------------------
    worker.presses("Kirjaa keskustelu").sees("Tee lastensuojeluilmoitus heti")
    worker.fills("Missä huoli huomattiin", "päiväkodin aamuissa")
    worker.fills("Mikä on hyvin ja mikä kantaa", "Veeti leikkii paljon. Mummo on lähellä.")
    worker.fills("Perheen omin sanoin", "Haluaisimme rauhallisia aamuja.")
    worker.fills("Lapsen oma näkemys", "Leikin majaa.")
    worker.chooses("Perhe haluaa yhteisen ajan").presses("Tallenna keskustelu")
    worker.sees("Haluaisimme rauhallisia aamuja.", "Koppi on sinulla")
    worker.goes_to(f"/tilanteet/{situation}/laheiset/")
    worker.fills("Nimi", "Mummo Maija").fills("Kuka hän on perheelle", "mummo").presses("Lisää läheinen")

    # --- 3. convening: proposals, and the family decides on its own phone -----------------------------
    worker.goes_to(f"/tilanteet/{situation}/").presses("Kutsu koolle").presses("Aloita")
    need = worker.page.locator("option", has_text="lapsi ei nuku").get_attribute("value")
    worker.page.get_by_label("Mihin perhe kaipaa apua").select_option(need)
    worker.presses("Hae").sees("Tuula Korhonen").does_not_see("Olavi Kirkkola").presses("Ehdota: Tuula")
    worker.goes_to(worker.page.url.split("?")[0].split("#")[0])
    for name in ("Pirjo Tamminen", "Olavi Kirkkola", "Mummo Maija"):
        worker.presses(f"Ehdota: {name}")
    for topic in ("Aamut ja uni", "Koulupoissaolot"):
        worker.fills("Mistä olisi hyvä puhua", topic).presses("Lisää aihe")
    assert not [
        letter
        for letter in town.sink.letters
        if letter["To"] != "perhe@koti.example"
        and "Koppi" not in str(letter["Subject"])
        and "koppi" not in str(letter["Subject"])
    ]
    worker.presses("Lähetä perheelle linkki").sees("Perhe päättää")

    (ask,) = waits_for(lambda: [one for one in town.sink.letters if one["To"] == "perhe@koti.example"])
    home = link_in(ask, "perhe")
    family = opens_the_family_page(town, visitor(PHONE), home, "perhe@koti.example")
    family.presses("Päättäkää, keitä kutsutaan")
    for name in ("Tuula Korhonen", "Pirjo Tamminen", "Mummo Maija"):
        family.chooses("Kyllä", group=re.compile(name))
    family.chooses("Ei nyt", group=re.compile("Olavi Kirkkola")).presses("Seuraavaksi")
    family.chooses("Kyllä", group=re.compile("Aamut ja uni"))
    family.chooses("Ei nyt", group=re.compile("Koulupoissaolot")).presses("Seuraavaksi")
    family.sees("Tuula Korhonen", "Olavi Kirkkola").chooses("Marja").presses("Vahvistakaa päätös")

    # --- 4. time and place: free for all, booked under the database's guard ---------------------------
    worker.goes_to("/").sees("Perhe on päättänyt, keitä kutsutaan").presses("Etsi yhteinen aika")
    # Not tomorrow already: the day before is still ahead, whatever the clock says now.
    worker.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    worker.fills("Aikaisintaan", f"{localdate() + timedelta(days=3):%Y-%m-%d}").presses("Etsi ajat")
    worker.sees("Kaikki 3 työntekijää pääsevät", "Pihlaja").presses("Varaa aika ja tila")

    # --- 5. check and send: real letters with real calendars ------------------------------------------
    worker.sees("Tarkista ja lähetä", "Sinut on kutsuttu").does_not_see("/perhe/")
    worker.presses("Lähetä kutsut").sees("Kutsut lähtivät")
    meeting = int(re.search(r"/yhteiset-ajat/(\d+)/", worker.page.url).group(1))
    (to_nurse,) = waits_for(lambda: letters_to(town, "terveydenhoitaja@demo.example", "kutsu"))
    (to_responsible,) = waits_for(lambda: letters_to(town, "vastuutyontekija@demo.example", "kutsu"))
    (to_family,) = waits_for(lambda: letters_to(town, "perhe@koti.example", "sovittu"))
    assert not letters_to(town, "lapsityo@demo.example", "")
    calendar, event = calendar_of(to_nurse)
    ((begins, place),) = town.sql(
        "select lower(period), r.name from meetings_meeting m join meetings_room r"
        " on r.id = m.room_id where m.id = %s",
        meeting,
    )
    assert (str(calendar["METHOD"]), event["DTSTART"].dt, str(event["SUMMARY"])) == (
        "REQUEST",
        begins,
        "Yhteinen aika",
    )
    assert place in str(event["LOCATION"])
    assert str(calendar_of(to_family)[0]["METHOD"]) == "PUBLISH"
    for letter in (to_nurse, to_responsible):
        whole = letter.as_string() + "".join(
            part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"
        )
        assert not [word for word in FAMILY_WORDS if word in whole]

    # The invited answer: one by the link without an account, one signed in.
    nurse = visitor(PHONE).goes_to(link_in(to_nurse, "kutsu")).sees("Sinut on kutsuttu yhteiseen aikaan")
    nurse.does_not_see(*FAMILY_WORDS).presses("Tulen")
    responsible = visitor().signs_in("vastuutyontekija@demo.example", PASSWORD)
    responsible.sees("Sinut on kutsuttu yhteiseen aikaan").presses("Vastaa kutsuun").presses("Tulen")
    worker.goes_to(f"/yhteiset-ajat/{meeting}/").sees("Tuula Korhonen", "tulossa")

    # The day before comes: a reminder each.
    town.sql(
        "update perhekeskus_message set due_at = now() where kind like %s and state = 'waiting'", "%reminder%"
    )
    waits_for(lambda: letters_to(town, "terveydenhoitaja@demo.example", "muistutus"))

    # The family takes the nurse's permission back, and lets her in again: CANCEL, then a new invitation.
    family.goes_to(home + "luvat/")
    family.presses("Perukaa lupa: Tuula Korhonen").presses("Perukaa lupa")
    (cancelled,) = waits_for(lambda: letters_to(town, "terveydenhoitaja@demo.example", "peru"))
    calendar, gone = calendar_of(cancelled)
    assert (str(calendar["METHOD"]), gone["UID"]) == ("CANCEL", event["UID"])
    assert gone["SEQUENCE"] > event["SEQUENCE"]
    nurse.goes_to(link_in(to_nurse, "kutsu")).sees("Kutsu on peruttu")

    # --- the day of the meeting comes ----------------------------------------------------------------
    day_of_the_meeting_comes(town, meeting)
    ((month,),) = town.sql(
        "select to_char(lower(period) at time zone 'Europe/Helsinki', 'YYYY-MM-01')"
        " from meetings_meeting where id = %s",
        meeting,
    )

    # --- 6. the shared time: attendance, the star, notes ------------------------------------------------
    records_the_shared_time(worker)

    # --- 7. the shared plan, its paper, and the responsible worker -------------------------------------
    contact_on = localdate() + timedelta(days=14)
    agrees_on_a_plan(town, worker, responsible="vastuutyontekija@demo.example", next_on=contact_on)

    ((plan,),) = town.sql("select id from plans_plan where status = 'agreed'")
    response = worker.page.request.get(f"/suunnitelmat/{plan}/suunnitelma.pdf")
    assert response.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.body())) as paper:
        assert str(paper.Root.Lang).startswith("fi")
        assert paper.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in paper.Root
        assert paper.open_metadata().get("pdfuaid:part") == "1"
    text = read_by_poppler(response.body(), "-layout")
    for words in (
        "Yhteinen suunnitelma",
        "Iltapala ja kirja klo 20.",
        "Äiti ja isä",
        "joka ilta",
        "Pirjo Tamminen",
        "<script>alert(1)</script>",
    ):
        assert words in text, text

    # The family has the same on its phone, and sees who has looked.
    family.goes_to(home + "suunnitelma/").sees("Iltapala ja kirja klo 20.", "Pirjo Tamminen")
    family.goes_to(home + "katselut/").sees("Kaisa Peltonen")
    family.goes_to(home + "katselut/?page=2").sees("Oili Ohjaaja")

    # The morning of the promised contact comes: a reminder, and a line of what came of it.
    promised = 'update plans_nextcontact set "on" = %s where plan_id = %s'
    town.sql(promised, localdate(), plan)
    town.sql(
        "update perhekeskus_message set due_at = now() where kind = 'contact_reminder' and state = 'waiting'"
    )
    (reminder,) = waits_for(lambda: letters_to(town, "vastuutyontekija@demo.example", "yhteydenotto"))
    assert not [word for word in FAMILY_WORDS if word in reminder.as_string()]
    town.sql(promised, localdate() - timedelta(days=1), plan)
    responsible.goes_to("/").sees("sovittu yhteydenotto", "1 päivä myöhässä").presses("Kirjaa yhteydenotto")
    responsible.fills("Miten menee", "Aamut sujuvat jo paremmin.")
    responsible.page.locator("[name=next_on]").fill((contact_on + timedelta(days=14)).isoformat())
    responsible.presses("Kirjaa yhteydenotto")

    # --- 8. the count: a number for the coordinator, who opens no family ------------------------------
    coordinator = visitor().signs_in("koordinaattori@demo.example", PASSWORD)
    coordinator.goes_to("/koonti/").sees("Kiuruvesi")
    assert town.sql(
        "select sum(number) from (select figure, municipality_id, month, number from network_tally"
        " union all select figure, municipality_id, month, change from network_tallychange) counted"
        " where figure = 'held' and municipality_id = '263' and month = %s",
        month,
    ) == [(1,)]
    row = coordinator.page.locator("tr", has_text="Kiuruvesi").first.inner_text()
    assert "1" in row.split()
    for url in (f"/tilanteet/{situation}/", f"/yhteiset-ajat/{meeting}/", f"/suunnitelmat/{plan}/"):
        assert coordinator.page.request.get(url).status == 404

    # The administrator keeps the accounts, and sees no family either; a bystander knows nothing.
    administrator = visitor().signs_in("paakayttaja@demo.example", PASSWORD)
    administrator.goes_to("/yllapito/").does_not_see(*FAMILY_WORDS)
    bystander = visitor().signs_in("sivullinen@demo.example", PASSWORD)
    for one in (administrator, bystander):
        assert one.page.request.get(f"/tilanteet/{situation}/").status == 404

    # --- nothing of the family is in any log line, and everything runs ---------------------------------
    logs = town.logs()
    tokens = [link_in(ask, "perhe").split("/")[2], link_in(to_nurse, "kutsu").split("/")[2]]
    assert not [word for word in [*FAMILY_WORDS, "perhe@koti.example", *tokens] if word in logs]
    health = json.loads(worker.page.request.get("/terveys").text())
    assert health["status"] == "ok", health
