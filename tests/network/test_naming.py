"""A text that names a family is recognised, in every form of the name, and other texts are left alone."""

from datetime import date

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from network.inflection import Forms
from network.models import FamilyMember
from network.naming import names_a_family, names_this_family
from network.states import MemberRole
from tests.factories import (
    ClosePersonFactory,
    FamilyFactory,
    WorkerFactory,
    a_situation,
    an_invited_meeting,
)

# The forms as a Finn writes them, by hand.
FORMS = {
    "Aino": "Aino Ainon Ainoa Ainossa Ainosta Ainoon Ainolla Ainolta Ainolle Ainona Ainoksi Ainonsa Ainokin",
    "Matti": "Matti Matin Mattia Matissa Matista Mattiin Matilla Matilta Matille Mattina Matiksi Matinkin",
    "Päivi": "Päivi Päivin Päiviä Päivistä Päiviin Päivillä Päiviltä Päiville Päivinä Päiviksi",
    "Sofia": "Sofian Sofiaa Sofiassa Sofiaan Sofialle Sofialta Sofiakaan",
    "Kaarina": "Kaarinan Kaarinaa Kaarinasta Kaarinalle",
    "Veikko": "Veikon Veikkoa Veikossa Veikkoon Veikolle Veikkokin",
    "Antti": "Antin Anttia Antille Anttiin",
    "Heikki": "Heikin Heikkiä Heikille Heikkiin",
    "Jukka": "Jukan Jukkaa Jukasta Jukkaan Jukalle",
    "Eetu": "Eetun Eetua Eetulle Eetuun",
    "Satu": "Sadun Satua Sadulle Satuun",
    "Unto": "Unnon Untoa Unnolle",
    "Markus": "Markuksen Markusta Markuksella Markukselle Markukseen",
    "Tuomas": "Tuomaan Tuomasta Tuomaalle Tuomaaseen",
    "Mikael": "Mikaelin Mikaelia Mikaelille Mikaeliin",
    "Anne": "Annen Annea Annelle Anneen",
    "Kai": "Kain Kaita Kaille Kaihin",
    "Virtanen": "Virtasen Virtasta Virtaselle Virtaseen",
    "Emil": "Emils Emilin Emilille",
    "Örjan": "Örjans Örjanin Örjania",
    "Lumi": "Lumen Lumin Lumelle",
    "René": "René Renén Renélle Rene",
}
BY_HAND = [(name, word) for name, words in FORMS.items() for word in words.split()]
# Ordinary words that only look like a name.
NOT_NAMES = [
    ("Aino", "ainoastaan"),
    ("Aino", "Ainola"),
    ("Matti", "matto"),
    ("Mika", "mikä"),
    ("Ida", "idän"),
    ("Siina", "siinä"),
    ("Milla", "millä"),
    ("Leo", "leopardi"),
    ("Ella", "ellei"),
    ("Eero", "erota"),
    ("Jani", "janoinen"),
    ("Iina", "kiina"),
]


@pytest.mark.parametrize(("name", "word"), BY_HAND)
def test_every_form_of_a_name_is_the_name(name, word):
    forms = Forms.of(name)
    assert forms.matches(word) and forms.matches(word.upper()) and forms.matches(word.lower())


@pytest.mark.parametrize(("name", "word"), NOT_NAMES)
def test_another_word_is_not_the_name(name, word):
    assert not Forms.of(name).matches(word)


names = st.text("abcdeéfghijklmnopqrstuvwxyzåäöü", min_size=2, max_size=12).map(str.capitalize)
endings = st.sampled_from(["n", "lle", "lla", "lta", "sta", "ssa", "ksi", "kin", "s"])


@given(names, endings)
@settings(max_examples=150, deadline=None)
def test_a_name_is_itself_in_any_writing_and_never_a_part_of_another_word(name, ending):
    forms = Forms.of(name)
    assert forms.matches(name) and forms.matches(name.upper()) and forms.matches(name.lower())
    assert not forms.matches("qz" + name) and not forms.matches(name + "qzq")
    if name[-1].lower() in "aeiouyåäö":
        assert forms.matches(name + ending)


@given(names)
@settings(max_examples=80, deadline=None)
def test_dots_may_be_left_out(name):
    bare = name.translate(str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU"))
    assert Forms.of(name).matches(bare + ("lle" if bare[-1].lower() in "aeiouy" else ""))


# --- a family's own ----------------------------------------------------------------------------------


@pytest.fixture
def family(db):
    family = FamilyFactory()
    for name, role, year in [
        ("Aino", MemberRole.CHILD, 2019),
        ("Meri", MemberRole.CHILD, 2021),
        ("Anna-Liisa", MemberRole.GUARDIAN, None),
        ("Ida", MemberRole.GUARDIAN, 1988),
    ]:
        FamilyMember.objects.create(family=family, first_name=name, role=role, birth_year=year)
    ClosePersonFactory(family=family, name="Ritva-mummo Korhonen")
    return family


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kysyn Ainolle neuvoa.", "Ainolle"),
        ("AINON aamut", "AINON"),
        ("aino ei nuku", "aino"),
        ("Aino-tyttö ei nuku", "Aino"),
        ("äiti Liisan kanssa", "Liisan"),
        ("Anna:n ja muiden", "Anna:n"),
        ("Korhoselta kuultua", "Korhoselta"),
        ("Ritvakin tuli", "Ritvakin"),
        ("Meri ei nuku.", "Meri"),
        ("Ai\u00adno ei nuku", "Aino"),
        ("Lapsi (synt. 12.3.2019) ei nuku", "synt. 12.3.2019"),
        ("Lapsi 12.3.2019", "12.3.2019"),
        ("Lapsi 12. 3. 2019", "12. 3. 2019"),
        ("Lapsi 12.3.19", "12.3.19"),
        ("Lapsi 2019-03-12", "2019-03-12"),
        ("Lapsi 120319", "120319"),
        ("Lapsi 12. maaliskuuta 2019", "12. maaliskuuta 2019"),
        ("synt. 2019", "synt. 2019"),
        ("syntynyt vuonna 2021", "syntynyt vuonna 2021"),
        ("vuonna 2019 syntynyt", "vuonna 2019 syntynyt"),
        ("född 1988", "född 1988"),
        ("Syntynyt 1.1.1950 toisaalla", "Syntynyt 1.1.1950"),
        ("tunnus 120319A123X", "120319A123X"),
        ("tunnus 010190-999z", "010190-999z"),
    ],
)
def test_a_text_that_names_the_family_is_recognised(family, text, word):
    with time_machine.travel(date(2026, 11, 22)):
        found = names_this_family(family, text)
    assert found == word


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lapsi ei nuku, ja aamut ovat raskaita. Mitä meri-ilma tekisi?",
        "Mummo tuli, ja lapsi on hänen ainoa ilonsa ainoastaan silloin.",
        "Tuuli käy idän suunnalta.",
        "Vuonna 2019 muutettiin. Palaveri 3.3.2027 klo 9.30, puhelin 050 123 4567.",
        "Tavattiin 12.3.2025.",
        "Lapsi on 7-vuotias, toinen 5 v.",
    ],
)
def test_an_ordinary_text_names_nobody(family, text):
    with time_machine.travel(date(2026, 11, 22)):
        assert names_this_family(family, text) is None


@pytest.mark.django_db
def test_only_the_families_that_the_worker_sees_count(django_assert_num_queries):
    worker, other = WorkerFactory(), WorkerFactory()
    for _ in range(6):
        a_situation(by=worker)
    with django_assert_num_queries(2):
        assert names_a_family(worker, "Kiitos, että autoit. Aadan asia eteni.") == "Aadan"
    assert names_a_family(other, "Kiitos, että autoit. Aadan asia eteni.") is None
    assert names_a_family(other, "Tunnus 120319A123X") == "120319A123X"
    assert names_a_family(WorkerFactory(is_coordinator=True), "Aadan asia") is None


@pytest.mark.django_db
def test_a_family_that_lets_in_by_an_invitation_counts():
    guest = WorkerFactory()
    an_invited_meeting(people=[guest])
    assert names_a_family(guest, "Kiitos Aadan takia") == "Aadan"


@pytest.mark.django_db
def test_the_colleague_who_is_thanked_may_be_named():
    worker = WorkerFactory()
    a_situation(by=worker)
    assert names_a_family(worker, "Kiitos, Aada!", apart_from=["Aada Lehto"]) is None
    assert names_a_family(worker, "Kiitos, Aada!") == "Aada"


@pytest.mark.django_db
def test_among_many_families_a_word_first_in_a_sentence_is_a_word():
    worker = WorkerFactory()
    family = a_situation(by=worker).family
    FamilyMember.objects.create(family=family, first_name="Toivo", role=MemberRole.CHILD, birth_year=2020)
    assert names_a_family(worker, "Toivon, että jatkamme. Toivo auttaa.") is None
    assert names_a_family(worker, "Kuten Toivon kanssa sovittiin") == "Toivon"
    assert names_this_family(family, "Toivo ei nuku") == "Toivo"
