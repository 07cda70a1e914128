"""What becomes of each row of a file: new, changed, as it was, or left out with its reasons."""

import pytest

from network.models import ContactRule, Organisation, Unit, Worker
from network.states import ImportState
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.factories.files import ORGANISATIONS, WORKERS, applied, checked, found, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Worker:
    return WorkerFactory(administrator=True)


# --- what is found in a file ---------------------------------------------------------------------


def test_each_row_is_new_changed_as_it_was_or_left_out_with_its_reasons(administrator):
    OrganisationFactory(name="Kiuruveden kaupunki", sector="education", is_public_service=True)
    OrganisationFactory(
        name="Seurakunta", sector="parish", is_public_service=False, website="https://a.example"
    )
    row = checked(
        administrator,
        "organisations",
        "Verkkosivu;Nimi;Toimiala;Julkinen palvelu;Muistiinpanot\r\n"
        ";Kiuruveden kaupunki;sivistyspalvelut;kyllä;\r\n"
        "b.example;SEURAKUNTA;järjestöt;ei;\r\n"
        ";Uusi yhdistys;Järjestöt;ei;oma muistiinpano\r\n"
        ";Uusi yhdistys;järjestöt;ei;\r\n"
        ";;avaruus;ehkä;\r\n"
        f";{'x' * 201};poliisi;kyllä;\r\n"
        ";Poliisi;poliisi;kyllä;;liikaa\r\n"
        ";Kerho;kulttuuri;;\r\n",
    )
    assert row.state == ImportState.CHECKED
    assert row.notes == ["Näitä sarakkeita ei lueta: Muistiinpanot."]
    assert found(row) == [
        (2, "unchanged", []),
        (
            3,
            "changed",
            [
                ["Nimi", "Seurakunta", "SEURAKUNTA"],
                ["Toimiala", "seurakunta", "järjestöt"],
                ["Verkkosivu", "https://a.example", "https://b.example"],
            ],
        ),
        (4, "added", []),
        (5, "bad", ["Sama on tiedostossa jo rivillä 4."]),
        (
            6,
            "bad",
            [
                "Nimi puuttuu.",
                "Toimiala ”avaruus” ei ole mikään näistä: sosiaali- ja terveyspalvelut, sivistyspalvelut,"
                " nuorisopalvelut, järjestöt, seurakunta, poliisi, kulttuuri ja tekninen toimi.",
                "Julkinen palvelu: kirjoita kyllä tai ei.",
            ],
        ),
        (7, "bad", ["Nimi on liian pitkä: saa olla enintään 200 merkkiä, nyt on 201."]),
        (8, "bad", ["Rivillä on enemmän soluja kuin otsikoita. Puuttuuko tekstin ympäriltä lainausmerkit?"]),
        (9, "bad", ["Julkinen palvelu puuttuu."]),
    ]
    assert row.counts == {"unchanged": 1, "changed": 1, "added": 1, "bad": 5}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tiedosto on tyhjä."),
        ("Nimi;Toimiala\r\nA;poliisi\r\n", "puuttuu sarake: Julkinen palvelu."),
        ("Nimi;Toimiala;nimi\r\n", "on tiedostossa kahdesti"),
        ("Etunimi;Sukunimi\r\nAada;Aho\r\n", "puuttuu sarake: Nimi, Toimiala ja Julkinen palvelu."),
    ],
)
def test_a_file_that_cannot_be_taken_says_so_in_one_sentence(administrator, text, sentence):
    row = checked(administrator, "organisations", text)
    assert row.state == ImportState.FAILED and sentence in row.message
    assert not row.rows.exists()


def test_what_a_row_names_is_found_by_its_name_its_number_or_in_other_capitals(administrator):
    town = MunicipalityFactory(code="045", name_fi="Kaupunki", name_sv="Staden")
    OrganisationFactory(name="Yhdistys")
    row = applied(
        administrator,
        "units",
        "Organisaatio;Nimi;Kunta;Puhelin;Auki\r\n"
        "YHDISTYS;Talo A;45;451234567;8-12\r\n"
        "Yhdistys;Talo B;staden;0451234567;\r\n"
        "Yhdistys;Talo C;Kaupunki;358451234567;\r\n"
        "Yhdistys;Talo D;Muualla;3,58451E+11;\r\n"
        "Toinen;Talo E;Kaupunki;soita;\r\n",
    )
    assert {unit.municipality for unit in Unit.objects.filter(name__startswith="Talo")} == {town}
    assert {str(unit.phone) for unit in Unit.objects.filter(name__startswith="Talo")} == {"045 1234567"}
    assert found(row)[3:] == [
        (
            5,
            "bad",
            [
                "Kunta ”Muualla” ei ole hakemistossa.",
                "Excel on muuttanut puhelinnumeron luvuksi: 3,58451E+11. Muotoile sarake tekstiksi.",
            ],
        ),
        (
            6,
            "bad",
            [
                "Organisaatio ”Toinen” ei ole hakemistossa.",
                "Puhelinnumero ”soita” ei kelpaa. Sen voi kirjoittaa näin: 040 123 4567.",
            ],
        ),
    ]


def test_an_empty_cell_empties_and_a_missing_column_leaves_as_it_is(administrator):
    unit = UnitFactory(address="Vanha tie 1", opening_hours="ma–pe 8–16")
    path = f"{unit.organisation.name};{unit.name};{unit.municipality.name_fi}"
    applied(administrator, "units", f"Organisaatio;Nimi;Kunta;Osoite\r\n{path};\r\n")
    unit.refresh_from_db()
    assert (unit.address, unit.opening_hours) == ("", "ma–pe 8–16")


def test_what_is_not_in_the_file_is_left_alone(administrator):
    others = [OrganisationFactory() for _number in range(3)]
    applied(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")
    assert Organisation.objects.filter(pk__in=[one.pk for one in others]).count() == 3


# --- workers: a file opens nothing ---------------------------------------------------------------


def test_a_new_worker_gets_in_only_by_asking_for_a_password(administrator, mailoutbox):
    model = WorkerFactory()
    applied(administrator, "workers", WORKERS + line_of(model, email="Uusi.Nainen@Kuopio.Example"))
    worker = Worker.objects.get(email="uusi.nainen@kuopio.example")
    assert worker.works_with_families and not worker.has_usable_password()
    assert not (worker.is_guidance or worker.is_unit_editor)
    assert mailoutbox == []


def test_no_file_gives_or_takes_a_duty(administrator):
    model, coordinator = WorkerFactory(), WorkerFactory(coordinator=True)
    row = checked(
        administrator,
        "workers",
        WORKERS
        + line_of(model, email="uusi@kuopio.example", duties="pääkäyttäjä")
        + line_of(model, duties="koordinaattori")
        + line_of(coordinator, duties="pääkäyttäjä, koordinaattori"),
    )
    sentence = "Tuonti ei anna eikä poista tehtäviä. Tee se työntekijän sivulla."
    assert [reasons for _line, _outcome, reasons in found(row)] == [[sentence]] * 3


def test_no_file_opens_or_closes_an_account(administrator):
    gone, here = WorkerFactory(is_active=False), WorkerFactory()
    row = checked(
        administrator,
        "workers",
        WORKERS
        + line_of(gone, account="käytössä")
        + line_of(here, account="suljettu")
        + line_of(here, email="toinen@kuopio.example", account="suljettu"),
    )
    sentence = "Tuonti ei avaa eikä sulje tunnuksia. Tee se työntekijän sivulla."
    assert [reasons for _line, _outcome, reasons in found(row)] == [[sentence]] * 3
    row = checked(administrator, "workers", WORKERS + line_of(gone, title="kuraattori"))
    assert found(row) == [(2, "bad", ["Tunnus on suljettu. Avaa se ensin työntekijän sivulla."])]


def test_who_keeps_a_units_facts_takes_no_right_along_to_another_unit(administrator):
    keeper, other = WorkerFactory(is_unit_editor=True), UnitFactory()
    cells = {"organisation": other.organisation.name, "unit": other.name}
    row = checked(
        administrator, "workers", WORKERS + line_of(keeper, duties="yksikön tietojen pitäjä", **cells)
    )
    assert [outcome for _line, outcome, _reasons in found(row)] == ["bad"]


def test_another_address_is_another_person_never_a_changed_one(administrator):
    worker = WorkerFactory(email="vanha@kuopio.example")
    row = applied(administrator, "workers", WORKERS + line_of(worker, email="uusi@kuopio.example"))
    assert row.counts == {"added": 1}
    worker.refresh_from_db()
    assert worker.email == "vanha@kuopio.example"


def test_expertise_and_languages_come_along(administrator):
    sleep, money = ExpertiseFactory(name="uni"), ExpertiseFactory(name="raha, velka")
    worker = WorkerFactory(languages=["fi"])
    worker.expertise.add(sleep)
    header = WORKERS.strip() + ";Osaaminen;Kielet\r\n"
    line = line_of(worker).strip()
    applied(administrator, "workers", header + line + ";Raha, velka;ruotsi, suomi\r\n")
    worker.refresh_from_db()
    assert (list(worker.expertise.all()), worker.languages) == ([money], ["fi", "sv"])
    row = checked(administrator, "workers", header + line + ";uni, taikuus;klingon\r\n")
    assert found(row)[0][2][0] == "Osaaminen: luettelossa ei ole tällaista: taikuus."
    assert "Kielet ”klingon” ei ole mikään näistä" in found(row)[0][2][1]


# --- the yhteydenottolista -----------------------------------------------------------------------

RULES = (
    "Tarve;Kunta;Järjestys;Organisaatio;Yksikkö;Yksikön kunta;Tiimi;Työntekijän sähköposti"
    ";Miten otetaan yhteyttä;Näkyy perheille\r\n"
)


def test_a_coordinator_keeps_the_yhteydenottolista_with_a_file():
    coordinator, need, unit, team = (
        WorkerFactory(coordinator=True),
        NeedFactory(name="vauva ei nuku"),
        UnitFactory(),
        TeamFactory(name="Tiimi"),
    )
    worker = WorkerFactory()
    kept = ContactRule.objects.create(need=need, municipality=unit.municipality, position=1, worker=worker)
    begin = f"vauva ei nuku;{unit.municipality.name_fi}"
    path = f"{unit.organisation.name};{unit.name};{unit.municipality.name_fi}"
    row = applied(
        coordinator,
        "contact_rules",
        RULES
        + f"{begin};1;{path};;;Soita;kyllä\r\n"
        + f"{begin};2;;;;;{worker.email};;ei\r\n"
        + f"{begin};;;;;Tiimi;;;\r\n",
    )
    assert row.state == ImportState.APPLIED, row.rows.values_list("reasons")
    rules = ContactRule.objects.filter(need=need).order_by("position")
    assert [(rule.position, rule.target) for rule in rules] == [(1, unit), (2, worker), (3, team)]
    kept.refresh_from_db()
    assert kept.version == 2
    event = kept._meta.apps.get_model("network", "ContactRuleEvent")
    latest = event.objects.filter(pgh_obj_id=kept.pk).latest("pgh_id")
    assert latest.pgh_context.metadata["worker"] == coordinator.pk


def test_nobody_takes_a_place_on_a_list_that_another_has(administrator):
    need, unit, other = NeedFactory(), UnitFactory(), UnitFactory()
    ContactRule.objects.create(need=need, municipality=unit.municipality, position=1, unit=other)
    path = f"{unit.organisation.name};{unit.name};{unit.municipality.name_fi}"
    begin = f"{need.name};{unit.municipality.name_fi}"
    row = checked(
        administrator,
        "contact_rules",
        RULES + f"{begin};1;{path};;;;\r\n" + f"{begin};nolla;{path};;;;\r\n",
    )
    assert found(row) == [
        (2, "bad", ["Kohdassa 1 on tällä listalla jo toinen rivi."]),
        (3, "bad", ["Järjestys: kirjoita kokonaisluku, esimerkiksi 1."]),
    ]


def test_what_may_not_stand_on_the_list_is_left_out(administrator):
    need, unit = NeedFactory(), UnitFactory()
    town = unit.municipality.name_fi
    here, gone = WorkerFactory(), WorkerFactory(is_active=False)
    row = checked(
        administrator,
        "contact_rules",
        RULES
        + f"{need.name};{town};1;;;;;{here.email};;kyllä\r\n"
        + f"{need.name};{town};2;;;;;{gone.email};;\r\n"
        + f"{need.name};{town};3;;;;Tiimi;{gone.email};;\r\n"
        + f"{need.name};{town};4;;;;;;;\r\n"
        + f"{need.name};{town};5;{unit.organisation.name};;;;;;\r\n",
    )
    assert [reasons for _line, _outcome, reasons in found(row)] == [
        ["Perheille näytetään yksikkö tai tiimi, ei yksittäisen työntekijän nimeä."],
        ["Työntekijän tunnus ei ole käytössä, joten hän ei vastaa."],
        ["Nimeä riville vain yksi: yksikkö, tiimi tai työntekijä."],
        ["Organisaatio puuttuu."],
        ["Yksikkö puuttuu."],
    ]


def test_an_empty_place_on_the_list_keeps_the_one_that_is():
    coordinator, unit, need = WorkerFactory(coordinator=True), UnitFactory(), NeedFactory()
    rule = ContactRule.objects.create(need=need, municipality=unit.municipality, position=7, unit=unit)
    path = f"{unit.organisation.name};{unit.name};{unit.municipality.name_fi}"
    applied(
        coordinator, "contact_rules", RULES + f"{need.name};{unit.municipality.name_fi};;{path};;;Soita;\r\n"
    )
    rule.refresh_from_db()
    assert (rule.position, rule.how, rule.is_public) == (7, "Soita", False)
