"""Recognising a family in a text: its names in all their forms, and its dates of birth.

Where a text must tell of no family (a thank-you, feedback, an anonymous question), this says which word of it
does. It is a safety net for a slip of the hand, not a lock: whoever wants to tell finds other words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from .inflection import Forms, folded
from .models import ClosePerson, Family, FamilyMember, Worker

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The families that a worker sees. The upper floors add theirs when they load; this floor knows no situations.
SEEN: "list[Callable[[Worker], QuerySet[Family]]]" = []


def _listed(file: str) -> set[str]:
    """The words of a data file, one a line."""
    lines = (Path(__file__).parent / "data" / file).read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if not line.startswith("#")}


# Who somebody is to the family is no name of theirs: "Ritva-mummo".
RELATIONS = _listed("relations.txt")

# Names that are words too, and words that are forms of a name. They count only with a capital letter.
WORDS = _listed("words_like_names.txt")

# A birth said in words, and the day or the year right after it.
_BORN = r"(?:\b(?:synt(?:\.|ynyt|ynyttä|ymäaika|ymäpäivä|ymävuosi)?|född|född\.|f\.|s\.|born)\s*:?\s*)"
_DAY = r"(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})\s?[./]\s?(?P<year>(?:19|20)?\d{2})(?!\d)"
DATES = re.compile(
    rf"(?<![\d.])(?P<born>{_BORN})?(?:{_DAY}|(?P<iso>(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})(?!\d))", re.I
)
COMPACT = re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2}|(?:19|20)\d{2})(?!\d)")
BIRTH_YEAR = re.compile(rf"{_BORN}(?:vuonna\s+|v\.\s*|år\s+|in\s+)?(?P<year>(?:19|20)\d{{2}})(?!\d)", re.I)
BORN_AFTER = re.compile(
    r"(?<![\d.])(?:(?:vuonna|v\.|år)\s*)?(?P<year>(?:19|20)\d{2})[\s-]+(?:syntyn\w*|född\w*)", re.I
)
_MONTHS = [
    "tammi|januari|january",
    "helmi|februari|february",
    "maalis|mars|march",
    "huhti|april",
    "touko|maj|may",
    "kesä|juni|june",
    "heinä|juli|july",
    "elo|augusti|august",
    "syys|september",
    "loka|oktober|october",
    "marras|november",
    "joulu|december",
]
SPELT = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(_MONTHS)})(?:kuu(?:ta|n|ssa)?)?\s+(?P<year>(?:19|20)\d{{2}})(?!\d)",
    re.I,
)
# ddmmyy, the sign of the century, the number, the control character; a slip in the last one hides nothing.
IDENTITY_CODE = re.compile(r"(?<!\w)\d{6}\s?[-–+A-FYXWVUa-fyxwvu]\s?\d{3}[0-9A-Za-z](?!\w)")

_WORD = re.compile(r"[^\W\d_]+(?:[’':][^\W\d_]+)*")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_ENDS_A_SENTENCE = re.compile(r"(?:^|[.!?…\n])[\s\"'”’»«(\[–—*•-]*$")


@dataclass(frozen=True)
class Word:
    """A word of the text as it was written, and what its capital letter can mean."""

    text: str
    has_capital: bool
    begins_sentence: bool


def names_a_family(worker: Worker, text: str, *, apart_from: Iterable[str] = ()) -> str | None:
    """The first word of the text that names somebody of the families that the worker sees, or None.

    A name that is a word too (Meri, Toivo) counts with a capital letter elsewhere than first in a sentence.
    `apart_from` are the names of those who may be named: the colleague who is thanked.
    """
    own = [families(worker) for families in SEEN]
    people = FamilyMember.objects.none()
    close = ClosePerson.objects.none()
    for families in own:
        people |= FamilyMember.objects.filter(family__in=families)
        close |= ClosePerson.objects.filter(family__in=families)
    return next(_recognised(text, people, close, careful=False, apart_from=apart_from), None)


def names_this_family(family: Family, text: str) -> str | None:
    """The first word of the text that names somebody of this very family, or None."""
    return next(iter(words_naming(family, text)), None)


def words_naming(family: Family, text: str) -> list[str]:
    """Every word of the text that names somebody of this very family, each once, in their order.

    A name that is a word too counts with any capital letter: better a sentence written anew than a name told.
    """
    found = _recognised(
        text,
        FamilyMember.objects.filter(family=family),
        ClosePerson.objects.filter(family=family),
        careful=True,
    )
    return list(dict.fromkeys(found))


def identity_code_in(text: str) -> str | None:
    """A personal identity code in the text, whoever's; they are kept nowhere here."""
    found = IDENTITY_CODE.search(_INVISIBLE.sub("", text))
    return found.group() if found else None


def _recognised(
    text: str,
    people: "QuerySet[FamilyMember]",
    close: "QuerySet[ClosePerson]",
    *,
    careful: bool,
    apart_from: Iterable[str] = (),
) -> Iterator[str]:
    text = _INVISIBLE.sub("", text)
    if not text.strip():
        return
    if code := identity_code_in(text):
        yield code
    rows = set(people.order_by().values_list("first_name", "birth_year"))
    names = {name for name, _year in rows} | set(close.order_by().values_list("name", flat=True))
    if birth := _birth(text, {year for _name, year in rows if year}):
        yield birth
    known = _parts(names)
    allowed = [Forms.of(part) for part in _parts(apart_from)]
    for word in _words(text):
        for candidate in _readings(word.text):
            if any(form.matches(candidate) for form in allowed):
                continue
            if any(_is_name(candidate, word, name, careful) for name in _near(candidate, known)):
                yield word.text
                break


# --- names -------------------------------------------------------------------------------------------


def _parts(names: Iterable[str]) -> set[str]:
    """Each part of the names by itself: Anna-Maija is also Anna and Maija. Relations are none."""
    found = set()
    for name in names:
        for part in re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", name):
            if len(part) > 1 and folded(part) not in RELATIONS:
                found.add(folded(part))
    return found


def _near(candidate: str, names: set[str]) -> Iterator[str]:
    """Names that begin as the candidate does: the rest can't be meant."""
    start = folded(candidate, own_letters=True)[:2]
    return (name for name in names if folded(name, own_letters=True)[:2] == start)


def _is_name(candidate: str, word: Word, name: str, careful: bool) -> bool:
    forms = Forms.of(name)
    if not forms.resembles(candidate):
        return False
    # Idän is Ida only with a capital letter; so are my, jo and kai somebody.
    is_plain = forms.matches(candidate) and len(name) > 2
    if is_plain and name not in WORDS and folded(candidate) not in WORDS:
        return True
    return word.has_capital and (careful or not word.begins_sentence)


def _words(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        yield Word(
            text=found.group(),
            has_capital=found.group()[0].isupper(),
            begins_sentence=bool(_ENDS_A_SENTENCE.search(text[: found.start()][-40:] or "\n")),
        )


def _readings(word: str) -> Iterator[str]:
    """Anne:n and Markus'n are read joined and apart."""
    yield re.sub("[’':]", "", word)
    if len(pieces := re.split("[’':]", word)) > 1:
        yield from pieces


# --- births ------------------------------------------------------------------------------------------


def _birth(text: str, years: set[int]) -> str | None:
    """A day in a year in which somebody of the family was born, or a year or a day that is called a birth."""
    for found in DATES.finditer(text):
        day = _day_of(found)
        if day is not None and day <= timezone.localdate() and (found["born"] or day.year in years):
            return found.group().strip()
    for found in COMPACT.finditer(text):
        day = _day(found["day"], found["month"], found["year"])
        if day is not None and day <= timezone.localdate() and day.year in years:
            return found.group()
    for found in SPELT.finditer(text):
        month = next(i for i, names in enumerate(_MONTHS, 1) if found["month"].lower() in names.split("|"))
        day = _day(found["day"], str(month), found["year"])
        if day is not None and day <= timezone.localdate() and day.year in years:
            return found.group()
    for found in (*BIRTH_YEAR.finditer(text), *BORN_AFTER.finditer(text)):
        if int(found["year"]) in years:
            return found.group().strip()
    return None


def _day_of(found: re.Match[str]) -> date | None:
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return _day(day, month, year)
    return _day(found["day"], found["month"], found["year"])


def _day(day: str, month: str, year: str) -> date | None:
    """The day, or None when there is no such; two digits of a year are the latest that has been."""
    number = int(year)
    if len(year) == 2:
        this_year = timezone.localdate().year
        number += this_year // 100 * 100
        number -= 100 if number > this_year else 0
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
