"""The directory: who finds whom, in which order, and who may look."""

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.models import WorkingHours
from network.models import Worker
from network.sorting import by_name
from network.states import Sector
from perhekeskus.words import finnish_sort_key
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
    working_week,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    worker = WorkerFactory(
        first_name="Minä", last_name="Itse", title="opettaja", unit=UnitFactory(name="Satama")
    )
    client.force_login(worker)
    return worker


@pytest.fixture
def paivi(me):
    paivi = WorkerFactory(
        first_name="Päivi",
        last_name="Äyräväinen",
        title="perhetyöntekijä",
        unit=UnitFactory(
            name="Kettulan perhekeskus",
            municipality=MunicipalityFactory(code="297", name_fi="Kuopio"),
            organisation=OrganisationFactory(name="Savon hyvinvointi", sector=Sector.SOCIAL_HEALTH),
        ),
    )
    sleep = ExpertiseFactory(name="vauvan uni")
    paivi.expertise.add(sleep)
    NeedFactory(name="Yöt ovat levottomia", expertise=[sleep])
    return paivi


def names(response) -> list[str]:
    """The people that the page shows."""
    return [row.name for row in response.context["result"].rows if row.kind == "worker"]


@pytest.mark.parametrize(
    "text",
    [
        "Päivi",
        "paivi",
        "PAIVI",
        "äyrä",
        "ayravainen paivi",
        "perhetyontekija",
        "kettulan",
        "savon",
        "vauvan",
        "levottomia",
        "paivi uni kettula",
    ],
)
def test_one_field_finds_by_everything_on_the_card(client, paivi, text):
    assert names(client.get("/verkosto/", {"text": text})) == ["Päivi Äyräväinen"]


@pytest.mark.parametrize("text", ["kuraattori", "%", "_", "'", "qx\\öxly", "🙂", "x" * 100])
def test_what_is_on_nobody_finds_nobody(client, paivi, text):
    response = client.get("/verkosto/", {"text": text})
    assert names(response) == []
    assert "Näillä ehdoilla ei löydy mitään" in response.content.decode()


def test_a_worker_with_many_matches_is_found_once(client, paivi):
    for name in ("uni", "unirytmi", "uniassosiaatio"):
        paivi.expertise.add(ExpertiseFactory(name=name))
    assert names(client.get("/verkosto/", {"text": "uni"})) == ["Päivi Äyräväinen"]


@pytest.mark.parametrize(
    "narrow",
    [
        {"municipality": "297"},
        {"sector": "social_health"},
        {"expertise": "vauvan uni"},
        {"need": "Yöt ovat levottomia"},
    ],
)
def test_narrowing(client, paivi, narrow):
    ((name, value),) = narrow.items()
    form = client.get("/verkosto/").context["form"]
    if name in {"expertise", "need"}:
        value = form.fields[name].queryset.get(name=value).pk
    assert names(client.get("/verkosto/", {name: value})) == ["Päivi Äyräväinen"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"municipality": "999"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"sector": "avaruus"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"need": "99999999999999999999"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"expertise": "x"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"text": "x" * 201}, "Teksti on liian pitkä"),
        ({"text": "a\x00b"}, "ei voi tallentaa"),
    ],
)
def test_a_question_that_makes_no_sense_is_said_so(client, me, asked, sentence):
    response = client.get("/verkosto/", asked)
    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "\x00"])
def test_a_page_that_is_not_there_is_the_nearest(client, me, page):
    assert client.get("/verkosto/", {"page": page}).status_code == 200


def test_people_come_as_finns_sort_them(me):
    last_names = ["Öhman", "Zetterberg", "Ågren", "Äyräväinen", "äijälä", "Aalto", "Ærø", "Lindén", "Linden"]
    for name in last_names:
        WorkerFactory(last_name=name, first_name="Aada")
    in_order = [worker.last_name for worker in Worker.objects.filter(first_name="Aada").order_by(*by_name())]
    assert in_order[0] == "Aalto"
    assert in_order[3:5] == ["Zetterberg", "Ågren"]
    assert in_order[-1] == "Öhman"
    # The same order as the one that Python's own sorting in `words` gives.
    keys = [finnish_sort_key(name)[0] for name in in_order]
    assert keys == sorted(keys)


def test_nobody_is_visible_without_a_sign_in(client, paivi):
    client.logout()
    for path in ("/verkosto/", f"/verkosto/{paivi.pk}/", "/oma-kortti/", "/oma-kortti/tyoajat/"):
        response = client.get(path)
        assert response.status_code == 302, path
        assert "Päivi" not in response.content.decode()
    assert not Worker.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("traits", [{}, {"guidance": True}, {"coordinator": True}, {"administrator": True}])
def test_every_worker_sees_the_directory(client, paivi, traits):
    client.force_login(WorkerFactory(**traits))
    assert "Päivi Äyräväinen" in client.get("/verkosto/", {"text": "paivi"}).content.decode()
    assert client.get(f"/verkosto/{paivi.pk}/").status_code == 200


def test_a_closed_account_is_not_in_the_directory(client, paivi):
    paivi.is_active = False
    paivi.save()
    assert names(client.get("/verkosto/", {"text": "paivi"})) == []
    assert client.get(f"/verkosto/{paivi.pk}/").status_code == 404
    client.force_login(WorkerFactory(administrator=True))
    assert names(client.get("/verkosto/", {"text": "paivi"})) == []
    assert "Tunnus ei ole käytössä" in client.get(f"/verkosto/{paivi.pk}/").content.decode()


def test_a_card_tells_how_to_reach_and_what_for(client, paivi):
    paivi.what_i_do = "Käyn kotona.\n<script>alert(1)</script>"
    paivi.save()
    page = client.get(f"/verkosto/{paivi.pk}/").content.decode()
    assert 'href="tel:+358-40-7654321"' in page
    assert "040 765 4321" in page
    assert "vauvan uni" in page
    assert "sosiaali- ja terveyspalvelut" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Muokkaa korttiasi" not in page


def test_cards_that_do_not_exist(client, me):
    assert client.get("/verkosto/0/").status_code == 404
    assert client.get(f"/verkosto/{10**30}/").status_code == 404


def test_the_directory_asks_as_much_whatever_the_number_of_people(client, me, django_assert_num_queries):
    for number in range(40):
        worker = WorkerFactory(unit=UnitFactory(municipality=MunicipalityFactory(code=f"{number:03}")))
        worker.expertise.add(ExpertiseFactory(name=f"osaaminen {number}"))
    # Session, worker, unit; how many, the page; municipalities, areas, organisations, needs, expertise.
    with django_assert_num_queries(9):
        response = client.get("/verkosto/")
    assert len(names(response)) == 25
    # The search with its count is one.
    with django_assert_num_queries(9):
        client.get("/verkosto/", {"text": "osaaminen", "page": "2"})
    # While one types only the results are sent: session, worker; the search, the people.
    with django_assert_num_queries(4):
        client.get("/verkosto/", {"text": "osaaminen"}, headers={"HX-Request": "true"})


def test_a_card_asks_as_much_whatever_it_holds(client, paivi, django_assert_num_queries):
    for number in range(10):
        paivi.expertise.add(ExpertiseFactory(name=f"osaaminen {number}"))
    # Session, me, my unit; the worker with the unit, expertise, teams, working hours, absences.
    with django_assert_num_queries(7):
        client.get(f"/verkosto/{paivi.pk}/")


def test_ones_own_card_asks_as_much_whatever_it_holds(client, me, django_assert_num_queries):
    """Session, me, my unit; the card with its photograph, the choices, what I know of them (also for the
    stamp by which an older page is known)."""
    for rounds in (1, 9):
        for number in range(rounds):
            me.expertise.add(ExpertiseFactory(name=f"taito {rounds} {number}"))
        with django_assert_num_queries(7):
            client.get("/oma-kortti/")


# --- one's own card ------------------------------------------------------------------------------


def test_changing_ones_own_card(client, me):
    sleep = ExpertiseFactory(name="uni")
    response = client.post(
        "/oma-kortti/",
        {"phone": "044 555 1234", "what_i_do": "Autan aamuissa.", "expertise": [sleep.pk]},
        follow=True,
    )
    assert "Korttisi on tallennettu" in response.content.decode()
    me.refresh_from_db()
    assert (me.phone.as_e164, me.what_i_do, list(me.expertise.all())) == (
        "+358445551234",
        "Autan aamuissa.",
        [sleep],
    )


def test_a_card_changes_nothing_else(client, me):
    other = WorkerFactory()
    client.post(
        "/oma-kortti/",
        {
            "pk": other.pk,
            "id": other.pk,
            "phone": "",
            "what_i_do": "Minä",
            "is_administrator": "on",
            "is_coordinator": "on",
            "email": "vaara@demo.example",
            "unit": other.unit_id,
        },
    )
    me.refresh_from_db()
    other.refresh_from_db()
    assert not me.is_administrator and not me.is_coordinator
    assert me.email != "vaara@demo.example" and me.unit_id != other.unit_id
    assert other.what_i_do == "Tunnen pienten lasten arjen."


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ({"phone": "soita vaan", "what_i_do": "Jään tänne"}, "Puhelinnumero ei kelpaa"),
        ({"what_i_do": "Jään tänne" + "x" * 1000}, "Teksti on liian pitkä"),
        ({"what_i_do": "Jään\x00tänne"}, "ei voi tallentaa"),
        ({"what_i_do": "Jään tänne", "expertise": ["0"]}, "Valittua vaihtoehtoa ei enää ole"),
    ],
)
def test_a_refused_card_keeps_what_was_typed(client, me, card, sentence):
    response = client.post("/oma-kortti/", card)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert "Jään" in page
    me.refresh_from_db()
    assert me.what_i_do == "Tunnen pienten lasten arjen."


# --- working hours -------------------------------------------------------------------------------


def week_of(worker) -> list[str]:
    return [
        f"{row.weekday} {row.starts:%H:%M}-{row.ends:%H:%M}"
        for row in WorkingHours.objects.filter(worker=worker)
    ]


def test_working_hours_replace_the_week_of_oneself_only(client, me):
    other = WorkerFactory()
    working_week(me)
    working_week(other)
    response = client.post(
        "/oma-kortti/tyoajat/",
        {"starts_1": "07:30", "ends_1": "15:00", "starts_5": "9.00", "ends_5": "12.15"},
        follow=True,
    )
    assert "Työaikasi on tallennettu" in response.content.decode()
    assert week_of(me) == ["1 07:30-15:00", "5 09:00-12:15"]
    assert len(week_of(other)) == 5
    page = client.get("/oma-kortti/tyoajat/").content.decode()
    assert 'value="07:30"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_2": "08:00"}, "Kirjoita, milloin työaika päättyy: tiistai."),
        ({"ends_3": "16:00"}, "Kirjoita, milloin työaika alkaa: keskiviikko."),
        ({"starts_4": "16:00", "ends_4": "08:00"}, "Työaika päättyy alkamisensa jälkeen."),
        ({"starts_4": "08:00", "ends_4": "08:00"}, "Työaika päättyy alkamisensa jälkeen."),
        ({"starts_1": "aamulla", "ends_1": "16:00"}, "Kellonaika ei kelpaa"),
    ],
)
def test_hours_that_make_no_sense_change_nothing(client, me, typed, sentence):
    working_week(me)
    response = client.post("/oma-kortti/tyoajat/", typed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert len(week_of(me)) == 5
