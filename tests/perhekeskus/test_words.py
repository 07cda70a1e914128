"""Days, times, names and lists in words."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation
from phonenumber_field.phonenumber import PhoneNumber

from perhekeskus import words
from perhekeskus.words import HELSINKI

MONDAY = date(2027, 3, 15)


@pytest.mark.parametrize(
    ("language", "day", "short", "clock", "span"),
    [
        ("fi", "ma 15.3.2027", "ma 15.3.", "9.30", "ma 15.3.2027 klo 9.30–11.00"),
        ("sv", "mån 15.3.2027", "mån 15.3.", "9.30", "mån 15.3.2027 kl. 9.30–11.00"),
        ("en", "Mon 15 Mar 2027", "Mon 15 Mar", "9:30", "Mon 15 Mar 2027 at 9:30–11:00"),
        ("se", "ma 15.3.2027", "ma 15.3.", "9.30", "ma 15.3.2027 klo 9.30–11.00"),
    ],
)
def test_each_language_writes_days_and_times_in_its_own_way(language, day, short, clock, span):
    start = datetime(2027, 3, 15, 9, 30, tzinfo=HELSINKI)
    end = datetime(2027, 3, 15, 11, 0, tzinfo=HELSINKI)
    with translation.override(language):
        assert words.day(MONDAY) == day
        assert words.short_day(MONDAY) == short
        assert words.clock(start) == clock
        assert words.span(start, end) == span


def test_a_time_kept_in_utc_is_told_on_helsinkis_clock():
    late = datetime(2027, 3, 15, 22, 30, tzinfo=UTC)
    assert words.day(late) == "ti 16.3.2027"
    assert words.clock(late) == "0.30"
    assert words.clock(time(8, 5)) == "8.05"


def test_a_span_over_the_spring_change_shows_what_the_wall_clock_shows():
    before, after = datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert words.span(before, after) == "su 28.3.2027 klo 2.30–4.30"


def test_a_span_over_the_autumn_change_shows_what_the_wall_clock_shows():
    before, after = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 2, 30, tzinfo=UTC)
    assert words.span(before, after) == "su 31.10.2027 klo 3.30–4.30"


def test_a_span_over_midnight_names_both_days():
    start = datetime(2027, 3, 15, 23, 0, tzinfo=HELSINKI)
    end = datetime(2027, 3, 16, 0, 30, tzinfo=HELSINKI)
    assert words.span(start, end) == "ma 15.3.2027 klo 23.00 – ti 16.3.2027 klo 0.30"


@pytest.mark.parametrize(
    ("items", "sentence"),
    [([], ""), (["äiti"], "äiti"), (["äiti", "isä"], "äiti ja isä"), (["a", "b", "c"], "a, b ja c")],
)
def test_a_list_is_read_as_a_sentence(items, sentence):
    assert words.listed(items) == sentence


def test_a_list_in_swedish():
    with translation.override("sv"):
        assert words.listed("abc") == "a, b och c"


@pytest.mark.parametrize(
    ("name", "circle"),
    [
        ("Kaisa Peltonen", "KP"),
        ("Äiti ja isä", "Äi"),
        ("Mummo", "Mu"),
        ("Anna-Maija Öhman", "AÖ"),
        ("mummo", "Mu"),
        ("", "?"),
        ("🙂", "🙂"),
    ],
)
def test_initials(name, circle):
    assert words.initials(name) == circle


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (MONDAY, "tänään"),
        (date(2027, 3, 16), "huomenna"),
        (date(2027, 3, 14), "eilen"),
        (date(2027, 3, 17), "ke 17.3."),
        (date(2028, 1, 3), "ma 3.1.2028"),
    ],
)
def test_a_near_day_has_its_own_word(day, word):
    assert words.relative_day(day, today=MONDAY) == word


def test_helsinkis_day_has_begun_when_utcs_has_not(monday):
    assert words.relative_day(datetime(2026, 11, 2, 22, 30, tzinfo=UTC)) == "huomenna"


@pytest.mark.parametrize(
    ("due", "sentence"),
    [(date(2027, 3, 14), "1 päivä myöhässä"), (date(2027, 3, 12), "3 päivää myöhässä"), (MONDAY, "")],
)
def test_how_late(due, sentence):
    assert words.days_late(due, today=MONDAY) == sentence


@pytest.mark.parametrize(("count", "word"), [(0, "nolla"), (3, "kolme"), (10, "kymmenen"), (11, "11")])
def test_small_numbers_are_words(count, word):
    assert words.number_word(count) == word


def test_a_telephone_number_is_shown_as_it_is_dialled_here():
    assert words.telephone(PhoneNumber.from_string("+358401234567")) == "040 123 4567"
    assert words.telephone("") == ""
    assert words.telephone(None) == ""


def test_names_sort_as_finns_sort():
    names = ["Öhman", "Ämmälä", "Åberg", "Zetterberg", "Šemeikka", "Saari", "Süss", "Suvanto", "élan", "Elo"]
    assert sorted(names, key=words.finnish_sort_key) == [
        "élan",
        "Elo",
        "Saari",
        "Šemeikka",
        "Suvanto",
        "Süss",
        "Zetterberg",
        "Åberg",
        "Ämmälä",
        "Öhman",
    ]
