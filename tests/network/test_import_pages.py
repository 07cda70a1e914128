"""The pages of import and export: what is seen before anything is written, and what is taken out."""

import csv
import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.actions import importing
from network.exchange.progress import COMPARING, Progress
from network.models import ContactRule, DirectoryImport, Organisation
from network.states import ImportState
from tests.factories import NeedFactory, OrganisationFactory, UnitFactory, WorkerFactory

pytestmark = pytest.mark.django_db

HEADER = "Nimi;Toimiala;Julkinen palvelu;Verkkosivu\r\n"


@pytest.fixture
def administrator(client):
    worker = WorkerFactory(administrator=True)
    client.force_login(worker)
    return worker


def sent(client, text: str, kind: str = "organisations", name: str = "Järjestöt 2026.csv"):
    file = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    return client.post(reverse("import_create"), {"kind": kind, "file": file}, follow=True)


def checked(client, text: str, kind: str = "organisations") -> str:
    """Send the file and have it checked; the page's address."""
    sent(client, text, kind)
    row = DirectoryImport.objects.latest("pk")
    importing.check(row.pk)
    return reverse("import_detail", args=[row.pk])


def words(response) -> str:
    return " ".join(response.content.decode().split())


# --- a file on its way ---------------------------------------------------------------------------


def test_from_a_file_to_the_directory(client, administrator):
    OrganisationFactory(name="Seurakunta", sector="parish", is_public_service=False)
    page = sent(client, HEADER + "Seurakunta;kulttuuri;ei;\r\n<b>Uusi</b>;poliisi;kyllä;\r\nRikki;?;ei;\r\n")
    assert "Tiedostoa tarkistetaan" in words(page) and "Järjestöt 2026.csv" in words(page)
    row = DirectoryImport.objects.get()
    importing.check(row.pk)
    url = reverse("import_detail", args=[row.pk])

    page = words(client.get(url))
    assert "<strong>1</strong> Virheelliset" in page and "<strong>1</strong> Uudet" in page
    assert "Toimiala ”?” ei ole mikään näistä" in page
    assert "Tiedän, että 1 virheellinen rivi jää pois." in page and "Vie 2 riviä hakemistoon" in page
    assert "&lt;b&gt;Uusi&lt;/b&gt;" in words(client.get(url, {"rivit": "added"}))
    assert "seurakunta</del>" in words(client.get(url, {"rivit": "changed"}))

    # Without saying that it is known, what is wrong in the file is not passed by.
    page = client.post(url, {"seen": row.digest or DirectoryImport.objects.get().digest})
    assert (
        "Merkitse tämä kohta" in words(page) and not Organisation.objects.filter(name="<b>Uusi</b>").exists()
    )
    assert "Virhe: Tarkista ja vie" in words(page)

    seen = DirectoryImport.objects.get().digest
    page = client.post(url, {"seen": seen, "understood": "on"}, follow=True)
    assert "Tietoja viedään hakemistoon" in words(page)
    importing.apply(row.pk)
    page = words(client.get(url))
    assert "Tiedot on viety hakemistoon" in page and administrator.name in page
    assert Organisation.objects.filter(name="<b>Uusi</b>").exists()


def test_a_second_press_does_no_harm(client, administrator):
    url = checked(client, HEADER + "Uusi;poliisi;kyllä;\r\n")
    seen = DirectoryImport.objects.get().digest
    client.post(url, {"seen": seen})
    page = client.post(url, {"seen": seen}, follow=True)
    assert "Tiedosto on jo viety tai sitä viedään parhaillaan." in words(page)


def test_a_page_of_a_former_check_is_refused(client, administrator):
    url = checked(client, HEADER + "Uusi;poliisi;kyllä;\r\n")
    page = client.post(url, {"seen": "0" * 64}, follow=True)
    assert "tarkistettu uudelleen" in words(page)
    assert DirectoryImport.objects.get().state == ImportState.CHECKED


def test_a_file_without_changes_has_nothing_to_press(client, administrator):
    OrganisationFactory(name="Seurakunta", sector="parish", is_public_service=False)
    page = words(client.get(checked(client, HEADER + "Seurakunta;seurakunta;ei;\r\n")))
    assert "ei muuta hakemistossa mitään" in page and "riviä hakemistoon" not in page


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(client, administrator):
    url = checked(client, "Nimi\r\nUusi\r\n")
    page = words(client.get(url))
    assert "Tiedostoa ei voitu viedä" in page
    assert "puuttuu sarake: Toimiala ja Julkinen palvelu" in page and "Tarkista uudelleen" in page
    client.post(url + "tarkista/")
    assert DirectoryImport.objects.get().state == ImportState.UPLOADED


def test_a_file_is_given_up_by_a_press(client, administrator):
    url = checked(client, HEADER + "Uusi;poliisi;kyllä;\r\n")
    assert client.get(url + "peru/").status_code == 405
    page = client.post(url + "peru/", follow=True)
    assert "Tuonti on peruttu. Hakemisto on ennallaan." in words(page)
    assert "Tuonti on peruttu" in words(client.get(url))
    assert "Vie 1" not in words(client.get(url))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Valitse tiedosto."),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "Tiedosto on tyhjä."),
        ({"file": SimpleUploadedFile("x.csv", b"a" * 10_000_001)}, "liian suuri"),
        ({"kind": "", "file": SimpleUploadedFile("x.csv", b"a")}, "Valitse yksi vaihtoehto"),
        ({"kind": "families", "file": SimpleUploadedFile("x.csv", b"a")}, "Valittua vaihtoehtoa"),
    ],
    ids=["none", "empty", "large", "no kind", "strange kind"],
)
def test_what_is_wrong_with_the_form_is_said(client, administrator, data, sentence):
    page = client.post(reverse("import_create"), {"kind": "organisations"} | data)
    assert sentence in words(page) and not DirectoryImport.objects.exists()


# --- how far it is -------------------------------------------------------------------------------


def test_how_far_it_is_is_asked_every_second_and_the_result_comes_by_itself(client, administrator):
    sent(client, HEADER + "Uusi;poliisi;kyllä;\r\n")
    row = DirectoryImport.objects.get()
    url = reverse("import_detail", args=[row.pk])
    part = client.get(url, headers={"HX-Request": "true"})
    assert "Odottaa vuoroaan" in words(part) and "<html" not in words(part)
    assert importing._taken_up(row.pk, [ImportState.UPLOADED], ImportState.CHECKING)
    Progress(row.pk).part(COMPARING, 10, 90)(25, 100)
    page = words(client.get(url))
    assert "Verrataan hakemistoon" in page and 'value="30"' in page and 'hx-trigger="every 1s"' in page
    importing.check(row.pk)
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_when_nothing_is_heard_of_the_progress_the_page_still_opens(client, administrator):
    sent(client, HEADER)
    row = DirectoryImport.objects.get()
    DirectoryImport.objects.update(attempts=1)
    cache.set(f"directory-import:{row.pk}", ["strange"], 10)
    assert "Odottaa vuoroaan" in words(client.get(reverse("import_detail", args=[row.pk])))


# --- long lists ----------------------------------------------------------------------------------


def test_long_lists_come_in_pages_with_a_fixed_number_of_queries(
    client, administrator, django_assert_num_queries
):
    bad = "".join(f"Yhdistys {number};avaruus;ei;\r\n" for number in range(120))
    url = checked(client, HEADER + bad)
    with django_assert_num_queries(5):
        page = words(client.get(url, {"page": "3"}))
    assert "Virheelliset: 120" in page and "Yhdistys 119" in page and "Yhdistys 99<" not in page
    for number in range(30):
        DirectoryImport.objects.create(kind="units", file_name=f"{number}.csv", uploaded_by=WorkerFactory())
    with django_assert_num_queries(4):
        assert "29.csv" in words(client.get(reverse("import_list")))


def test_the_rows_that_are_left_out_come_back_mended(client, administrator):
    url = checked(
        client, HEADER + '=Aurinko;avaruus;ei;\r\nKuu;poliisi;ei;\r\n"Tähti\r\nja kuu";?;kyllä;\r\n'
    )
    response = client.get(url + "virheet.csv")
    assert response["Content-Disposition"].endswith('.csv"')
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Nimi", "Toimiala", "Julkinen palvelu", "Verkkosivu", "Rivi", "Miksi jäi pois"]
    assert [(row[0], row[4]) for row in rows[1:]] == [("'=Aurinko", "2"), ("Tähti\nja kuu", "4")]
    assert "ei ole mikään näistä" in rows[1][5]
    mended = text.replace("avaruus", "järjestöt").replace(";?;", ";järjestöt;")
    url = checked(client, mended)
    row = DirectoryImport.objects.latest("pk")
    assert (row.counts, row.notes) == ({"added": 2}, [])
    assert row.rows.filter(name="=Aurinko").exists()


def test_a_heading_of_the_file_is_no_formula_either(client, administrator):
    url = checked(client, f"{HEADER.strip()};=1+1\r\nKuu;avaruus;ei;;x\r\n")
    assert ";Verkkosivu;'=1+1;Rivi;" in client.get(url + "virheet.csv").getvalue().decode("utf-8-sig")


# --- files out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["organisations", "units", "workers", "contact_rules"])
def test_every_kind_is_taken_out_and_comes_back_as_no_change(client, administrator, kind):
    unit = UnitFactory()
    ContactRule.objects.create(need=NeedFactory(), municipality=unit.municipality, position=1, unit=unit)
    for file in ("csv", "xlsx"):
        response = client.get(reverse("directory_export", args=[kind, file]))
        assert f".{file}" in response["Content-Disposition"]
        content = SimpleUploadedFile(f"takaisin.{file}", response.getvalue())
        client.post(reverse("import_create"), {"kind": kind, "file": content})
        row = DirectoryImport.objects.latest("pk")
        importing.check(row.pk)
        row.refresh_from_db()
        assert list(row.counts) == ["unchanged"], (file, row.message)


def test_what_is_not_offered_is_not_there(client, administrator):
    assert client.get("/yllapito/vienti/families.csv").status_code == 404
    assert client.get("/yllapito/vienti/workers.ods").status_code == 404


def test_taking_out_asks_a_fixed_number_of_queries(client, administrator, django_assert_num_queries):
    for _number in range(30):
        WorkerFactory()
    with django_assert_num_queries(4):
        client.get(reverse("directory_export", args=["workers", "csv"])).getvalue()


# --- a coordinator -------------------------------------------------------------------------------


def test_a_coordinator_takes_in_and_out_the_yhteydenottolista_only(client, administrator):
    theirs = checked(client, HEADER + "Uusi;poliisi;kyllä;\r\n")
    client.force_login(WorkerFactory(coordinator=True))
    page = words(client.get(reverse("import_list")))
    assert "Yhteydenottolista" in page and "Työntekijät" not in page and "Ylläpito" not in page
    assert "Järjestöt 2026.csv" not in page
    for path in (theirs, theirs + "virheet.csv", "/yllapito/vienti/workers.csv"):
        assert client.get(path).status_code == 404
    for path in (theirs, theirs + "peru/", theirs + "tarkista/"):
        assert client.post(path).status_code == 404
    # The form asks for no kind, and takes none.
    file = SimpleUploadedFile("lista.csv", b"Tarve\r\n")
    client.post(reverse("import_create"), {"kind": "workers", "file": file})
    assert DirectoryImport.objects.latest("pk").kind == "contact_rules"
    assert client.get(reverse("directory_export", args=["contact_rules", "csv"])).status_code == 200
