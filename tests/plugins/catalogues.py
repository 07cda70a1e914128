"""Reading the catalogues as translators do: what the source says, and which of it was asked for in vain."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import DjangoTranslation

from perhekeskus.catalogues import source_of

FUNCTIONS: dict[str, Any] = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
FLOORS = ("perhekeskus", "network", "meetings", "plans")


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO(source_of(language).read_bytes()), locale=language, abort_invalid=True)


@cache
def said_in_source() -> frozenset[str | tuple[str, str]]:
    """Every text of the code and the templates that asks to be translated; a plural as its two forms."""
    root = Path(settings.BASE_DIR)
    files = [path for floor in FLOORS for path in (root / floor).rglob("*.py")]
    files = [path for path in files if "migrations" not in path.parts]
    return frozenset(text for path in [*files, *(root / "templates").rglob("*.*")] for text in said_in(path))


def said_in(path: Path) -> Iterator[str | tuple[str, str]]:
    """The same of one file."""
    text = path.read_text()
    if path.suffix != ".py":
        # Django blanks what is not to be translated and leaves the indents, which are no Python's.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
    for _line, message, _comments, _context in extract("python", io.BytesIO(text.encode()), FUNCTIONS):
        yield message


@contextmanager
def noting_misses() -> Iterator[set[tuple[str, str]]]:
    """What is asked for in Swedish or English meanwhile and is in neither's catalogue: (language, text)."""
    misses: set[tuple[str, str]] = set()
    gettext, ngettext = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def note(own: Any, text: str) -> None:
        # Each asks the Finnish one for what it hasn't got: only who was asked first is noted.
        if own.language() == get_language():
            misses.add((own.language(), text))

    def one(own: Any, text: str) -> str:
        if text not in own._catalog:
            note(own, text)
        return gettext(own, text)

    def many(own: Any, text: str, plural: str, number: int) -> str:
        try:
            own._catalog.plural(text, number)
        except KeyError:
            note(own, text)
        return ngettext(own, text, plural, number)

    with patch.object(DjangoTranslation, "gettext", one), patch.object(DjangoTranslation, "ngettext", many):
        yield misses
