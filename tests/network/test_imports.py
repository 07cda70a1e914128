"""Taking a file into the directory: seen first, all or nothing, once, and by those who may."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from network.actions import importing
from network.actions import imports as actions
from network.exchange.offered import KINDS
from network.exchange.writing import csv_lines, rows_of
from network.models import ContactRule, DirectoryImport, ImportRow, Organisation, Unit, Worker
from network.states import IMPORT_MOVES, ImportState, RowOutcome
from perhekeskus.refusals import Refused
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

ORGANISATIONS = "Nimi;Toimiala;Julkinen palvelu\r\n"


@pytest.fixture
def administrator() -> Worker:
    return WorkerFactory(administrator=True)


def uploaded(by: Worker, kind: str, text: str, name: str = "tiedosto.csv") -> DirectoryImport:
    return actions.upload(by=by, kind=kind, file_name=name, content=text.encode())


def checked(by: Worker, kind: str, text: str) -> DirectoryImport:
    row = uploaded(by, kind, text)
    importing.check(row.pk)
    row.refresh_from_db()
    return row


def applied(by: Worker, kind: str, text: str) -> DirectoryImport:
    row = checked(by, kind, text)
    actions.apply(directory_import=row, by=by, seen=row.digest)
    importing.apply(row.pk)
    row.refresh_from_db()
    return row


def found(row: DirectoryImport) -> list[tuple]:
    """Of each row its line, what becomes of it, and the changes or reasons."""
    return [(one.line, one.outcome, one.reasons or one.changes) for one in row.rows.order_by("line")]


def exported(kind: str) -> str:
    return "".join(csv_lines(rows_of(KINDS[kind])))


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

WORKERS = "Sähköposti;Etunimi;Sukunimi;Ammattinimike;Organisaatio;Yksikkö;Yksikön kunta;Tehtävät;Tunnus\r\n"


def line_of(worker: Worker, **cells: str) -> str:
    unit = worker.unit
    known = {
        "email": worker.email,
        "first": worker.first_name,
        "last": worker.last_name,
        "title": worker.title,
        "organisation": unit.organisation.name,
        "unit": unit.name,
        "town": unit.municipality.name_fi,
        "duties": "",
        "account": "",
    }
    return ";".join((known | cells).values()) + "\r\n"


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


# --- who may, and when ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(
    ("traits", "may"),
    [
        ({}, []),
        ({"guidance": True}, []),
        ({"coordinator": True}, ["contact_rules"]),
        ({"administrator": True}, list(KINDS)),
        ({"administrator": True, "is_active": False}, []),
    ],
    ids=["worker", "guidance", "coordinator", "administrator", "closed"],
)
def test_who_may_take_in_which_kind(kind, traits, may):
    by, administrator = WorkerFactory(**traits), WorkerFactory(administrator=True)
    theirs = checked(administrator, kind, exported(kind))
    attempts = [
        lambda: uploaded(by, kind, "x"),
        lambda: actions.check_again(directory_import=theirs, by=by),
        lambda: actions.cancel(directory_import=theirs, by=by),
    ]
    assert DirectoryImport.objects.visible_to(by).filter(pk=theirs.pk).exists() is (kind in may)
    for attempt in attempts if kind not in may else []:
        with pytest.raises(Refused, match="Vain"):
            attempt()
    with pytest.raises(Refused, match="ole mitään vietävää|Vain"):
        actions.apply(directory_import=theirs, by=by, seen=theirs.digest)


def test_who_has_lost_the_right_meanwhile_takes_nothing_in(administrator):
    row = checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    Worker.objects.filter(pk=administrator.pk).update(is_administrator=False)
    importing.apply(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (
        ImportState.FAILED,
        "Vain pääkäyttäjä voi tuoda hakemistoon tiedoston.",
    )
    assert not Organisation.objects.filter(name="Uusi").exists()


VERBS = {
    "apply": (
        {ImportState.CHECKED},
        lambda row, by: actions.apply(directory_import=row, by=by, seen=row.digest),
    ),
    "check_again": (
        {ImportState.CHECKED, ImportState.FAILED},
        lambda row, by: actions.check_again(directory_import=row, by=by),
    ),
    "cancel": (
        {ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.FAILED},
        lambda row, by: actions.cancel(directory_import=row, by=by),
    ),
}


def reached(state: ImportState, by: Worker) -> DirectoryImport:
    """An import in the state, by the way that leads there."""
    text = ORGANISATIONS + "Uusi;poliisi;kyllä\r\n"
    if state == ImportState.FAILED:
        return checked(by, "organisations", "")
    row = uploaded(by, "organisations", text)
    if state == ImportState.CHECKING:
        assert importing._taken_up(row.pk, [ImportState.UPLOADED], ImportState.CHECKING)
    if state in {ImportState.CHECKED, ImportState.APPLYING, ImportState.APPLIED}:
        importing.check(row.pk)
        row.refresh_from_db()
    if state in {ImportState.APPLYING, ImportState.APPLIED}:
        actions.apply(directory_import=row, by=by, seen=row.digest)
    if state == ImportState.APPLIED:
        importing.apply(row.pk)
    if state == ImportState.CANCELLED:
        actions.cancel(directory_import=row, by=by)
    row.refresh_from_db()
    assert row.state == state
    return row


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(ImportState))
def test_what_may_be_done_in_which_state(administrator, verb, state):
    may, act = VERBS[verb]
    row = reached(state, administrator)
    if state in may:
        act(row, administrator)
        return
    with pytest.raises(Refused):
        act(row, administrator)
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize("start", list(ImportState))
def test_the_database_allows_the_moves_of_the_table_and_no_others(administrator, start):
    row = reached(start, administrator)
    for end in ImportState:
        if end == start or end in IMPORT_MOVES[start]:
            continue
        with pytest.raises(DatabaseError, match="ei voi siirtyä"), transaction.atomic():
            DirectoryImport.objects.filter(pk=row.pk).update(state=end)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'applying', applied_at = now()", "import_applied_paired"),
        ("state = 'applying'", "import_applied_by_somebody"),
        ("state = 'cancelled'", "import_file_forgotten"),
        ("content = convert_to(repeat('x', 10000001), 'utf8')", "import_not_too_large"),
    ],
)
def test_what_the_database_itself_refuses(administrator, change, constraint):
    row = reached(ImportState.CHECKED, administrator)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE network_directoryimport SET {change} WHERE id = %s", [row.pk])


def test_a_line_of_a_file_is_found_once(administrator):
    row = reached(ImportState.CHECKED, administrator)
    with pytest.raises(DatabaseError, match="importrow_line_once"), transaction.atomic():
        ImportRow.objects.create(directory_import=row, line=2, outcome=RowOutcome.ADDED, name="x")


# --- all of what was seen, or nothing ------------------------------------------------------------


def test_what_was_seen_is_taken_in_and_the_file_is_forgotten(administrator):
    row = applied(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\nRikki;?;?\r\n")
    assert (row.state, row.applied_by, bytes(row.content)) == (ImportState.APPLIED, administrator, b"")
    assert Organisation.objects.get(name="Uusi").sector == "police"
    assert not Organisation.objects.filter(name="Rikki").exists()


def test_a_directory_that_has_changed_meanwhile_is_checked_anew_and_nothing_is_written(administrator):
    OrganisationFactory(name="Vanha", sector="police")
    text = ORGANISATIONS + "Vanha;kulttuuri;ei\r\nUusi;poliisi;kyllä\r\n"
    row = checked(administrator, "organisations", text)
    seen = row.digest
    actions.apply(directory_import=row, by=administrator, seen=seen)
    Organisation.objects.filter(name="Vanha").update(sector="youth")
    importing.apply(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED and "Hakemisto on muuttunut" in row.message
    assert Organisation.objects.get(name="Vanha").sector == "youth"
    assert not Organisation.objects.filter(name="Uusi").exists()
    assert row.rows.get(line=2).changes[0] == ["Toimiala", "nuorisopalvelut", "kulttuuri"]
    # The page of the former check takes nothing in either.
    with pytest.raises(Refused, match="tarkistettu uudelleen"):
        actions.apply(directory_import=row, by=administrator, seen=seen)
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    importing.apply(row.pk)
    assert Organisation.objects.filter(name="Uusi").exists()


def test_when_the_database_refuses_one_row_none_is_written(administrator, monkeypatch):
    """Somebody adds the same organisation at the very moment between the comparing and the writing."""
    row = checked(administrator, "organisations", ORGANISATIONS + "Eka;poliisi;ei\r\nToka;poliisi;ei\r\n")
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    write = importing.write

    def late(kind, entries, on_row):
        write(kind, entries[:1], on_row)
        OrganisationFactory(name="Toka")
        write(kind, entries[1:], on_row)

    monkeypatch.setattr(importing, "write", late)
    importing.apply(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED and "mitään ei viety" in row.message
    assert not Organisation.objects.filter(name__in=["Eka", "Toka"]).exists()


def test_the_history_tells_who_took_it_in(administrator):
    worker = WorkerFactory()
    applied(administrator, "workers", WORKERS + line_of(worker, title="kuraattori"))
    event = Worker._meta.apps.get_model("network", "WorkerEvent")
    latest = event.objects.filter(pgh_obj_id=worker.pk).latest("pgh_id")
    assert latest.title == "kuraattori"
    assert latest.pgh_context.metadata == {"worker": administrator.pk, "page": "import_apply"}


def test_checking_and_taking_in_ask_a_fixed_number_of_queries(administrator, django_assert_max_num_queries):
    towns = [UnitFactory() for _number in range(5)]
    lines = [
        line_of(WorkerFactory.build(unit=towns[number % 5], email=f"t{number}@kuopio.example"))
        for number in range(300)
    ]
    row = uploaded(administrator, "workers", WORKERS + "".join(lines))
    with django_assert_max_num_queries(25):
        importing.check(row.pk)
    row.refresh_from_db()
    assert row.counts == {"added": 300}
    actions.apply(directory_import=row, by=administrator, seen=row.digest)
    with django_assert_max_num_queries(30):
        importing.apply(row.pk)
    assert Worker.objects.filter(email__startswith="t").count() >= 300


# --- interrupted, twice, forgotten ---------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch, django_capture_on_commit_callbacks) -> list[tuple[str, int]]:
    """What workers were asked to take up."""
    tasks: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "perhekeskus.celery.app.send_task", lambda name, args, **options: tasks.append((name, *args))
    )
    return tasks


def test_what_nobody_works_on_is_taken_up_again(administrator, asked, django_capture_on_commit_callbacks):
    waiting, under_check, under_way = (
        reached(state, administrator)
        for state in (ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING)
    )
    with django_capture_on_commit_callbacks(execute=True):
        importing.resume()
    assert asked == [], "they have only just been touched"
    DirectoryImport.objects.update(touched_at=timezone.now() - timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        importing.resume()
    assert asked == [
        (actions.CHECK, waiting.pk),
        (actions.CHECK, under_check.pk),
        (actions.APPLY, under_way.pk),
    ]


@pytest.mark.parametrize(
    ("state", "work"), [(ImportState.CHECKING, importing.check), (ImportState.APPLYING, importing.apply)]
)
def test_what_falls_every_time_is_given_up_and_can_be_begun_anew(administrator, state, work):
    row = reached(state, administrator)
    DirectoryImport.objects.filter(pk=row.pk).update(attempts=importing.MOST_ATTEMPTS)
    work(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED and "keskeytyi" in row.message
    assert not Organisation.objects.filter(name="Uusi").exists()
    actions.check_again(directory_import=row, by=administrator)
    importing.check(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED


def test_without_a_broker_the_file_waits_for_the_next_tick(
    administrator, monkeypatch, django_capture_on_commit_callbacks
):
    def gone(*args, **options):
        raise OperationalError("no broker")

    monkeypatch.setattr("perhekeskus.celery.app.send_task", gone)
    with django_capture_on_commit_callbacks(execute=True):
        row = uploaded(administrator, "organisations", ORGANISATIONS)
    assert row.state == ImportState.UPLOADED


def test_a_file_that_nobody_comes_back_to_is_forgotten(administrator):
    rows = {
        state: reached(state, administrator)
        for state in (ImportState.CHECKED, ImportState.FAILED, ImportState.APPLIED)
    }
    fresh = checked(administrator, "organisations", ORGANISATIONS + "Toinen;poliisi;kyllä\r\n")
    long_ago = timezone.now() - timedelta(days=importing.KEPT_DAYS, minutes=1)
    DirectoryImport.objects.exclude(pk=fresh.pk).update(touched_at=long_ago)
    importing.resume()
    for row in rows.values():
        row.refresh_from_db()
        assert not row.rows.exists() and bytes(row.content) == b""
    assert rows[ImportState.CHECKED].state == rows[ImportState.FAILED].state == ImportState.CANCELLED
    assert rows[ImportState.APPLIED].state == ImportState.APPLIED
    fresh.refresh_from_db()
    assert fresh.state == ImportState.CHECKED and fresh.rows.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_press_takes_the_file_in_once():
    administrator = WorkerFactory(administrator=True)
    row = checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")

    def press():
        actions.apply(directory_import=row, by=administrator, seen=row.digest)

    refusals = together(press, press, press)
    assert len(refusals) == 2
    together(
        lambda: importing.apply(row.pk), lambda: importing.apply(row.pk), lambda: importing.apply(row.pk)
    )
    row.refresh_from_db()
    assert row.state == ImportState.APPLIED
    assert Organisation.objects.filter(name="Uusi").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_new_row_make_it_once():
    administrator = WorkerFactory(administrator=True)
    rows = [
        checked(administrator, "organisations", ORGANISATIONS + "Uusi;poliisi;kyllä\r\n")
        for _number in range(2)
    ]
    for row in rows:
        actions.apply(directory_import=row, by=administrator, seen=row.digest)
    together(*[lambda pk=row.pk: importing.apply(pk) for row in rows])
    states = sorted(DirectoryImport.objects.values_list("state", flat=True))
    assert states == [ImportState.APPLIED, ImportState.CHECKED]
    assert Organisation.objects.filter(name="Uusi").count() == 1
