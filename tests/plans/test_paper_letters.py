"""Whatever a person types comes back out of the paper, or the paper says that it could not write it.

Before it is compared, a text is normalised as it is kept (NFC, no control characters), what is not seen
(joiners, directions) is left out, and spaces count once. Of a word written from right to left the letters are
compared without their order: poppler turns the letters of the ligature لا round.
"""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perhekeskus import fonts, paper
from perhekeskus.forms import clean_text
from tests.plugins.paper import read_by_poppler

INVISIBLE = {"Cf", "Cc", "Cs", "Mn", "Me"}


def written(words: str, *, direction: str = "ltr") -> tuple[str, str]:
    """What is read from a paper with the text, and its HTML."""
    facts: Any = {"title": "T", "footer": "F", "words": words}
    page = paper.page_of("paper/base.html", lambda: facts, language="fi")
    text = f'<p dir="{direction}">{_escaped(words)}</p>'
    page = page.replace("</h1>", f"</h1>{paper._legible(text)[0]}")
    read = read_by_poppler(paper.pdf_of(page), "-raw")
    return read.split("T", 1)[1].rsplit("F sivu", 1)[0], page


def _escaped(words: str) -> str:
    from django.utils.html import escape

    return escape(words)


def seen(text: str) -> list[str]:
    """The text as words, each as it is compared."""
    known = fonts.letters()
    kept = []
    for letter in unicodedata.normalize("NFC", clean_text(text)):
        if ord(letter) in known and unicodedata.category(letter) not in {"Cf", "Cc"}:
            kept.append(letter)
        elif letter.isspace():
            kept.append(" ")
        elif unicodedata.category(letter) not in INVISIBLE:
            kept.append(paper.UNKNOWN)
    words = "".join(kept).split()
    return ["".join(sorted(word)) if _is_rtl(word) else word for word in words]


def _is_rtl(word: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in word)


LETTERS = st.characters(exclude_categories=["Cs", "Co", "Cn"])
EVERYDAY = st.text(st.sampled_from("aäöåÄÖsšž eitk.,–”'’!?&<>\"(){}[]0123456789€½°\n☺♥žđŋŧ"), max_size=120)
ANY = st.text(LETTERS, max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVERYDAY | ANY)
@example("Нам потрібна тиша ввечері. Їжак, ґанок.")
@example("Waxaan rabnaa subax deggan.")
@example("Gia đình chúng tôi muốn những buổi sáng yên tĩnh.")
@example("<b>&amp;</b> ]]> {{ sheet }} {% now 'Y' %} --> </p>")
@example("kello\x00kahdeksan\x1f")
@example("e\u0301 A\u030a \u202eklo\u202c 9\u00a0\u20079 \ufb01")
def test_any_text_comes_back(text: str) -> None:
    read, _page = written(text)
    found, expected = "".join(seen(read)), "".join(seen(text))
    assert sorted(found) == sorted(expected) if _is_rtl(text) else found == expected


@pytest.mark.parametrize(
    "text", ["نريد صباحاً هادئاً للأسرة", "صبح‌های آرام می‌خواهیم، گچ پژ", "بەیانیانی هێمن، ڕۆژ"]
)
def test_arabic_letters_come_back_joined_word_by_word(text: str) -> None:
    read, _page = written(text, direction="rtl")
    marks = re.compile(r"[\u064b-\u0655\u0670،]")
    expected = ["".join(sorted(marks.sub("", word))) for word in seen(text)]
    found = ["".join(sorted(marks.sub("", word))) for word in seen(read)]
    assert sorted(filter(None, found)) == sorted(filter(None, expected))


def test_letters_that_no_typeface_has_are_marked_and_told(caplog) -> None:
    facts = {"title": "Perhe 家族 😀 👨‍👩‍👧", "footer": ""}
    page = paper.page_of("paper/base.html", lambda: facts, language="fi")
    read = read_by_poppler(paper.pdf_of(page), "-raw")
    assert "Perhe □□ □ □□□" in read
    assert "Tekstissä on 6 merkkiä, joita tämä paperi ei osaa kirjoittaa." in " ".join(read.split())
    assert "家" not in caplog.text, "what a family wrote is in no log"


def test_paper_whose_letters_are_all_known_says_nothing_of_them() -> None:
    page = paper.page_of("paper/base.html", lambda: {"title": "Perhe", "footer": ""}, language="fi")
    assert "□" not in page and paper.UNKNOWN_NOTE not in page
