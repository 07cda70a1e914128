"""The administrator: accounts, municipalities, organisations and units, and the trail of who looked."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from network.account_messages import ADDRESS_CHANGED
from network.actions import administration as actions
from network.models import Area, Municipality, Organisation, Unit, Worker
from network.rules.administration import why_not_change_worker
from network.trail import COLUMNS, looks_by
from network.urls.administration import urlpatterns
from perhekeskus import outbox
from perhekeskus.looks import record_look
from perhekeskus.models import AccessLog, Message
from perhekeskus.refusals import Refused
from tests.factories import (
    PASSWORD,
    AreaFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
    a_situation,
    an_ended_situation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    worker = WorkerFactory(administrator=True, last_name="Pääkäyttäjä")
    client.force_login(worker)
    return worker


def card_of(worker: Worker, **changed) -> dict:
    return {
        "first_name": worker.first_name,
        "last_name": worker.last_name,
        "email": worker.email,
        "title": worker.title,
        "unit": worker.unit,
        "is_active": worker.is_active,
        "is_supervisor": worker.is_supervisor,
        "is_guidance": worker.is_guidance,
        "is_coordinator": worker.is_coordinator,
        "is_administrator": worker.is_administrator,
        **changed,
    }


def typed(worker: Worker, **changed) -> dict:
    """The card as a browser sends it: an unticked box is not sent."""
    card = card_of(worker, **changed) | {"unit": worker.unit_id}
    return {name: "on" if value is True else value for name, value in card.items() if value is not False}


# --- who may -------------------------------------------------------------------------------------

OUTSIDERS = {
    "worker": {},
    "guidance": {"guidance": True},
    "coordinator": {"coordinator": True},
}


def every_page() -> list[str]:
    """The address of every page of the administration, with rows that exist."""
    worker = WorkerFactory()
    known = {
        "worker_edit": [worker.pk],
        "look_list": [worker.pk],
        "municipality_edit": [worker.unit.municipality_id],
        "municipality_population": [worker.unit.municipality_id],
        "organisation_edit": [worker.unit.organisation_id],
        "area_edit": [Area.objects.get_or_create(name="Ylä-Savo")[0].pk],
        "unit_create": [worker.unit.organisation_id],
        "unit_edit": [worker.unit_id],
    }
    return [reverse(pattern.name, args=known.get(pattern.name, [])) for pattern in urlpatterns]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_for_others_the_pages_do_not_exist(client, role):
    pages = every_page()
    client.force_login(WorkerFactory(**OUTSIDERS[role]))
    for page in pages:
        assert client.get(page).status_code == 404, page
        assert client.post(page, {"name": "x"}).status_code == 404, page


def test_without_a_sign_in_one_is_asked_to_sign_in(client):
    for page in every_page():
        response = client.get(page)
        assert response.status_code == 302 and "/tili/" in response["Location"], page


def test_the_administrator_opens_every_page(client, administrator):
    for page in every_page():
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("traits", [*OUTSIDERS.values(), {"administrator": True, "is_active": False}])
def test_nor_do_the_actions_obey_others(traits):
    by, worker = WorkerFactory(**traits), WorkerFactory()
    municipality, organisation, unit = MunicipalityFactory(), OrganisationFactory(), UnitFactory()
    attempts = [
        lambda: actions.create_worker(by=by, card=card_of(worker, email="uusi@demo.example")),
        lambda: actions.change_worker(worker=worker, by=by, card=card_of(worker, is_administrator=True)),
        lambda: actions.save_municipality(municipality=municipality, by=by, fields={"name_fi": "X"}),
        lambda: actions.save_organisation(organisation=organisation, by=by, fields={"name": "X"}),
        lambda: actions.save_unit(unit=unit, by=by, fields={"name": "X"}),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="Vain pääkäyttäjä"):
            attempt()
    assert not Municipality.objects.filter(name_fi="X").exists()


# --- accounts ------------------------------------------------------------------------------------


def test_a_new_worker_gets_in_by_asking_for_a_password(client, administrator):
    unit = UnitFactory()
    response = client.post(
        "/yllapito/tyontekijat/uusi/",
        {
            "first_name": "Örjan",
            "last_name": "Åkerlund",
            "email": "Orjan.Akerlund@Kuopio.Example",
            "title": "psykologi",
            "unit": unit.pk,
            "is_active": "on",
        },
        follow=True,
    )
    assert "Tunnus on luotu" in response.content.decode()
    worker = Worker.objects.get(email="orjan.akerlund@kuopio.example")
    assert (worker.name, worker.unit) == ("Örjan Åkerlund", unit)
    assert worker.works_with_families and not worker.has_usable_password()
    assert mail.outbox == []
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "orjan.akerlund@kuopio.example"})
    assert [message.to for message in mail.outbox] == [["orjan.akerlund@kuopio.example"]]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": "tuttu@kuopio.example"}, "Tällä sähköpostiosoitteella on jo tunnus."),
        ({"email": "TUTTU@kuopio.example"}, "Tällä sähköpostiosoitteella on jo tunnus."),
        ({"email": "a@b.example\nBcc: c@d.example"}, "Tarkista sähköpostiosoite"),
        ({"email": ""}, "Kirjoita sähköpostiosoite"),
        ({"first_name": ""}, "Kirjoita tähän vastaus: Etunimi."),
        ({"last_name": "x" * 81}, "Teksti on liian pitkä"),
        ({"title": "a\x00b"}, "ei voi tallentaa"),
        ({"unit": "0"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"is_guidance": "on", "is_coordinator": "on"}, "eivät sovi samalle tunnukselle"),
    ],
)
def test_a_bad_card_is_refused_and_nothing_typed_is_lost(client, administrator, changed, sentence):
    WorkerFactory(email="tuttu@kuopio.example")
    before = Worker.objects.count()
    sent = {
        "first_name": "Aino",
        "last_name": "Kallio-Ääri",
        "email": "aino@kuopio.example",
        "title": "kuraattori",
        "unit": administrator.unit_id,
        "is_active": "on",
    }
    response = client.post("/yllapito/tyontekijat/uusi/", sent | changed)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert "error-summary" in page
    for name in sent.keys() - changed.keys() - {"is_active", "unit"}:
        assert sent[name] in page
    assert Worker.objects.count() == before


def test_changing_roles(client, administrator):
    worker = WorkerFactory()
    client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, is_coordinator=True, title="johtaja"))
    worker.refresh_from_db()
    assert worker.is_coordinator and worker.title == "johtaja" and not worker.works_with_families


def test_a_supervisor_is_named_by_the_administrator(client, administrator):
    worker, colleague = WorkerFactory(), WorkerFactory()
    client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, is_supervisor=True))
    closed = WorkerFactory(unit=worker.unit, is_supervisor=True, is_active=False)
    assert list(Worker.objects.supervisors_of(worker.unit)) == [worker]
    assert not Worker.objects.supervisors_of(colleague.unit).exists()
    page = client.get("/yllapito/tyontekijat/").content.decode()
    assert "esihenkilö" in page and str(closed.pk) in page


def test_closing_an_account_ends_its_session(client, administrator, django_user_model):
    worker = WorkerFactory()
    theirs = type(client)()
    theirs.force_login(worker)
    assert theirs.get("/verkosto/").status_code == 200
    client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, is_active=False))
    worker.refresh_from_db()
    assert not worker.is_active
    assert theirs.get("/verkosto/").status_code == 302
    assert not theirs.login(email=worker.email, password=PASSWORD)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_active": False}, "Et voi sulkea omaa tunnustasi."),
        ({"is_administrator": False}, "Et voi poistaa omaa pääkäyttäjän oikeuttasi."),
    ],
)
def test_nobody_locks_themselves_out(client, administrator, changed, sentence):
    page = client.post(f"/yllapito/tyontekijat/{administrator.pk}/", typed(administrator, **changed))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active and administrator.is_administrator


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_close_each_other_leave_one():
    one, other = WorkerFactory(administrator=True), WorkerFactory(administrator=True)
    start, refused = threading.Barrier(2), []

    def close(by: Worker, worker: Worker) -> None:
        try:
            start.wait()
            actions.change_worker(worker=worker, by=by, card=card_of(worker, is_active=False))
        except Refused as sentence:
            refused.append(str(sentence))
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert Worker.objects.filter(is_active=True, is_administrator=True).count() == 1
    assert refused == ["Vain pääkäyttäjä voi muuttaa verkoston tietoja."]


def test_what_is_in_hand_is_shown_as_a_number_and_stays(client, administrator):
    worker = WorkerFactory()
    situations = [a_situation(by=worker), a_situation(by=worker)]
    an_ended_situation(by=worker)
    page = client.get(f"/yllapito/tyontekijat/{worker.pk}/").content.decode()
    assert "Hänellä on nyt: 2 avointa koppia." in page
    for situation in situations:
        assert f"/tilanteet/{situation.pk}" not in page
    response = client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, is_active=False), follow=True)
    assert "Hänellä on vielä: 2 avointa koppia. Ne eivät siirtyneet kenellekään." in response.content.decode()
    for situation in situations:
        situation.refresh_from_db()
        assert situation.holder_id == worker.pk


def test_a_former_address_lets_nobody_in(client, administrator):
    worker = WorkerFactory()
    former = worker.email
    EmailAddress.objects.create(user=worker, email=former, verified=True, primary=True)
    client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, email="uusi@kuopio.example"))
    client.logout()
    client.post(reverse("account_reset_password"), {"email": former})
    assert [message for message in mail.outbox if former in message.to and "/tili/" in message.body] == []
    client.post(reverse("account_login"), {"login": former, "password": PASSWORD})
    assert client.get("/verkosto/").status_code == 302


def the_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


class TestAChangedAddress:
    """An administrator can't become a worker unseen by giving the account an address of their own."""

    @pytest.fixture
    def theirs(self) -> Client:
        """The worker's own browser."""
        return Client()

    @pytest.fixture
    def worker(self, client, administrator, theirs):
        """Signed in elsewhere; then the address is changed by the administrator."""
        worker = WorkerFactory(email="entinen@kuopio.example")
        theirs.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
        assert theirs.get("/verkosto/").status_code == 200
        page = client.post(
            f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, email="uusi@kuopio.example"), follow=True
        )
        assert "Osoite vaihtui" in page.content.decode()
        worker.refresh_from_db()
        return worker

    def test_both_addresses_are_told_by_whom(self, worker, administrator, post):
        outbox.drain()
        assert sorted(post.recipients) == ["entinen@kuopio.example", "uusi@kuopio.example"]
        for letter in post.letters:
            words = letter.get_body(("plain",)).get_content()
            assert "Sähköpostiosoitteesi on vaihdettu" in words and administrator.name in words
            assert "uusi@" not in words and "017 000 0000" in words

    def test_each_change_is_told_also_back_and_forth(self, worker, administrator, post):
        for email in ("entinen@kuopio.example", "uusi@kuopio.example"):
            actions.change_worker(worker=worker, by=administrator, card=card_of(worker, email=email))
            worker.refresh_from_db()
        outbox.drain()
        assert len(post.recipients) == 6

    def test_the_sign_ins_and_the_password_end(self, worker, theirs):
        assert theirs.get("/verkosto/").status_code == 302
        assert not worker.has_usable_password()
        other = Client()
        other.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
        assert other.get("/verkosto/").status_code == 302

    def test_another_change_ends_nothing_and_tells_nobody(self, administrator, client, theirs):
        worker = WorkerFactory()
        theirs.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
        client.post(f"/yllapito/tyontekijat/{worker.pk}/", typed(worker, title="psykologi"))
        worker.refresh_from_db()
        assert worker.title == "psykologi" and worker.has_usable_password()
        assert theirs.get("/verkosto/").status_code == 200
        assert not Message.objects.filter(kind=ADDRESS_CHANGED).exists()

    def test_who_changed_what_stands_in_the_history(self, worker, administrator):
        latest = worker.events.order_by("-pgh_id")[:2]
        assert [one.email for one in latest] == ["uusi@kuopio.example", "entinen@kuopio.example"]
        assert latest[0].pgh_context.metadata["worker"] == administrator.pk
        assert latest[0].pgh_context.metadata["page"] == "worker_edit"
        columns = {field.name for field in type(latest[0])._meta.get_fields()}
        assert not columns & {"password", "last_login"}
        with pytest.raises(DatabaseError), transaction.atomic():
            type(latest[0]).objects.all().delete()

    def test_a_sign_in_alone_leaves_no_history(self, client):
        worker = WorkerFactory()
        before = worker.events.count()
        client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
        worker.refresh_from_db()
        assert worker.last_login and worker.events.count() == before

    def test_a_new_password_does_not_get_round_the_second_step(self, client, administrator):
        worker = WorkerFactory()
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(worker, secret)
        actions.change_worker(
            worker=worker, by=administrator, card=card_of(worker, email="uusi@kuopio.example")
        )
        client.logout()
        client.post(reverse("account_reset_password"), {"email": "uusi@kuopio.example"})
        (path,) = re.findall(r"http://[^/\s]+(/tili/\S+)", mail.outbox[-1].body)
        form = client.get(path, follow=True)
        new = "aivan-uusi-salasana-7"
        client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
        worker.refresh_from_db()
        assert worker.check_password(new)
        assert client.get("/verkosto/").status_code == 302
        answer = client.post(
            reverse("account_login"), {"login": "uusi@kuopio.example", "password": new}, follow=True
        )
        assert answer.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
        assert client.get("/verkosto/").status_code == 302
        client.post(reverse("mfa_authenticate"), {"code": the_code(secret)})
        assert client.get("/verkosto/").status_code == 200


def test_the_list_finds_accounts_also_closed_ones(client, administrator):
    WorkerFactory(first_name="Päivi", last_name="Öhman", email="p.ohman@leppavirta.example", is_active=False)
    for text in ("paivi", "ohman", "leppavirta.example"):
        page = client.get("/yllapito/tyontekijat/", {"text": text}).content.decode()
        assert "Päivi Öhman" in page
        assert "ei käytössä" in page
    assert "Haulla ei löytynyt" in client.get("/yllapito/tyontekijat/", {"text": "zzz"}).content.decode()
    # With a typing error, and by a piece of an address alone.
    for text in ("öhmann", "ohmna", "@leppavirta.example"):
        assert "Öhman" in client.get("/yllapito/tyontekijat/", {"text": text}).content.decode(), text


def test_lists_ask_as_much_whatever_their_length(client, administrator, django_assert_num_queries):
    for number in range(60):
        WorkerFactory(unit=UnitFactory(municipality=MunicipalityFactory(code=f"{number:03}")))
    # Session, worker, unit; how many, the page.
    for path in ("tyontekijat", "kunnat", "organisaatiot"):
        with django_assert_num_queries(4):
            client.get(f"/yllapito/{path}/")


def test_the_list_of_areas_asks_as_much_whatever_its_length(client, administrator, django_assert_num_queries):
    for rounds in (1, 8):
        for number in range(rounds):
            towns = [MunicipalityFactory(code=f"{rounds}{number}{nth}") for nth in range(3)]
            AreaFactory(name=f"Alue {rounds} {number}", municipalities=towns)
        # Session, worker, unit; how many, the page, its municipalities.
        with django_assert_num_queries(5):
            client.get("/yllapito/alueet/")


def test_lists_are_searched_without_marks_on_letters(client, administrator):
    organisation = OrganisationFactory(name="Äänekosken työpaja")
    UnitFactory(name="Pöytyän paja", organisation=organisation)
    MunicipalityFactory(code="992", name_fi="Äänekoski", county_fi="Etelä-Karjalan hyvinvointialue")
    for path, text, name in (
        ("organisaatiot", "aanekosken tyopaja", "Äänekosken työpaja"),
        ("organisaatiot", "POYTYAN", "Äänekosken työpaja"),
        ("kunnat", "aanekoski", "Äänekoski"),
        ("kunnat", "etela-karjalan", "Äänekoski"),
    ):
        page = client.get(f"/yllapito/{path}/", {"text": text}).content.decode()
        assert name in page, text
    page = client.get("/yllapito/organisaatiot/", {"text": "zzzyx"}).content.decode()
    assert "Äänekosken" not in page


# --- the trail -----------------------------------------------------------------------------------


def test_the_trail_tells_who_looked_and_nothing_of_families(client, administrator, django_assert_num_queries):
    worker, other = WorkerFactory(), WorkerFactory()
    situation = a_situation(by=worker)
    for number in range(70):
        with transaction.atomic():
            record_look(
                worker=worker,
                family_id=987_654_321,
                what="Perheen tilanne",
                ground=f"koppi on hänellä {number}",
            )
    with transaction.atomic():
        record_look(worker=other, family_id=situation.family_id, what="Toisen katselu", ground="kutsuttu")
    # Session, administrator, unit; the worker, how many, the page.
    with django_assert_num_queries(5):
        response = client.get(f"/yllapito/tyontekijat/{worker.pk}/katselut/")
    page = response.content.decode()
    assert "koppi on hänellä 69" in page
    assert "Toisen katselu" not in page
    assert "987654321" not in page.replace(" ", "").replace("\xa0", "")
    assert "/tilanteet/" not in page.split("<main")[1]
    assert len(response.context["rows"]) == 50
    assert set(looks_by(worker)[0]) == set(COLUMNS)
    assert not any("family" in name for name in COLUMNS)


def test_looking_at_the_trail_changes_nothing_in_it(client, administrator):
    worker = WorkerFactory()
    client.get(f"/yllapito/tyontekijat/{worker.pk}/katselut/")
    assert not AccessLog.objects.exists()


# --- municipalities, organisations, units --------------------------------------------------------


def test_a_municipality_is_corrected_and_keeps_its_number(client, administrator):
    MunicipalityFactory(code="263")
    facts = {
        "code": "999",
        "name_fi": "Kiuruvesi-Iisalmi",
        "name_sv": "Kiuruvesi-Idensalmi",
        "county_fi": "Pohjois-Savo",
        "county_sv": "Norra Savolax",
        "languages": "fi sv",
    }
    client.post("/yllapito/kunnat/263/", facts)
    assert Municipality.objects.get(code="263").name_fi == "Kiuruvesi-Iisalmi"
    assert not Municipality.objects.filter(code="999").exists()
    assert client.get("/yllapito/kunnat/xyz/").status_code == 404
    assert client.get("/yllapito/kunnat/%00/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "263"}, "Tällä numerolla on jo kunta."),
        ({"code": "12"}, "Kuntanumerossa on kolme numeroa"),
        ({"name_fi": "Kiuruvesi"}, "Tämänniminen kunta on jo luettelossa."),
        ({"languages": "suomi"}, "Kirjoita kielet näin: fi sv."),
    ],
)
def test_a_new_municipality_is_checked(client, administrator, changed, sentence):
    MunicipalityFactory(code="263")
    facts = {
        "code": "998",
        "name_fi": "Uusi kunta",
        "name_sv": "Nya kommunen",
        "county_fi": "Pohjois-Savo",
        "county_sv": "Norra Savolax",
        "languages": "fi",
    }
    assert sentence in client.post("/yllapito/kunnat/uusi/", facts | changed).content.decode()
    assert not Municipality.objects.filter(code="998").exists()
    assert client.post("/yllapito/kunnat/uusi/", facts).status_code == 302
    assert Municipality.objects.filter(code="998").exists()


def test_organisations_and_units(client, administrator):
    MunicipalityFactory(code="263")
    client.post("/yllapito/organisaatiot/uusi/", {"name": "Seurakunta", "sector": "parish"})
    organisation = Organisation.objects.get(name="Seurakunta")
    assert not organisation.is_public_service
    new_unit = f"/yllapito/organisaatiot/{organisation.pk}/yksikot/uusi/"
    response = client.post(new_unit, {"name": "Perhekerho", "municipality": "263"}, follow=True)
    assert "Perhekerho, Kiuruvesi" in response.content.decode()
    unit = Unit.objects.get(name="Perhekerho")
    assert unit.organisation == organisation
    again = client.post(new_unit, {"name": "Perhekerho", "municipality": "263"})
    assert "on jo tämänniminen yksikkö" in again.content.decode()
    client.post(
        f"/yllapito/yksikot/{unit.pk}/",
        {"name": "Perhekahvila", "municipality": "263", "phone": "017 123 456"},
    )
    unit.refresh_from_db()
    assert (unit.name, unit.organisation) == ("Perhekahvila", organisation)
    client.post(
        f"/yllapito/organisaatiot/{organisation.pk}/", {"name": "Seurakuntayhtymä", "sector": "parish"}
    )
    organisation.refresh_from_db()
    assert organisation.name == "Seurakuntayhtymä"
    assert "Seurakuntayhtymä" in client.get("/yllapito/organisaatiot/", {"text": "perhekah"}).content.decode()


def test_loading_municipalities_adds_and_overwrites_nothing(capsys):
    Municipality.objects.all().delete()
    call_command("load_municipalities")
    assert Municipality.objects.count() == 309
    assert Municipality.objects.filter(county_fi="Pohjois-Savo").count() == 19
    Municipality.objects.filter(code="263").update(name_sv="Kiuruvesi stad")
    Municipality.objects.filter(code="297").delete()
    call_command("load_municipalities")
    assert Municipality.objects.get(code="263").name_sv == "Kiuruvesi stad"
    assert Municipality.objects.get(code="297").name_fi == "Kuopio"
    assert "uusia 1" in capsys.readouterr().out


# --- the rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("same", "changed", "allowed"),
    [
        (False, {}, True),
        (False, {"is_active": False}, True),
        (False, {"is_administrator": True}, True),
        (False, {"is_guidance": True}, True),
        (False, {"is_guidance": True, "is_coordinator": True}, False),
        (False, {"is_guidance": True, "is_administrator": True}, False),
        (False, {"is_coordinator": True, "is_administrator": True}, True),
        (True, {}, True),
        (True, {"is_coordinator": True}, True),
        (True, {"is_active": False}, False),
        (True, {"is_administrator": False}, False),
    ],
)
def test_what_an_account_may_become(same, changed, allowed):
    by = WorkerFactory(administrator=True)
    worker = by if same else WorkerFactory()
    refusal = why_not_change_worker(by, worker, card_of(worker, **changed))
    assert (refusal is None) is allowed
