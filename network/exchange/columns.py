"""The columns that a kind of file can have: how a value is written in a cell, and read from one."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber, to_python

from perhekeskus.words import listed

from .cells import clean
from .known import Known
from .reading import folded

Texts = tuple[str, ...]


class Unfit(Exception):
    """A cell that can't be taken; str() says why, for the one who wrote the file."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column of a file, or a few that name one thing together; `attribute` is the model's field."""

    headings: Texts
    attribute: str
    # A row without it is left out, and so is a whole file without the column.
    is_required: bool = False
    # Kept in a table of its own, and written after the row.
    is_many: bool = False
    # Whether an empty cell empties the value; else it stays as it is, or begins as the model says.
    is_emptied: bool = True

    @property
    def heading(self) -> str:
        return self.headings[0]

    def value_of(self, thing: Any) -> Any:
        return getattr(thing, self.attribute)

    def written(self, value: Any) -> Texts:
        """The cells of a value, cleaned."""
        return (clean(str(value or "")),)

    def texts_of(self, thing: Any) -> Texts:
        return self.written(self.value_of(thing))

    def read(self, texts: Texts, known: Known) -> Any:
        """The value that the cells mean. Raises Unfit."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, eq=False)
class Text(Column):
    longest: int
    is_one_line: bool = True

    def read(self, texts: Texts, known: Known) -> str:
        text = " ".join(texts[0].split("\n")) if self.is_one_line else texts[0]
        if len(text) > self.longest:
            raise Unfit(
                _("%(heading)s on liian pitkä: saa olla enintään %(most)d merkkiä, nyt on %(now)d.")
                % {"heading": self.heading, "most": self.longest, "now": len(text)}
            )
        return text


@dataclass(frozen=True, kw_only=True, eq=False)
class YesNo(Column):
    is_emptied: bool = False

    def written(self, value: Any) -> Texts:
        return ("kyllä" if value else "ei",)

    def read(self, texts: Texts, known: Known) -> bool:
        answer = texts[0].casefold()
        if answer in {"kyllä", "k", "x", "1", "true", "tosi", "ja"}:
            return True
        if answer in {"ei", "e", "0", "false", "epätosi", "nej"}:
            return False
        raise Unfit(_("%(heading)s: kirjoita kyllä tai ei.") % {"heading": self.heading})


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice(Column):
    """One of a few; written in words, read from the words or from the code."""

    choices: Any

    def written(self, value: Any) -> Texts:
        return (clean(str(self.choices(value).label)) if value in self.choices.values else clean(value),)

    def read(self, texts: Texts, known: Known) -> str:
        wanted = folded(texts[0])
        for value, label in self.choices.choices:
            if wanted in {folded(str(label)), value}:
                return value
        raise Unfit(
            _("%(heading)s ”%(text)s” ei ole mikään näistä: %(all)s.")
            % {"heading": self.heading, "text": texts[0], "all": listed(map(str, self.choices.labels))}
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Phone(Column):
    def written(self, value: Any) -> Texts:
        if isinstance(value, PhoneNumber) and value.is_valid():
            return (value.as_national if value.country_code == 358 else value.as_international,)
        return (clean(str(value or "")),)

    def read(self, texts: Texts, known: Known) -> Any:
        if not texts[0]:
            return ""
        number = to_python(texts[0], region="FI")
        if not (isinstance(number, PhoneNumber) and number.is_valid()):
            if re.fullmatch(r"\d+([.,]\d+)?E\+?\d+", texts[0], re.IGNORECASE):
                raise Unfit(
                    _("Excel on muuttanut puhelinnumeron luvuksi: %(text)s. Muotoile sarake tekstiksi.")
                    % {"text": texts[0]}
                )
            raise Unfit(
                _("Puhelinnumero ”%(text)s” ei kelpaa. Sen voi kirjoittaa näin: 040 123 4567.")
                % {"text": texts[0]}
            )
        return number


@dataclass(frozen=True, kw_only=True, eq=False)
class Email(Column):
    is_lowered: bool = False

    def read(self, texts: Texts, known: Known) -> str:
        address = texts[0].lower() if self.is_lowered else texts[0]
        try:
            if address:
                validate_email(address)
        except ValidationError as error:
            raise Unfit(
                _("Sähköpostiosoite ”%(text)s” ei kelpaa. Se on muotoa nimi@esimerkki.fi.")
                % {"text": texts[0]}
            ) from error
        if len(address) > 254:
            raise Unfit(_("Sähköpostiosoite on liian pitkä."))
        return address


_ADDRESS = forms.URLField(required=False, max_length=200, assume_scheme="https")


@dataclass(frozen=True, kw_only=True, eq=False)
class Website(Column):
    def read(self, texts: Texts, known: Known) -> str:
        try:
            return _ADDRESS.clean(texts[0])
        except ValidationError as error:
            raise Unfit(
                _("%(heading)s ”%(text)s” ei kelpaa. Se on muotoa https://www.esimerkki.fi.")
                % {"heading": self.heading, "text": texts[0]}
            ) from error


def _not_found(what: str | Promise, text: str) -> Unfit:
    return Unfit(_("%(what)s ”%(text)s” ei ole hakemistossa.") % {"what": what, "text": text})


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference(Column):
    """A row of another table by its name; `among` is the name of the table in Known."""

    among: str

    def written(self, value: Any) -> Texts:
        return (clean(_name_of(value)) if value is not None else "",)

    def read(self, texts: Texts, known: Known) -> Model | None:
        if not texts[0]:
            return None
        found = known.by_name(self.among, texts[0])
        if len(found) > 1:
            raise Unfit(
                _("%(what)s ”%(text)s” on hakemistossa monta kertaa, joten ei tiedetä, mitä tarkoitat.")
                % {"what": self.heading, "text": texts[0]}
            )
        if not found:
            raise _not_found(self.heading, texts[0])
        return found[0]


UNIT_PATH = ("Organisaatio", "Yksikkö", "Yksikön kunta")


@dataclass(frozen=True, kw_only=True, eq=False)
class UnitPath(Column):
    """A unit by its organisation, its own name and its municipality."""

    headings: Texts = UNIT_PATH

    def written(self, value: Any) -> Texts:
        if value is None:
            return ("", "", "")
        return (clean(value.organisation.name), clean(value.name), clean(value.municipality.name_fi))

    def read(self, texts: Texts, known: Known) -> Model | None:
        if not any(texts):
            return None
        for heading, text in zip(UNIT_PATH, texts, strict=True):
            if not text:
                raise Unfit(_("%(heading)s puuttuu.") % {"heading": heading})
        found = known.units(*texts)
        if len(found) != 1:
            raise _not_found(_("Yksikkö"), ", ".join(texts))
        return found[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class Many(Column):
    """Several of a table by their names, commas between."""

    among: str
    is_many: bool = True

    def value_of(self, thing: Any) -> tuple[Model, ...]:
        return tuple(sorted(getattr(thing, self.attribute).all(), key=_name_of))

    def written(self, value: Iterable[Any]) -> Texts:
        return (", ".join(clean(_name_of(one)) for one in value),)

    def read(self, texts: Texts, known: Known) -> tuple[Model, ...]:
        found: dict[Any, Model] = {}
        missing: list[str] = []
        for name in split_names(texts[0], lambda name: bool(known.by_name(self.among, name))):
            if rows := known.by_name(self.among, name):
                found[rows[0].pk] = rows[0]
            else:
                missing.append(name)
        if missing:
            raise Unfit(
                _("%(heading)s: luettelossa ei ole tällaista: %(names)s.")
                % {"heading": self.heading, "names": listed(missing)}
            )
        return tuple(sorted(found.values(), key=_name_of))


@dataclass(frozen=True, kw_only=True, eq=False)
class ManyChoices(Column):
    """Several of a few, commas between, in the order of the choices."""

    choices: Any

    def written(self, value: Iterable[str]) -> Texts:
        chosen = set(value)
        return (", ".join(str(label) for one, label in self.choices.choices if one in chosen),)

    def read(self, texts: Texts, known: Known) -> list[str]:
        labels = {folded(str(label)): value for value, label in self.choices.choices}
        chosen: set[str] = set()
        for name in split_names(texts[0], lambda name: folded(name) in labels):
            value = labels.get(folded(name), name)
            if value not in self.choices.values:
                raise Unfit(
                    _("%(heading)s ”%(text)s” ei ole mikään näistä: %(all)s.")
                    % {"heading": self.heading, "text": name, "all": listed(map(str, self.choices.labels))}
                )
            chosen.add(value)
        return [value for value in self.choices.values if value in chosen]


@dataclass(frozen=True, kw_only=True, eq=False)
class Whole(Column):
    """A whole number from one on; empty when it is left to be given."""

    is_emptied: bool = False
    most: int = 32767

    def read(self, texts: Texts, known: Known) -> int:
        if re.fullmatch(r"[0-9]{1,5}", texts[0]) and 1 <= int(texts[0]) <= self.most:
            return int(texts[0])
        raise Unfit(_("%(heading)s: kirjoita kokonaisluku, esimerkiksi 1.") % {"heading": self.heading})


@dataclass(frozen=True, kw_only=True, eq=False)
class Fixed(Column):
    """For people to read: an import changes it in no row; a new one may say one of `at_first`."""

    is_emptied: bool = False
    of: Callable[[Any], str]
    at_first: tuple[str, ...] = ("",)
    sentence: str | Promise

    def value_of(self, thing: Any) -> str:
        return self.of(thing)

    def read(self, texts: Texts, known: Known) -> str:
        return texts[0]


def _name_of(thing: Any) -> str:
    return str(getattr(thing, "name_fi", None) or thing.name)


def split_names(text: str, is_known: Any) -> list[str]:
    """The names between commas, semicolons or line feeds; a known name may itself hold such a mark."""
    parts = re.split(r"([,;\n])", text)
    names: list[str] = []
    begin = 0
    while begin < len(parts):
        end = begin + 1
        for candidate in range(min(len(parts), begin + 9), begin + 1, -1):
            if is_known("".join(parts[begin:candidate]).strip()):
                end = candidate
                break
        if name := "".join(parts[begin:end]).strip(" ,;\n"):
            names.append(name)
        begin = end + (end - begin) % 2
    return names
