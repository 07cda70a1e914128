"""The search of the directory: what a text finds, in which order and why; its texts are kept true."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.models import (
    Area,
    DirectoryText,
    Need,
    Organisation,
    Team,
    TextSource,
    Unit,
    Worker,
)
from network.search import found, search, words_of, wrong_texts
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    NeedFactory,
    OrganisationFactory,
    UnitFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db


def everything():
    return {
        TextSource.NEED: Need.objects.all(),
        TextSource.TEAM: Team.objects.all(),
        TextSource.WORKER: Worker.objects.active(),
        TextSource.UNIT: Unit.objects.all(),
        TextSource.ORGANISATION: Organisation.objects.all(),
    }


def people(text: str, *, near: bool = False) -> list[str]:
    answer = search(text, {TextSource.WORKER: Worker.objects.active()}, near=near)
    assert answer.count == len(answer.matches)
    return [Worker.objects.get(pk=one.pk).name for one in answer.matches]


def why(text: str, *, near: bool = False) -> list[tuple[str, str]]:
    """The reasons of the first one that is found, by source and text."""
    answer = search(text, everything(), near=near)
    return [(one.source, one.text) for one in answer.matches[0].reasons]


@pytest.fixture
def paivi():
    paivi = WorkerFactory(
        first_name="Päivi",
        last_name="Virtanen",
        title="perhetyöntekijä",
        what_i_do="Käyn kotona, kun arki on raskasta.",
        unit=UnitFactory(
            name="Kettulan perhekeskus",
            municipality=MunicipalityFactory(code="297", name_fi="Kuopio"),
            organisation=OrganisationFactory(name="Savon hyvinvointi"),
        ),
    )
    sleep = ExpertiseFactory(name="vauvan uni")
    paivi.expertise.add(sleep)
    NeedFactory(name="vauva ei nuku", family_words="yöt ovat levottomia", expertise=[sleep])
    return paivi


def with_expertise(name: str, **facts) -> Worker:
    worker = WorkerFactory(what_i_do="", **facts)
    worker.expertise.add(ExpertiseFactory(name=name))
    return worker


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Päivi", "worker"),
        ("paivi", "worker"),
        ("PÄIVI VIRTA", "worker"),
        ("virtanen, päivi", "worker"),
        ("perhetyontekija", "worker"),
        ("perhetyöntekijälle", "worker"),
        ("työntekijä", "worker"),
        ("raskas", "worker"),
        ("vauvan", "expertise"),
        ("unen", "expertise"),
        ("nukkuu", "need"),
        ("levottomat", "need"),
        ("kettulassa", "unit"),
        ("savon", "organisation"),
        ("kuopion", "municipality"),
    ],
)
def test_a_word_is_found_wherever_it_stands_bent_or_not(paivi, text, source):
    WorkerFactory(first_name="Aino", last_name="Lehto", what_i_do="")
    assert people(text) == ["Päivi Virtanen"]
    answer = search(text, {TextSource.WORKER: Worker.objects.all()})
    assert {one.source for one in answer.matches[0].reasons} == {source}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (
            "lapsen ero vanhemmasta",
            ["lapsi", "lapset", "lapsille", "lasten", "eron", "vanhemmat", "vanhempi"],
        ),
        ("koulupoissaolot", ["koulupoissaolojen", "poissaoloista", "koulupoissaolo", "poissaolot"]),
        ("kiusaaminen", ["kiusaamista", "kiusaamiseen", "kiusaamisen"]),
        ("äidin apu", ["äiti", "aiti", "äidille", "apua", "avun"]),
        ("kotona asuminen", ["koti", "kodin", "kotiin"]),
        ("päihteet", ["päihteiden", "paihteet", "päihteistä"]),
        ("barnets sömn och föräldrar", ["sömnen", "somnen", "föräldrarna", "föräldrarnas"]),
        ("barn i skolan", ["barnens", "barnen", "skola", "skolor"]),
    ],
)
def test_inflected_finnish_and_swedish(written, asked):
    place = UnitFactory(name="Satama")
    worker = with_expertise(written, unit=place, title="pappi")
    WorkerFactory(what_i_do="", title="kuraattori", first_name="Xenia", last_name="Ö", unit=place)
    for text in asked:
        assert people(text) == [worker.name], text


def test_a_need_is_found_by_its_search_words_and_so_are_those_who_answer_it(paivi):
    Need.objects.update(search_words="nukkuminen, yöheräily")
    answer = search("nukkuminen", everything())
    assert [one.kind for one in answer.matches] == ["need", "worker"]
    assert [(one.field, one.text) for one in answer.matches[0].reasons] == [
        ("words", "nukkuminen, yöheräily")
    ]
    assert people("yöheräilyt") == ["Päivi Virtanen"]
    assert wrong_texts() == []
    Need.objects.update(search_words="")
    assert not search("nukkuminen", everything()).matches


def test_when_no_row_has_all_the_words_those_with_the_most_come_and_it_is_said(client, paivi):
    """One who has two of the three words leaves out those who have one."""
    WorkerFactory(first_name="Aino", last_name="Virtanen", what_i_do="", title="pappi")
    client.force_login(paivi)
    page = client.get("/verkosto/", {"text": "päivi virtanen zzzyx"})
    assert [row.name for row in page.context["result"].rows] == ["Päivi Virtanen"]
    assert "Kaikki sanat yhdessä eivät löytyneet. 1 osuma, jossa on osa sanoista." in page.content.decode()
    page = client.get("/verkosto/", {"text": "virtanen zzzyx"})
    assert {row.name for row in page.context["result"].rows} == {"Päivi Virtanen", "Aino Virtanen"}
    # A word alone is found or not; and whoever has every word comes as before.
    assert not client.get("/verkosto/", {"text": "zzzyx"}).context["result"].rows
    whole = client.get("/verkosto/", {"text": "päivi virtanen"}).context["result"]
    assert (whole.count, whole.partly, whole.almost) == (1, False, False)
    # Almost a part of the words would be nearly anybody.
    assert not client.get("/verkosto/", {"text": "virtanne zzzyx"}).context["result"].rows


def test_what_one_may_not_see_does_not_hide_a_partial_match(paivi):
    """The most words are counted among the rows that are looked through."""
    Worker.objects.filter(pk=paivi.pk).update(is_active=False)
    aino = WorkerFactory(first_name="Aino", last_name="Virtanen", what_i_do="", title="pappi")
    answer = search("päivi virtanen zzzyx", {TextSource.WORKER: Worker.objects.active()}, partial=True)
    assert [one.pk for one in answer.matches] == [aino.pk]


@pytest.mark.parametrize("page", [1, 2])
def test_the_pages_of_almost_the_same_follow_one_another(client, page):
    me = WorkerFactory()
    for number in range(30):
        WorkerFactory(first_name=f"Nimi{number:02}", last_name="Pöllönen", unit=me.unit)
    client.force_login(me)
    result = client.get("/verkosto/", {"text": "pöllönne", "page": page}).context["result"]
    assert (result.page, result.almost, len(result.rows)) == (page, True, 25 if page == 1 else 5)


@pytest.mark.parametrize("text", ["virtanne", "Virtasen", "pävii", "virttanen", "virtanem", "paivi virtanne"])
def test_a_word_typed_wrongly_is_found_as_almost_the_same(paivi, text):
    WorkerFactory(first_name="Aino", last_name="Lehto")
    assert people(text) == []
    assert people(text, near=True) == ["Päivi Virtanen"]
    answer = search(text, everything(), near=True)
    assert any(one.is_near and one.text == "Päivi Virtanen" for one in answer.matches[0].reasons)
    assert list(found(Worker.objects.all(), text)) == [paivi]


def test_a_word_that_only_begins_alike_is_not_almost_the_same(paivi):
    WorkerFactory(first_name="Aino", last_name="Lehto", unit=UnitFactory(name="Päiväkoti"))
    assert people("paivo", near=True) == ["Päivi Virtanen"]
    assert people("poisaolot", near=True) == []
    absent = with_expertise("koulupoissaolot")
    assert people("poisaolot", near=True) == [absent.name]


def test_what_matches_comes_before_what_almost_does(paivi):
    WorkerFactory(first_name="Aapo", last_name="Virtala")
    WorkerFactory(first_name="Aapo", last_name="Virtane")
    assert people("virtane", near=True) == ["Aapo Virtane", "Päivi Virtanen", "Aapo Virtala"]


def test_every_word_has_to_match_somewhere(paivi):
    assert people("paivi uni kettula kuopio") == ["Päivi Virtanen"]
    assert people("paivi opettaja") == []
    # Stop words are let go, unless there is nothing else.
    assert people("uni ja kun") == ["Päivi Virtanen"]
    assert people("ja") == []
    assert why("ei") == [("need", "vauva ei nuku")]


def test_a_short_word_begins_a_word_and_one_of_three_letters_begins_or_ends_one():
    parting = with_expertise("avioero", first_name="Aino", last_name="Lehto", title="pappi")
    with_expertise("kommunikaatio", first_name="Eero", last_name="Salo", title="lääkäri")
    # Of a person's name a short word is the beginning only.
    assert people("ero") == [parting.name]
    assert people("eer") == ["Eero Salo"]
    assert people("av") == [parting.name]
    assert people("uni") == []
    assert people("unik") == ["Eero Salo"]


def test_the_best_reason_comes_first_in_the_order_of_names_expertise_place():
    uni = WorkerFactory(first_name="Uni", last_name="Ranta", what_i_do="")
    knows = with_expertise("uni")
    inside = with_expertise("unikoulu")
    home = WorkerFactory(unit=UnitFactory(name="Uni ja lepo"), what_i_do="")
    tells = WorkerFactory(what_i_do="Uni on tärkeää.")
    assert people("uni") == [one.name for one in (uni, knows, inside, home, tells)]


def test_among_equals_needs_come_first_and_then_names_as_finns_sort_them():
    rest = ExpertiseFactory(name="lepo")
    for last_name in ("Öhman", "Aalto", "Ågren", "Äijälä"):
        WorkerFactory(first_name="Aada", last_name=last_name, what_i_do="").expertise.add(rest)
    need = NeedFactory(name="väsymys", expertise=[rest])
    answer = search("lepo", everything())
    assert (answer.matches[0].kind, answer.matches[0].pk) == ("need", need.pk)
    last_names = [Worker.objects.get(pk=one.pk).last_name for one in answer.matches[1:]]
    assert last_names == ["Aalto", "Ågren", "Äijälä", "Öhman"]


def test_each_kind_is_found_and_says_why(paivi):
    area = Area.objects.create(name="Itäinen alue")
    area.municipalities.add(paivi.unit.municipality)
    team = Team.objects.create(name="Kallan tiimi", area=area)
    team.members.add(paivi)
    answer = search("kuopio", everything())
    assert {one.kind for one in answer.matches} == {"team", "worker", "unit"}
    assert why("kallan") == [("team", "Kallan tiimi")]
    assert people("kallan") == ["Päivi Virtanen"]
    assert [one.kind for one in search("itäinen", everything()).matches] == ["team"]
    assert [one.kind for one in search("savon", everything()).matches] == ["organisation", "worker", "unit"]
    assert [one.kind for one in search("vauva ei nuku", everything()).matches] == ["need", "worker"]
    assert why("vauva nuku") == [("need", "vauva ei nuku")] * 2


def test_only_what_may_be_seen_is_found(paivi):
    assert search("paivi", {TextSource.WORKER: Worker.objects.none()}).count == 0
    mine = Worker.objects.filter(unit__organisation__name__in=["Savon hyvinvointi", "%s"])
    assert search("paivi", {TextSource.WORKER: mine}).count == 1
    assert search("paivi", {TextSource.WORKER: mine.exclude(last_name="Virtanen")}).count == 0
    paivi.is_active = False
    paivi.save()
    assert people("paivi") == []


def test_pages_of_an_answer(paivi):
    for number in range(7):
        WorkerFactory(first_name="Elsa", last_name=f"Niemi {number}")
    among = {TextSource.WORKER: Worker.objects.all()}
    pages = [search("elsa", among, first=first, most=3) for first in (0, 3, 6)]
    assert [page.count for page in pages] == [7, 7, 7]
    found = [Worker.objects.get(pk=one.pk).last_name for page in pages for one in page.matches]
    assert found == [f"Niemi {number}" for number in range(7)]


@pytest.mark.parametrize(
    "text",
    ["", " ", "%", "_", "'", '"', "\\", "\\%", "🙂", "\x00", "x" * 2000, "a " * 1000, "'; DROP TABLE x; --"]
    + ["%s %(words)s", "{}", "(((", "~", "¨", "\u200d", "ß", "İ", "𝔘𝔫𝔦", "и", "١٢", "0", "!" * 50, "a:*&b|!"],
)
def test_odd_texts_find_nothing_and_break_nothing(paivi, text):
    for near in (False, True):
        assert search(text, everything(), near=near).count in range(5)
    list(found(Worker.objects.all(), text))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.text(max_size=60))
def test_any_text_is_answered(paivi, text):
    search(text, everything(), near=True)


def test_words_are_read_as_they_are_typed():
    assert words_of("Päivi-Anna  O'Neill, uni/uni\x00x") == ["päivi", "anna", "o", "neill", "uni", "x"]
    assert len(words_of("yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän")) == 8
    assert words_of("%_!") == []


def test_an_answer_takes_one_statement(paivi, django_assert_num_queries):
    for number in range(30):
        with_expertise(f"vauvan uni {number}")
    for text in ("uni", "vauva uni paivi kuopio kettula savon perhe nuku"):
        for near in (False, True):
            with django_assert_num_queries(1):
                search(text, everything(), near=near)


# --- the kept texts ------------------------------------------------------------------------------


def changed_by_hand(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_is_changed_past_the_application_is_found_at_once(paivi):
    changed_by_hand("UPDATE network_worker SET last_name = 'Ruusu' WHERE id = %s", paivi.pk)
    changed_by_hand("UPDATE network_expertise SET name = 'imetys'")
    changed_by_hand("UPDATE network_unit SET name = 'Tuulimylly', description = 'puro'")
    assert people("ruusu") == people("imetys") == people("tuulimylly") == people("puro") == ["Päivi Ruusu"]
    assert people("virtanen") == people("uni") == people("kettulan") == []
    changed_by_hand("UPDATE network_unit SET description = ''")
    assert people("puro") == []
    changed_by_hand("DELETE FROM network_worker_expertise")
    assert people("imetys") == []
    changed_by_hand("DELETE FROM network_need_expertise")
    changed_by_hand("DELETE FROM network_need")
    assert not DirectoryText.objects.filter(source="need").exists()
    assert wrong_texts() == []


def test_the_check_tells_what_differs(paivi, capsys):
    call_command("verify_directory")
    changed_by_hand("UPDATE network_directorytext SET text = 'muu' WHERE source = 'team' OR source = 'unit'")
    changed_by_hand("DELETE FROM network_directorytext WHERE source = 'municipality' AND field = 'name'")
    with pytest.raises(CommandError, match="2 väärää"):
        call_command("verify_directory")
    assert capsys.readouterr().err.splitlines() == [
        "municipality 297 name",
        f"unit {paivi.unit_id} name",
    ]


NAMES = st.sampled_from(["", "Uni", "Äiti ja isä", "  ", "x%_'\\", "Kuopio"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["worker", "unit", "organisation", "need", "expertise", "municipality", "area", "team"]
        ),
        st.sampled_from(["insert", "update", "delete"]),
        st.integers(0, 3),
        NAMES,
    ),
    min_size=1,
    max_size=25,
)
COLUMNS = {
    "worker": ["first_name", "last_name", "title", "what_i_do"],
    "unit": ["name", "description"],
    "need": ["name", "family_words", "search_words"],
    "municipality": ["name_fi", "name_sv"],
}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(STEPS)
def test_whatever_is_done_in_raw_sql_the_texts_are_those_of_the_things(db, steps):
    for kind, verb, number, name in steps:
        table, key = f"network_{kind}", "code" if kind == "municipality" else "id"
        pk = f"{900 + number}" if kind == "municipality" else 900_000 + number
        if verb == "delete":
            _without_refusal(f"DELETE FROM {table} WHERE {key} = %s", pk)
        elif verb == "update":
            for column in COLUMNS.get(kind, ["name"]):
                _without_refusal(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", name, pk)
        else:
            _insert(kind, pk, name)
    assert wrong_texts() == []


def _without_refusal(statement: str, *values) -> None:
    """A change that the database refuses leaves everything as it was."""
    with suppress(IntegrityError), transaction.atomic():
        changed_by_hand(statement, *values)


def _an_area() -> Area:
    return Area.objects.create(name=str(uuid4()))


PLAIN = {
    "municipality": "(code, name_fi, name_sv, county_fi, county_sv, languages)"
    " VALUES (%s, %s, %s, '', '', '')",
    "need": "(id, name, family_words, search_words) VALUES (%s, %s, %s, %s)",
    "expertise": "(id, name) VALUES (%s, %s)",
    "area": "(id, name) VALUES (%s, %s)",
}
MADE = {
    "organisation": lambda pk, name: OrganisationFactory(pk=pk, name=name),
    "unit": lambda pk, name: UnitFactory(pk=pk, name=name),
    "worker": lambda pk, name: WorkerFactory(pk=pk, last_name=name),
    "team": lambda pk, name: Team.objects.create(
        pk=pk, name=name, area=Area.objects.create(name=str(uuid4()))
    ),
}


def _insert(kind: str, pk, name: str) -> None:
    if kind in PLAIN:
        statement = f"INSERT INTO network_{kind} {PLAIN[kind]}"
        _without_refusal(statement, pk, *[name] * (PLAIN[kind].count("%s") - 1))
    else:
        with suppress(IntegrityError), transaction.atomic():
            MADE[kind](pk, name)
